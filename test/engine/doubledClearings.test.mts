import { a, contact, linked, pendingWrite, run, user } from './builders.mts';

const cleared = (outcome: 'announced' | 'sent') =>
	JSON.stringify([pendingWrite(a, '', { outcome, to: null })]);

test('rows of one pair that both know of a cleared value keep what is surer, once', () => {
	const outcome = run({
		wixRecords: [contact('C1', null)],
		users: [user('U1', a)],
		links: [
			linked('C1', 'U1', a, { rowId: '3', pending: cleared('announced') }),
			linked('C1', 'U1', a, { rowId: '7', pending: cleared('sent') }),
		],
	});
	const [kept, removed] = outcome.links;
	expect([kept?.link.rowId, removed?.operation, removed?.link.rowId]).toEqual(['3', 'remove', '7']);
	const pending = JSON.parse(kept?.link.pending || '[]') as Array<{ outcome: string }>;
	expect(pending.map((entry) => entry.outcome)).toEqual(['sent']);
	expect(outcome.toUsers).toEqual([]);
});
