export { aboutRow, keptApart } from './about';
export {
	isKnownGone,
	isOutside,
	isRemoval,
	movedTo,
	without,
	withoutAnyFinding,
	withoutFindings,
} from './findings';
export { isAtRest, read, type Known, type Ledger } from './known';
export { Marks, marksOf } from './marks';
export { readValue, rememberedKey, type Reading } from './readings';
export { addressKeys, furtherAddresses, linkKeyOf, SideRecord, type RecordList } from './records';
export {
	baseOf,
	changedLink,
	hasNoBase,
	idOn,
	isComplete,
	isLeased,
	isOverdue,
	isRecent,
	isRowFault,
	linkIdOf,
	mayHaveBeenSent,
	newRow,
	otherSide,
	parseRow,
	removedLink,
	rowIdentity,
	withId,
	type Row,
} from './rows';
