import type { Change, Report, Side } from '../../shared/contract';
import { hashText } from '../../shared/hash';
import { texts } from './review';
import type { PlanState } from './state';

export type Verdict = Report['guard'];

/** What the guard weighs: one planned write or unlink. */
export interface Weighed {
	side: Side;
	operation: string;
	linkId: string;
	recordId: string;
	expected: Change['expected'];
	set: Change['set'];
}

/** Stops a plan that is larger than a person would expect, unless its hash was approved. Adds the review item. */
export function judge(state: PlanState, weighed: readonly Weighed[]): Verdict {
	const wouldChange = { wix: 0, users: 0 };
	for (const { side } of weighed) wouldChange[side]++;
	const planHash = hashOf(weighed);
	const empty = (['wix', 'users'] as const).find((side) => isEmptyAgainstLinks(state, side));
	if (empty !== undefined) {
		state.review.add({ reason: 'guard', wixIds: [], userIds: [], ...texts.guardEmptySide(empty) });
		return { tripped: true, wouldChange, planHash };
	}
	const over = exceeds(state, 'wix', wouldChange.wix) || exceeds(state, 'users', wouldChange.users);
	const tripped = over && state.policies.approvedPlan.trim() !== planHash;
	if (tripped)
		state.review.add({
			reason: 'guard',
			wixIds: [],
			userIds: [],
			...texts.guard(wouldChange, planHash),
		});
	return { tripped, wouldChange, planHash };
}

/** The hash of the sorted writes and unlinks: any further edit gives another. */
function hashOf(weighed: readonly Weighed[]): string {
	const lines = weighed.map((one) =>
		JSON.stringify([one.side, one.operation, one.linkId, one.recordId, one.expected, one.set]),
	);
	return hashText(lines.sort().join('\n'));
}

/** Linked records of a side as the run found them: links that this plan makes do not raise the limit. */
function linkedCount(state: PlanState, side: Side): number {
	let count = 0;
	for (const { source } of state.rows) {
		if (source?.state === 'linked' && (side === 'wix' ? source.wixId : source.userId) !== '')
			count++;
	}
	return count;
}

function isEmptyAgainstLinks(state: PlanState, side: Side): boolean {
	const { complete, byId } = state.listing[side];
	return complete && byId.size === 0 && linkedCount(state, side) > 0;
}

function exceeds(state: PlanState, side: Side, count: number): boolean {
	const { guard } = state.policies;
	if (guard === null || count <= guard.records) return false;
	const linked = linkedCount(state, side);
	return linked === 0 || count * 100 > guard.percent * linked;
}
