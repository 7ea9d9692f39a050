/** What the steps of the sync of the contacts are for, by their names in the shipped workflow. */
const stepsOf = {
	reading: ['Get Wix contacts', 'Get users', 'Get links'],
	planning: ['Match & Map'],
	'saving links': [
		'Lay out new links',
		'Make a row for each new link',
		'Add new links',
		'Lay out changed links',
		'Make a row for each changed link',
		'Update changed links',
		'Lay out removed links',
		'Make a row for each removed link',
		'Remove links',
		'Lay out result links',
		'Make a row for each link',
		'Save result links',
	],
	writing: ['Write to users', 'Write to Wix contacts'],
	'history, review, report': [
		'Results of the writes',
		'Lay out the history',
		'Make a row for each property',
		'Add to the history',
		'Lay out new matters',
		'Make a row for each new matter',
		'Save new matters',
		'Get known matters',
		'Lay out what waits',
		'Make a row for each matter',
		'Save what waits',
		'Show the report',
		'Remove settled matters',
		'Remove old history',
		'Count the outcomes',
	],
} as const;

/** The rest is what keeps two runs apart; `between the steps` is the time that no step accounts for. */
export const groups = [
	...(Object.keys(stepsOf) as Array<keyof typeof stepsOf>),
	'rest',
	'between the steps',
] as const;
export type Group = (typeof groups)[number];

/** Steps that the groups name: a workflow without one of them has renamed it. */
export const groupedSteps: string[] = Object.values(stepsOf).flat();

const groupByStep = new Map<string, Group>(
	Object.entries(stepsOf).flatMap(([group, steps]) =>
		steps.map((step) => [step, group as Group] as const),
	),
);

/** The group of a step; `rest` for one that no group names. */
export const groupOf = (step: string): Group => groupByStep.get(step) ?? 'rest';

/**
 * How long each group took.
 * @param steps milliseconds of each step
 * @param whole milliseconds of the run from its start to its end
 */
export function sumByGroup(
	steps: ReadonlyMap<string, number>,
	whole: number,
): Record<Group, number> {
	const sums = Object.fromEntries(groups.map((group) => [group, 0])) as Record<Group, number>;
	let all = 0;
	for (const [step, milliseconds] of steps) {
		sums[groupOf(step)] += milliseconds;
		all += milliseconds;
	}
	sums['between the steps'] = Math.max(0, whole - all);
	return sums;
}
