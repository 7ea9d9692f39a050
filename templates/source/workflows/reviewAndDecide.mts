import { callOf } from '../lib/expression.mts';
import { formEnd, formForUsers, pageOfExpression } from '../lib/forms.mts';
import { ifAll, layOut, node, onceAndOn, splitOut, switchBy } from '../lib/steps.mts';
import { getRows, history, insertInBulk, links, remove, review } from '../lib/tables.mts';
import { noteColor, Workflow, type Position } from '../lib/workflow.mts';
import { contacts, setting, stepRef, type } from '../parts/names.mts';
import { saveLinks } from '../parts/saveLinks.mts';
import { addSettings } from '../parts/settings.mts';
import { makeTables } from '../parts/tables.mts';
import { words } from '../reviewForm/words.mts';
import { overview, reviewNotes } from './reviewAndDecideNotes.mts';

/** Names of steps that the steps after them refer to. */
const step = {
	start: 'Open the form',
	words: 'Words of the form',
	waiting: 'Get what waits',
	list: 'List what waits',
	choose: 'Choose a matter',
	chosen: 'Find the chosen matter',
	rows: 'Get its links',
	read: 'Put the answers of the systems together',
	offers: 'List the answers to offer',
	page: 'Lay out the page',
	decide: 'Decide the matter',
	again: 'Get the matter again',
	rowsNow: 'Get its links again',
	checked: 'Check the answer',
} as const;

const first = (name: string) => `${stepRef(name)}.first().json`;
const all = (name: string) => `${stepRef(name)}.all().map((item) => item.json)`;

/** Rows that several look-ups found, each once; the empty item that stands for none is left out. */
const rowsOf = (name: string) =>
	`Object.values(Object.fromEntries(${all(name)}.filter((row) => row.id).map((row) => [row.id, row])))`;

const once = { executeOnce: true } as const;
const membersSetting = { name: 'Flows of members', value: 'members' };
const atMostSetting = { name: 'Matters to list at most', value: 100 };

/** Wide enough for records side by side. n8n's default is 448 pixels. */
const css = [
	':root { --container-width: 960px; }',
	'div.html { overflow-x: auto; }',
	'div.html table { border-collapse: collapse; margin: 12px 0; }',
	'div.html th, div.html td { border: 1px solid #dbdfe7; padding: 6px 10px; text-align: left; overflow-wrap: anywhere; min-width: 90px; vertical-align: top; }',
].join('\n');

/** A page that stays open for longer is closed, and nothing is saved. */
const PAGE_MINUTES = 60;
const style = { css, minutes: PAGE_MINUTES };

/** A form that lists what waits for a person, shows one matter with its records, and saves the decision. */
export function reviewAndDecide(): Workflow {
	const workflow = new Workflow('Review and decide');
	const list = addList(workflow, 0);
	const matter = addMatter(workflow, 520);
	const answer = addAnswer(workflow, 1260);
	workflow.connect(list.chosen, matter.first);
	workflow.connect(list.chosen, list.end, { output: 1 });
	workflow.chain(matter.last, answer.first);
	workflow.connect(answer.saved, step.waiting);
	workflow.connect(answer.checked, step.waiting, { output: 1 });
	workflow.note({
		name: 'About this workflow',
		at: [-760, -300],
		size: [460, 1180],
		color: noteColor.overview,
		content: overview,
	});
	reviewNotes(workflow);
	return workflow;
}

