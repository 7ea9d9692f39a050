// Values by name: a program that tsx starts does not see through `export *`
export type * from './types';
export { defaultPolicies } from './types';
export {
	baseText,
	isLinkState,
	jsonOf,
	linkStates,
	ownColumns,
	pendingText,
	readBase,
	readPending,
	textOf,
	unusable,
} from './rowCodec';
export { historyColumns, linkColumns, reviewColumns } from './tables';
