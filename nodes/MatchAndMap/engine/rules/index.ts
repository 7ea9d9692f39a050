// Values by name: a program that tsx starts does not see through `export *`
export { compile } from './compile';
export type { CompiledRule, Rules } from './compile';
export { isWritten } from './contradictions';
export { faultAt, PlanInputError, propertyFault } from './errors';
export type { FaultPlace } from './errors';
export { contactsAndUsers, membersAndUsers } from './presets';
export type { Property } from './properties';
export type { CompiledPair } from './requirements';
