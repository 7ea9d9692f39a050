import type { Compared } from './shapes.mts';

interface Plan {
	error?: unknown;
	counts?: Record<string, number>;
	guard?: { tripped: boolean };
}

/**
 * The figures of one flow out of the report of Match & Map.
 * @param failed what the steps that read said, when they could not
 */
export const compare = (flow: string, plan: Plan, failed: readonly unknown[]): Compared => {
	const none = (problem: string): Compared => ({ flow, inSync: null, drift: null, problem });
	if (failed.length > 0) return none(String(failed[0]));
	if (plan.error !== undefined || plan.counts === undefined) {
		return none(String(plan.error ?? 'Match & Map gave no report'));
	}
	// With the guard off, only a side that lists nobody trips it
	if (plan.guard?.tripped) return none('One side lists nobody although there are links');
	const { inSync = 0, linkedNow = 0, changed = 0, putBack = 0 } = plan.counts;
	return { flow, inSync: inSync + linkedNow, drift: changed + putBack, problem: '' };
};
