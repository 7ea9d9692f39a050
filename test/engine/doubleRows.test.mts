import { entryAt } from '../../runtime/entries.mts';
import type { LinkRow, Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	expectNoWrites,
	finding,
	linked,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	save,
	savedAt,
	sent,
	u,
	user,
	w,
	z,
} from './builders.mts';
import { flowOf } from './refusal.mts';

/** One link that stands in several rows, oldest last, and the one that is left when the plan is saved. */
function united(...rows: Array<Partial<LinkRow>>) {
	const links = rows.map((more, n) =>
		linked('C1', 'U1', null, { linkId: `link-${n}`, id: rows.length - n, ...more }),
	);
	const outcome = run({ wixRecords: [contact('C1', z)], users: [user('U1', a)], links });
	expectNoWrites(outcome);
	expect(outcome.review).toEqual([]);
	const left = save(links, outcome);
	expect(left).toHaveLength(1);
	return {
		kept: entryAt(left, 0),
		saved: outcome.changedLinks.map(({ id, state }) => [id, state]),
	};
}

describe('one link in several rows', () => {
	test('is kept in the oldest row, by number and not by letters; nothing else is done in that run', () => {
		const { kept, saved } = united({ id: 10, note: 'x' }, { id: 9 }, { id: 100 });
		expect([kept.id, kept.note, kept.lastSynced]).toEqual([9, 'x', '']);
		expect(saved).toEqual([
			[9, 'linked'],
			[10, 'removed'],
			[100, 'removed'],
		]);
	});

	test('keeps what any of the rows knows', () => {
		const { kept } = united(
			{ note: 'a word' },
			{ pending: pendings(finding('wix', 'gone')) },
			{ linkId: '' },
		);
		expect([kept.note, kept.linkId]).toEqual(['a word', 'contacts:C1:U1']);
		expect(pendingOf(kept)).toEqual([finding('wix', 'gone')]);
	});

	test('the oldest row first, which is not saved where it knows all', () => {
		const older = { note: 'older', lastSynced: JSON.stringify({ 'primaryInfo.email': b }) };
		const { kept, saved } = united({ note: 'newer' }, older);
		expect([kept.note, saved]).toEqual(['older', [[2, 'removed']]]);
		const lastSynced = JSON.stringify({ 'primaryInfo.email': z, 'info.company': 'Co' });
		expect(JSON.parse(united({ lastSynced }, older).kept.lastSynced)).toEqual({
			'primaryInfo.email': b,
			'info.company': 'Co',
		});
	});

	test('at rest: what only the newer one knows is saved before that one goes', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a, { id: 1 }), linked('C1', 'U1', a, { id: 2, note: 'a word' })],
		});
		expect(outcome.changedLinks.map(({ id, state, note }) => [id, state, note])).toEqual([
			[1, 'linked', 'a word'],
			[2, 'removed', 'a word'],
		]);
		expect(outcome.report.counts.inSync).toBe(1);
	});

	test('of a flow that keeps no field in sync: one stays', () => {
		const given = { wixRecords: [contact('C1', a)], users: [user('U1', a)], dataFlow: flowOf([]) };
		for (const lastSynced of ['', 'null', '{}']) {
			const links = [1, 2].map((id) => linked('C1', 'U1', null, { id, lastSynced }));
			expect(run({ ...given, links }).changedLinks.map(({ id, state }) => [id, state])).toEqual([
				[2, 'removed'],
			]);
		}
	});
});

