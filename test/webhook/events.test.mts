import { eventIn, type DomainEvent } from '../../nodes/WixCrm/webhook/domainEvent';
import { inboxIn, joined, receive, type Inbox } from '../../nodes/WixCrm/webhook/inbox';

const contact = { id: 'c1', revision: 3, primaryInfo: { email: 'a@example.com' } };
const domain = (more: Record<string, unknown>) => ({
	id: 'e1',
	entityFqdn: 'wix.contacts.v4.contact',
	slug: 'updated',
	entityId: 'c1',
	eventTime: '2026-11-23T10:00:00Z',
	entityEventSequence: '7',
	...more,
});
const claims = (event: unknown, type = 'wix.contacts.v4.contact_updated') => ({
	data: JSON.stringify({
		eventType: type,
		instanceId: 'i1',
		data: JSON.stringify(event),
		identity: '{"identityType":"APP"}',
	}),
});

describe('an event', () => {
	test.each([
		['created', { createdEvent: { entity: contact } }],
		['updated', { updatedEvent: { currentEntity: contact } }],
		['deleted, with the record', { deletedEvent: { deletedEntity: contact } }],
		['as JSON in JSON', { updatedEvent: { currentEntityAsJson: JSON.stringify(contact) } }],
	])('%s', (_, more) => {
		expect(eventIn(claims(domain(more)) as never)).toEqual({
			id: 'e1',
			type: 'wix.contacts.v4.contact_updated',
			entityId: 'c1',
			sequence: 7n,
			time: '2026-11-23T10:00:00Z',
			originatedFrom: '',
			instanceId: 'i1',
			entity: contact,
		});
	});

	test('deleted without the record, and a merge', () => {
		const gone = eventIn(claims(domain({ deletedEvent: {}, originatedFrom: 'merge' })) as never);
		expect(gone).toMatchObject({ entityId: 'c1', originatedFrom: 'merge' });
		expect(gone).not.toHaveProperty('entity');
		const body = { targetContactId: 'c1', sourceContactIds: ['c2'] };
		expect(eventIn(claims(domain({ actionEvent: { body } })) as never)?.body).toEqual(body);
	});

	test.each([
		['no data', {}],
		['data that is no JSON', { data: '{' }],
		['no event in it', { data: JSON.stringify({ eventType: 'x', data: '[]' }) }],
		['no id', claims(domain({ id: undefined }))],
		['no entity', claims(domain({ entityId: '' }))],
	])('%s is none', (_, given) => expect(eventIn(given as never)).toBeUndefined());
});

describe('the inbox', () => {
	const events = (...told: string[]) => {
		let inbox: Inbox = inboxIn(undefined);
		return told.map((text) => {
			const [id, entityId, sequence] = text.split(' ');
			const given = claims(domain({ id, entityId, entityEventSequence: sequence }));
			const event = eventIn(given as never) as DomainEvent;
			const next = receive(inboxIn(JSON.parse(JSON.stringify(inbox))), event);
			inbox = next.inbox;
			return next.arrival;
		});
	};

	test('a resend is told from a new event', () => {
		expect(events('e1 c1 1', 'e2 c1 2', 'e1 c1 1', 'e2 c1 2')).toEqual([
			'new',
			'new',
			'repeated',
			'repeated',
		]);
	});

	test('what comes after a later event of the same record is late', () => {
		expect(events('e3 c1 3', 'e1 c1 1', 'e2 c2 1', 'e4 c1 10')).toEqual([
			'new',
			'late',
			'new',
			'new',
		]);
	});

	test('numbers, not texts, are compared; without one nothing is late', () => {
		expect(
			events('e1 c1 9', 'e2 c1 10', 'e3 c1 99999999999999999999', 'e4 c1 11', 'e5 c1 0'),
		).toEqual(['new', 'new', 'new', 'late', 'new']);
	});

	test('what n8n kept in another shape is an empty inbox', () => {
		for (const kept of [null, 'x', { events: 'x' }, { events: [1], sequences: 3 }])
			expect(inboxIn(kept)).toEqual({ events: [], sequences: {} });
	});

	test('of two, what either of them remembers counts, and of two sequences the higher one', () => {
		const one = { events: ['e1', 'e2'], sequences: { c1: '10', c2: '9' } };
		const other = { events: ['e2', 'e3'], sequences: { c1: '9', c2: '10', c3: '1' } };
		const both = joined(one, other);
		expect(both).toEqual({
			events: ['e1', 'e2', 'e3'],
			sequences: { c1: '10', c2: '10', c3: '1' },
		});
		// The oldest entries are forgotten first
		expect(Object.keys(both.sequences)).toEqual(['c1', 'c2', 'c3']);
	});

	test('is bounded', () => {
		let inbox = inboxIn(undefined);
		for (let n = 0; n < 12; n++) {
			const given = domain({ id: `e${n}`, entityId: `c${n}` });
			inbox = receive(inbox, eventIn(claims(given) as never) as never, 5).inbox;
		}
		expect(inbox.events).toHaveLength(5);
		expect(Object.keys(inbox.sequences)).toHaveLength(5);
		expect(inbox.events[4]).toBe('e11');
	});
});
