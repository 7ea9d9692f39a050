import type { Outcome, Report, ReviewReason } from '../../../shared/contract';
import { outcomes } from '../decision';
import type { Released } from '../release';
import { noticesOf } from './notices';
import type { ListedQuestion } from './questions';
import { renderReport } from './reportPage';
import { stepsOf, type PlannedStep } from './told';

/** The counts and the page of one plan. */
export function makeReport(released: Released, review: readonly ListedQuestion[]): Report {
	const { decided, decisions, guard, sweep } = released;
	const { rules, lookUp } = decided.paired.known;
	const { title, id } = rules.flow;
	const all = decisions.flatMap(stepsOf);
	const isLookUp = ({ operation }: PlannedStep) => operation === 'verify';
	const steps = [...all.filter((step) => !isLookUp(step)), ...all.filter(isLookUp)];
	const withoutKey = { wix: 0, users: 0 };
	for (const { outcome, record } of decisions)
		if (outcome === 'withoutKey' && record !== undefined) withoutKey[record.side]++;
	const facts = {
		counts: countOutcomes(released),
		changes: countChanges(steps),
		review: countCodes(review),
		notices: noticesOf(released),
		...{ withoutKey, guard, sweep },
	};
	return {
		...facts,
		html: renderReport({
			title: typeof title === 'string' ? title : id,
			now: rules.now,
			dryRun: rules.policies.dryRun,
			guarded: rules.policies.guard !== null,
			...{ facts, steps, review, lookUp },
		}),
	};
}

function countOutcomes({ decisions, rests }: Released): Record<Outcome, number> {
	const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<
		Outcome,
		number
	>;
	counts.inSync += rests.inSync;
	counts.excluded += rests.excluded;
	for (const { outcome } of decisions) if (outcome !== undefined) counts[outcome]++;
	return counts;
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

function countCodes(review: readonly ListedQuestion[]): Partial<Record<ReviewReason, number>> {
	const counts: Partial<Record<ReviewReason, number>> = {};
	for (const { code } of review) counts[code] = (counts[code] ?? 0) + 1;
	return counts;
}
