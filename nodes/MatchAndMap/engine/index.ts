export { explain } from './explain';
export { makePlan, plan, type MadePlan } from './plan';
export {
	contactsAndUsers,
	faultAt,
	isWritten,
	membersAndUsers,
	PlanInputError,
	propertyFault,
} from './rules';
export type { FaultPlace } from './rules';
export { withExplanation } from './reportPage';
export type * from '../../shared/contract';
export { defaultPolicies } from '../../shared/contract';