describe('writes that were announced in several rows', () => {
	const entries = (...rows: Array<Partial<Pending>[]>) =>
		pendingOf(
			united(
				...rows.map((row) => ({
					pending: pendings(...row.map((more) => pendingWrite(a, w, more))),
				})),
			).kept,
		);

	test.each<[string, Partial<Pending>]>([
		['a value', {}],
		['a cleared value', { to: null }],
	])('are one where they say the same, with the most certain outcome: %s', (_, value) => {
		const certain = ['held', 'announced', 'refusedForNow', 'sent', 'refused'] as const;
		for (let index = 1; index < certain.length; index++) {
			const less = { ...value, outcome: entryAt(certain, index - 1), until: now };
			const more = { ...value, outcome: entryAt(certain, index), until: now };
			expect(entries([more], [less])).toEqual([pendingWrite(a, w, more)]);
			expect(entries([less], [more])).toEqual([pendingWrite(a, w, more)]);
		}
	});

	test.each<[string, Partial<Pending>]>([
		['another step', { operation: 'create' }],
		['another property', { property: 'info.company' }],
		['another side', { side: 'wix' }],
		['another old value', { from: b }],
		['another new value', { to: z }],
	])('are two with %s', (_, more) => expect(entries([more], [{}])).toHaveLength(2));

	const at = (day: number) => `2026-04-0${day}T00:00:00.000Z`;

	test('stand in the order of their time', () => {
		const times = entries(
			[
				{ to: 'x@example.com', at: at(2), ...sent },
				{ to: 'y@example.com', at: at(4), ...sent },
			],
			[
				{ to: z, at: at(1), ...sent },
				{ to: u, at: at(3), ...sent },
			],
		);
		expect(times.map((entry) => entry.at)).toEqual([at(1), at(2), at(3), at(4)]);
	});

	test('two for one field: only the later one is still announced', () => {
		const both = entries([{ to: z, at: at(2) }], [{ at: at(1) }]);
		expect(both.map(({ to, outcome }) => [to, outcome])).toEqual([
			[w, 'held'],
			[z, 'announced'],
		]);
	});
});

describe('a first link that stands in two rows, of many people', () => {
	const records = (count: number) => {
		const numbers = Array.from({ length: count }, (_, n) => n);
		return {
			numbers,
			wixRecords: numbers.map((n) => contact(`C${n}`, `p${n}@example.com`)),
			users: numbers.map((n) => user(`U${n}`, `p${n}@example.com`)),
		};
	};
	/** Row `n` of a person, under an id. */
	const row = (n: number, id: number, more: Partial<LinkRow> = {}) =>
		linked(`C${n}`, `U${n}`, `p${n}@example.com`, { id, ...more });
	/** First all rows of one run, then all of the other. */
	function twice(count: number, more: (n: number) => Partial<LinkRow> = () => ({})) {
		const { numbers, ...given } = records(count);
		const links = [
			...numbers.map((n) => row(n, n + 1)),
			...numbers.map((n) => row(n, count + n + 1, more(n))),
		];
		const { report, changedLinks } = run({ ...given, links });
		return { sweep: report.sweep, byOne: changedLinks.map(({ id }) => id) };
	}
	const sweepOf = (fromId: number, toId: number, savedUntil = savedAt) => ({
		...{ state: 'linked', fromId, toId, savedUntil },
	});

	test('fifty rows that stand together go by one delete, fewer by one save each', () => {
		expect(twice(50)).toEqual({ sweep: sweepOf(51, 100), byOne: [] });
		const fewer = twice(49);
		expect(fewer.sweep.state).toBe('removed');
		expect(fewer.byOne).toEqual(Array.from({ length: 49 }, (_, n) => 50 + n));
	});

	test('the delete spares who was saved later than any of them', () => {
		const later = '2026-05-01T00:00:00.000Z';
		const { sweep } = twice(50, (n) => (n === 7 ? { updatedAt: later } : {}));
		expect(sweep).toEqual(sweepOf(51, 100, later));
	});

	test.each<[string, Partial<LinkRow>]>([
		['a word of a person', { note: 'x' }],
		['something under way', { pending: pendings(finding('wix', 'present')) }],
	])('a row with %s ends the stretch', (_, more) => {
		const { sweep, byOne } = twice(61, (n) => (n === 10 ? more : {}));
		expect(sweep).toEqual(sweepOf(61 + 12, 122));
		// The row that stays takes over what the double knows
		expect(byOne.filter((id) => Number(id) > 61)).toEqual(
			Array.from({ length: 11 }, (__, n) => 62 + n),
		);
	});

	test('rows that stand alternately go some a run', () => {
		const { numbers, ...given } = records(250);
		const links = numbers.flatMap((n) => [row(n, 2 * n + 1), row(n, 2 * n + 2)]);
		const { report, changedLinks } = run({ ...given, links });
		expect(report.sweep.state).toBe('removed');
		expect(changedLinks).toHaveLength(200);
		expect(changedLinks.every(({ id, state }) => state === 'removed' && Number(id) % 2 === 0)).toBe(
			true,
		);
	});
});

