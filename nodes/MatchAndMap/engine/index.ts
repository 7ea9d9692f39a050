export { explain } from './explain';
export { PlanInputError } from './errors';
export { makePlan, plan, type MadePlan } from './plan';
export { contactsAndUsers, membersAndUsers } from './presets';
export { withExplanation } from './reportPage';
export type * from '../../shared/contract';
export { defaultPolicies } from '../../shared/contract';
