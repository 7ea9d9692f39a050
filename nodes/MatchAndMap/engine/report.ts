import type { Report, ReviewReason, Side } from '../../shared/contract';
import { allRemoved } from './doubles';
import type { PlannedStep } from './intents';
import { renderReport } from './reportPage';
import type { ListedMatter } from './review';
import type { PlanState } from './state';

/** The counts and the page of one plan. */
export function makeReport(
	state: PlanState,
	steps: readonly PlannedStep[],
	guard: Report['guard'],
	withoutKey: Record<Side, number>,
): Report {
	const review = state.review.list();
	const { title, id } = state.flow.flow;
	const facts = {
		counts: state.tally.counts(),
		changes: countChanges(steps),
		review: countReasons(review),
		withoutKey,
		guard,
		sweep: allRemoved,
	};
	return {
		...facts,
		html: renderReport({
			title: typeof title === 'string' ? title : id,
			now: state.now,
			dryRun: state.policies.dryRun,
			guarded: state.policies.guard !== null,
			facts,
			steps,
			review,
			lookUp: state.lookUp,
		}),
	};
}

function countChanges(steps: readonly PlannedStep[]): Report['changes'] {
	const counts = new Map<string, Report['changes'][number]>();
	for (const { side, operation, values } of steps) {
		const isWhole = operation === 'deactivate' || operation === 'delete' || values.length === 0;
		for (const property of isWhole ? [''] : values.map((value) => value.property)) {
			const name = `${side} ${operation} ${property}`;
			const known = counts.get(name);
			if (known === undefined) counts.set(name, { side, operation, property, count: 1 });
			else known.count++;
		}
	}
	return [...counts.values()];
}

function countReasons(matters: readonly ListedMatter[]): Partial<Record<ReviewReason, number>> {
	const counts: Partial<Record<ReviewReason, number>> = {};
	for (const { reason } of matters) counts[reason] = (counts[reason] ?? 0) + 1;
	return counts;
}
