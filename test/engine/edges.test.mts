import {
	contactsAndUsers,
	membersAndUsers,
	type DataFlow,
	type PropertyRule,
} from '../../nodes/MatchAndMap/engine/index';
import {
	baseOf,
	brief,
	contact,
	daysLater,
	linked,
	member,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	user,
	userUpdate,
	wixUpdate,
} from './builders.mts';

const a = 'a@example.com';
const b = 'b@example.com';
const u = 'u@example.com';
const w = 'w@example.com';
const z = 'z@example.com';
const create = { operation: 'create' as const };
const gone = { goneSide: 'wix' as const, goneConfirmedAt: now };
const toWix = { side: 'wix' as const };
const sent = { outcome: 'sent' as const };
const steps = (outcome: ReturnType<typeof run>) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ side, operation }) => `${side} ${operation}`);

describe('writes under way', () => {
	test('a decision over a refusal, announced and then cut short, is sent by the next run', () => {
		const refused = pendingWrite(a, u, {
			...toWix,
			outcome: 'refused',
			code: 'CANNOT_UPDATE_MEMBER_EMAIL',
		});
		const links = [linked('C1', 'U1', a, { pending: pendings(refused, pendingWrite(u, a)) })];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U1', u)], links });
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', u, a)]);
	});

	test.each([
		['taken back', a, a],
		['overruled', u, u],
	])('a value that was %s and shows late is our echo, on whichever side', (_, wix, to) => {
		const links = [
			linked('C1', 'U1', a, {
				pending: pendings(pendingWrite(a, w, sent), pendingWrite(w, to, toWix)),
			}),
		];
		const outcome = run({ wixRecords: [contact('C1', wix)], users: [user('U1', w)], links });
		expect(outcome.toWix).toEqual([]);
		expect(brief(outcome.toUsers)).toEqual([userUpdate('U1', w, to)]);
	});

	test('a value that was restated keeps the memory of an earlier one that never showed', () => {
		const entries = [pendingWrite(a, z, sent), pendingWrite(z, a, sent), pendingWrite(z, z)];
		const given = {
			wixRecords: [contact('C1', z)],
			links: [linked('C1', 'U1', a, { pending: pendings(...entries) })],
		};
		const settled = run({ ...given, users: [user('U1', z, a)] });
		const shown = run({ ...given, users: [user('U1', a)], links: save(given.links, settled) });
		expect(shown.toWix).toEqual([]);
		expect(brief(shown.toUsers)).toEqual([userUpdate('U1', a, z)]);
	});

	test('a decision that is spent is cleared in the row that goes to the writer as well', () => {
		const links = [linked('C1', 'U1', a, { decision: 'usersWin' })];
		const outcome = run({ wixRecords: [contact('C1', w)], users: [user('U1', a)], links });
		expect(outcome.toUsers.map(({ link }) => link.decision)).toEqual(['']);
		expect(outcome.links.map(({ link }) => link.decision)).toEqual(['']);
	});

	test('emptied while a value was on its way is reviewed, not filled again', () => {
		const links = [linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, sent)) })];
		const outcome = run({ wixRecords: [contact('C1', w)], users: [user('U1', null)], links });
		expect(steps(outcome)).toEqual([]);
		expect(reasons(outcome)).toEqual(['emptied']);
	});

	test('emptied on both sides is remembered: what is typed next is an edit', () => {
		const links = [linked('C1', 'U1', a)];
		const emptied = run({ wixRecords: [contact('C1', null)], users: [user('U1', null)], links });
		expect(emptied.links.map(({ link }) => baseOf(link))).toEqual([undefined]);
		const typed = run({
			wixRecords: [contact('C1', null)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', null)],
		});
		expect(brief(typed.toWix)).toEqual([wixUpdate('C1', null, a)]);
	});

	test('a decision that is not possible stays, and so does the matter', () => {
		const links = [linked('C1', 'U1', a, { decision: 'usersWin' })];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U1', null)], links });
		expect(reasons(outcome)).toEqual(['emptied']);
		expect([outcome.links, steps(outcome)]).toEqual([[], []]);
	});

	test('a time that cannot be read does not make a write wait for ever', () => {
		const links = [
			linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, { ...sent, at: 'soon' })) }),
		];
		expect(reasons(run({ wixRecords: [contact('C1', w)], users: [user('U1', a)], links }))).toEqual(
			['notTaken'],
		);
	});
});

