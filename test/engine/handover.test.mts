import { entryAt } from '../../runtime/entries.mts';
import {
	membersAndUsers,
	type DataFlow,
	type JsonObject,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	daysLater,
	expectNoWrites,
	linked,
	member,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	user,
	w,
	type Given,
} from './builders.mts';
import { kept } from './refusal.mts';

const own = (wixId: string, userId: string, more: Parameters<typeof linked>[3] = {}) =>
	linked(wixId, userId, null, {
		flow: 'members',
		linkId: `members:${wixId}:${userId}`,
		id: Number(`7${wixId.slice(1)}`),
		lastSynced: JSON.stringify({ loginEmail: a }),
		...more,
	});

/** A run of the member flow that finds a link which the contact flow made for the person. */
const handover = (given: Given = {}) =>
	run({
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', a, 'C1')],
		users: [user('U1', a)],
		...given,
		links: [...(given.links ?? []), linked('C1', 'U1', a)],
	});
const moves = (outcome: ReturnType<typeof run>) =>
	outcome.links.map(({ operation, link }) => `${operation} ${link.flow} ${link.wixId}`);
const passes = ['add members M1', 'remove contacts C1'];

describe('a link of the contact flow passes to the member flow', () => {
	test('by the contact id of the member, wherever the record shows it', () => {
		const places: JsonObject[] = [{ contactId: 'C1' }, { contact: { contactId: 'C1' } }];
		for (const place of places) {
			const wixRecords = [{ id: 'M1', loginEmail: a, ...place }];
			expect(moves(handover({ wixRecords }))).toEqual(passes);
		}
		for (const contactId of ['C2', '', 7, null]) {
			const wixRecords = [{ id: 'M1', loginEmail: 'other@example.com', contactId }];
			expect(moves(handover({ wixRecords }))).toEqual([]);
		}
	});

	test('although the addresses differ by now: the link is what counts', () => {
		const outcome = handover({ wixRecords: [member('M1', w, 'C1')] });
		expect(moves(outcome)).toEqual(passes);
		expectNoWrites(outcome);
		const next = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', w, 'C1')],
			users: [user('U1', a)],
			links: save([linked('C1', 'U1', a)], outcome),
		});
		expect(next.toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': w }]);
	});

	test('with its base and what is under way, under the names that a member has for them', () => {
		const names: Array<[string, string]> = [
			['primaryInfo.email', 'loginEmail'],
			['info.name.first', 'contact.firstName'],
			['info.name.last', 'contact.lastName'],
			['info.company', 'contact.company'],
			['info.jobTitle', 'contact.jobTitle'],
			['info.birthdate', 'contact.birthdate'],
			['info.locale', 'info.locale'],
		];
		const base = Object.fromEntries(names.map(([path], n) => [path, n === 0 ? a : `value ${n}`]));
		const dataFlow: DataFlow = {
			...membersAndUsers,
			properties: [
				...membersAndUsers.properties,
				...names.slice(1).map(([, path], n) => kept(path, `field${n}`)),
			],
		};
		const pending = names
			.slice(1)
			.map(([property]) => pendingWrite('old', 'new', { property, outcome: 'sent' }));
		const { links } = run({
			dataFlow,
			wixRecords: [{ ...member('M1', a, 'C1'), contact: {} }],
			users: [user('U1', a)],
			links: [
				linked('C1', 'U1', null, {
					lastSynced: JSON.stringify(base),
					pending: pendings(...pending),
				}),
			],
		});
		const renamed = Object.fromEntries(names.map(([path, name]) => [name, base[path]]));
		expect(JSON.parse(entryAt(links, 0).link.lastSynced)).toEqual(renamed);
		expect(pendingOf(entryAt(links, 0).link).map(({ property }) => property)).toEqual(
			names.slice(1).map(([, name]) => name),
		);
	});

	test('not in the contact flow itself', () => {
		const outcome = run({
			wixRecords: [{ ...contact('C9', b), contactId: 'C1' }],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { flow: 'other' })],
		});
		expect(moves(outcome)).toEqual([]);
	});
});

