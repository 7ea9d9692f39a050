import { reportStyle } from '../../../nodes/MatchAndMap/engine/reportStyle';
import { beside, placesInRows } from '../lib/grid.mts';
import { byHand, html, ifAll, layOut, nothing, once, onceAndOn, schedule } from '../lib/steps.mts';
import { callOf } from '../lib/expression.mts';
import {
	createTable,
	failures,
	getRows,
	health,
	history,
	insert,
	links,
	remove,
	review,
	runs,
	type RowFilter,
	type Table,
} from '../lib/tables.mts';
import { Workflow } from '../lib/workflow.mts';
import {
	besideTheOther,
	contacts,
	members,
	setting,
	stepRef,
	type FlowWords,
} from '../parts/names.mts';
import { endFailedRuns } from '../parts/oneAtATime.mts';
import { readAndPlan } from '../parts/read.mts';
import { addSettings } from '../parts/settings.mts';
import { makeTables } from '../parts/tables.mts';
import { addHealthNotes, heights } from './reportHealthNotes.mts';

export const healthSettings = {
	contacts: { name: 'Compare contacts', value: true },
	members: { name: 'Compare members', value: false },
	days: { name: 'Days of a report', value: 7 },
	keep: { name: 'Keep failed runs for days', value: 90 },
} as const;

/** Where both sides are read and compared, beside the overview. */
const [READERS_X, PLAN_X] = [656, 896];
/** Tables of figures stay tables in a narrow panel, unlike those of records. */
export const alwaysTables =
	'\n@media (max-width:640px){thead{display:table-header-group}tr{display:table-row}td{display:table-cell;padding:6px 8px 6px 0;border-bottom:1px solid var(--line)}}';

const rowsIn = '$input.all().map((item) => item.json)';
const since = `$now.minus({ days: ${setting(healthSettings.days.name)} }).toISO()`;
const first = (name: string) => `${stepRef(name)}.first().json`;

/** A weekly summary of all that the sync workflows keep, and the error workflow for all of them. */
export function reportHealth(): Workflow {
	const workflow = new Workflow('Report sync health');
	const everyWeek = workflow.add(
		schedule(
			{ name: 'Every Monday', position: beside(0, -96) },
			{ field: 'weeks', weeksInterval: 1, triggerAtDay: [1], triggerAtHour: 7 },
		),
	);
	const hand = workflow.add(byHand(beside(0, 96)));
	const settings = addSettings(workflow, beside(1, 0), Object.values(healthSettings));
	const tables = makeTables(workflow, placesInRows({ start: 2, back: 1, columns: 6, y: 0 }), [
		links,
		review,
		history,
		runs,
		failures,
		health,
	]);
	for (const trigger of [everyWeek, hand]) workflow.connect(trigger, settings);
	workflow.chain(settings, tables.first);

	const compared = [contacts, members].map((words) => compareFlow(workflow, besideTheOther(words)));
	const summary = addSummary(
		workflow,
		compared.map(({ figures }) => figures),
	);
	for (const part of [...compared.map(({ start }) => start), summary.start])
		workflow.connect(tables.last, part);

	const send = workflow.add(
		nothing({ name: 'Send it where you want', position: beside(5, heights.send) }),
	);
	workflow.connect(summary.message, send);
	workflow.connect(addErrorPart(workflow), send);
	addHealthNotes(workflow);
	return workflow;
}

/** Reads both sides of a flow and has Match & Map plan without doing anything; goes on when one of them cannot be read. */
function compareFlow(workflow: Workflow, words: FlowWords): { start: string; figures: string } {
	const { flow, suffix } = words;
	const y = heights[flow];
	const wanted = workflow.add(
		ifAll({ name: `Compare ${flow}?`, position: beside(0, y), settings: once }, [
			{ left: setting(healthSettings[flow].name), type: 'boolean', operation: 'true' },
		]),
	);
	const { readers, plan } = readAndPlan(
		workflow,
		words,
		[READERS_X, y],
		{ options: { dryRun: true, guard: false, onlyRecords: '', approvedPlan: '', explain: '' } },
		{
			gap: PLAN_X - READERS_X,
			readers: { onError: 'continueErrorOutput' },
			plan: { onError: 'continueRegularOutput' },
		},
	);
	const why = workflow.add(
		layOut(
			{ name: `Say what went wrong${suffix}`, position: [PLAN_X, y - 256] },
			'{ problem: $json.error }',
		),
	);
	for (const reader of readers) {
		workflow.connect(wanted, reader);
		workflow.connect(reader, why, { output: 1 });
	}
	const failed = `${stepRef(why)}.isExecuted ? [${first(why)}.problem] : []`;
	const figures = workflow.add(
		layOut(
			{ name: `Keep the figures${suffix}`, position: [PLAN_X + 256, y + 112], settings: once },
			callOf('health/compare.mts', 'compare', [`'${flow}'`, '$json', failed]),
		),
	);
	workflow.connect(plan, figures, { output: 4 });
	return { start: wanted, figures };
}

interface Count {
	get: string;
	table: Table;
	filters?: readonly RowFilter[];
	count?: { name: string; by: string };
}

