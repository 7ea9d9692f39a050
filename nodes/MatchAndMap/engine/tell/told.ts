import type { Plan } from '../../../shared/contract';
import type { Released } from '../release';
import type { ListedQuestion } from './questions';

/** A plan, and what it is told from. */
export interface Told {
	plan: Plan;
	released: Released;
	questions: readonly ListedQuestion[];
}
