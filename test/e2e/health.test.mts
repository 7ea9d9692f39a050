import { addRows, readTable } from '../../runtime/dataTables.mts';
import { outputOf, type Execution } from '../../runtime/executions.mts';
import { sameAddress } from '../../sandbox/demo/records.mts';
import { activate, withSetting, type TemplateNode } from '../../sandbox/demo/template.mts';
import { REVIEW_TABLE, type LinkRow, type ReviewRow } from '../../sandbox/demo/world.mts';
import { until } from './triggers.mts';
import {
	addressesOf,
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	run,
	RUNS_TABLE,
	runsGoingOn,
	type Bench,
} from './workflows.mts';

const HEALTH_TABLE = 'wix_user_sync_health';
const FAILURES_TABLE = 'wix_user_sync_failures';
const SYNC = 'sync-wix-contacts-and-users.json';
const HEALTH = 'report-sync-health.json';
const DAY = 24 * 3600 * 1000;

type Row = Record<string, unknown>;
interface Details {
	reviewBy: Array<{ what: string; count: number }>;
	writesBy: Array<{ side: string; what: string; count: number }>;
	failingBy: Array<{ what: string; count: number }>;
	compared: Array<{ flow: string; problem: string }>;
}

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

const latestReport = async (): Promise<Row & { details: string }> => {
	const reports = await tableOf(HEALTH_TABLE);
	return reports[reports.length - 1] as Row & { details: string };
};

const pageOf = (execution: Execution) =>
	String(outputOf(execution, 'Show the report')[0]?.json.html);

/** Pairs of the links table, by whether both servers hold the same address now. */
async function pairsNow(): Promise<{ same: LinkRow[]; different: LinkRow[] }> {
	const pairs = (await linksOf(bench)).filter(({ state }) => state === 'linked');
	const same = await Promise.all(
		pairs.map(async (link) => {
			const { wix, user } = await addressesOf(bench, link);
			return sameAddress(wix, user);
		}),
	);
	return {
		same: pairs.filter((_, index) => same[index]),
		different: pairs.filter((_, index) => !same[index]),
	};
}

const countBy = (words: readonly string[]) =>
	words.reduce<Record<string, number>>(
		(sum, word) => ({ ...sum, [word]: (sum[word] ?? 0) + 1 }),
		{},
	);

const asRecord = (counts: ReadonlyArray<{ what: string; count: number }>) =>
	Object.fromEntries(counts.map(({ what, count }) => [what, count]));

it('counts what the servers and the tables hold', async () => {
	const { same } = await pairsNow();
	const edited = same.slice(0, 3);
	for (const [index, { wixId }] of edited.entries())
		await bench.servers.wix.edit(wixId, 'primaryInfo.email', `new.${index}@example.org`);
	await run(bench, sync);
	await run(bench, sync);
	for (const { wixId } of edited.slice(0, 2))
		await bench.servers.wix.edit(wixId, 'primaryInfo.email', `again.${wixId}@example.org`);

	const execution = await run(bench, health);
	const [report, links, now] = [await latestReport(), await linksOf(bench), await pairsNow()];
	const details = JSON.parse(report.details) as Details;
	const review = (await tableOf(REVIEW_TABLE)) as ReviewRow[];
	const history = await tableOf(HISTORY_TABLE);
	expect(report.pairs).toBe(links.filter(({ state }) => state === 'linked').length);
	expect(report.drift).toBe(2);
	expect(now.different.length).toBeGreaterThanOrEqual(2);
	expect(report.inSync).toBe(now.same.length);
	expect(report.compared).toBe('contacts');
	expect(review.length).toBeGreaterThan(0);
	expect(report.forReview).toBe(review.length);
	expect(asRecord(details.reviewBy)).toEqual(countBy(review.map(({ reason }) => reason)));
	expect(details.writesBy).toEqual([{ side: 'users', what: 'applied', count: history.length }]);
	expect(report.writesDone).toBe(3);
	const [good] = (await tableOf(RUNS_TABLE)).filter(({ mode }) => mode === 'finished');
	expect(report.lastGoodRunAt).toBe(good?.startedAt);
	expect(pageOf(execution)).toContain('There is no report of a week before');
	expect(outputOf(execution, 'Send it where you want')[0]?.json).toMatchObject({
		subject: `Health of the sync: ${review.length} matters wait, 0 pairs are refused, 0 runs failed`,
	});
});

