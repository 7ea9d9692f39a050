import { contactsAndUsers, type LinkRow, type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	linked,
	pendings,
	pendingWrite,
	run,
	sent,
	toWix,
	u,
	user,
	w,
	z,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const creates = { createMissing: 'users' as const, guard: null };
const refused = { outcome: 'refused' as const };

/** The lone contact C2 wants a user with the address w; what becomes of it beside the given pair. */
function fate(given: Given): 'created' | 'waits' | 'review' {
	const outcome = run({
		...given,
		wixRecords: [...(given.wixRecords ?? []), contact('C2', w)],
		policies: { ...creates, ...given.policies },
	});
	const own = outcome.toUsers.filter(({ link }) => link.wixId === 'C2');
	if (own.length > 0) return 'created';
	const isReviewed = outcome.review.some(
		({ reason, wixIds }) => reason === 'addressTaken' && wixIds.includes('C2'),
	);
	return isReviewed ? 'review' : 'waits';
}
const pair = (wix: string, users: string, entries: Pending[] = [], more: Given = {}): Given => ({
	...more,
	wixRecords: [contact('C1', wix)],
	users: [user('U1', users)],
	links: [
		linked('C1', 'U1', a, { pending: entries.length === 0 ? '' : pendings(...entries) }),
		...(more.links ?? []),
	],
});
const members = (more: Partial<LinkRow>) =>
	linked('M1', 'U7', null, { flow: 'members', linkId: 'm', id: 77, ...more });

test('nobody speaks for it: it is created', () => {
	expect(fate(pair(a, a))).toBe('created');
	expect(fate({})).toBe('created');
});

describe('another user is about to show the address', () => {
	test('by a write of this run', () => {
		expect(fate(pair(w, a))).toBe('waits');
	});

	test.each<[string, Partial<Pending>]>([
		['sent', sent],
		['announced', {}],
	])('by a write that was %s', (_, more) => {
		expect(fate(pair(w, a, [pendingWrite(a, w, more)]))).toBe('waits');
	});

	test('by a write that another one of this run takes back', () => {
		expect(fate(pair(z, a, [pendingWrite(a, w, sent)]))).toBe('waits');
	});

	test('by one of several that are under way', () => {
		expect(fate(pair(z, a, [pendingWrite(a, w, sent), pendingWrite(w, z, sent)]))).toBe('waits');
	});

	test('by one that a person has to decide on: reviewed with that pair', () => {
		const conflict = pair(z, u, [pendingWrite(a, w, sent)]);
		expect(fate(conflict)).toBe('review');
		const { review } = run({
			...conflict,
			wixRecords: [contact('C1', z), contact('C2', w)],
			policies: creates,
		});
		expect(
			review
				.filter(({ reason }) => reason === 'addressTaken')
				.map(({ wixIds, userIds }) => [wixIds, userIds]),
		).toEqual([['C1, C2', 'U1']]);
	});

	test('not by a write that was refused, goes to Wix, or is of another property', () => {
		expect(fate(pair(w, a, [pendingWrite(a, w, refused)]))).toBe('created');
		expect(fate(pair(a, z, [pendingWrite(a, w, { ...sent, ...toWix })]))).toBe('created');
		const property = 'info.name.first';
		expect(
			fate(
				pair(a, a, [pendingWrite('Ada', w, { ...sent, property })], {
					dataFlow: {
						...contactsAndUsers,
						properties: [...contactsAndUsers.properties, kept(property, 'first')],
					},
				}),
			),
		).toBe('created');
	});
});

describe('a user that holds the address', () => {
	test('and is about to show another: it waits', () => {
		expect(fate(pair(b, w, [pendingWrite(w, b, sent)]))).toBe('waits');
		expect(fate(pair(z, w, [pendingWrite(w, b, sent), pendingWrite(b, z, sent)]))).toBe('waits');
	});

	test('and was to show another, but a person has to look: reviewed', () => {
		const late = pair(b, w, [pendingWrite(w, b, sent)], { now: daysLater(9) });
		expect(fate(late)).toBe('review');
	});

	test('and was to show it, again: reviewed', () => {
		expect(fate(pair(b, w, [pendingWrite(w, b, refused)]))).toBe('review');
	});

	test('of two that hold it, one that stays is enough', () => {
		const given = pair(b, w);
		expect(fate({ ...given, users: [...(given.users ?? []), user('U8', w)] })).not.toBe('created');
	});
});

describe('another row waits for a create', () => {
	const waits = (entry: Partial<Pending>, more: Partial<LinkRow> = {}) =>
		linked('C1', '', null, {
			pending: pendings(pendingWrite(null, w, { ...create, ...entry })),
			...more,
		});

	test('of the same address: it waits', () => {
		expect(fate({ wixRecords: [contact('C1', w)], links: [waits(sent)] })).toBe('waits');
	});

	test('of the address that its record had, which is only looked up now', () => {
		expect(fate({ links: [waits(sent)] })).toBe('waits');
		expect(fate({ links: [waits({ ...sent, to: z })] })).toBe('created');
	});

	test('in Wix: that makes no user', () => {
		const row = linked('', 'U1', null, {
			pending: pendings(pendingWrite(null, z, { ...create, ...sent, ...toWix })),
		});
		expect(fate({ users: [user('U1', z)], links: [row] })).toBe('created');
	});

	test('in Wix: a contact waits for it in the same way', () => {
		const row = linked('', 'U1', null, {
			pending: pendings(pendingWrite(null, w, { ...create, ...sent, ...toWix })),
		});
		const outcome = run({
			users: [user('U1', w), user('U2', z)],
			links: [row],
			wixRecords: [contact('C9', b)],
			policies: { createMissing: 'wix', guard: null },
		});
		expect(outcome.toWix.map(({ set }) => Object.values(set)[0])).toEqual([z]);
	});
});

describe('a record that is missing is only looked up in this run', () => {
	const missing = linked('C1', 'U1', w);

	test('a user that had the address may be there still: it waits', () => {
		expect(fate({ wixRecords: [contact('C1', z)], users: [user('U5', b)], links: [missing] })).toBe(
			'waits',
		);
	});

	test('a contact that had the address is no user', () => {
		expect(fate({ users: [user('U1', z)], links: [missing] })).toBe('created');
	});
});

describe('another data flow', () => {
	test('is about to give the address to a user: it waits', () => {
		const property = 'loginEmail';
		expect(
			fate({ links: [members({ pending: pendings(pendingWrite(a, w, { ...sent, property })) })] }),
		).toBe('waits');
		expect(
			fate({ links: [members({ pending: pendings(pendingWrite(a, w, { property })) })] }),
		).toBe('waits');
	});

	test('by a create that another flow announced', () => {
		const property = 'loginEmail';
		const waiting = {
			userId: '',
			pending: pendings(pendingWrite(null, w, { ...create, property })),
		};
		expect(fate({ links: [members(waiting)] })).toBe('waits');
		expect(fate({ links: [members({ ...waiting, state: 'unlinked' })] })).toBe('created');
	});

	test.each<[string, Partial<LinkRow>]>([
		['to a member', { pending: pendings(pendingWrite(a, w, { ...sent, ...toWix })) }],
		['another address', { pending: pendings(pendingWrite(a, z, sent)) }],
		['in a write that was refused', { pending: pendings(pendingWrite(a, w, refused)) }],
		[
			'in a removal',
			{ pending: pendings({ ...pendingWrite(null, w), operation: 'delete', property: '' }) },
		],
		['in a row that cannot be used', { pending: '{' }],
		[
			'in a row that is not linked',
			{ state: 'unlinked', pending: pendings(pendingWrite(a, w, sent)) },
		],
	])('but not %s', (_, more) => {
		expect(fate({ links: [members(more)] })).toBe('created');
	});

	test('has no say in what is created in Wix', () => {
		const outcome = run({
			users: [user('U2', w)],
			links: [members({ pending: pendings(pendingWrite(a, w, sent)) })],
			policies: { createMissing: 'wix' },
		});
		expect(outcome.toWix.map(({ operation }) => operation)).toEqual(['create']);
	});
});