describe('creates', () => {
	const waiting = (entry: Parameters<typeof pendingWrite>[2], to = a) =>
		linked('C1', '', null, { pending: pendings(pendingWrite(null, to, { ...create, ...entry })) });
	const policies = { createMissing: 'users' as const };

	test('a sent one waits, is never sent again, and is reviewed in the end', () => {
		const given = { wixRecords: [contact('C1', a)], links: [waiting(sent)], policies };
		expect(steps(run(given))).toEqual([]);
		expect(run(given).report.counts.waiting).toBe(1);
		expect(reasons(run({ ...given, now: daysLater(8) }))).toEqual(['notTaken']);
	});

	test('one whose record lost its address is given up', () => {
		const outcome = run({
			wixRecords: [contact('C1', null)],
			users: [user('U5', b)],
			links: [waiting({})],
			policies,
		});
		expect(steps(outcome)).toEqual([]);
		expect(outcome.links.map(({ operation }) => operation)).toEqual(['remove']);
	});

	test('one whose record was edited since announces the new value', () => {
		const outcome = run({ wixRecords: [contact('C1', b)], links: [waiting({})], policies });
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': b }]);
		expect(pendingOf(outcome.toUsers[0].link).map(({ to }) => to)).toEqual([b]);
	});

	test('a refused one is tried again once its record was edited', () => {
		const links = [waiting({ outcome: 'refused', code: 'x' })];
		expect(reasons(run({ wixRecords: [contact('C1', a)], links, policies }))).toEqual(['refused']);
		expect(steps(run({ wixRecords: [contact('C1', b)], links, policies }))).toEqual([
			'users create',
		]);
	});

	test('one that waits counts in a changed-only run', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			links: [waiting({})],
			complete: { wix: false, users: false },
		});
		expect(outcome.report.counts.waitingForFullRun).toBe(1);
	});

	test('one address is never created twice in one plan', () => {
		const again = { vanished: 'recreate' as const, guard: null };
		const links = [linked('C1', 'U1', a, gone), linked('C3', 'U3', b)];
		const records = {
			wixRecords: [contact('C3', b)],
			users: [user('U1', a), user('U2', a), user('U3', b)],
		};
		expect(steps(run({ ...records, links, policies: { ...again, createMissing: 'wix' } }))).toEqual(
			['wix create'],
		);
		expect(
			steps(run({ ...records, links: [...links, linked('C2', 'U2', a, gone)], policies: again })),
		).toEqual(['wix create']);
	});

	test.each([
		['held for later', { wix: w, user: a }, [pendingWrite(a, w, sent)], 'contacts', 9],
		['part of a conflict', { wix: z, user: u }, [pendingWrite(a, w, sent)], 'contacts', 0],
		[
			'superseded',
			{ wix: z, user: a },
			[pendingWrite(a, w, sent), pendingWrite(a, z, sent)],
			'contacts',
			0,
		],
		[
			'of another flow',
			{ wix: z, user: a },
			[pendingWrite(a, w, { ...sent, property: 'loginEmail' })],
			'members',
			0,
		],
	])(
		'an address that is on its way to another record (%s) is not created',
		(_, values, entries, flow, days) => {
			const outcome = run({
				wixRecords: [contact('C1', values.wix), contact('C2', w)],
				users: [user('U1', values.user)],
				links: [linked('C1', 'U1', a, { flow, pending: pendings(...entries) })],
				policies,
				now: daysLater(days),
			});
			expect(
				outcome.toUsers.filter(
					({ operation, set }) => operation === 'create' && Object.values(set).includes(w),
				),
			).toEqual([]);
		},
	);

	test('nobody is created while the record that held the address is only being verified', () => {
		const outcome = run({
			wixRecords: [contact('C1', z), contact('C2', a)],
			users: [user('U2', b)],
			links: [linked('C1', 'U1', a)],
			policies,
		});
		expect(steps(outcome)).toEqual(['users verify']);
		expect(outcome.report.counts.waiting).toBe(2);
	});

	test('a record without an address is no source', () => {
		const names: DataFlow = {
			...contactsAndUsers,
			id: 'names',
			link: [{ pairs: [{ wix: 'info.name.first', user: 'name', compare: 'exact' }] }],
			properties: [rule('info.name.first', 'name')],
		};
		expect(steps(run({ dataFlow: names, wixRecords: [contact('C1', a)], policies }))).toEqual([]);
	});
});

