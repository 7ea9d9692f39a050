export { PlanInputError } from './errors';
export { plan } from './plan';
export { contactsAndUsers, membersAndUsers } from './presets';
export * from '../../shared/contract';
