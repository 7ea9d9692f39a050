import { beside } from '../lib/grid.mts';
import { getRows, links } from '../lib/tables.mts';
import type { Position, Step } from '../lib/workflow.mts';
import { stepRef } from './names.mts';

/** Names of steps that the steps after them refer to. */
export const step = {
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

export const first = (name: string) => `${stepRef(name)}.first().json`;
export const all = (name: string) => `${stepRef(name)}.all().map((item) => item.json)`;

/** Rows that several look-ups found, each once; the empty item that stands for none is left out. */
export const rowsOf = (name: string) =>
	`Object.values(Object.fromEntries(${all(name)}.filter((row) => row.id).map((row) => [row.id, row])))`;

/** A place right of the line that leads back to the list. */
export const besideTheLine = (column: number, y: number): Position => {
	const [x] = beside(column, y);
	return [x + 32, y];
};

export const membersSetting = { name: 'Flows of members', value: 'members' };
export const atMostSetting = { name: 'Matters to list at most', value: 100 };

/** Wide enough for records side by side. n8n's default is 448 pixels. */
const css = [
	':root { --container-width: 960px; }',
	'div.html { overflow-x: auto; }',
	'div.html table { border-collapse: collapse; margin: 12px 0; }',
	'div.html th, div.html td { border: 1px solid #dbdfe7; padding: 6px 10px; text-align: left; overflow-wrap: anywhere; min-width: 90px; vertical-align: top; }',
].join('\n');

/** A page that stays open for longer is closed, and nothing is saved. */
export const PAGE_MINUTES = 60;
export const style = { css, minutes: PAGE_MINUTES };

const lookUpRow = [
	{ column: 'wixId', condition: 'eq', value: '={{ $json.id }}' },
	{ column: 'userId', condition: 'eq', value: '={{ $json.id }}' },
	{ column: 'id', condition: 'eq', value: '={{ $json.rowId }}' },
];

/** Finds the links of each record that is looked up; an item even where there is none. */
export const linksOf = (name: string, position: Position): Step =>
	getRows({ name, position, settings: { alwaysOutputData: true } }, links, lookUpRow, {
		any: true,
	});