function rule(wix: string, userPath: string, more: Partial<PropertyRule> = {}): PropertyRule {
	return { wix, user: userPath, type: 'string', compare: 'exact', direction: 'both', ...more };
}

describe('links that heal', () => {
	const rest = { wix: contact('C2', b), user: user('U2', b), link: linked('C2', 'U2', b) };

	test('to the side that lists the survivor, never to the other one', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), rest.wix],
			users: [rest.user],
			links: [linked('C1', 'U1', a, { movedTo: 'C9' }), rest.link],
		});
		expect(outcome.links.map(({ link }) => [link.wixId, link.userId, link.movedTo])).toEqual([
			['C1', 'U1', ''],
		]);
		expect(brief(outcome.toUsers)).toEqual([
			{ operation: 'verify', recordId: 'U1', expected: {}, set: {} },
		]);
	});

	test('not in a run that did not see enough', () => {
		const links = [linked('C1', 'U1', a, { movedTo: 'U9' })];
		for (const complete of [
			{ wix: false, users: true },
			{ wix: false, users: false },
		]) {
			const outcome = run({ users: complete.users ? [user('U1', a)] : [], complete, links });
			expect([outcome.links, steps(outcome)]).toEqual([[], []]);
		}
	});

	test('of a record that a create was announced for', () => {
		const links = [
			linked('C1', '', null, { movedTo: 'C9', pending: pendings(pendingWrite(null, a, create)) }),
		];
		const outcome = run({
			wixRecords: [contact('C9', a)],
			links,
			policies: { createMissing: 'users' },
		});
		expect(outcome.toUsers.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['create', 'C9'],
		]);
	});

	test('not to a user that another flow has', () => {
		const links = [
			linked('C1', 'U1', a, { movedTo: 'U9' }),
			linked('M1', 'U9', null, { flow: 'members', linkId: 'm' }),
		];
		const outcome = run({ wixRecords: [contact('C1', a)], users: [user('U9', z)], links });
		expect(reasons(outcome)).toEqual(['mergedIntoLinked']);
		expect(steps(outcome)).toEqual([]);
	});
});

describe('rows', () => {
	test('doubles of a pair that is left alone keep what they knew', () => {
		const pending = pendings(pendingWrite(a, w, sent));
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [
				linked('C1', 'U1', null, { rowId: '3' }),
				linked('C1', 'U1', a, { rowId: '7', pending }),
				linked('C1', '', null, { rowId: '9', state: 'ignored' }),
			],
		});
		expect(
			outcome.links.map(({ operation, link }) => [
				operation,
				link.rowId,
				link.pending,
				baseOf(link),
			]),
		).toEqual([
			['update', '3', pending, a],
			['remove', '7', pending, a],
		]);
	});

	test('an unlinked row counts once with the record that is left, and its gone mark goes when the record comes back', () => {
		const links = [linked('C1', 'U1', a, { ...gone, state: 'unlinked' })];
		const three = run({
			wixRecords: [contact('C5', a), contact('C6', a)],
			users: [user('U1', a)],
			links,
		});
		expect(three.report.counts).toMatchObject({ review: 3, vanished: 0 });
		expect(reasons(three)).toEqual(['ambiguous', 'vanished']);
		const back = run({ wixRecords: [contact('C1', a)], users: [user('U2', b)], links });
		expect(back.links.map(({ link }) => [link.state, link.goneSide])).toEqual([['unlinked', '']]);
	});

	test.each(['null', '[]', '{}', ''])('texts that say nothing (%s) are empty', (pending) => {
		const isBad = pending === '{}';
		const links = [linked('C1', 'U1', a, { pending })];
		expect(reasons(run({ wixRecords: [contact('C1', a)], users: [user('U1', a)], links }))).toEqual(
			isBad ? ['badLink'] : [],
		);
	});
});

