import { textOf, type ReviewRow } from '../../../shared/contract';
import { reviewId } from '../../../shared/reviewId';
import { oneLine } from './people';
import { distinct, type Answer, type Question } from './question';

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
