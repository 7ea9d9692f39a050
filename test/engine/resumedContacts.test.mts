import { entryAt } from '../../runtime/entries.mts';
import { membersAndUsers, type LinkRow, type Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	create,
	daysLater,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	run,
	steps,
	user,
} from './builders.mts';

const wix = { createMissing: 'wix' as const };

describe('a row that waits for its contact', () => {
	const waiting = (more: Partial<LinkRow> = {}) =>
		linked('', 'U1', null, {
			linkId: 'contacts::U1',
			pending: pendings(pendingWrite(null, a, { ...create, side: 'wix' })),
			...more,
		});

	test.each<[string, Partial<Pending>, string[]]>([
		['held, and never announced', { outcome: 'held' }, ['wix create']],
		['announced, its lease over for less than an hour', { until: daysLater(-0.9 / 24) }, []],
		['announced, its lease over for an hour', { until: daysLater(-1 / 24) }, ['wix create']],
		[
			'announced, then overtaken, less than an hour ago',
			{ outcome: 'held', until: daysLater(-0.9 / 24) },
			[],
		],
	])('in Wix, where no address is unique: %s', (_, more, expected) => {
		const outcome = run({
			users: [user('U1', a)],
			links: [
				waiting({ pending: pendings(pendingWrite(null, a, { ...create, side: 'wix', ...more })) }),
			],
			policies: wix,
		});
		expect(steps(outcome)).toEqual(expected);
		if (expected.length === 0) expect(outcome.report.counts.waiting).toBe(1);
		else expect(pendingOf(entryAt(outcome.toWix, 0).link)).toHaveLength(1);
	});
	test('as a member, whose address is unique: announced again as soon as the lease is over', () => {
		const entry = { ...create, side: 'wix' as const, property: 'loginEmail', field: 'loginEmail' };
		const outcome = run({
			dataFlow: membersAndUsers,
			users: [user('U1', a)],
			links: [waiting({ flow: 'members', pending: pendings(pendingWrite(null, a, entry)) })],
			policies: wix,
		});
		expect(steps(outcome)).toEqual(['wix create']);
	});

	test('while its user is not listed: that user is looked up, and another contact is created', () => {
		const outcome = run({
			users: [user('U2', b)],
			links: [waiting()],
			policies: wix,
		});
		expect(outcome.toUsers.map(({ operation, recordId }) => [operation, recordId])).toEqual([
			['verify', 'U1'],
		]);
		expect(outcome.toWix.map(({ operation, link }) => [operation, link.userId])).toEqual([
			['create', 'U2'],
		]);
	});

	test.each<[string, Partial<LinkRow>, number]>([
		['that agreed on nothing yet', {}, 1],
		['that was linked before', { lastSynced: JSON.stringify({ 'primaryInfo.email': a }) }, 2],
	])('and one %s, that waits for its user: one of the two links both', (_, row, keptRow) => {
		const outcome = run({
			wixRecords: [contact('C1', a)],
			users: [user('U1', a)],
			links: [
				linked('C1', '', null, { id: 1, pending: pendings(pendingWrite(null, a, create)) }),
				waiting({ id: 2, ...row }),
			],
			policies: { createMissing: 'both' },
		});
		expect(steps(outcome)).toEqual([]);
		const saved = outcome.links.map(({ operation, link }) => [operation, link.id]);
		expect(saved).toEqual([
			['update', keptRow],
			['remove', keptRow === 1 ? 2 : 1],
		]);
		expect(entryAt(outcome.links, 0).link).toMatchObject({ wixId: 'C1', userId: 'U1' });
		expect(outcome.report.counts).toMatchObject({ linkedNow: 1, waiting: 0, unmatched: 0 });
	});
});
