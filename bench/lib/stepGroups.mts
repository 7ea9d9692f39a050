/** What the steps of the sync of the contacts are for, by their names in the shipped workflow. */
const stepsOf = {
	reading: ['Get links', 'Get Wix contacts', 'Get users', 'Get questions'],
	planning: ['Match & Map'],
	'saving links': ['Add new links', 'Save changed links', 'Save results'],
	writing: ['Write to users', 'Write to Wix contacts'],
	'history, questions, report': [
		'Add to history',
		'Save questions',
		'Show the report',
		'Remove settled questions',
		'Remove dropped links',
		'Remove old history',
	],
} as const;

/** The rest makes the tables and notes the time; `between the steps` is the time that no step accounts for. */
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
