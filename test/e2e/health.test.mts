import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { sameAddress } from '../../sandbox/demo/records.mts';
import { activate, type TemplateNode } from '../../sandbox/demo/template.mts';
import { REVIEW_TABLE, type LinkRow } from '../../sandbox/demo/world.mts';
import { until } from './triggers.mts';
import {
	addressesOf,
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	run,
	writesOf,
	type Bench,
} from './workflows.mts';

const HEALTH_TABLE = 'wix_user_sync_health';
const SYNC = 'sync-wix-contacts-and-users.json';
const HEALTH = 'report-sync-health.json';

type Row = Record<string, unknown>;

let bench: Bench;
let sync: string;
let health: string;
beforeAll(async () => {
	bench = await openBench(60);
	sync = await importWorkflow(bench, SYNC);
	health = await importWorkflow(bench, HEALTH);
	await run(bench, sync);
	await run(bench, sync);
});
afterAll(async () => await bench.cleanup.run());

const tableOf = async (name: string) => await readTable(bench.calls, name);
const reports = async () => await tableOf(HEALTH_TABLE);

/** What the schedule does, begun by hand. */
async function report(workflowId = health): Promise<{ row: Row; page: string }> {
	const execution = await runByHand(bench.calls, workflowId, 'Every day');
	expect(failureOf(execution)).toBeUndefined();
	const rows = await reports();
	return { row: rows[rows.length - 1] ?? {}, page: pageOf(execution) };
}

const pageOf = (execution: Execution) =>
	String(outputOf(execution, 'Show the report')[0]?.json.html);

/** Pairs of the links table, by whether both servers hold the same address now. */
async function pairsNow(): Promise<{ same: LinkRow[]; different: LinkRow[] }> {
	const pairs = (await linksOf(bench)).filter(({ state }) => state === 'linked');
	const same = await Promise.all(
		pairs.map(async (pair) => {
			const { wix, user } = await addressesOf(bench, pair);
			return sameAddress(wix, user);
		}),
	);
	return {
		same: pairs.filter((_, index) => same[index]),
		different: pairs.filter((_, index) => !same[index]),
	};
}

it('keeps what the servers and the tables hold, and changes neither', async () => {
	const { same } = await pairsNow();
	const edited = same.slice(0, 5);
	for (const [index, { wixId }] of edited.slice(0, 3).entries())
		await bench.servers.wix.edit(wixId, 'primaryInfo.email', `new.${index}@example.org`);
	await run(bench, sync);
	for (const { wixId } of edited.slice(3))
		await bench.servers.wix.edit(wixId, 'primaryInfo.email', `due.${wixId}@example.org`);

	const [links, review, sent] = [
		await linksOf(bench),
		await tableOf(REVIEW_TABLE),
		await writesOf(bench),
	];
	const { row, page } = await report();
	expect([await linksOf(bench), await tableOf(REVIEW_TABLE), await writesOf(bench)]).toEqual([
		links,
		review,
		sent,
	]);
	const history = await tableOf(HISTORY_TABLE);
	const now = await pairsNow();
	expect(row).toMatchObject({
		rules: 'contactsAndUsers',
		pairs: links.filter(({ state }) => state === 'linked').length,
		due: 2,
		// What was sent just now stays under its lease for some minutes
		inSync: now.same.length - 3,
		waiting: 3,
		writes: 3,
		failed: null,
	});
	expect(history.filter(({ outcome }) => outcome === 'applied')).toHaveLength(3);
	expect(row.lastWriteAt).toBe(history[history.length - 1]?.at);
	expect(review.length).toBeGreaterThan(0);
	expect(row.forReview).toBeGreaterThanOrEqual(review.length);
	expect(page).toContain(`style="flex-grow:${now.same.length - 3}"`);
	expect(page).toContain(String(row.picture));
});

it('shows earlier reports below the newest one', async () => {
	const [earlier] = await reports();
	await run(bench, sync);
	const { row, page } = await report();
	expect(row.due).toBe(0);
	const at = [row, earlier].map((each) => page.indexOf(String(each?.picture)));
	expect(at[0]).toBeGreaterThan(0);
	expect(at[1]).toBeGreaterThan(at[0] ?? 0);
});

it('hears of a scheduled run that fails, and shows it in its place', async () => {
	await activate(bench.calls, health);
	const adjust = await withoutAccess();
	const id = await importWorkflow(bench, SYNC, (node) => everySecond(adjust(node)));
	await chooseErrorWorkflow(id, health);
	await activate(bench.calls, id);
	const noted = await until('a failed run is noted', async () =>
		(await reports()).find(({ failed }) => Boolean(failed)),
	);
	await bench.calls.api('POST', `/workflows/${id}/deactivate`);

	expect(noted.failed).toBe('Sync Wix contacts and users: Get Wix contacts');
	const ran = String(noted.run).split('/').at(-1);
	const { status } = await bench.calls.api<{ status: string }>('GET', `/executions/${ran}`);
	expect(status).toBe('error');
	const { page } = await report();
	expect(page).toContain('Sync Wix contacts and users failed at Get Wix contacts');
});

/** Steps that read Wix with a key that Wix does not take. */
async function withoutAccess(): Promise<(node: TemplateNode) => TemplateNode> {
	const { wix } = bench.accounts;
	const data = { apiKey: 'invalid', siteId: wix.siteId, advanced: true, baseUrl: wix.baseUrl };
	const name = 'Wix without access';
	const { id } = await bench.calls.rest<{ id: string }>('POST', '/credentials', {
		name,
		type: 'wixCrmApi',
		data,
	});
	return (node) =>
		node.type.endsWith('.wixCrm') ? { ...node, credentials: { wixCrmApi: { id, name } } } : node;
}

const everySecond = (node: TemplateNode): TemplateNode =>
	node.name === 'Every 15 minutes'
		? {
				...node,
				parameters: { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } },
			}
		: node;

async function chooseErrorWorkflow(workflowId: string, errorWorkflow: string): Promise<void> {
	const path = `/workflows/${workflowId}`;
	const { name, nodes, connections, settings } = await bench.calls.api<{
		name: string;
		nodes: unknown;
		connections: unknown;
		settings: Row;
	}>('GET', path);
	const body = { name, nodes, connections, settings: { ...settings, errorWorkflow } };
	await bench.calls.api('PUT', path, body);
}
