import type { Released } from '../release';
import { listQuestions, reviewRows } from './questions';
import { makeReport } from './report';
import type { Told } from './told';

export { explain } from './explain';
export { renderReport, withExplanation, type ReportContent } from './reportPage';
export type { Told } from './told';
export { changeReasons, outcomeLook, reviewTitles, stepWords } from './reportWords';

/** Tells what was decided: rows to save, questions, counts and the page. It decides nothing. */
export function tell(released: Released): Told {
	const { known } = released.decided.paired;
	const questions = listQuestions(known, released.decisions);
	return {
		plan: {
			report: makeReport(released, questions),
			review: reviewRows(known, released, questions),
			newLinks: [...released.newLinks],
			changedLinks: [...released.changedLinks],
		},
		released,
		questions,
	};
}
