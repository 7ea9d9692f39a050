import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { ReviewRow } from '../../nodes/MatchAndMap/engine/index';
import { ReviewBoard, type Matter } from '../../nodes/MatchAndMap/engine/review';

const matter = (more: Partial<Matter> = {}): Matter => ({
	reason: 'bothEdited',
	wixIds: ['C1'],
	userIds: ['U1'],
	question: 'Which one?',
	answers: [
		{ code: 'wixWins', words: 'write this' },
		{ code: 'usersWin', words: 'write that' },
	],
	...more,
});
const board = (known: readonly ReviewRow[] = []) => new ReviewBoard('own', known, () => undefined);
const full = { full: true, isHeld: false };

/** The row of the review table that a matter was saved as. */
function saved(more: Partial<ReviewRow> = {}): ReviewRow {
	const first = board();
	first.add(matter());
	return { ...entryAt(first.rows(full), 0), id: 7, updatedAt: 'then', ...more };
}
/** What a run that finds this matter gives out for a known row. */
function rowsAfter(known: ReviewRow[], found: Matter[], more: Partial<typeof full> = {}) {
	const next = board(known);
	for (const each of found) if (next.take(each) === '') next.add(each);
	return next.rows({ ...full, ...more });
}

describe('the rows of the review table', () => {
	test('a new matter is one row, open, with a line for each answer and no place filled in', () => {
		const [row] = atLeast(rowsAfter([], [matter({ wixIds: ['C2', '', 'C1', 'C2'] })]), 1);
		expect(row).toEqual({
			...{ reviewId: row.reviewId, flow: 'own', reason: 'bothEdited', question: 'Which one?' },
			who: 'Wix: somebody without a name or address and somebody without a name or address · user: somebody without a name or address',
			...{ answers: 'wixWins: write this\nusersWin: write that', wixIds: 'C1, C2', userIds: 'U1' },
			state: 'open',
		});
	});

	const found = [matter()];
	const changed = [matter({ question: 'Which one now?' })];
	test.each<[string, Partial<ReviewRow>, Matter[], Partial<ReviewRow>[]]>([
		['stands as it was: nothing', {}, found, []],
		['stands, and was not answered yet', { answer: '' }, found, []],
		['has changed', {}, changed, [{ state: 'open', question: 'Which one now?' }]],
		['no longer arises', {}, [], [{ state: 'settled' }]],
		['no longer arises, and is settled', { state: 'settled' }, [], []],
		[
			'arises again',
			{ state: 'settled', answer: 'wixWins' },
			found,
			[{ state: 'open', answer: '' }],
		],
		['is answered by its code', { answer: 'wixWins' }, found, [{ state: 'settled' }]],
		['by its whole line', { answer: ' WixWins: write this ' }, found, [{ state: 'settled' }]],
		['by what is no answer', { answer: 'both' }, found, [{ state: 'open', answer: '' }]],
		[
			'was answered, and has changed',
			{ answer: 'wixWins' },
			changed,
			[{ state: 'open', answer: '' }],
		],
		['is of another flow', { flow: 'other', answer: 'wixWins' }, [], []],
	])('a known matter %s', (_, more, matters, expected) => {
		const rows = rowsAfter([saved(more)], matters);
		expect(rows).toMatchObject(expected);
		expect(rows).toHaveLength(expected.length);
		for (const row of rows) expect(row).toMatchObject({ id: 7, updatedAt: 'then' });
	});

	test('a line break in a name or a value breaks no line: the answer is one, and fits', () => {
		const broken = matter({ answers: [{ code: 'wixWins', words: 'write a\r\nb\u2028c' }] });
		const [row] = atLeast(rowsAfter([], [broken]), 1);
		expect(row.answers).toBe('wixWins: write a b c');
		const known = { ...row, answer: row.answers };
		expect(rowsAfter([known], [broken]).map(({ state }) => state)).toEqual(['settled']);
	});

	test('a question that changes takes no answer that is typed before it is saved; one about others does', () => {
		const [asked] = atLeast(rowsAfter([saved()], changed), 1);
		expect(asked.answer).toBe('');
		const [sameQuestion] = atLeast(rowsAfter([saved({ who: 'somebody else' })], found), 1);
		expect(sameQuestion).not.toHaveProperty('answer');
	});

	test('an answer is never saved over', () => {
		for (const more of [{}, { answer: 'wixWins' }])
			for (const row of rowsAfter([saved(more)], [])) expect(row).not.toHaveProperty('answer');
	});

	test('a run on changed records settles what was answered, and nothing that it did not look at', () => {
		expect(rowsAfter([saved()], [], { full: false })).toEqual([]);
		expect(rowsAfter([saved({ answer: 'wixWins' })], found, { full: false })).toMatchObject([
			{ state: 'settled' },
		]);
	});

	test('a preview and a stopped run settle nothing: answers wait for the run that uses them', () => {
		expect(rowsAfter([saved({ answer: 'wixWins' })], found, { isHeld: true })).toEqual([]);
		expect(rowsAfter([saved()], [], { isHeld: true })).toEqual([]);
	});

	test('doubles of one matter are united; the answer of either counts', () => {
		const rows = [saved(), saved({ id: 8, answer: 'usersWin' })];
		expect(board(rows).take(matter())).toBe('usersWin');
		expect(rowsAfter(rows, found).map(({ id, state }) => [id, state])).toEqual([
			[8, 'settled'],
			[7, 'settled'],
		]);
	});

	test('an answer that could not be carried out stays, and so do matters of records under way', () => {
		const known = [saved({ answer: 'wixWins' })];
		const kept = board(known);
		expect(kept.take(matter())).toBe('wixWins');
		kept.keep(matter());
		expect(kept.rows(full)).toEqual([]);
		for (const ids of [
			['C1', ''],
			['', 'U1'],
		] as const) {
			const left = board(known);
			left.leave(ids[0], ids[1]);
			expect(left.rows(full)).toEqual([]);
		}
	});
});

describe('several faults of one matter', () => {
	test('are said in one, each once, and what is too much is counted', () => {
		const one = board();
		const said = (n: number) => one.add(matter({ question: `Fault ${n}.` }));
		said(0);
		said(0);
		expect(one.list()).toMatchObject([{ question: 'Fault 0.', wixIds: ['C1'] }]);
		for (let n = 1; n < 12; n++) said(n);
		expect(one.list()).toHaveLength(1);
		expect(entryAt(one.list(), 0).question).toMatch(
			/^Fault 0\. Fault 1\. .*Fault 9\. 2 more are of this kind\.$/,
		);
	});

	test('unite their answers, and of a crowd the first forty are offered', () => {
		const one = board();
		one.add(matter());
		one.add(matter({ answers: [{ code: 'wixWins', words: 'again' }] }));
		one.add(matter({ answers: [{ code: 'done', words: 'it is done' }] }));
		expect(entryAt(one.list(), 0).answers.map(({ code }) => code)).toEqual([
			'wixWins',
			'usersWin',
			'done',
		]);
		const answers = Array.from({ length: 50 }, (_, n) => ({ code: `link ${n}`, words: 'them' }));
		one.add(matter({ answers }));
		expect(entryAt(one.list(), 0).answers).toHaveLength(40);
	});
});
