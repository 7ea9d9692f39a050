import { merging } from './reasons/merging.mts';
import { reading } from './reasons/reading.mts';
import { telling } from './reasons/telling.mts';
import { writing } from './reasons/writing.mts';
import type { Reasons } from './reasons/kinds.mts';

/** Why mutants survive, by file of the engine. */
export const reasons: Reasons = { ...reading, ...merging, ...writing, ...telling };
