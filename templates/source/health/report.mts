import { node, onceAndOn } from '../lib/steps.mts';
import { getRows, history, insert } from '../lib/tables.mts';
import type { Position, Step } from '../lib/workflow.mts';
import { columns, rowsOf } from '../parts/sideSteps.mts';
import { health } from './table.mts';

/** Names of steps that the steps after them refer to. */
export const step = {
	links: 'Get links',
	writes: 'Get the writes of a day',
	plan: 'Match & Map',
	failed: 'When a run fails',
} as const;

/** Reports and failures that the page shows. */
const SHOWN = 60;

/** What was written since the same time of the day before. */
export const getWrites = (position: Position): Step =>
	getRows({ name: step.writes, position, settings: onceAndOn }, history, [
		{ column: 'at', condition: 'gte', value: '={{ $now.minus({ days: 1 }).toISO() }}' },
		{ column: 'outcome', condition: 'eq', value: 'applied' },
	]);

const inserted = (name: string, position: Position, value: Record<string, string>): Step => {
	const step = insert({ name, position }, health);
	return { ...step, parameters: { ...step.parameters, ...columns(health, value) } };
};

const count = (...outcomes: string[]) =>
	`{{ ${outcomes.map((outcome) => `$json.counts.${outcome}`).join(' + ')} }}`;

/** What a figure of the report is made of; each pair or lone record counts once. */
const figures = {
	inSync: count('inSync'),
	due: count('changed', 'linkedNow', 'putBack'),
	waiting: count('waiting', 'waitingForFullRun'),
	forReview: count('review', 'vanished'),
	refused: count('refused'),
	notLinked: count('unmatched', 'withoutKey'),
};
const writes = `{{ ${rowsOf(step.writes)} }}`;
const moment = "{{ $now.toFormat('yyyy-MM-dd HH:mm') }}";

/** The pairs of the report as parts of one bar, in the order and the colours of the page. */
const parts = (['inSync', 'due', 'waiting', 'forReview', 'refused'] as const).map(
	(figure) => `<i class="${figure}" style="flex-grow:${figures[figure]}"></i>`,
);
const cells = [
	moment,
	`<div class="bar">${parts.join('')}</div>`,
	...Object.values(figures),
	writes,
	"{{ $json.guard.tripped ? 'The guard would stop a run' : '' }}",
];

/** The line that the page shows is made when the figures are, so that the page only puts lines together. */
export const saveReport = (position: Position): Step =>
	inserted('Save the report', position, {
		at: '={{ $now.toISO() }}',
		rules: `={{ $('${step.plan}').params.preset }}`,
		pairs: `={{ $('${step.links}').all().pluck('json').pluck('state').join().match(/\\blinked/g)?.length ?? 0 }}`,
		...Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, `=${figure}`])),
		writes: `=${writes}`,
		lastWriteAt: `={{ $('${step.writes}').last().json.at }}`,
		picture: `=<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`,
	});

const failure = `$('${step.failed}').first().json`;
const STEP = `{{ ${failure}.execution?.lastNodeExecuted ?? 'its trigger' }}`;
const WORKFLOW = `{{ ${failure}.workflow.name.removeTags() }}`;

/** Where it failed, and no message: that could name a person. */
export const saveFailure = (position: Position): Step =>
	inserted('Note the failure', position, {
		at: '={{ $now.toISO() }}',
		failed: `=${WORKFLOW}: ${STEP}`,
		run: `={{ ${failure}.execution?.url }}`,
		picture: `=<tr class="failed"><td>${moment}</td><td colspan="9">${WORKFLOW} failed at ${STEP}</td></tr>`,
	});

/** The newest first. */
export function getReports(position: Position): Step {
	const step = getRows({ name: 'Get reports and failures', position, settings: onceAndOn }, health);
	const newest = { returnAll: false, limit: SHOWN, orderByDirection: 'DESC' };
	return { ...step, parameters: { ...step.parameters, ...newest } };
}

const style = `<style>
body { font: 14px system-ui, sans-serif; margin: 16px; color: #222; background: #fff }
table { border-collapse: collapse; width: 100%; font: inherit }
th, td { padding: 4px 8px; border-bottom: 1px solid #ddd; text-align: right; white-space: nowrap }
th:first-child, td:first-child, .failed td { text-align: left }
td:nth-child(2) { width: 40% }
.bar { display: flex; height: 14px }
.bar i, b { background: #bbb }
b { padding: 1px 6px; color: #fff }
.bar .inSync, b.inSync { background: #2a7d46 }
.bar .due, b.due { background: #2f6fb5 }
.bar .waiting, b.waiting { background: #8a6d00 }
.bar .forReview, b.forReview { background: #b35309 }
.bar .refused, b.refused { background: #a52834 }
.failed td { color: #a52834 }
</style>`;

const heads = [
	'When',
	'',
	'In sync',
	'Due',
	'Waiting',
	'For you',
	'Refused',
	'Not linked',
	'Writes',
	'',
];

const legend = `<h1>Health of the sync</h1>
<p><b class="inSync">In sync</b> both sides hold the same. <b class="due">Due</b> the next run of the sync sends it, or links it. <b class="waiting">Waiting</b> sent, and not seen yet. <b class="forReview">For you</b> see the questions. <b class="refused">Refused</b> by one side. <i>Writes</i>: of the day before.</p>`;

/** The page: lines that were made before, below a heading. */
export const showReport = (position: Position): Step =>
	node({ name: 'Show the report', position, settings: { executeOnce: true } }, 'html', 1.2, {
		operation: 'generateHtmlTemplate',
		html: `${style}
${legend}
<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead>
<tbody>{{ $input.all().pluck('json').pluck('picture').join('').replaceAll('$', '$$$$') }}</tbody></table>`,
	});
