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
export {
	answerIn,
	ask,
	distinct,
	idsOn,
	KnownQuestions,
	lineOf,
	questionId,
	type Answer,
	type Question,
	type Words,
} from './question';
export { pairWords, words, type Choice, type FieldFacts, type PairReason } from './words';