function addList(workflow: Workflow, y: number): { chosen: string; end: string } {
	const at = (column: number, row = 0): Position => [column * 220, y + row * 180];
	const start = workflow.add(
		formForUsers(
			{ name: step.start, position: at(-1) },
			'Review and decide',
			'What the sync of Wix and your users could not decide safely waits here for you. You see each matter with the records as they are right now.',
			[
				{
					label: 'ID of a Wix record or a user (leave it empty to see everything)',
					name: 'id',
					placeholder: 'optional',
					optional: true,
				},
			],
			'Show what waits',
			{ path: 'wix-user-sync-review', includeUserInOutput: true },
		),
	);
	const settings = addSettings(workflow, at(0), [membersSetting, atMostSetting]);
	const tables = makeTables(workflow, at(1), [links, review, history]);
	const said = workflow.add(
		node({ name: step.words, position: at(4), settings: once }, 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify(words, undefined, 2),
			options: {},
		}),
	);
	const waiting = workflow.add(
		getRows({ name: step.waiting, position: at(5), settings: onceAndOn }, review),
	);
	const notice = `${stepRef(step.checked)}.isExecuted ? ${first(step.checked)}.notice : ''`;
	const look = `{ words: ${first(step.words)}, search: String(${first(step.start)}.id ?? ''), atMost: Number(${setting(atMostSetting.name)}), notice: ${notice} }`;
	const listed = workflow.add(
		layOut(
			{ name: step.list, position: at(6), settings: once },
			callOf('reviewForm/listMatters.mts', 'listMatters', [all(step.waiting), look]),
		),
	);
	const isAny = workflow.add(
		ifAll({ name: 'Does anything wait?', position: at(7) }, [
			{ left: '$json.total', type: 'number', operation: 'gt', right: 0 },
		]),
	);
	const choose = workflow.add(
		pageOfExpression(
			{ name: step.choose, position: at(8, -0.5) },
			{
				title: 'What waits for you',
				buttonLabel: 'Go on',
				fields: `${first(step.list)}.fields`,
				...style,
			},
		),
	);
	const chosen = workflow.add(
		ifAll({ name: 'Was a matter chosen?', position: at(9, -0.5) }, [
			{
				left: `${first(step.list)}.choices.some((choice) => choice.label === $json.matter)`,
				type: 'boolean',
				operation: 'true',
			},
		]),
	);
	const end = workflow.add(
		formEnd(
			{ name: 'End of the form', position: at(10, 0.5) },
			`={{ ${first(step.list)}.total > 0 ? 'Thank you' : 'Nothing waits for you' }}`,
			`={{ ${first(step.list)}.notice }}`,
			PAGE_MINUTES,
		),
	);
	workflow.chain(start, settings, tables.first);
	workflow.chain(tables.last, said, waiting, listed, isAny, choose, chosen);
	workflow.connect(isAny, end, { output: 1 });
	return { chosen, end };
}

const toErrorOutput = { onError: 'continueErrorOutput' };
const byId = { __rl: true, mode: 'id', value: '={{ $json.id }}' };
const lookUp = [
	{ column: 'wixId', condition: 'eq', value: '={{ $json.id }}' },
	{ column: 'userId', condition: 'eq', value: '={{ $json.id }}' },
	{ column: 'id', condition: 'eq', value: '={{ $json.rowId }}' },
];
const anyOf = { any: true };

function addMatter(workflow: Workflow, y: number): { first: string; last: string } {
	const at = (column: number, row = 0): Position => [column * 220, y + row * 180];
	const row = `${all(step.waiting)}.find((row) => row.reviewId === ${first(step.list)}.choices.find((choice) => choice.label === ${first(step.choose)}.matter).reviewId)`;
	const chosen = workflow.add(
		layOut(
			{ name: step.chosen, position: at(0), settings: once },
			callOf('reviewForm/listMatters.mts', 'matterOf', [row, setting(membersSetting.name)]),
		),
	);
	const each = workflow.add(splitOut({ name: 'Look up each record', position: at(1) }, 'lookUp'));
	const rows = workflow.add(
		getRows(
			{ name: step.rows, position: at(2), settings: { alwaysOutputData: true } },
			links,
			lookUp,
			anyOf,
		),
	);
	const ask = workflow.add(
		layOut(
			{ name: 'Lay out what to read', position: at(3), settings: once },
			`{ ask: ${first(step.chosen)}.ask }`,
		),
	);
	const asks = workflow.add(splitOut({ name: 'Ask for each record', position: at(4) }, 'ask'));
	const sort = workflow.add(
		switchBy({ name: 'Sort by system', position: at(5) }, '$json.kind', [
			{ value: 'none', title: 'Nothing to read' },
			{ value: 'contact', title: 'Contacts' },
			{ value: 'member', title: 'Members' },
			{ value: 'user', title: 'Users' },
		]),
	);
	const read = workflow.add(
		node({ name: step.read, position: at(8) }, 'n8n-nodes-base.merge', 3.2, {
			mode: 'append',
			numberInputs: 7,
		}),
	);
	readers(workflow, at(6, -1)).forEach((reader, index) => {
		workflow.connect(sort, reader, { output: index + 1 });
		workflow.connect(reader, read, { input: index * 2 + 1 });
		workflow.connect(reader, read, { output: 1, input: index * 2 + 2 });
	});
	workflow.chain(chosen, each, rows, ask, asks, sort);
	workflow.connect(sort, read);
	return { first: chosen, last: read };
}

/** One step for each kind of record; a record that is gone or cannot be read comes out of their error output. */
function readers(workflow: Workflow, [x, y]: Position): string[] {
	const at = (row: number): Position => [x, y + row * 220];
	const get = (name: string, row: number) => ({
		name,
		position: at(row),
		settings: toErrorOutput,
	});
	const simple = { operation: 'get', output: 'simplified' };
	return [
		workflow.add(
			node(get('Get the Wix contacts', 0), type.wixCrm, 1, {
				resource: 'contact',
				...simple,
				contactId: byId,
			}),
		),
		workflow.add(
			node(get('Get the Wix members', 1), type.wixCrm, 1, {
				resource: 'member',
				...simple,
				memberId: byId,
			}),
		),
		workflow.add(
			node(get('Get the users', 2), type.targetUsers, 1, {
				system: 'youTrack',
				resource: 'user',
				...simple,
				userId: byId,
			}),
		),
	];
}

