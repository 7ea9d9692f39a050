export { answerIn, KnownQuestions, lineOf, questionId } from './answers';
export {
	capital,
	counted,
	listed,
	named,
	nameIn,
	oneLine,
	personOf,
	shown,
	sideName,
	type Held,
	type LookUp,
	type Named,
} from './people';
export { ask, distinct, idsOn, type Answer, type Question, type Words } from './question';
export { pairWords, words, type Choice, type FieldFacts, type PairReason } from './words';
