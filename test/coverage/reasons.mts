import { engine } from './reasons/engine.mts';
import { shared } from './reasons/shared.mts';
import { users } from './reasons/users.mts';
import { wix } from './reasons/wix.mts';

/** Why a line is not reached whole by any test: by file, a piece of the line and what keeps tests from it. */
export type Reasons = Record<string, Array<{ line: string; why: string }>>;

export const reasons: Reasons = { ...engine, ...shared, ...users, ...wix };
