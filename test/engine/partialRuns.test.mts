import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { LinkRow, Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	baseOf,
	brief,
	contact,
	daysLater,
	linked,
	pendingOf,
	pendings,
	pendingWrite,
	reasons,
	run,
	sent,
	steps,
	toWix,
	u,
	user,
	userUpdate,
	w,
	wixUpdate,
	z,
	type Given,
} from './builders.mts';
import { flowOf, kept } from './refusal.mts';

const partial = { complete: { wix: false, users: false } };
const row = (more: Partial<LinkRow> = {}, base: string | null = a) => [
	linked('C1', 'U1', base, more),
];
const under = (...entries: Pending[]) => ({ pending: pendings(...entries) });
const refusal = { outcome: 'refused' as const, code: 'LOCKED' };

/** What became of the pair: how it counts, what is written, what is reviewed. */
function outcomeOf(given: Given) {
	const outcome = run({ ...partial, ...given });
	const [counted] = atLeast(
		Object.entries(outcome.report.counts).filter(([, count]) => count > 0),
		1,
	);
	return [counted[0], ...steps(outcome), ...reasons(outcome)];
}
/** Only the contact is seen, or only the user. */
const wixSeen = (email: string | null, links = row(), more: Given = {}) =>
	outcomeOf({ wixRecords: [contact('C1', email)], links, ...more });
const userSeen = (email: string | null, links = row(), more: Given = {}) =>
	outcomeOf({ users: [user('U1', email)], links, ...more });

describe('one side is seen, and the base stands in for the other', () => {
	test('it holds the base: nothing to do', () => {
		expect(wixSeen(a)).toEqual(['inSync']);
		expect(userSeen(a.toUpperCase())).toEqual(['inSync']);
	});

	test('it was edited: the other is updated, expected as the base has it', () => {
		expect(wixSeen(w)).toEqual(['changed', 'users update']);
		const outcome = run({ ...partial, users: [user('U1', u)], links: row() });
		expect(brief(outcome.toWix)).toEqual([wixUpdate('C1', a, u)]);
		expect(entryAt(outcome.toWix, 0).reason).toBe('userEdited');
		expect(outcome.links.map(({ link }) => baseOf(link))).toEqual([a]);
	});

	test('it was emptied: reviewed, nothing written', () => {
		expect(wixSeen(null)).toEqual(['review', 'emptied']);
		const { review } = run({ ...partial, users: [user('U1', null)], links: row() });
		expect(review.map(({ question }) => question)).toEqual([
			expect.stringContaining('emptied in the users system'),
		]);
	});

	test('there is no base: only a full run can tell', () => {
		expect(wixSeen(w, row({}, null))).toEqual(['waitingForFullRun']);
		expect(userSeen(w, row({}, null))).toEqual(['waitingForFullRun']);
		expect(wixSeen(null, row({}, null))).toEqual(['inSync']);
	});

	test('a rule that does not carry its edits: only a full run puts it back', () => {
		const dataFlow = flowOf([kept('name', 'name', { direction: 'toUsers' })]);
		const given = (side: 'wixRecords' | 'users', id: string): Given => ({
			dataFlow,
			[side]: [{ id, name: 'new' }],
			links: [linked('C1', 'U1', null, { lastSynced: '{"name":"old"}' })],
		});
		expect(outcomeOf(given('wixRecords', 'C1'))).toEqual(['changed', 'users update']);
		expect(outcomeOf(given('users', 'U1'))).toEqual(['waitingForFullRun']);
	});
});

