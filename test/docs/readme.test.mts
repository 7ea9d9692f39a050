import { readFileSync } from 'node:fs';
import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { entryAt } from '../../runtime/entries.mts';
import { ofTheRun, parameterCalled, policies } from './labels.mts';
import { plain, tablesOf, type Table } from './markdown.mts';

const tables = tablesOf('../README.md');

/** The first table whose first column is called so. */
function tableOf(column: string): Table {
	const found = tables.find(({ header }) => header[0] === column);
	if (found === undefined) throw new Error(`The README has no table '${column}'`);
	return found;
}

const firstCells = (column: string) =>
	tableOf(column).rows.map((cells) => plain(entryAt(cells, 0)));

const matchAndMap = new MatchAndMap().description;
const namesOf = (ends: unknown) =>
	(ends as Array<{ displayName: string }>).map(({ displayName }) => displayName);

test('names the inputs and outputs of Match & Map, in their order', () => {
	const inputs = namesOf(matchAndMap.inputs).join(', ');
	expect(readFileSync('README.md', 'utf8')).toContain(`four inputs (${inputs})`);
	expect(firstCells('Output')).toEqual(namesOf(matchAndMap.outputs));
});

test('names what is set for a run, but the time that a workflow fills in', () => {
	const labels = ofTheRun.map(({ displayName }) => displayName);
	expect(new Set([...firstCells('For this run'), 'Rows Were Read From'])).toEqual(new Set(labels));
});

test('names every policy, and the guard', () => {
	const labels = policies.map(({ displayName }) => displayName);
	expect(firstCells('Policy')).toEqual([...labels, parameterCalled('Guard').displayName]);
});

/** The operations that a node offers for a resource, or for a system. */
function operationsOf({ properties }: INodeTypeDescription, by: string, value: string): string[] {
	const lists = properties.filter(
		({ name, displayOptions }: INodeProperties) =>
			name === 'operation' && displayOptions?.show?.[by]?.includes(value),
	);
	return lists.flatMap(({ options = [] }) =>
		(options as INodePropertyOptions[]).map(({ name }) => name),
	);
}

/** `Create or Update (by email), Delete` without what is said in brackets. */
const listed = (cell: string) =>
	cell
		.replace(/ \([^)]*\)/g, '')
		.split(', ')
		.sort();

test.each(
	tableOf('Resource')
		.rows.slice(0, 3)
		.map(([name = '', cell = '']) => [plain(name), cell]),
)('names every operation on a %s', (resource, cell) => {
	const { description } = new WixCrm();
	const names = operationsOf(description, 'resource', resource.toLowerCase());
	expect(listed(cell)).toEqual(names.map((name) => name.replace(/ \([^)]*\)/g, '')).sort());
});

test('names every operation on users of YouTrack', () => {
	const [, cell = ''] = entryAt(tableOf('System').rows, 0);
	const names = operationsOf(new TargetUsers().description, 'system', 'youTrack');
	expect(listed(cell)).toEqual([...names].sort());
});
