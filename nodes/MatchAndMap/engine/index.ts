export { makePlan, plan, type MadePlan } from './plan';
export {
	contactsAndUsers,
	faultAt,
	isWritten,
	membersAndUsers,
	PlanInputError,
	propertyFault,
	type FaultPlace,
} from './rules';
export { explain, withExplanation } from './tell';
export type * from '../../shared/contract';
export { defaultPolicies } from '../../shared/contract';
