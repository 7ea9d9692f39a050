import { deciding } from './reasons/deciding.mts';
import { reading } from './reasons/reading.mts';
import { telling } from './reasons/telling.mts';
import type { Reasons } from './reasons/kinds.mts';

/** Why mutants survive, by file of the engine. */
export const reasons: Reasons = { ...reading, ...deciding, ...telling };
