import type { Report } from '../../../nodes/shared/contract/index';
import { beside } from '../lib/grid.mts';
import { html, node, onceAndOn } from '../lib/steps.mts';
import {
	getRows,
	history,
	insertInBulk,
	links,
	remove,
	review,
	type RowFilter,
	tryAgain,
	update,
	upsert,
} from '../lib/tables.mts';
import type { Parameters, Position, Step, Workflow } from '../lib/workflow.mts';
import { linksStep, stepRef, timeStep, type, type FlowWords } from './names.mts';

/** Where a part stands: the column of its first step, and the height of its first row. */
export interface Place {
	column: number;
	y: number;
}

/** Heights of the rows of branches, from the first one. The fourth and the third are apart, for the heading of the writers. */
const rows = [0, 144, 352, 496] as const;

/** Somewhat higher than its row, or the line to the step below would lead through its name. */
const QUESTIONS = 320;

/** Where a row stands that comes after those of the branches. */
export const belowBranches = (y: number) => y + 640;

const everybody = { operation: 'getAll', returnAll: true, output: 'syncFields' };
/** YouTrack is set; a person chooses another one. */
const users = { system: 'youTrack', resource: 'user' };

/** All rows of all flows: whom another flow has linked is nobody's candidate here. */
export const getLinks = (words: FlowWords, position: Position): Step =>
	getRows({ name: linksStep(words), position, settings: { ...onceAndOn, ...tryAgain } }, links);

const getQuestions = ({ suffix }: FlowWords, position: Position): Step =>
	getRows(
		{ name: `Get questions${suffix}`, position, settings: { ...onceAndOn, ...tryAgain } },
		review,
	);

/** Everybody on both sides. */
export const everyRecord = {
	wix: ({ flow, resource }: FlowWords, position: Position): Step =>
		node({ name: `Get Wix ${flow}`, position, settings: onceAndOn }, type.wixCrm, 1, {
			resource,
			...everybody,
		}),
	users: ({ suffix }: FlowWords, position: Position): Step =>
		node({ name: `Get users${suffix}`, position, settings: onceAndOn }, type.targetUsers, 1, {
			...users,
			...everybody,
		}),
};

const byId = (value: string) => ({ __rl: true, mode: 'id', value });
/** A record that is gone, or cannot be read, is left to the full run. */
const orGoOn = { onError: 'continueRegularOutput' };

/** The two records of each row that comes in, as they are now. */
export const recordsOfRows: typeof everyRecord = {
	wix: ({ flow, resource }, position) =>
		node({ name: `Get Wix ${flow}`, position, settings: orGoOn }, type.wixCrm, 1, {
			resource,
			operation: 'get',
			[`${resource}Id`]: byId('={{ $json.wixId }}'),
			output: 'syncFields',
		}),
	users: ({ suffix }, position) =>
		node({ name: `Get users${suffix}`, position, settings: orGoOn }, type.targetUsers, 1, {
			...users,
			operation: 'get',
			userId: byId('={{ $json.userId }}'),
			output: 'syncFields',
		}),
};

interface Reading {
	/** The step after which both sides and the questions are read: *Get links*, or one that waits for it. */
	after: string;
	records?: typeof everyRecord;
	/** What Match & Map has of its own here. */
	plan?: Parameters;
	/** A preview, which sends nothing, needs no time from before the rows were read. */
	isPreview?: boolean;
}

/**
 * Reads both sides and the questions, after the rows, and plans. That order is made by connections: a list that is older than a
 * row must not be judged by it. @returns Match & Map
 */
export function readAndPlan(
	workflow: Workflow,
	words: FlowWords,
	{ column, y }: Place,
	{ after, records = everyRecord, plan = {}, isPreview = false }: Reading,
): string {
	const at = (row: number) => beside(column, y + 16 + row * 160);
	const readers = [
		workflow.add(records.wix(words, at(0))),
		workflow.add(records.users(words, at(1))),
		workflow.add(getQuestions(words, at(2))),
	];
	const noted = `={{ ${stepRef(timeStep(words))}.first().json.readFrom }}`;
	const match = workflow.add(
		node(
			{ name: `Match & Map${words.suffix}`, position: beside(column + 1, y + 176) },
			type.matchAndMap,
			1,
			{
				preset: words.preset,
				...(isPreview ? {} : { readFrom: noted, dryRun: true }),
				...plan,
			},
		),
	);
	for (const reader of readers) workflow.connect(after, reader);
	const inputs = [readers[0], readers[1], linksStep(words), readers[2]];
	inputs.forEach((from = '', input) => workflow.connect(from, match, { input }));
	return match;
}

export const showReport = ({ suffix }: FlowWords, position: Position): Step =>
	html({ name: `Show the report${suffix}`, position }, '$json.html');

