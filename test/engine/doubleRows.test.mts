import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Link, Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	expectNoWrites,
	linked,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	u,
	user,
	w,
	z,
} from './builders.mts';
import { flowOf } from './refusal.mts';

/** One link that stands in several rows, oldest last; the pair is left alone, so that the rows show what was united. */
function united(...rows: Array<Partial<Link>>) {
	const links = rows.map((more, n) =>
		linked('C1', 'U1', null, { linkId: `link-${n}`, rowId: String(rows.length - n), ...more }),
	);
	const ignored = linked('C1', '', null, { state: 'ignored', rowId: '99', linkId: 'ignored' });
	const outcome = run({
		wixRecords: [contact('C1', a)],
		users: [user('U1', a)],
		links: [...links, ignored],
	});
	expectNoWrites(outcome);
	return {
		kept: outcome.links.find(({ operation }) => operation === 'update')?.link,
		removed: outcome.links
			.filter(({ operation }) => operation === 'remove')
			.map(({ link }) => link.rowId),
		outcome,
	};
}

describe('one link in several rows', () => {
	test('is kept in the oldest row, by number and not by letters', () => {
		const { kept, removed } = united({ rowId: '10', note: 'x' }, { rowId: '9' }, { rowId: '100' });
		expect([kept?.rowId, kept?.note, removed]).toEqual(['9', 'x', ['10', '100']]);
	});

	test('keeps what any of the rows knows', () => {
		const { kept } = united(
			{ decision: 'wixWins', note: 'a word', movedTo: 'C9' },
			{ goneSide: 'wix', goneConfirmedAt: now },
			{ linkId: '' },
		);
		expect(kept).toMatchObject({
			decision: 'wixWins',
			note: 'a word',
			movedTo: 'C9',
			goneSide: 'wix',
			goneConfirmedAt: now,
		});
	});

	test('the oldest row first', () => {
		const { kept } = united(
			{ note: 'newer', decision: 'wixWins', goneSide: 'wix', goneConfirmedAt: now },
			{
				note: 'older',
				decision: 'usersWin',
				goneSide: 'users',
				goneConfirmedAt: '2026-01-01T00:00:00.000Z',
				pending: pendings(pendingWrite(a, w)),
				lastSynced: JSON.stringify({ 'primaryInfo.email': b }),
			},
		);
		expect(kept).toBeUndefined();
		const { outcome } = united(
			{ lastSynced: JSON.stringify({ 'primaryInfo.email': z, 'info.company': 'Co' }) },
			{ lastSynced: JSON.stringify({ 'primaryInfo.email': b }) },
		);
		const [update] = atLeast(
			outcome.links.filter(({ operation }) => operation === 'update'),
			1,
		);
		expect(JSON.parse(update.link.lastSynced)).toEqual({
			'primaryInfo.email': b,
			'info.company': 'Co',
		});
	});

	test('its id is the one of the oldest row that has one', () => {
		const { kept } = united({ linkId: 'newer', note: 'x' }, { linkId: 'older' });
		expect(kept?.linkId).toBe('older');
	});
});

describe('writes that were announced in several rows', () => {
	const entries = (...rows: Array<Partial<Pending>[]>) => {
		const { kept } = united(
			...rows.map((row) => ({
				pending: pendings(...row.map((more) => pendingWrite(a, w, more))),
			})),
		);
		return kept === undefined ? undefined : pendingOf(kept);
	};

	test('are one where they say the same, with the most certain outcome', () => {
		const certain = ['announced', 'refusedForNow', 'sent', 'refused'] as const;
		for (let index = 1; index < certain.length; index++) {
			const [less, more] = [entryAt(certain, index - 1), entryAt(certain, index)];
			expect(entries([{ outcome: more }], [{ outcome: less }])).toEqual([
				pendingWrite(a, w, { outcome: more }),
			]);
			// The row that stays knows better already: it is not saved again.
			expect(entries([{ outcome: less }], [{ outcome: more }])).toEqual(undefined);
		}
	});

	test.each<[string, Partial<Pending>]>([
		['another step', { operation: 'create' }],
		['another property', { property: 'info.company' }],
		['another side', { side: 'wix' }],
		['another old value', { from: b }],
		['another new value', { to: z }],
	])('are two with %s', (_, more) => expect(entries([more], [{}])).toHaveLength(2));

	test('stand in the order of their time', () => {
		const at = (day: number) => `2026-04-0${day}T00:00:00.000Z`;
		const times = entries(
			[
				{ to: 'x@example.com', at: at(2) },
				{ to: 'y@example.com', at: at(4) },
			],
			[
				{ to: z, at: at(1) },
				{ to: u, at: at(3) },
			],
		);
		expect(times?.map((entry) => entry.at)).toEqual([at(1), at(2), at(3), at(4)]);
	});
});

describe('a row that waits for a create', () => {
	const waiting = (wixId: string, userId: string, rowId: string) =>
		linked(wixId, userId, null, {
			rowId,
			linkId: `waits-${rowId}`,
			pending: pendings(
				pendingWrite(null, a, { ...create, ...sent, side: wixId === '' ? 'wix' : 'users' }),
			),
		});

	test.each([
		['of the contact', waiting('C1', '', '5')],
		['of the user', waiting('', 'U1', '5')],
	])('is done with once its record stands in a whole link: that %s', (_, row) => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [row, linked('C1', 'U1', a)],
		});
		expect(outcome.links.map(({ operation, link }) => [operation, link.rowId])).toEqual([
			['remove', '5'],
		]);
		expect(outcome.report.counts).toMatchObject({ inSync: 1, waiting: 0 });
	});

	test('twice for one record is a contradiction, like any record in two rows', () => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U7', a), user('U8', a)],
			links: [waiting('C1', '', '5'), linked('C1', 'U7', a, { rowId: '6' }), linked('C1', 'U8', a)],
		});
		expect(reasons(outcome)).toEqual(['linkedTwice']);
		expect(outcome.review[0]).toMatchObject({ wixIds: ['C1'], userIds: ['U7', 'U8'] });
	});
});

describe('a record in two rows', () => {
	test.each([
		['a contact', linked('C1', 'U1', a), linked('C1', 'U2', b), ['C1'], ['U1', 'U2']],
		['a user', linked('C1', 'U1', a), linked('C2', 'U1', b), ['C1', 'C2'], ['U1']],
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
			links: [linked('C1', 'U1', a), linked('C2', 'U1', a, { decision: 'wixWins' })],
		});
		expect([outcome.links, reasons(outcome)]).toEqual([[], ['linkedTwice']]);
	});
});

test('one link in several rows of a flow that keeps no field in sync: one stays', () => {
	const given = { wixRecords: [contact('C1', a)], users: [user('U1', a)], dataFlow: flowOf([]) };
	for (const lastSynced of ['', 'null', '{}']) {
		const links = ['1', '2'].map((rowId) => linked('C1', 'U1', null, { rowId, lastSynced }));
		expect(
			run({ ...given, links }).links.map(({ operation, link }) => [operation, link.rowId]),
		).toEqual([['remove', '2']]);
	}
});
