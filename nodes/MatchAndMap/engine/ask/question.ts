import { textOf, type ReviewReason, type ReviewRow, type Side } from '../../../shared/contract';
import { reviewId } from '../../../shared/reviewId';
import { oneLine } from './people';

/** One possible answer: what the person enters, and what follows from it. */
export interface Answer {
	code: string;
	words: string;
}

/** What is said of a matter, and what can be answered: for a person who knows neither rules nor rows. */
export interface Words {
	question: string;
	answers: readonly Answer[];
}

/**
 * One question to a person. Invariants: the ids are those of `code`'s whole matter, and with the code they name it from run to
 * run; an answer counts only for the very `question` that was asked.
 */
export interface Question extends Words {
	code: ReviewReason;
	wixIds: readonly string[];
	userIds: readonly string[];
	/** The address by which a record is known that this run has not read. */
	remembered?: string;
}

type Ids = Partial<Record<'wixIds' | 'userIds', readonly string[]>>;

export const ask = (
	code: ReviewReason,
	{ wixIds = [], userIds = [] }: Ids,
	said: Words,
): Question => ({ code, wixIds, userIds, ...said });

/** Ids that stand on one side. */
export const idsOn = (side: Side, ids: readonly string[]): Ids =>
	side === 'wix' ? { wixIds: ids } : { userIds: ids };

export const distinct = (ids: readonly string[]) =>
	[...new Set(ids)].filter((id) => id !== '').sort();

/** The name of a question, the same from run to run. */
export const questionId = (flow: string, { code, wixIds, userIds }: Question): string =>
	reviewId(flow, code, [...distinct(wixIds), ...distinct(userIds)]);

/** An answer as one line of the column: whatever a name or a value holds, it does not break it. */
export const lineOf = ({ code, words }: Answer): string => oneLine(`${code}: ${words}`);

/** The answer that a text names: its code, or its whole line. */
export function answerIn(text: string, answers: readonly Answer[]): Answer | undefined {
	const wanted = text.toLowerCase();
	return answers.find(
		(answer) => wanted === answer.code.toLowerCase() || wanted === lineOf(answer).toLowerCase(),
	);
}

/** The known questions of one flow, by name, and what people answered. Of two rows with one name the one with an answer counts. */
export class KnownQuestions {
	readonly byId: ReadonlyMap<string, ReviewRow>;
	readonly doubles: readonly ReviewRow[];

	constructor(
		private readonly flow: string,
		rows: readonly ReviewRow[],
	) {
		const byId = new Map<string, ReviewRow>();
		const doubles: ReviewRow[] = [];
		for (const row of rows) {
			const id = textOf(row?.reviewId);
			if (textOf(row?.flow) !== flow || id === '') continue;
			const first = byId.get(id);
			if (first === undefined) byId.set(id, row);
			else if (textOf(first.answer) === '' && textOf(row.answer) !== '') {
				byId.set(id, row);
				doubles.push(first);
			} else doubles.push(row);
		}
		this.byId = byId;
		this.doubles = doubles;
	}

	/** The code that a person answered a question with; '' where there is none, or another question was answered. */
	answerTo(question: Question): string {
		if (this.byId.size === 0) return '';
		const known = this.byId.get(questionId(this.flow, question));
		if (known === undefined || textOf(known.state) !== 'open') return '';
		if (textOf(known.question) !== question.question.trim()) return '';
		return answerIn(textOf(known.answer), question.answers)?.code ?? '';
	}
}