describe('a row that waits for a create', () => {
	const waiting = (wixId: string, userId: string, id: number) =>
		linked(wixId, userId, null, {
			id,
			linkId: `waits-${id}`,
			pending: pendings(
				pendingWrite(null, a, { ...create, ...sent, side: wixId === '' ? 'wix' : 'users' }),
			),
		});

	test.each([
		['of the contact', waiting('C1', '', 5)],
		['of the user', waiting('', 'U1', 5)],
	])('is done with once its record stands in a whole link: that %s', (_, row) => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [row, linked('C1', 'U1', a)],
		});
		expect(outcome.links.map(({ operation, link }) => [operation, link.id])).toEqual([
			['remove', 5],
		]);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, waiting: 0 });
	});

	test.each([
		['shown under its address', a],
		['shown under another address', b],
	])(
		'under way in another run beside a whole link, its record %s: nobody is asked, nothing is removed',
		(_, address) => {
			const pending = pendings(pendingWrite(null, a, { ...create, until: daysLater(0.001) }));
			const outcome = run({
				wixRecords: [contact('C1', a)],
				users: [user('U1', address)],
				links: [linked('C1', '', null, { id: 5, pending }), linked('C1', 'U1', a)],
			});
			expect([outcome.links, outcome.review]).toEqual([[], []]);
			expectNoWrites(outcome);
			expect(outcome.report.counts).toMatchObject({ waiting: 2 });
		},
	);

	test('twice for one record is a contradiction, like any record in two rows', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U7', a), user('U8', a)],
			links: [waiting('C1', '', 5), linked('C1', 'U7', a, { id: 6 }), linked('C1', 'U8', a)],
		});
		expect(reasons(outcome)).toEqual(['linkedTwice']);
		expect(outcome.review[0]).toMatchObject({ wixIds: 'C1', userIds: 'U7, U8' });
	});
});

describe('a record in two rows', () => {
	test.each([
		['a contact', linked('C1', 'U1', a), linked('C1', 'U2', b), 'C1', 'U1, U2'],
		['a user', linked('C1', 'U1', a), linked('C2', 'U1', b), 'C1, C2', 'U1'],
	])('%s: both rows are left alone and counted for review', (_, one, two, wixIds, userIds) => {
		const outcome = run({
			wixRecords: [contact('C1', w), contact('C2', z)],
			users: [user('U1', a), user('U2', b)],
			links: [one, two],
		});
		expectNoWrites(outcome);
		expect(outcome.links).toEqual([]);
		expect(outcome.review).toHaveLength(1);
		expect(outcome.review[0]).toMatchObject({ reason: 'linkedTwice', wixIds, userIds });
		expect(outcome.report.counts).toMatchObject({ review: 2, unmatched: 1 });
	});

	test('that agree are left alone as well', () => {
		const outcome = run({
			wixRecords: [contact('C1', a), contact('C2', a)],
			users: [user('U1', a)],
			links: [linked('C1', 'U1', a), linked('C2', 'U1', a)],
		});
		expect([outcome.links, reasons(outcome)]).toEqual([[], ['linkedTwice']]);
	});
});
