import type { ReviewReason, ReviewRow, Side } from '../../shared/contract';
import { textOf } from '../../shared/contract';
import { reviewId } from '../../shared/reviewId';
import { listed, oneLine, personOf, type LookUp } from './people';

/** One possible answer: what the person enters, and what follows from it. */
export interface Answer {
	code: string;
	words: string;
}

export interface Matter {
	reason: ReviewReason;
	wixIds: readonly string[];
	userIds: readonly string[];
	/** What was found, with the values, and what follows from it. */
	question: string;
	answers: readonly Answer[];
	/** The address by which a record is known that this run has not read. */
	remembered?: string;
}

/** A matter as it is listed: who it is about is settled, and what several found out about it is put together. */
export interface ListedMatter {
	reviewId: string;
	reason: ReviewReason;
	who: string;
	question: string;
	answers: Answer[];
	wixIds: string[];
	userIds: string[];
}

/** What is said of one matter; the rest is counted. */
const mostSentences = 10;

/** Answers that are offered for one matter; of a crowd that shares an address a person links the first. */
const mostAnswers = 40;

/**
 * What waits for a person: collects the matters of a run, finds the answers to them among the known ones, and tells which
 * rows of the review table are new, changed or settled. Invariant: a matter is either listed or answered, never both.
 */
export class ReviewBoard {
	private readonly matters = new Map<string, ListedMatter & { sentences: string[] }>();
	private readonly known = new Map<string, ReviewRow>();
	private readonly doubles: ReviewRow[] = [];
	private readonly answered = new Set<string>();
	/** Answered, but what follows could not be done in this run: the known row stays as it is. */
	private readonly kept = new Set<string>();
	/** Records that this run leaves to another one. */
	private readonly untouched = new Set<string>();

	constructor(
		private readonly flow: string,
		known: readonly ReviewRow[],
		private readonly lookUp: LookUp,
	) {
		for (const row of known) {
			if (textOf(row?.flow) !== flow || textOf(row.reviewId) === '') continue;
			const id = textOf(row.reviewId);
			const first = this.known.get(id);
			if (first === undefined) this.known.set(id, row);
			else if (textOf(first.answer) === '' && textOf(row.answer) !== '') {
				this.known.set(id, row);
				this.doubles.push(first);
			} else this.doubles.push(row);
		}
	}

	/** Lists a matter; the same one again adds what it has to say. */
	add(matter: Matter): void {
		const listedAs = this.listedAs(matter);
		const known = this.matters.get(listedAs.reviewId);
		if (known === undefined) {
			this.matters.set(listedAs.reviewId, { ...listedAs, sentences: [matter.question] });
			return;
		}
		if (!known.sentences.includes(matter.question)) known.sentences.push(matter.question);
		known.wixIds = distinct([...known.wixIds, ...matter.wixIds]);
		known.userIds = distinct([...known.userIds, ...matter.userIds]);
		const codes = new Set(known.answers.map(({ code }) => code));
		known.answers.push(...matter.answers.filter(({ code }) => !codes.has(code)));
	}

	/**
	 * The code that a person answered the matter with, if it is still the matter that was answered. From then on it is settled,
	 * unless `keep` says that what follows could not be done.
	 * @returns '' where there is no answer that fits
	 */
	take(matter: Matter): string {
		const current = this.listedAs(matter);
		const code = this.fittingAnswer(current);
		if (code !== '') this.answered.add(current.reviewId);
		return code;
	}

	/** Leaves an answer that was taken for the next run. */
	keep(matter: Matter): void {
		const { reviewId: id } = this.listedAs(matter);
		this.answered.delete(id);
		this.kept.add(id);
	}

	/** The matters of these two stay as they are: another run is at work on them. */
	leave(wixId: string, userId: string): void {
		if (wixId !== '') this.untouched.add(`wix ${wixId}`);
		if (userId !== '') this.untouched.add(`users ${userId}`);
	}

	list(): ListedMatter[] {
		return [...this.matters.values()].map(({ sentences, ...matter }) => ({
			...matter,
			question: spoken(sentences),
			answers: matter.answers.slice(0, mostAnswers),
		}));
	}

