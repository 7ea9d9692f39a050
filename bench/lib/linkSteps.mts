import type { N8nCalls } from '../../runtime/client.mts';
import { layOut, node, splitOut, switchBy } from '../../templates/source/lib/steps.mts';
import {
	createTable,
	insert,
	insertInBulk,
	links,
	remove,
	update,
	upsert,
} from '../../templates/source/lib/tables.mts';
import { Workflow, type Step } from '../../templates/source/lib/workflow.mts';
import { activateSaving, runInProduction, startedByWebhook, webhookAt } from './productionRun.mts';
import { stepTimesOfLastRun } from './stepTimes.mts';

const PLACE = [0, 0] as const;
const at = (name: string) => ({ name, position: PLACE });
const once = (name: string) => ({ ...at(name), settings: { executeOnce: true } });

/** Text of an expression: the link of row `n`, as the first link of two people saves it. */
const LINK = `{ linkId: 'contacts:' + n, flow: 'contacts', wixId: 'contact-of-about-36-characters-' + n, userId: 'user-of-about-36-characters-' + n, state: 'linked', lastSynced: '{"primaryInfo.email":"person' + n + '@example.com"}', pending: '', decision: '', goneSide: '', goneConfirmedAt: '', movedTo: '', note: '' }`;
const listOf = (rows: number, item: string) =>
	`{ rows: Array.from({ length: ${rows} }, (_, n) => (${item})) }`;

/** A way to do something with links: the steps whose time counts, one after the other. */
export interface LinkWork {
	name: string;
	/** Text of an expression that gives what goes into the first of them: `{ rows: [...] }`. */
	given: (rows: number) => string;
	steps: (tableId: string) => Step[];
}

const byRowId = [{ column: 'id', condition: 'eq', value: '={{ $json.id }}' }];
const byLinkId = [{ column: 'linkId', condition: 'eq', value: '={{ $json.linkId }}' }];
const newLinks = (rows: number) => listOf(rows, LINK);
/** Row ids begin at 1 in a table that is new. */
const known = (rows: number) => listOf(rows, `{ ...${LINK}, id: n + 1, note: 'changed' }`);
const planned = (rows: number) =>
	listOf(rows, `{ operation: 'add', link: { ...${LINK}, rowId: String(n) } }`);

const inTableById = (step: Step, tableId: string): Step => ({
	...step,
	parameters: { ...step.parameters, dataTableId: { __rl: true, mode: 'id', value: tableId } },
});

const WITHOUT_ID = "$json.link.removeField('rowId')";
const rule = (value: string) => ({ value, title: value });

/** Ways to add rows; each begins with an empty table. */
export const adding: LinkWork[] = [
	{ name: 'insert', given: newLinks, steps: () => [insert(at('Insert'), links)] },
	{ name: 'insert in bulk', given: newLinks, steps: () => [insertInBulk(at('Insert'), links)] },
];

/** Ways to change rows of a table that holds all of them; the last one takes them away. */
export const changing: LinkWork[] = [
	{ name: 'update by row id', given: known, steps: () => [update(at('Update'), links, byRowId)] },
	{
		name: 'update by row id, table chosen by id',
		given: known,
		steps: (tableId) => [inTableById(update(at('Update'), links, byRowId), tableId)],
	},
	{ name: 'update by link id', given: known, steps: () => [update(at('Update'), links, byLinkId)] },
	{ name: 'upsert by link id', given: known, steps: () => [upsert(at('Upsert'), links, byLinkId)] },
	{ name: 'delete by row id', given: known, steps: () => [remove(at('Delete'), links, byRowId)] },
];

/** Ways to make rows of what Match & Map says of new links; nothing is saved. */
export const layingOut: LinkWork[] = [
	{
		name: 'Switch, then Edit Fields: four expressions a link',
		given: planned,
		steps: () => [
			switchBy(at('Sort'), '$json.operation', ['add', 'update', 'remove'].map(rule)),
			layOut(at('Lay out'), WITHOUT_ID),
		],
	},
	{
		name: 'Edit Fields: an expression a link',
		given: planned,
		steps: () => [layOut(at('Lay out'), WITHOUT_ID)],
	},
	{
		name: 'one expression for all, then Split Out',
		given: planned,
		steps: () => [
			layOut(
				once('Lay out'),
				`{ rows: $input.all().filter(({ json }) => json.operation === 'add').map(({ json: { link } }) => ({ ${Object.keys(links.columns).map((column) => `${column}: link.${column}`)} })) }`,
			),
			splitOut(at('Split out'), 'rows'),
		],
	},
];

/** Runs steps one after another as a workflow of its own. @returns milliseconds of those named in `counted`, together */
async function timed(
	calls: N8nCalls,
	url: string,
	steps: readonly Step[],
	counted: readonly string[],
): Promise<number> {
	const { path } = startedByWebhook();
	const workflow = new Workflow('Links');
	const { type, typeVersion, parameters, webhookId } = webhookAt(path);
	const start = workflow.add({
		...node({ ...at('Start'), settings: { webhookId } }, type, typeVersion, parameters),
	});
	workflow.chain(start, ...steps.map((step) => workflow.add(step)));
	const { name, nodes, connections, settings } = JSON.parse(workflow.toJson()) as Record<
		string,
		unknown
	>;
	const body = { name, nodes, connections, settings };
	const { id } = await calls.api<{ id: string }>('POST', '/workflows', body);
	await activateSaving(calls, id, 'all');
	await runInProduction(url, path);
	const times = await stepTimesOfLastRun(calls, id);
	await calls.api('POST', `/workflows/${id}/deactivate`);
	return counted.reduce((sum, step) => sum + (times.get(step) ?? NaN), 0);
}

/** Milliseconds of the work on so many rows. */
export async function timeLinkWork(
	calls: N8nCalls,
	url: string,
	{ given, steps }: LinkWork,
	rows: number,
	tableId: string,
): Promise<number> {
	const counted = steps(tableId);
	const before = [layOut(once('Make rows'), given(rows)), splitOut(at('Make items'), 'rows')];
	const names = counted.map(({ name }) => name);
	return await timed(calls, url, [...before, ...counted], names);
}

/** A new links table without rows in the place of the last one; its id. */
export async function emptyLinksTable(calls: N8nCalls, url: string): Promise<string> {
	const tables = async () =>
		(await calls.api<{ data: Array<{ id: string; name: string }> }>('GET', '/data-tables')).data;
	for (const { id } of await tables()) await calls.api('DELETE', `/data-tables/${id}`);
	await timed(calls, url, [createTable('Create', PLACE, links)], ['Create']);
	const [table] = await tables();
	if (table === undefined) throw new Error('n8n has made no table');
	return table.id;
}