/** Changes the row only if nobody has saved it since it was read, and gives out only rows that it changed. */
const unlessSaved: readonly RowFilter[] = [
	{ column: 'id', condition: 'eq', value: '={{ $json.id }}' },
	{ column: 'updatedAt', condition: 'eq', value: '={{ $json.updatedAt }}' },
];

/** The steps of a flow that others are connected with. */
export interface Ends {
	newLinks: string;
	report: string;
	results: string;
	/** Their third output gives what could not be sent. */
	writers: string[];
}

interface Carrying {
	/** Which of the writers stands higher; the free place is where lines pass. */
	higher?: 'wix' | 'users';
	/** Runs follow each other so closely that the writers note every write. */
	rememberAll?: boolean;
}

/** The branches of Match & Map: adds links, reports, asks; saves, writes, saves again. Takes four columns. */
export function carryOut(
	workflow: Workflow,
	words: FlowWords,
	plan: string,
	{ column, y }: Place,
	{ higher = 'wix', rememberAll = false }: Carrying = {},
): Ends {
	const { suffix, flow, resource } = words;
	const at = (over: number, row: 0 | 1 | 2 | 3) => beside(column + over, y + rows[row]);
	const [wixRow, usersRow] = higher === 'wix' ? ([2, 3] as const) : ([3, 2] as const);
	const apply = {
		operation: 'applyChanges',
		...(rememberAll ? { options: { rememberAll } } : {}),
	};
	const writer = (name: string, position: Position, kind: string, more: Parameters) =>
		workflow.add(
			node({ name, position, settings: { onError: 'continueErrorOutput' } }, kind, 1, {
				...more,
				...apply,
			}),
		);
	const save = (name: string, position: Position) =>
		workflow.add(update({ name: `${name}${suffix}`, position }, links, unlessSaved));

	const newLinks = workflow.add(
		insertInBulk({ name: `Add new links${suffix}`, position: at(0, 0) }, links),
	);
	const report = workflow.add(showReport(words, at(0, 1)));
	const questions = workflow.add(
		upsert({ name: `Save questions${suffix}`, position: beside(column, y + QUESTIONS) }, review, [
			{ column: 'reviewId', condition: 'eq', value: '={{ $json.reviewId }}' },
		]),
	);
	const changed = save('Save changed links', at(0, 3));
	[newLinks, report, questions, changed].forEach((step, output) =>
		workflow.connect(plan, step, { output }),
	);

	const toUsers = writer(`Write to users${suffix}`, at(1, usersRow), type.targetUsers, users);
	const toWix = writer(`Write to Wix ${flow}`, at(2, wixRow), type.wixCrm, { resource });
	const results = save('Save results', at(3, wixRow));
	workflow.chain(changed, toUsers, toWix, results);
	const past = workflow.add(
		insertInBulk({ name: `Add to history${suffix}`, position: at(3, usersRow) }, history),
	);
	const writers = [toUsers, toWix];
	for (const each of writers) workflow.connect(each, past, { output: 1 });
	return { newLinks, report, results, writers };
}

/** The conditions of the delete that the report of Match & Map names: removed links, or the doubles of a first link. */
function swept(plan: string): RowFilter[] {
	const told = (name: keyof Report['sweep']) =>
		`={{ ${stepRef(plan)}.first(1).json.sweep.${name} }}`;
	return [
		{ column: 'state', condition: 'eq', value: told('state') },
		{ column: 'id', condition: 'gte', value: told('fromId') },
		{ column: 'id', condition: 'lte', value: told('toId') },
		{ column: 'updatedAt', condition: 'lte', value: told('savedUntil') },
	];
}

/** Takes away the links that one plan has done with. */
export const sweepLinks = (
	workflow: Workflow,
	{ suffix }: FlowWords,
	plan: string,
	position: Position,
): string =>
	workflow.add(
		remove(
			{ name: `Remove dropped links${suffix}`, position, settings: onceAndOn },
			links,
			swept(plan),
		),
	);

/** Takes away what is done with: settled questions, dropped links, old history. @returns the last step */
export function sweep(
	workflow: Workflow,
	words: FlowWords,
	{ plan, report }: { plan: string; report: string },
	{ column, y }: Place,
): string {
	const settled: RowFilter[] = [{ column: 'state', condition: 'eq', value: 'settled' }];
	const old = { column: 'at', condition: 'lt', value: '={{ $now.minus({ days: 90 }).toISO() }}' };
	const at = (over: number) => beside(column + over, y + rows[1]);
	const once = (name: string, over: number) => ({
		name,
		position: at(over),
		settings: onceAndOn,
	});
	const questions = workflow.add(remove(once('Remove settled questions', 1), review, settled));
	const dropped = sweepLinks(workflow, words, plan, at(2));
	const past = workflow.add(remove(once('Remove old history', 3), history, [old]));
	workflow.chain(report, questions, dropped, past);
	return past;
}