const counts: readonly Count[] = [
	{ get: 'Get links', table: links, count: { name: 'Count the pairs', by: 'countLinks' } },
	{ get: 'Get what waits', table: review, count: { name: 'Count what waits', by: 'countMatters' } },
	{
		get: 'Get the writes of these days',
		table: history,
		filters: [{ column: 'at', condition: 'gte', value: `={{ ${since} }}` }],
		count: { name: 'Count the writes', by: 'countWrites' },
	},
	{
		get: 'Get the failed runs of these days',
		table: failures,
		filters: [{ column: 'at', condition: 'gte', value: `={{ ${since} }}` }],
		count: { name: 'Count the failed runs', by: 'countFailures' },
	},
	{ get: 'Get the last good runs', table: runs },
	{ get: 'Get earlier reports', table: health },
];

function addSummary(
	workflow: Workflow,
	figures: readonly string[],
): { start: string; message: string } {
	const places = placesInRows({ start: 0, back: 0, columns: 6, y: heights.first });
	let placed = 0;
	const place = () => places(placed++);
	const chain = counts.flatMap(({ get, table, filters, count }) => {
		const rows = workflow.add(
			getRows({ name: get, position: place(), settings: onceAndOn }, table, filters),
		);
		if (count === undefined) return [rows];
		const expression = callOf(`health/${count.by}.mts`, count.by, [rowsIn]);
		const step = layOut({ name: count.name, position: place(), settings: once }, expression);
		return [rows, workflow.add(step)];
	});
	const together = workflow.add(
		layOut(
			{ name: 'Put it together', position: place(), settings: once },
			callOf('health/putTogether.mts', 'putTogether', [partsOf(figures)]),
		),
	);
	const at = (column: number) => beside(column, heights.third);
	const row = workflow.add(
		layOut(
			{ name: 'Lay out the row', position: place() },
			callOf('health/row.mts', 'rowOf', ['$execution.id', '$json']),
		),
	);
	const save = workflow.add(insert({ name: 'Save the report', position: at(0) }, health));
	const forget = workflow.add(
		remove({ name: 'Remove old failed runs', position: at(1), settings: onceAndOn }, failures, [
			{
				column: 'at',
				condition: 'lt',
				value: `={{ $now.minus({ days: ${setting(healthSettings.keep.name)} }).toISO() }}`,
			},
		]),
	);
	const draw = workflow.add(
		layOut(
			{ name: 'Draw the page', position: at(2), settings: once },
			`{ html: ${callOf('health/drawPage.mts', 'drawPage', [first(together)])} }`,
		),
	);
	const show = workflow.add(
		html(
			{ name: 'Show the report', position: at(3) },
			'$json.html',
			`<style>${reportStyle}${alwaysTables}</style>\n`,
		),
	);
	const sum = first(together);
	const message = workflow.add(
		layOut(
			{ name: 'Write the message', position: at(4), settings: once },
			`{ subject: 'Health of the sync: ' + ${sum}.forReview + ' matters wait, ' + ${sum}.failing + ' pairs are refused, ' + ${sum}.failedRuns + ' runs failed', text: 'Linked pairs: ' + ${sum}.pairs + '. In sync: ' + (${sum}.inSync ?? 'not known') + '. Drift: ' + (${sum}.drift ?? 'not known') + '. Open the table wix_user_sync_review to see what waits.', html: $json.html }`,
		),
	);
	workflow.chain(...chain, together, row, save, forget, draw, show, message);
	return { start: chain[0] ?? '', message };
}

/** What `putTogether` takes: what each step counted, and the rows of those that nothing counts. */
function partsOf(figures: readonly string[]): string {
	const compared = figures.map(
		(name) => `...(${stepRef(name)}.isExecuted ? [${first(name)}] : [])`,
	);
	const rows = (name: string) => `${stepRef(name)}.all().map((item) => item.json)`;
	return `{ at: $now.toUTC().toISO(), days: ${setting(healthSettings.days.name)}, compared: [${compared.join(', ')}], links: ${first('Count the pairs')}, matters: ${first('Count what waits')}, writes: ${first('Count the writes')}, failures: ${first('Count the failed runs')}, runs: ${rows('Get the last good runs')}, earlier: ${rows('Get earlier reports')} }`;
}

const ADDRESS = String.raw`/[^\s@"'<>]+@[^\s@"'<>]+/g`;

/** The error workflow: frees the turn of the run that failed, and notes it without addresses. @returns its last step */
function addErrorPart(workflow: Workflow): string {
	const y = heights.failed;
	const at = (column: number) => beside(column - 1, y);
	const { failed, end } = endFailedRuns(workflow, at(0), 'When a sync fails');
	const create = workflow.add(createTable('Create the table for it', at(2), failures));
	const of = `${first(failed)}`;
	const message = `String((${of}.execution ?? ${of}.trigger ?? {}).error?.message ?? '').replace(${ADDRESS}, '(address)')`;
	const describe = workflow.add(
		layOut(
			{ name: 'Describe the failure', position: at(3), settings: once },
			`{ at: $now.toISO(), run: String(${of}.execution?.id ?? ''), workflow: String(${of}.workflow?.name ?? ''), step: String(${of}.execution?.lastNodeExecuted ?? ${of}.execution?.error?.node?.name ?? ''), message: ${message} }`,
		),
	);
	const note = workflow.add(insert({ name: 'Note the failure', position: at(4) }, failures));
	const tell = workflow.add(
		layOut(
			{ name: 'Write what failed', position: at(5) },
			`{ subject: 'A run failed: ' + $json.workflow, text: 'Run ' + $json.run + ' of ' + $json.workflow + ' failed at the step ' + ($json.step || '?') + ': ' + $json.message }`,
		),
	);
	workflow.chain(end, create, describe, note, tell);
	return tell;
}