function addAnswer(
	workflow: Workflow,
	y: number,
): { first: string; checked: string; saved: string } {
	const at = (column: number, row = 0): Position => [column * 220, y + row * 180];
	const said = first(step.words);
	const offers = workflow.add(
		layOut(
			{ name: step.offers, position: at(0), settings: once },
			`{ offers: ${callOf('reviewForm/offers.mts', 'offersOf', [first(step.chosen), rowsOf(step.rows), said])} }`,
		),
	);
	const seen = `{ words: ${said}, rows: ${rowsOf(step.rows)}, records: ${all(step.read)}, offers: ${first(step.offers)}.offers }`;
	const page = workflow.add(
		layOut(
			{ name: step.page, position: at(1), settings: once },
			`{ fields: ${callOf('reviewForm/page.mts', 'pageOf', [first(step.chosen), seen])} }`,
		),
	);
	const decide = workflow.add(
		pageOfExpression(
			{ name: step.decide, position: at(2) },
			{ title: 'Decide', buttonLabel: 'Save', fields: `${first(step.page)}.fields`, ...style },
		),
	);
	const again = workflow.add(
		getRows({ name: step.again, position: at(3), settings: onceAndOn }, review, [
			{
				column: 'reviewId',
				condition: 'eq',
				value: `={{ ${first(step.chosen)}.reviewId }}`,
			},
		]),
	);
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out what to look up again', position: at(4), settings: once },
			`{ lookUp: ${first(step.chosen)}.lookUp }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Look up each record again', position: at(5) }, 'lookUp'),
	);
	const rowsNow = workflow.add(
		getRows(
			{ name: step.rowsNow, position: at(6), settings: { alwaysOutputData: true } },
			links,
			lookUp,
			anyOf,
		),
	);
	const then = `{ offers: ${first(step.offers)}.offers, before: ${rowsOf(step.rows)}, now: ${rowsOf(step.rowsNow)}, waiting: ${all(step.again)}, words: ${said} }`;
	const check = workflow.add(
		layOut(
			{ name: step.checked, position: at(7), settings: once },
			callOf('reviewForm/check.mts', 'checkAnswer', [
				`${first(step.decide)}.answer`,
				first(step.chosen),
				then,
			]),
		),
	);
	const isSaved = workflow.add(
		ifAll({ name: 'Is there something to save?', position: at(8) }, [
			{ left: '$json.save', type: 'boolean', operation: 'true' },
		]),
	);
	workflow.chain(offers, page, decide, again, lay, each, rowsNow, check, isSaved);
	return { first: offers, checked: isSaved, saved: addSaving(workflow, isSaved, [2040, y]) };
}

/** Saves the links first, from the topmost branch down: a failure there ends the run before the matter leaves the list. */
function addSaving(workflow: Workflow, isSaved: string, [x, y]: Position): string {
	const changes = workflow.add(
		splitOut({ name: 'Take each change of a link', position: [x, y - 60] }, 'edits'),
	);
	const save = saveLinks(workflow, contacts, [x + 220, y - 60]);
	const decision = `{ at: $now.toISO(), run: $execution.id, side: '', operation: 'decide', reason: ${first(step.chosen)}.reason, property: '', oldValue: '', newValue: $json.answer, outcome: 'decided', message: ${first(step.start)}.user ? 'In the form, by n8n user ' + ${first(step.start)}.user.id : 'In the form' }`;
	const lay = workflow.add(
		layOut(
			{ name: 'Lay out the history', position: [x, y + 320] },
			`{ rows: $json.edits.map(({ link }) => ({ flow: link.flow, linkId: link.linkId ?? '', wixId: link.wixId, userId: link.userId, ...${decision} })) }`,
		),
	);
	const each = workflow.add(
		splitOut({ name: 'Make a row for each change', position: [x + 220, y + 320] }, 'rows'),
	);
	const past = workflow.add(
		insertInBulk({ name: 'Add to the history', position: [x + 440, y + 320] }, history),
	);
	const settled = workflow.add(
		remove(
			{ name: 'Take the matter off the list', position: [x, y + 500], settings: onceAndOn },
			review,
			[{ column: 'reviewId', condition: 'eq', value: `={{ ${first(step.chosen)}.reviewId }}` }],
		),
	);
	workflow.chain(changes, save);
	workflow.chain(lay, each, past);
	for (const next of [changes, lay, settled]) workflow.connect(isSaved, next);
	return settled;
}