	/**
	 * The rows to save: new, changed, settled.
	 * @param full whether the run has looked at everybody; else it settles only what was answered
	 * @param isHeld nothing of the plan is carried out: answers stay for the run that uses them
	 */
	rows({ full, isHeld }: { full: boolean; isHeld: boolean }): ReviewRow[] {
		const rows: ReviewRow[] = [];
		for (const matter of this.list()) {
			const row = this.changedRow(matter);
			if (row !== undefined) rows.push(row);
		}
		if (isHeld) return rows;
		for (const [id, known] of this.known) {
			if (this.matters.has(id) || this.kept.has(id) || textOf(known.state) !== 'open') continue;
			if (this.answered.has(id) || (full && !this.isUntouched(known))) rows.push(settled(known));
		}
		for (const double of this.doubles) rows.push(settled(double));
		return rows;
	}

	private listedAs(matter: Matter): ListedMatter {
		const wixIds = distinct(matter.wixIds);
		const userIds = distinct(matter.userIds);
		return {
			reviewId: reviewId(this.flow, matter.reason, [...wixIds, ...userIds]),
			reason: matter.reason,
			who: this.who(wixIds, userIds, matter.remembered),
			question: matter.question,
			answers: [...matter.answers],
			wixIds,
			userIds,
		};
	}

	private who(wixIds: readonly string[], userIds: readonly string[], remembered = ''): string {
		const on = (side: Side, ids: readonly string[]) =>
			ids.length === 0
				? []
				: [
						`${side === 'wix' ? 'Wix' : 'user'}: ${listed(ids.map((id) => personOf(this.lookUp(side, id), remembered)))}`,
					];
		return oneLine([...on('wix', wixIds), ...on('users', userIds)].join(' · ')) || 'everybody';
	}

	private fittingAnswer(current: ListedMatter): string {
		const known = this.known.get(current.reviewId);
		if (known === undefined || textOf(known.state) !== 'open') return '';
		if (textOf(known.question) !== current.question.trim()) return '';
		return answerIn(textOf(known.answer), current.answers)?.code ?? '';
	}

	private changedRow(matter: ListedMatter): ReviewRow | undefined {
		const { reviewId: id, reason, who, question } = matter;
		const row: ReviewRow = {
			...{ reviewId: id, flow: this.flow, reason, who, question },
			answers: matter.answers.map(lineOf).join('\n'),
			wixIds: matter.wixIds.join(', '),
			userIds: matter.userIds.join(', '),
			state: 'open',
		};
		const known = this.known.get(id);
		if (known === undefined) return row;
		const isSame = textColumns.every((column) => textOf(known[column]) === row[column].trim());
		const answer = textOf(known.answer);
		const fits = answer === '' || (isSame && answerIn(answer, matter.answers) !== undefined);
		if (isSame && fits) return undefined;
		// An answer to another question, typed before this row is saved, must not count for this one
		const isCleared = answer !== '' || textOf(known.question) !== question.trim();
		return { ...ownColumns(known), ...row, ...(isCleared ? { answer: '' } : {}) };
	}

	private isUntouched(known: ReviewRow): boolean {
		const named = (side: Side, ids: unknown) =>
			textOf(ids)
				.split(', ')
				.some((id) => this.untouched.has(`${side} ${id}`));
		return named('wix', known.wixIds) || named('users', known.userIds);
	}
}

const textColumns = ['who', 'question', 'answers', 'wixIds', 'userIds', 'state'] as const;

/** The answer that a text names: its code, or its whole line. */
function answerIn(text: string, answers: readonly Answer[]): Answer | undefined {
	const wanted = text.toLowerCase();
	return answers.find(
		(answer) => wanted === answer.code.toLowerCase() || wanted === lineOf(answer).toLowerCase(),
	);
}

/** An answer as one line of the column: whatever a name or a value holds, it does not break it. */
const lineOf = ({ code, words }: Answer): string => oneLine(`${code}: ${words}`);

function ownColumns({ id, createdAt, updatedAt }: ReviewRow): Partial<ReviewRow> {
	return {
		...(id === undefined ? {} : { id }),
		...(createdAt === undefined ? {} : { createdAt }),
		...(updatedAt === undefined ? {} : { updatedAt }),
	};
}

/** The row as it was, without the answer: a save must not wipe out one that is given meanwhile. */
function settled(known: ReviewRow): ReviewRow {
	const row: ReviewRow = { ...known, state: 'settled' };
	delete row.answer;
	return row;
}

function spoken(sentences: readonly string[]): string {
	const rest = sentences.length - mostSentences;
	return [
		...sentences.slice(0, mostSentences),
		...(rest > 0 ? [`${rest} more are of this kind.`] : []),
	].join(' ');
}

const distinct = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== '').sort();
