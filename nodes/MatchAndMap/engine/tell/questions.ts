import {
	ownColumns,
	textOf,
	type ReviewReason,
	type ReviewRow,
	type Side,
} from '../../../shared/contract';
import { addTo } from '../../../shared/grouped';
import {
	answerIn,
	distinct,
	lineOf,
	listed,
	oneLine,
	personOf,
	questionId,
	type Answer,
	type Question,
} from '../ask';
import type { Decision } from '../decision';
import type { Known } from '../read';
import type { Released } from '../release';

/** A question as it is listed: who it is about is settled, and what several found out about it is put together. */
export interface ListedQuestion {
	reviewId: string;
	code: ReviewReason;
	who: string;
	question: string;
	answers: readonly Answer[];
	wixIds: readonly string[];
	userIds: readonly string[];
}

/** What is said of one matter; the rest is counted. */
const mostSentences = 10;

/** Answers that are offered for one matter; of a crowd that shares an address a person links the first. */
const mostAnswers = 40;

/** What people are asked in this run, each question once. */
export function listQuestions(known: Known, decisions: readonly Decision[]): ListedQuestion[] {
	const groups = new Map<string, Question[]>();
	for (const { questions = [] } of decisions) {
		for (const question of questions) {
			const id = questionId(known.rules.flow.id, question);
			addTo(groups, id, question);
		}
	}
	return [...groups].flatMap(([id, group]) => {
		const [first] = group;
		return first === undefined ? [] : listedAs(known, id, first, group);
	});
}

function listedAs(
	known: Known,
	reviewId: string,
	first: Question,
	group: readonly Question[],
): ListedQuestion {
	const wixIds = distinct(group.flatMap((each) => each.wixIds));
	const userIds = distinct(group.flatMap((each) => each.userIds));
	const answers = new Map<string, Answer>();
	for (const answer of group.flatMap((each) => each.answers))
		if (!answers.has(answer.code)) answers.set(answer.code, answer);
	return {
		...{ reviewId, code: first.code, who: whoIn(known, first), wixIds, userIds },
		question: spoken([...new Set(group.map((each) => each.question))]),
		answers: [...answers.values()].slice(0, mostAnswers),
	};
}

function whoIn({ lookUp }: Known, { wixIds, userIds, remembered = '' }: Question): string {
	const on = (side: Side, ids: readonly string[]) => {
		const names = distinct(ids).map((id) => personOf(lookUp(side, id), remembered));
		return names.length === 0 ? [] : [`${side === 'wix' ? 'Wix' : 'user'}: ${listed(names)}`];
	};
	return oneLine([...on('wix', wixIds), ...on('users', userIds)].join(' · ')) || 'everybody';
}

function spoken(sentences: readonly string[]): string {
	const rest = sentences.length - mostSentences;
	return [
		...sentences.slice(0, mostSentences),
		...(rest > 0 ? [`${rest} more are of this kind.`] : []),
	].join(' ');
}

/**
 * The rows of the review table to save: new, changed, settled. What was answered is settled by the run that carries it out; what no
 * longer arises by a run that has looked at everybody.
 */
export function reviewRows(
	known: Known,
	released: Released,
	listedNow: readonly ListedQuestion[],
): ReviewRow[] {
	const { questions, rules, isFull } = known;
	const rows = listedNow.flatMap((each) => changedRow(known, each) ?? []);
	if (released.isHeld) return rows;
	const named = (of: (decision: Decision) => readonly Question[] | undefined) =>
		new Set(
			released.decisions
				.flatMap((each) => of(each) ?? [])
				.map((each) => questionId(rules.flow.id, each)),
		);
	const answered = named((decision) => decision.answered);
	const kept = named((decision) => decision.kept);
	const asked = new Set(listedNow.map(({ reviewId }) => reviewId));
	const isLeft = leftBy(released.decisions);
	for (const [id, row] of questions.byId) {
		if (asked.has(id) || kept.has(id) || textOf(row.state) !== 'open') continue;
		if (answered.has(id) || (isFull && !isLeft(row))) rows.push(settled(row));
	}
	return [...rows, ...questions.doubles.map(settled)];
}

/** Whether a known question is about somebody whom this run did not judge. */
function leftBy(decisions: readonly Decision[]): (known: ReviewRow) => boolean {
	const left = new Set<string>();
	for (const { row, isLeft } of decisions) {
		if (isLeft !== true || row === undefined) continue;
		if (row.wixId !== '') left.add(`wix ${row.wixId}`);
		if (row.userId !== '') left.add(`users ${row.userId}`);
	}
	const isNamed = (side: Side, ids: unknown) =>
		textOf(ids)
			.split(', ')
			.some((id) => left.has(`${side} ${id}`));
	return ({ wixIds, userIds }) => isNamed('wix', wixIds) || isNamed('users', userIds);
}

const textColumns = ['who', 'question', 'answers', 'wixIds', 'userIds', 'state'] as const;

function changedRow({ rules, questions }: Known, asked: ListedQuestion): ReviewRow | undefined {
	const { reviewId, code, who, question, answers, wixIds, userIds } = asked;
	const row: ReviewRow = {
		...{ reviewId, flow: rules.flow.id, reason: code, who, question },
		answers: answers.map(lineOf).join('\n'),
		wixIds: wixIds.join(', '),
		userIds: userIds.join(', '),
		state: 'open',
	};
	const known = questions.byId.get(reviewId);
	if (known === undefined) return row;
	const isSame = textColumns.every((column) => textOf(known[column]) === row[column].trim());
	const answer = textOf(known.answer);
	const fits = answer === '' || (isSame && answerIn(answer, answers) !== undefined);
	if (isSame && fits) return undefined;
	// An answer to another question, typed before this row is saved, must not count for this one
	const isCleared = answer !== '' || textOf(known.question) !== question.trim();
	return { ...ownColumns(known), ...row, ...(isCleared ? { answer: '' } : {}) };
}

/** The row as it was, without the answer: a save must not wipe out one that is given meanwhile. */
function settled(known: ReviewRow): ReviewRow {
	const row: ReviewRow = { ...known, state: 'settled' };
	delete row.answer;
	return row;
}
