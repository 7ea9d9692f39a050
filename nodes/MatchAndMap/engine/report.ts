import type { Change, Report, ReviewItem, ReviewReason, Side } from '../../shared/contract';
import { nameIn } from './explainWords';
import { renderReport } from './reportPage';
import type { LookUp } from './reportTables';
import type { PlanState } from './state';

/** The counts and the page of one plan. */
export function makeReport(
	state: PlanState,
	changes: readonly Change[],
	guard: Report['guard'],
	withoutKey: Record<Side, number>,
): Report {
	const review = state.review.list();
	const { title, id } = state.flow.flow;
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
			title: typeof title === 'string' ? title : id,
			now: state.now,
			dryRun: state.policies.dryRun,
			guarded: state.policies.guard !== null,
			facts,
			changes,
			review,
			lookUp: lookUpIn(state),
		}),
	};
}

/** What the run has read of a record; a field that holds nothing usable is left out. */
function lookUpIn({ listing, flow }: PlanState): LookUp {
	return (side, id) => {
		const known = listing[side].byId.get(id);
		if (known === undefined) return undefined;
		const fields = flow.properties.flatMap(({ keyOn }, index) => {
			const { value, fault } = known.reading(index);
			return fault === undefined ? [{ path: keyOn[side], value }] : [];
		});
		return { name: nameIn(known.record), fields };
	};
}

function countChanges(state: PlanState, changes: readonly Change[]): Report['changes'] {
	const keyBySide = new Map<string, string>();
	for (const { key, keyOn } of state.flow.properties) {
		keyBySide.set(`wix ${keyOn.wix}`, key);
		const ofUser = `users ${keyOn.users}`;
		// A user field that is handed on to several Wix fields counts as the first
		if (!keyBySide.has(ofUser)) keyBySide.set(ofUser, key);
	}
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