describe('addresses on one side', () => {
	const many = Array.from({ length: 3000 }, (_, n) => n);
	const address = (n: number) => `p${n % 3000}@example.com`;
	const links = many.map((n) => linked(`C${n}`, `U${n}`, address(n)));
	const users = many.map((n) => user(`U${n}`, address(n)));

	test('a long cycle of users, or many who want one address, is one matter', () => {
		const cycle = run({
			wixRecords: many.map((n) => contact(`C${n}`, address(n + 1))),
			users,
			links,
			policies: { guard: null },
		});
		const crowd = run({
			wixRecords: many.map((n) => contact(`C${n}`, w)),
			users,
			links,
			policies: { guard: null },
		});
		for (const outcome of [cycle, crowd]) {
			expect(steps(outcome)).toEqual([]);
			expect(reasons(outcome)).toEqual(['addressTaken']);
			expect(outcome.review[0].userIds).toHaveLength(3000);
			expect(outcome.report.counts.review).toBe(3000);
		}
	});

	test('a long chain is written from its free end', () => {
		const outcome = run({
			wixRecords: many.map((n) => contact(`C${n}`, `p${n + 1}@example.com`)),
			users,
			links,
			policies: { guard: null },
		});
		expect(outcome.toUsers.map(({ recordId }) => recordId)).toEqual(
			many.map((n) => `U${2999 - n}`),
		);
	});

	test('two address fields of one record may get the same value', () => {
		const flow = {
			...contactsAndUsers,
			properties: [...contactsAndUsers.properties, rule('info.work', 'work', { compare: 'email' })],
		};
		const outcome = run({
			dataFlow: flow,
			wixRecords: [{ id: 'C1', primaryInfo: { email: w }, info: { work: w } }],
			users: [{ id: 'U1', profile: { email: { email: a } }, work: b }],
			links: [
				linked('C1', 'U1', null, {
					lastSynced: JSON.stringify({ 'primaryInfo.email': a, 'info.work': b }),
				}),
			],
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': w, work: w }]);
	});
});

describe('trial', () => {
	test('a blank name names nobody', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', b)],
			policies: { createMissing: 'users', onlyRecords: ['C1', ' ', ''] },
		});
		expect(outcome.toUsers.map(({ link }) => link.wixId)).toEqual(['C1']);
		expect(outcome.report.counts).toMatchObject({ changed: 1, excluded: 1 });
	});

	test('everybody else is linked, has bases moved, and is counted as excluded', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', w)],
			users: [user('U1', a), user('U2', b)],
			links: [linked('C2', 'U2', b)],
			policies: { onlyRecords: ['somebody'] },
		});
		expect(outcome.links.map(({ operation, link }) => [operation, link.wixId])).toEqual([
			['add', 'C1'],
		]);
		expect(steps(outcome)).toEqual([]);
		expect(outcome.report.counts.excluded).toBe(2);
	});
});

