import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Question } from '../../nodes/MatchAndMap/engine/ask';
import { decide } from '../../nodes/MatchAndMap/engine/decide';
import type { Decision } from '../../nodes/MatchAndMap/engine/decision';
import { contactsAndUsers, type ReviewRow } from '../../nodes/MatchAndMap/engine/index';
import { pair } from '../../nodes/MatchAndMap/engine/pair';
import { newRow, read } from '../../nodes/MatchAndMap/engine/read';
import { release } from '../../nodes/MatchAndMap/engine/release';
import { compile } from '../../nodes/MatchAndMap/engine/rules';
import { listQuestions, reviewRows } from '../../nodes/MatchAndMap/engine/tell/questions';
import { inputOf } from './builders.mts';

const question = (more: Partial<Question> = {}): Question => ({
	code: 'bothEdited',
	wixIds: ['C1'],
	userIds: ['U1'],
	question: 'Which one?',
	answers: [
		{ code: 'wixWins', words: 'write this' },
		{ code: 'usersWin', words: 'write that' },
	],
	...more,
});

/** A run that has these rows of the review table. */
function knownFrom(review: readonly ReviewRow[], isFull = true) {
	const dataFlow = { ...contactsAndUsers, id: 'own' };
	const complete = { wix: isFull, users: true };
	const input = inputOf({ dataFlow, review: [...review], complete });
	return read(compile(input), input);
}
type Known = ReturnType<typeof knownFrom>;

/** What such a run saves, if it came to these decisions. */
const rowsOf = (known: Known, decisions: readonly Decision[], isHeld = false) =>
	reviewRows(
		known,
		{ ...release(decide(pair(known))), decisions, isHeld },
		listQuestions(known, decisions),
	);
const because = { code: 'bothEdited' } as const;
const asked = (one: Question): Decision => ({ because, questions: [one] });

/** The row of the review table that the question was saved as. */
const saved = (more: Partial<ReviewRow> = {}): ReviewRow => ({
	...entryAt(rowsOf(knownFrom([]), [asked(question())]), 0),
	...{ id: 7, updatedAt: 'then' },
	...more,
});
/** What a run gives out that finds these questions, and carries out what was answered. */
function rowsAfter(
	review: ReviewRow[],
	found: Question[],
	{ isFull = true, isHeld = false }: { isFull?: boolean; isHeld?: boolean } = {},
) {
	const known = knownFrom(review, isFull);
	const decisions = found.map((one): Decision => {
		return known.questions.answerTo(one) === '' ? asked(one) : { because, answered: [one] };
	});
	return rowsOf(known, decisions, isHeld);
}

describe('the rows of the review table', () => {
	test('a new question is one row, open, with a line for each answer and no place filled in', () => {
		const [row] = atLeast(rowsAfter([], [question({ wixIds: ['C2', '', 'C1', 'C2'] })]), 1);
		expect(row).toEqual({
			...{ reviewId: row.reviewId, flow: 'own', reason: 'bothEdited', question: 'Which one?' },
			who: 'Wix: somebody without a name or address and somebody without a name or address · user: somebody without a name or address',
			...{ answers: 'wixWins: write this\nusersWin: write that', wixIds: 'C1, C2', userIds: 'U1' },
			state: 'open',
		});
	});

	const found = [question()];
	const changed = [question({ question: 'Which one now?' })];
	test.each<[string, Partial<ReviewRow>, Question[], Partial<ReviewRow>[]]>([
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
	])('a known question %s', (_, more, questions, expected) => {
		const rows = rowsAfter([saved(more)], questions);
		expect(rows).toMatchObject(expected);
		expect(rows).toHaveLength(expected.length);
		for (const row of rows) expect(row).toMatchObject({ id: 7, updatedAt: 'then' });
	});

	test('a line break in a name or a value breaks no line: the answer is one, and fits', () => {
		const broken = question({ answers: [{ code: 'wixWins', words: 'write a\r\nb\u2028c' }] });
		const [row] = atLeast(rowsAfter([], [broken]), 1);
		expect(row.answers).toBe('wixWins: write a b c');
		const known = { ...row, answer: row.answers };
		expect(rowsAfter([known], [broken]).map(({ state }) => state)).toEqual(['settled']);
	});

	test('a question that changes takes no answer that is typed before it is saved; one about others does', () => {
		const [row] = atLeast(rowsAfter([saved()], changed), 1);
		expect(row.answer).toBe('');
		const [sameQuestion] = atLeast(rowsAfter([saved({ who: 'somebody else' })], found), 1);
		expect(sameQuestion).not.toHaveProperty('answer');
	});

	test('an answer is never saved over', () => {
		for (const more of [{}, { answer: 'wixWins' }])
			for (const row of rowsAfter([saved(more)], [])) expect(row).not.toHaveProperty('answer');
	});

	test('a run on changed records settles what was answered, and nothing that it did not look at', () => {
		expect(rowsAfter([saved()], [], { isFull: false })).toEqual([]);
		expect(rowsAfter([saved({ answer: 'wixWins' })], found, { isFull: false })).toMatchObject([
			{ state: 'settled' },
		]);
	});

	test('a preview and a stopped run settle nothing: answers wait for the run that uses them', () => {
		expect(rowsAfter([saved({ answer: 'wixWins' })], found, { isHeld: true })).toEqual([]);
		expect(rowsAfter([saved()], [], { isHeld: true })).toEqual([]);
	});

	test('doubles of one question are united; the answer of either counts', () => {
		const rows = [saved(), saved({ id: 8, answer: 'usersWin' })];
		expect(knownFrom(rows).questions.answerTo(question())).toBe('usersWin');
		expect(rowsAfter(rows, found).map(({ id, state }) => [id, state])).toEqual([
			[8, 'settled'],
			[7, 'settled'],
		]);
	});

	test('an answer that could not be carried out stays, and so do questions about records under way', () => {
		const known = knownFrom([saved({ answer: 'wixWins' })]);
		expect(known.questions.answerTo(question())).toBe('wixWins');
		expect(rowsOf(known, [{ because, kept: [question()] }])).toEqual([]);
		for (const row of [newRow('own', 'C1', ''), newRow('own', '', 'U1')])
			expect(rowsOf(known, [{ because, row, isLeft: true }])).toEqual([]);
	});
});

describe('several faults of one matter', () => {
	const listed = (...questions: Question[]) => listQuestions(knownFrom([]), questions.map(asked));
	const fault = (n: number) => question({ question: `Fault ${n}.` });

	test('are said in one, each once, and what is too much is counted', () => {
		expect(listed(fault(0), fault(0))).toMatchObject([{ question: 'Fault 0.', wixIds: ['C1'] }]);
		const all = listed(fault(0), ...Array.from({ length: 12 }, (_, n) => fault(n)));
		expect(all).toHaveLength(1);
		expect(entryAt(all, 0).question).toMatch(
			/^Fault 0\. Fault 1\. .*Fault 9\. 2 more are of this kind\.$/,
		);
	});

	test('unite their answers, and of a crowd the first forty are offered', () => {
		const more = [
			question({ answers: [{ code: 'wixWins', words: 'again' }] }),
			question({ answers: [{ code: 'done', words: 'it is done' }] }),
		];
		expect(entryAt(listed(question(), ...more), 0).answers.map(({ code }) => code)).toEqual([
			'wixWins',
			'usersWin',
			'done',
		]);
		const answers = Array.from({ length: 50 }, (_, n) => ({ code: `link ${n}`, words: 'them' }));
		expect(entryAt(listed(question(), ...more, question({ answers })), 0).answers).toHaveLength(40);
	});
});