it('compares with the report of a week before, escapes what tables hold, and counts refusals', async () => {
	const then = new Date(Date.now() - 7 * DAY).toISOString();
	await addRows(bench.calls, HEALTH_TABLE, [{ at: then, pairs: 1, forReview: 0, drift: 5 }]);
	const matter = { reviewId: 'typed', flow: 'contacts', reason: '<img src=x>', firstSeenAt: then };
	await addRows(bench.calls, REVIEW_TABLE, [matter]);
	const refused = { property: 'primaryInfo.email', outcome: 'refused', code: 'LOCKED' };
	const row = { flow: 'members', state: 'linked', linkId: 'typed', wixId: 'm1', userId: 'u1' };
	await addRows(bench.calls, 'wix_user_sync_links', [
		{ ...row, pending: JSON.stringify([refused]) },
	]);

	const page = pageOf(await run(bench, health));
	const report = await latestReport();
	expect(report).toMatchObject({ failing: 1, oldestMatterAt: then });
	expect((JSON.parse(report.details) as Details).failingBy).toEqual([
		{ what: 'LOCKED (for good)', count: 1 },
	]);
	expect(page).toContain(`<th>${then.slice(0, 16).replace('T', ' ')}</th>`);
	expect(page).toContain('<td>−3</td>');
	expect(page).toContain('&lt;img src=x&gt;');
	expect(page).not.toContain('<img');
	expect(page).toContain(', 7 days.');
});

it('shows everything else when a side cannot be read', async () => {
	const id = await importWorkflow(bench, HEALTH, await withoutAccess());
	const page = pageOf(await run(bench, id));
	const report = await latestReport();
	const details = JSON.parse(report.details) as Details;
	expect(report).toMatchObject({ inSync: null, drift: null, compared: '' });
	expect(report.forReview).toBe((await tableOf(REVIEW_TABLE)).length);
	expect(details.compared[0]?.problem).not.toBe('');
	expect(page).toContain('The contacts could not be compared');
});

it('compares members, too, when the settings say so', async () => {
	const id = await importWorkflow(bench, HEALTH, (node) =>
		withSetting(withSetting(node, 'Compare members', true), 'Compare contacts', false),
	);
	await run(bench, id);
	const report = await latestReport();
	const members = await bench.servers.wix.records('members');
	expect(report.compared).toBe('members');
	expect(report.inSync).toBeGreaterThan(0);
	expect(report.inSync).toBeLessThanOrEqual(members.size);
});

it('hears of a scheduled run that fails, notes it and frees its turn', async () => {
	await activate(bench.calls, health);
	const adjust = await withoutAccess();
	const id = await importWorkflow(bench, SYNC, (node) => everySecond(adjust(node)));
	await chooseErrorWorkflow(id, health);
	await activate(bench.calls, id);
	const failed = await until(
		'a failed run is noted',
		async () => (await tableOf(FAILURES_TABLE))[0],
	);
	await bench.calls.api('POST', `/workflows/${id}/deactivate`);

	expect(failed).toMatchObject({
		workflow: 'Sync Wix contacts and users',
		step: 'Get Wix contacts',
	});
	expect(String(failed.message)).toMatch(/\S/);
	expect(String(failed.message)).not.toContain('@');
	const { id: ran } = await bench.calls.api<{ id: string }>('GET', `/executions/${failed.run}`);
	expect(String(ran)).toBe(failed.run);
	await until(
		'no run holds the turn',
		async () => (await runsGoingOn(bench)).length === 0 || undefined,
	);
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
