export { isAtRest, knowsNobody, read, type Known, type Ledger } from './known';
export { Marks, marksOf } from './marks';
export { readValue, rememberedKey, type Reading } from './readings';
export { addressKeys, furtherAddresses, linkKeyOf, SideRecord, type RecordList } from './records';
export {
	aloneOn,
	baseOf,
	changedLink,
	hasNoBase,
	idOn,
	isComplete,
	isKnownGone,
	isLeased,
	isOutside,
	isOverdue,
	isRecent,
	isRemoval,
	isRowFault,
	linkIdOf,
	mayHaveBeenSent,
	movedTo,
	newRow,
	otherSide,
	parseRow,
	removedLink,
	rowIdentity,
	withId,
	without,
	withoutAnyFinding,
	withoutFindings,
	type Row,
} from './rows';