describe('one side is seen, and a write is under way', () => {
	test('to the other: that one stands at its new value', () => {
		const links = row(under(pendingWrite(a, w, sent)));
		expect(wixSeen(w, links)).toEqual(['waiting']);
		const edited = run({ ...partial, wixRecords: [contact('C1', z)], links });
		expect(brief(edited.toUsers)).toEqual([userUpdate('U1', w, z)]);
		expect(pendingOf(entryAt(edited.toUsers, 0).link).map(({ to }) => to)).toEqual([w, z]);
		expect(wixSeen(a, links)).toEqual(['changed', 'users update']);
	});

	test('to this one: its values are ours, any other waits for a full run', () => {
		const links = row(under(pendingWrite(a, w, sent)));
		expect(userSeen(w, links)).toEqual(['waiting']);
		expect(userSeen(a, links)).toEqual(['waiting']);
		expect(userSeen(u, links)).toEqual(['waitingForFullRun']);
	});

	test('it settles nothing: base and entries stay', () => {
		const links = row(under(pendingWrite(a, w, sent)));
		for (const email of [a, w, u]) {
			expect(run({ ...partial, users: [user('U1', email)], links }).links).toEqual([]);
		}
	});
});

describe('one side is seen, and a write was refused', () => {
	const toUser = row(under(pendingWrite(a, w, refusal)));
	const toContact = row(under(pendingWrite(a, u, { ...refusal, ...toWix })));

	test('it holds what it held then: still refused', () => {
		expect(wixSeen(w, toUser)).toEqual(['refused', 'refused']);
		expect(userSeen(a, toUser)).toEqual(['refused', 'refused']);
		expect(userSeen(u, toContact)).toEqual(['refused', 'refused']);
		expect(wixSeen(a, toContact)).toEqual(['refused', 'refused']);
	});

	test('it holds something else: a full run looks at it', () => {
		expect(wixSeen(z, toUser)).toEqual(['waitingForFullRun']);
		expect(userSeen(z, toUser)).toEqual(['waitingForFullRun']);
		expect(userSeen(z, toContact)).toEqual(['waitingForFullRun']);
		expect(wixSeen(u, toContact)).toEqual(['waitingForFullRun']);
	});

	test('its code is told', () => {
		const { review } = run({ ...partial, wixRecords: [contact('C1', w)], links: toUser });
		expect(entryAt(review, 0).question).toContain('(LOCKED)');
	});

	test('and one that was sent after it counts', () => {
		const links = row(under(pendingWrite(a, w, refusal), pendingWrite(a, z, sent)));
		expect(wixSeen(z, links)).toEqual(['waiting']);
	});

	test('without a code none is told', () => {
		const links = row(under(pendingWrite(a, w, { outcome: 'refused' })));
		const { review } = run({ ...partial, wixRecords: [contact('C1', w)], links });
		expect(entryAt(review, 0).question).not.toContain('(');
	});

	test('a refusal that can pass is not tried again', () => {
		const links = row(under(pendingWrite(a, w, { ...refusal, outcome: 'refusedForNow' })));
		expect(wixSeen(w, links, { now: daysLater(9) })).toEqual(['refused', 'refused']);
		const both = { wixRecords: [contact('C1', w)], users: [user('U1', a)], links };
		expect(outcomeOf({ ...both, now: daysLater(9) })).toEqual(['refused', 'refused']);
	});
});

describe('neither side is seen', () => {
	test.each<[string, Partial<LinkRow>, string[]]>([
		['nothing is under way', {}, ['inSync']],
		['a write is announced', under(pendingWrite(a, w)), ['waiting']],
		['a write was sent', under(pendingWrite(a, w, sent)), ['waiting']],
		['a write was refused', under(pendingWrite(a, w, refusal)), ['refused', 'refused']],
	])('%s', (_, more, expected) => {
		expect(outcomeOf({ links: row(more) })).toEqual(expected);
		expect(run({ ...partial, links: row(more) }).links).toEqual([]);
	});
});

describe('both sides are seen', () => {
	test('merged as in a full run', () => {
		const both = (wix: string, users: string) =>
			outcomeOf({ wixRecords: [contact('C1', wix)], users: [user('U1', users)], links: row() });
		expect(both(w, a)).toEqual(['changed', 'users update']);
		expect(both(w, u)).toEqual(['review', 'bothEdited']);
	});
});