describe('a link stays with the contact flow where', () => {
	test.each<[string, Given]>([
		['the member is ignored', { links: [own('M1', '', { state: 'ignored' })] }],
		['the user is ignored', { links: [own('', 'U1', { state: 'ignored' })] }],
		['the two are kept apart', { links: [own('M1', 'U1', { state: 'keepApart' })] }],
		['the user is not listed', { users: [user('U2', b)] }],
	])('%s', (_, given) => {
		const outcome = handover(given);
		expect(moves(outcome)).toEqual([]);
		expectNoWrites(outcome);
	});

	test('a run of that flow is still at work on it', () => {
		const pending = pendings(pendingWrite(a, w, { until: daysLater(0.001) }));
		const given = {
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
		};
		const links = [linked('C1', 'U1', a, { pending })];
		for (const more of [[], [own('M1', 'U1')]])
			expect(moves(run({ ...given, links: [...links, ...more] }))).toEqual([]);
		const later = run({ ...given, links, now: daysLater(1) });
		expect(moves(later)).toEqual(passes);
		expect(pendingOf(entryAt(later.newLinks, 0)).map(({ outcome }) => outcome)).toEqual(['held']);
	});

	test('a row of this flow that cannot be used names the member, or the user', () => {
		for (const [wixId, userId] of [
			['M1', ''],
			['', 'U1'],
		] as const) {
			const outcome = handover({ links: [own(wixId, userId, { pending: '{' })] });
			expect([moves(outcome), reasons(outcome)]).toEqual([[], ['badLink']]);
		}
	});

	test('its own row cannot be used', () => {
		const outcome = run({
			dataFlow: membersAndUsers,
			wixRecords: [member('M1', a, 'C1')],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { lastSynced: '{' })],
		});
		expect(moves(outcome)).toEqual([]);
	});
});

describe('the member is linked by its own flow already', () => {
	test('to the same user: the other row is removed, and only that', () => {
		const outcome = handover({ links: [own('M1', 'U1')] });
		expect(moves(outcome)).toEqual(['remove contacts C1']);
		expectNoWrites(outcome);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, linkedNow: 0 });
	});

	test('to another user: a person decides', () => {
		const outcome = handover({
			users: [user('U1', b), user('U5', a)],
			links: [own('M1', 'U5')],
		});
		expect(moves(outcome)).toEqual([]);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({
			reason: 'linkedInOtherFlow',
			wixIds: 'M1',
			userIds: 'U1, U5',
		});
	});

	test('and the user by another member: nothing is taken over', () => {
		const outcome = handover({
			wixRecords: [member('M1', b, 'C1'), member('M2', a, 'C2')],
			links: [own('M2', 'U1')],
		});
		expect(moves(outcome)).toEqual([]);
	});
});

test('a row that waits for its user is not at odds with what the member is linked to', () => {
	const outcome = run({
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', a, 'C1')],
		users: [user('U5', a)],
		links: [
			own('M1', 'U5'),
			linked('C1', '', null, {
				pending: pendings(pendingWrite(null, a, { operation: 'create' })),
			}),
		],
	});
	expect([reasons(outcome), outcome.links]).toEqual([[], []]);
});

test('what is under way on a link that passes over counts at once: its user is leaving the address', () => {
	const outcome = run({
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', w, 'C1'), member('M2', a, 'C2')],
		users: [user('U1', a), user('U2', b)],
		links: [
			own('M2', 'U2', { lastSynced: JSON.stringify({ loginEmail: b }) }),
			linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, { outcome: 'sent' })) }),
		],
	});
	expectNoWrites(outcome);
	expect(reasons(outcome)).toEqual([]);
	expect(outcome.report.counts.waiting).toBe(2);
});
