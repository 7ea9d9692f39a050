import { STEP_X, WRAP_Y } from '../lib/grid.mts';
import { layOutRows } from '../lib/rows.mts';
import { ifAll, layOut, nothing, once, onceAndOn, onError, wait } from '../lib/steps.mts';
import { getRows, insert, remove, runs, upsert } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { setting, stepRef, type FlowWords } from './names.mts';
import { settingsOf } from './settings.mts';

/** n8n calls a run that somebody started in the editor `test`. */
const MODE = '$execution.mode';

/** Two runs by hand that start within so many seconds were started at once: the later one steps aside instead of taking over. */
export const SAME_MOMENT_S = 5;

/** How much lower it goes on where it is not the turn of the run. */
const ELSE_Y = 64;

/** How far down the steps of a turn and the lines that lead on from it reach. */
export const turnReach = { stepAside: 480, waitForIt: 512 } as const;

/** What to do while another run of the same flow is going on. */
export type Meanwhile = 'stepAside' | 'waitForIt';

export interface Turn {
	/** The step to lead into. */
	first: string;
	/** The step from whose first output on this run is the only one. */
	granted: string;
	/** The step whose item holds `startedAt`. */
	described: string;
	/** Adds the last step of the run, which lets the next one begin. */
	endRun: (position: Position) => string;
}

/**
 * A row for each run in a table: the lowest row id of a flow may work. Data Tables have no compare-and-set, so the row is added
 * first and looked at afterwards. A row that was left by a run by hand gives way to the next one by hand; any other is over after
 * some time. Takes two rows of the canvas, as far down as `turnReach` says.
 */
export function takeTurn(
	workflow: Workflow,
	words: FlowWords,
	[x, y]: Position,
	meanwhile: Meanwhile,
): Turn {
	const { flow, suffix } = words;
	const at = (column: number): Position => [x + column * STEP_X, y];
	const below = (column: number, dy = 0): Position => [x + column * STEP_X, y + WRAP_Y + dy];
	const forget = workflow.add(
		remove(
			{ name: `Forget runs that are over${suffix}`, position: at(0), settings: onceAndOn },
			runs,
			[
				{
					column: 'mode',
					condition: 'eq',
					value: `={{ ${MODE} === 'test' ? 'by hand: ${flow}' : 'none' }}`,
				},
				{
					column: 'startedAt',
					condition: 'lt',
					value: `={{ $now.minus({ seconds: ${SAME_MOMENT_S} }).toISO() }}`,
				},
			],
		),
	);
	const describe = workflow.add(
		layOut(
			{ name: `Describe this run${suffix}`, position: at(1), settings: once },
			`{ flow: '${flow}', mode: (${MODE} === 'test' ? 'by hand: ' : 'on its own: ') + '${flow}', run: $execution.id, startedAt: $now.toISO(), expiresAt: $now.plus({ minutes: ${setting(settingsOf.expiry.name)} }).toISO() }`,
		),
	);
	const add = workflow.add(insert({ name: `Note this run${suffix}`, position: at(2) }, runs));
	const look = workflow.add(
		getRows(
			{ name: `Get runs that are going on${suffix}`, position: below(0), settings: onceAndOn },
			runs,
			[
				{ column: 'flow', condition: 'eq', value: flow },
				{ column: 'expiresAt', condition: 'gte', value: '={{ $now.toISO() }}' },
			],
		),
	);
	const isFirst = workflow.add(
		ifAll(
			{
				name: `Is it the turn of this run?${suffix}`,
				position: below(1),
				settings: once,
			},
			[
				{
					left: `Math.min(...$input.all().map((row) => row.json.id ?? Infinity))`,
					type: 'number',
					// Also where its own row is over by now, after a long wait: nobody is before it
					operation: 'gte',
					right: `={{ ${stepRef(add)}.first().json.id }}`,
				},
			],
		),
	);
	workflow.chain(forget, describe, add, look, isFirst);
	if (meanwhile === 'stepAside') {
		const leave = workflow.add(endOf(`Take this run's row back${suffix}`, below(2, ELSE_Y), add));
		const aside = workflow.add(
			nothing({ name: `Step aside for the other run${suffix}`, position: below(3, ELSE_Y) }),
		);
		workflow.connect(isFirst, leave, { output: 1 });
		workflow.chain(leave, aside);
	} else {
		const pause = workflow.add(
			wait({ name: `Wait for the other run${suffix}`, position: below(2, ELSE_Y) }, 5),
		);
		workflow.connect(isFirst, pause, { output: 1 });
		workflow.chain(pause, look);
	}
	return {
		first: forget,
		granted: isFirst,
		described: describe,
		endRun: (position) => workflow.add(endOf(`End this run${suffix}`, position, add)),
	};
}

/** Rows that nobody took back and whose time is over go with the run's own; until then they are only passed over. */
const endOf = (name: string, position: Position, add: string) =>
	remove(
		{ name, position, settings: onceAndOn },
		runs,
		[
			{ column: 'id', condition: 'eq', value: `={{ ${stepRef(add)}.first().json.id }}` },
			{ column: 'expiresAt', condition: 'lt', value: '={{ $now.toISO() }}' },
		],
		{ any: true },
	);

/** What `mode` says in the row of a flow's last good run. It never expires, so it takes no turn. */
export const FINISHED = 'finished';

/** Keeps in the table of runs when each flow was last worked through to its end; a preview has a row of its own. @returns the step to lead into */
export function noteGoodRun(
	workflow: Workflow,
	flows: ReadonlyArray<{ words: FlowWords; described: string }>,
	[x, y]: Position,
): string {
	const mode = `${setting(settingsOf.preview.name)} ? 'preview' : '${FINISHED}'`;
	const rows = flows.map(
		({ words, described }) =>
			`{ flow: '${words.flow}', mode: ${mode}, run: $execution.id, startedAt: ${stepRef(described)}.first().json.startedAt }`,
	);
	const { first, last } = layOutRows(
		workflow,
		{ name: 'Describe the good run', position: [x, y] },
		{ name: 'Make a row for each flow', position: [x + STEP_X, y] },
		`[${rows.join(', ')}]`,
	);
	const note = workflow.add(
		upsert({ name: 'Note the good run', position: [x + 2 * STEP_X, y] }, runs, [
			{ column: 'flow', condition: 'eq', value: '={{ $json.flow }}' },
			{ column: 'mode', condition: 'eq', value: '={{ $json.mode }}' },
		]),
	);
	workflow.chain(last, note);
	return first;
}

/** n8n calls a workflow's own Error Trigger when a run of it fails or is found dead after a restart; not for runs by hand.
 * An error workflow that is chosen in its settings is called instead. @returns the trigger and the last step */
export function endFailedRuns(
	workflow: Workflow,
	[x, y]: Position,
	trigger?: string,
): { failed: string; end: string } {
	const failed = workflow.add(onError([x, y], trigger));
	const end = workflow.add(
		remove({ name: 'End the failed run', position: [x + STEP_X, y], settings: onceAndOn }, runs, [
			{ column: 'run', condition: 'eq', value: '={{ $json.execution.id }}' },
		]),
	);
	workflow.chain(failed, end);
	return { failed, end };
}
