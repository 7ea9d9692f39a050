import { entryAt } from '../../runtime/entries.mts';
import {
	contactsAndUsers,
	type DataFlow,
	type LinkRow,
} from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	baseOf,
	brief,
	contact,
	create,
	daysLater,
	gone,
	linked,
	marked,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	sent,
	steps,
	toWix,
	u,
	user,
	userUpdate,
	w,
	wixUpdate,
	z,
} from './builders.mts';
import { kept } from './refusal.mts';

describe('writes under way', () => {
	test('an answer over a refusal, announced and then cut short, is sent by the next run', () => {
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

	test('a value that the system alters when it stores it is ours: it waits, and is no second edit', () => {
		const stored = 'w+1@example.com';
		const links = [
			linked('C1', 'U1', a, {
				pending: pendings(
					pendingWrite(w, stored, { outcome: 'held', until: now }),
					pendingWrite(a, w, { ...sent, code: 'altered' }),
				),
			}),
		];
		const of = (wix: string, days = 0) =>
			run({
				wixRecords: [contact('C1', wix)],
				users: [user('U1', stored)],
				links,
				now: daysLater(days),
			});
		expect([steps(of(w)), of(w).links, of(w).review]).toEqual([[], [], []]);
		expect(of(w).report.counts.waiting).toBe(1);
		expect(reasons(of(w, 8))).toEqual(['notTaken']);
		expect(brief(of(z).toUsers)).toEqual([userUpdate('U1', stored, z)]);
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

describe('after a create', () => {
	const dataFlow: DataFlow = {
		...contactsAndUsers,
		properties: [...contactsAndUsers.properties, kept('info.company', 'org')],
	};
	const wixRecords = [{ ...contact('C1', a), info: { company: 'North' } }];
	const of = (property: string, to: string) =>
		pendingWrite(null, to, { ...create, ...sent, property });
	const created = linked('C1', 'U1', null, {
		pending: pendings(of('primaryInfo.email', a), of('info.company', 'North')),
	});
	/** The next run: the address shows, the company does not. */
	const next = (link: LinkRow, days = 0) =>
		run({
			dataFlow,
			wixRecords,
			users: [user('U1', a)],
			links: [link],
			now: daysLater(days),
		});

	test('what it did not bring is finished by an update, whose outcome is remembered', () => {
		const finished = next(created);
		expect(finished.toUsers.map(({ operation, set }) => [operation, set])).toEqual([
			['update', { org: 'North' }],
		]);
		const saved = marked(entryAt(finished.toUsers, 0), 'sent');
		expect(pendingOf(saved).map(({ operation, outcome }) => [operation, outcome])).toEqual([
			['update', 'sent'],
		]);
		const waiting = next(saved, 1);
		expect([steps(waiting), waiting.links, waiting.report.counts.waiting]).toEqual([[], [], 1]);
		const late = next(saved, 8);
		expect([steps(late), reasons(late)]).toEqual([[], ['notTaken']]);
	});

	test('an update that is refused is not sent again', () => {
		const refused = next(marked(entryAt(next(created).toUsers, 0), 'refused', 'LOCKED'), 1);
		expect([steps(refused), reasons(refused)]).toEqual([[], ['refused']]);
	});
});

describe('creates', () => {
	const waiting = (entry: Parameters<typeof pendingWrite>[2], to = a) =>
		linked('C1', '', null, { pending: pendings(pendingWrite(null, to, { ...create, ...entry })) });
	const policies = { createMissing: 'users' as const };

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
		expect(pendingOf(entryAt(outcome.toUsers, 0).link).map(({ to }) => to)).toEqual([b]);
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
			properties: [kept('info.name.first', 'name')],
		};
		expect(steps(run({ dataFlow: names, wixRecords: [contact('C1', a)], policies }))).toEqual([]);
	});
});
