import type { Change, Report, ReviewItem, ReviewReason, Side } from '../../shared/contracts';
import { renderReport } from './reportPage';
import type { PlanState } from './state';

/** The counts and the page of one plan. */
export function makeReport(
	state: PlanState,
	changes: readonly Change[],
	guard: Report['guard'],
	withoutKey: Record<Side, number>,
): Report {
	const review = state.review.list();
	const facts = {
		counts: state.tally.counts(),
		changes: countChanges(state, changes),
		review: countReasons(review),
		withoutKey,
		guard,
	};
	return {
		...facts,
		html: renderReport({
			title: String(state.flow.flow.title ?? state.flow.flow.id),
			now: state.now,
			dryRun: state.policies.dryRun,
			facts,
			changes,
			review,
		}),
	};
}

function countChanges(state: PlanState, changes: readonly Change[]): Report['changes'] {
	const keyBySide = new Map(
		state.flow.properties.flatMap(({ key, keyOn }) => [
			[`wix ${keyOn.wix}`, key] as const,
			[`users ${keyOn.users}`, key] as const,
		]),
	);
	const counts = new Map<string, Report['changes'][number]>();
	for (const { side, operation, set } of changes) {
		const fields = Object.keys(set);
		for (const field of fields.length > 0 ? fields : ['']) {
			const property = keyBySide.get(`${side} ${field}`) ?? field;
			const name = `${side} ${operation} ${property}`;
			const known = counts.get(name);
			if (known === undefined) counts.set(name, { side, operation, property, count: 1 });
			else known.count++;
		}
	}
	return [...counts.values()];
}

function countReasons(items: readonly ReviewItem[]): Partial<Record<ReviewReason, number>> {
	const counts: Partial<Record<ReviewReason, number>> = {};
	for (const { reason } of items) counts[reason] = (counts[reason] ?? 0) + 1;
	return counts;
}
