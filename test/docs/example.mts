import type { IDataObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { atLeast, entryAt } from '../../runtime/entries.mts';
import { plan, PlanInputError } from '../../nodes/MatchAndMap/engine/index';
import { readPolicies } from '../../nodes/MatchAndMap/readPolicies';
import { readRules } from '../../nodes/MatchAndMap/readRules';
import type {
	JsonObject,
	JsonValue,
	LinkRow,
	Plan,
	ReviewRow,
} from '../../nodes/shared/contract/index';
import { setPath } from '../../sandbox/control/setPath.mts';
import { reviewTitles } from '../../nodes/MatchAndMap/engine/tell';
import { daysLater, finding, linked, now, pendingWrite, pendings } from '../engine/builders.mts';
import { options, parameterCalled, valueOf } from './labels.mts';
import { codeIn, plain, type Table } from './markdown.mts';
import { stepsOf, type Step } from './outcome.mts';

/** What an example starts from: the tables of a section that hold no outcome. */
export interface Example {
	wixRecords: JsonObject[];
	users: JsonObject[];
	links: LinkRow[];
	/** What a person answered to a question of the run before. */
	answers: Array<{ title: string; records: string; answer: string }>;
	memberContactIds: string[];
	/** Of Match & Map. */
	parameters: IDataObject;
}

const typed = (cell: string): JsonValue => {
	const text = plain(cell);
	if (text === 'true' || text === 'false') return text === 'true';
	return /^\d{1,4}$/.test(text) ? Number(text) : text;
};

/** `info.phones.items[1].phone` needs its list first. */
function withLists(record: JsonObject, path: string): JsonObject {
	const list = /^(.*)\[\d+\]/.exec(path)?.[1];
	const isThere =
		list === undefined || JSON.stringify(record).includes(`"${list.split('.').at(-1)}":[`);
	return isThere ? record : setPath(record, list, []);
}

function recordsIn({ header, rows }: Table): JsonObject[] {
	return rows.map(([id = '', ...cells]) =>
		cells.reduce<JsonObject>(
			(record, cell, place) => {
				const path = codeIn(entryAt(header, place + 1));
				if (path === undefined || cell === '') return record;
				return setPath(withLists(record, path), path, typed(cell));
			},
			{ id: plain(id) },
		),
	);
}

function linkIn(header: string[], [pair = '', ...cells]: string[], flow: string): LinkRow {
	const [wixId, userId] = atLeast(plain(pair).split(' – '), 2);
	const cell = (name: string) => plain(cells[header.indexOf(name) - 1] ?? '');
	const held = cells.flatMap((text, place): Array<[string, JsonValue]> => {
		const path = codeIn(entryAt(header, place + 1));
		return path === undefined || text === '' ? [] : [[path, typed(text)]];
	});
	const sent = cell('Sent to the user');
	const at = daysLater(-Number(cell('Days ago')));
	return {
		...linked(wixId, userId, null, { flow, linkId: `${flow}:${wixId}:${userId}` }),
		lastSynced: held.length === 0 ? '' : JSON.stringify(Object.fromEntries(held)),
		state: (cell('State') || 'linked') as LinkRow['state'],
		...(cell('Looked up') === '' ? {} : foundOn(cell('Looked up'))),
		...(sent === ''
			? {}
			: {
					pending: pendings(
						pendingWrite(String(entryAt(held, 0)[1]), sent, { outcome: 'sent', at }),
					),
				}),
	};
}

/** `gone from Wix`, `found among the users`: what a look-up has found a day ago. */
const foundOn = (text: string): Partial<LinkRow> => ({
	pending: pendings(
		finding(text.includes('Wix') ? 'wix' : 'users', text.startsWith('gone') ? 'gone' : 'present', {
			at: daysLater(-1),
		}),
	),
});

/** Rows of rules by the names of their columns, which are those of the node. */
const rulesIn = ({ header, rows }: Table): IDataObject[] =>
	rows.map((cells) =>
		Object.fromEntries(
			header.slice(1).map((label, place) => {
				const { name } = parameterCalled(label);
				return [name, valueOf(label, plain(entryAt(cells, place + 1)))];
			}),
		),
	);

function linkRulesIn(table: Table): IDataObject {
	const rules = new Map<string, IDataObject[]>();
	rulesIn(table).forEach((pair, place) => {
		const number = entryAt(entryAt(table.rows, place), 0);
		rules.set(number, [...(rules.get(number) ?? []), pair]);
	});
	return { rule: [...rules.values()].map((pair) => ({ pairs: { pair } })) };
}

function settingsIn({ rows }: Table): IDataObject {
	return Object.fromEntries(
		rows.map(([label = '', text = '']) => [
			parameterCalled(plain(label)).name,
			valueOf(plain(label), plain(text)),
		]),
	);
}

/** Reads the tables of a section. @throws for a table that nobody would look at */
export function exampleIn(tables: readonly Table[]): Example {
	const example: Example = {
		wixRecords: [],
		users: [],
		links: [],
		answers: [],
		memberContactIds: [],
		parameters: { preset: 'contactsAndUsers' },
	};
	for (const table of tables) {
		const [first] = table.header;
		if (first === 'Wix contact') {
			example.wixRecords = recordsIn(table);
			const member = table.header.indexOf('Site member');
			if (member > 0)
				example.memberContactIds = table.rows
					.filter((row) => row[member] === 'yes')
					.map((row) => plain(entryAt(row, 0)));
		} else if (first === 'Question')
			example.answers = table.rows.map((row) => {
				const [title, records, answer] = atLeast(row.map(plain), 3);
				return { title, records, answer };
			});
		else if (first === 'User') example.users = recordsIn(table);
		else if (first === 'Link') {
			const flow = example.parameters.preset === 'custom' ? 'custom' : 'contacts';
			example.links = table.rows.map((row) => linkIn(table.header, row, flow));
		} else if (first === 'Link rule')
			Object.assign(example.parameters, custom, { linkRules: linkRulesIn(table) });
		else if (first === 'Property rule')
			Object.assign(example.parameters, custom, { propertyRules: { rule: rulesIn(table) } });
		else if (first === 'Setting') Object.assign(example.parameters, settingsIn(table));
		else throw new Error(`'${first}' in '${table.under.join(' > ')}' is no table of an example`);
	}
	return example;
}

const custom: INodeParameters = { preset: 'custom', flowId: 'custom', wixEntity: 'contact' };

const optionNames = new Set(options.map(({ name }) => name));

/** The node's own reading of its parameters, those in Options where the node has them. */
function contextOf(parameters: IDataObject): IExecuteFunctions {
	const entries = Object.entries(parameters);
	const all: IDataObject = {
		...Object.fromEntries(entries.filter(([name]) => !optionNames.has(name))),
		options: Object.fromEntries(entries.filter(([name]) => optionNames.has(name))),
	};
	const getNodeParameter = (name: string, _item: number, fallback?: unknown) =>
		all[name] ?? fallback;
	return { getNodeParameter } as unknown as IExecuteFunctions;
}

/** The questions of a plan as saved, with the answers of a person. @throws for an answer to a question that was not asked */
function answered({ review }: Plan, answers: Example['answers']): ReviewRow[] {
	const rows = review.map((row, place): ReviewRow => ({ ...row, id: place + 1 }));
	for (const { title, records, answer } of answers) {
		const row = rows.find(
			({ reason, wixIds, userIds }) =>
				reviewTitles[reason] === title &&
				[wixIds, userIds].filter((ids) => ids !== '').join(', ') === records,
		);
		if (row === undefined) throw new Error(`Nobody was asked '${title}' about ${records}`);
		row.answer = answer;
	}
	return rows;
}

/** What Match & Map does with an example; a refusal of its rules is a step, too. */
export function outcomeOf({ parameters, answers, ...given }: Example): Step[] {
	const { wixRecords, users, links } = given;
	const context = contextOf(parameters);
	try {
		const run = (review: ReviewRow[]) =>
			plan({
				dataFlow: readRules(context, { wix: wixRecords, users }),
				...given,
				review,
				complete: { wix: true, users: true },
				policies: readPolicies(context),
				now,
				readFrom: now,
			});
		const made = answers.length === 0 ? run([]) : run(answered(run([]), answers));
		const before = links.filter(({ state }) => state === 'linked').map(({ linkId }) => linkId);
		return stepsOf(made, new Set(before));
	} catch (error) {
		if (!(error instanceof PlanInputError)) throw error;
		return [['Stop', '', '', '', '', error.message]];
	}
}