describe('values', () => {
	const flow = (...properties: PropertyRule[]): DataFlow => ({ ...contactsAndUsers, properties });
	const name = 'info.name.first';
	const based = (values: Record<string, string>) => [
		linked('C1', 'U1', null, { lastSynced: JSON.stringify(values) }),
	];

	test('an object where a plain value belongs is never overwritten', () => {
		const outcome = run({
			dataFlow: flow(rule(name, 'name')),
			wixRecords: [contact('C1', a)],
			users: [{ ...user('U1', a), name: { givenName: 'Bob' } }],
		});
		expect(steps(outcome)).toEqual([]);
		expect(reasons(outcome)).toEqual(['badValue']);
	});

	test('a phone without a digit is a value, not an empty one', () => {
		const outcome = run({
			dataFlow: flow(rule('phone', 'phone', { compare: 'phone' })),
			wixRecords: [{ id: 'C1', phone: 'see note' }],
			users: [{ id: 'U1', phone: '+1 207 555' }],
			links: based({ phone: '+1 207 555' }),
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ phone: 'see note' }]);
	});

	test('a number is a key like its text', () => {
		const numbers: DataFlow = {
			...contactsAndUsers,
			link: [{ pairs: [{ wix: 'no', user: 'no', compare: 'exact' }] }],
		};
		expect(
			run({
				dataFlow: numbers,
				wixRecords: [{ id: 'C1', no: 42 }],
				users: [{ id: 'U1', no: '42' }],
			}).links,
		).toHaveLength(1);
	});

	test.each([
		['number', 3, '3', 4],
		['boolean', true, 'true', false],
		['date', '2026-05-01', '2026-05-01T00:00:00.000Z', '2026-06-01'],
	])('a %s is compared as one', (type, wix, same, other) => {
		const rules = flow(rule('value', 'value', { type: type as 'number' }));
		const given = (value: string | number | boolean) =>
			run({
				dataFlow: rules,
				wixRecords: [{ id: 'C1', value: wix }],
				users: [{ id: 'U1', value }],
				links: based({ value: same as string }),
			});
		expect(steps(given(same))).toEqual([]);
		expect(given(other).toWix.map(({ set }) => set)).toEqual([{ value: other }]);
	});

	test.each([
		['toUsers' as const, 'users update'],
		['toWix' as const, 'wix update'],
	])('%s: an edit on the receiving side is put back and counted so', (direction, step) => {
		const edited = direction === 'toUsers' ? ['Ada', 'Bob'] : ['Bob', 'Ada'];
		const outcome = run({
			dataFlow: flow(rule('name', 'name', { direction })),
			wixRecords: [{ id: 'C1', name: edited[0] }],
			users: [{ id: 'U1', name: edited[1] }],
			links: based({ name: 'Ada' }),
		});
		expect(steps(outcome)).toEqual([step]);
		expect([...outcome.toUsers, ...outcome.toWix].map(({ reason, set }) => [reason, set])).toEqual([
			['putBack', { name: 'Ada' }],
		]);
		expect(outcome.report.counts).toMatchObject({ putBack: 1, changed: 0 });
	});

	test('a put-back beside an edit counts as a change', () => {
		const outcome = run({
			dataFlow: flow(
				rule('name', 'name', { direction: 'toUsers' }),
				...contactsAndUsers.properties,
			),
			wixRecords: [{ id: 'C1', name: 'Ada', primaryInfo: { email: w } }],
			users: [{ id: 'U1', name: 'Bob', profile: { email: { email: a } } }],
			links: based({ name: 'Ada', 'primaryInfo.email': a }),
		});
		expect(outcome.toUsers.map(({ reason, set }) => [reason, set])).toEqual([
			['wixEdited', { name: 'Ada', 'profile.email.email': w }],
		]);
		expect(outcome.report.counts.changed).toBe(1);
	});

	test('one way: a source that was emptied is reviewed', () => {
		const outcome = run({
			dataFlow: flow(rule('name', 'name', { direction: 'toUsers' })),
			wixRecords: [{ id: 'C1', name: '' }],
			users: [{ id: 'U1', name: 'Bob' }],
			links: based({ name: 'Ada' }),
		});
		expect([steps(outcome), reasons(outcome)]).toEqual([[], ['emptied']]);
	});

	test('edits that go in both directions are written one side a run, users first', () => {
		const outcome = run({
			dataFlow: flow(rule('name', 'name'), ...contactsAndUsers.properties),
			wixRecords: [{ id: 'C1', name: 'Bob', primaryInfo: { email: a } }],
			users: [{ id: 'U1', name: 'Ada', profile: { email: { email: u } } }],
			links: based({ name: 'Ada', 'primaryInfo.email': a }),
		});
		expect(outcome.toUsers.map(({ set }) => set)).toEqual([{ name: 'Bob' }]);
		expect(outcome.toWix).toEqual([]);
	});
});

describe('the member flow', () => {
	const given = {
		dataFlow: membersAndUsers,
		wixRecords: [member('M1', a, 'C1')],
		users: [user('U1', a)],
	};

	test('takes over what is under way, too, and not what a person keeps apart', () => {
		const made = linked('C1', 'U1', a, { pending: pendings(pendingWrite(a, w, sent)) });
		const [added] = run({ ...given, wixRecords: [member('M1', w, 'C1')], links: [made] }).links;
		expect(pendingOf(added.link)).toEqual([
			pendingWrite(a, w, { ...sent, property: 'loginEmail' }),
		]);
		const apart = linked('M1', 'U1', null, { flow: 'members', linkId: 'k', state: 'keepApart' });
		expect(run({ ...given, links: [made, apart] }).links).toEqual([]);
	});

	test('leaves rows of other flows alone', () => {
		expect(run({ ...given, links: [linked('C1', 'U1', a, { flow: 'names' })] }).links).toEqual([]);
	});
});
