import { failureOf, outputOf, runByHand } from '../../runtime/executions.mts';
import { importFile, STEP, type TemplateNode } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE } from '../../sandbox/demo/world.mts';
import {
	importWorkflow,
	letRunsGrowOld,
	openBench,
	run,
	startAfresh,
	writesOf,
	type Bench,
} from './workflows.mts';

/** What people meet whose n8n is not ready for the workflow: docs/troubleshooting.md says the same. Nothing is ever written. */
let bench: Bench;

const SYNC = 'sync-wix-contacts-and-users.json';

const failureOfRun = async (workflowId: string) =>
	failureOf(await runByHand(bench.calls, workflowId, STEP.byHand));

describe('in an n8n that has the package', () => {
	beforeAll(async () => {
		bench = await openBench(60);
	});
	afterAll(async () => await bench.cleanup.run());
	beforeEach(async () => await startAfresh(bench));
	afterEach(async () => expect(await writesOf(bench)).toBe(0));

	it('names the columns that a table lacks which was there before', async () => {
		const column = (name: string) => ({ name, type: 'string' });
		for (const [name, columns] of [
			[LINKS_TABLE, ['linkId', 'flow', 'wixId']],
			[REVIEW_TABLE, ['something']],
		] as const) {
			await bench.calls.api('POST', '/data-tables', { name, columns: columns.map(column) });
		}
		const failure = await failureOfRun(await importWorkflow(bench, SYNC));
		expect(failure).toContain('Say which columns are missing');
		expect(failure).toContain(`${LINKS_TABLE}: userId, state, lastSynced`);
		expect(failure).toContain(`${REVIEW_TABLE}: reviewId, flow`);
	});

	it('says which step has no credential', async () => {
		const bare = ({ credentials: _, ...node }: TemplateNode): TemplateNode => node;
		const failure = await failureOfRun(await importWorkflow(bench, SYNC, bare));
		expect(failure).toContain('Get Wix contacts');
		expect(failure).toMatch(/credential/i);
	});

	it('does not start where the package is missing', async () => {
		const unknown = (node: TemplateNode): TemplateNode => ({
			...node,
			type: node.type.replace('n8n-nodes-wix-user-sync.', 'n8n-nodes-not-installed.'),
		});
		const failure = await failureOfRun(await importWorkflow(bench, SYNC, unknown)).catch(
			(error: Error) => error.message,
		);
		expect(failure).toMatch(/Unrecognized node type|not-installed/);
	});

	it('says that the key is not taken, and does not keep the next run by hand waiting', async () => {
		const { calls, accounts } = bench;
		const file = `${process.cwd()}/templates/${SYNC}`;
		const credentials = await calls.rest<{ id: string }[]>('GET', '/credentials');
		for (const { id } of credentials) await calls.rest('DELETE', `/credentials/${id}`);
		const wrong = { ...accounts, wix: { ...accounts.wix, apiKey: 'invalid' } };
		const failure = await failureOfRun(await importFile(calls, wrong, file));
		expect(failure).toContain('Get Wix contacts');
		expect(failure).toMatch(/API key/);
		for (const { id } of await calls.rest<{ id: string }[]>('GET', '/credentials')) {
			await calls.rest('DELETE', `/credentials/${id}`);
		}
		await letRunsGrowOld(bench);
		const right = await run(bench, await importFile(calls, accounts, file));
		expect(outputOf(right, STEP.plan, 4)).toHaveLength(1);
	});
});

describe('in an n8n whose Data Tables are switched off', () => {
	beforeAll(async () => {
		bench = await openBench(60, { N8N_DISABLED_MODULES: 'mcp-registry,data-table' });
	});
	afterAll(async () => await bench.cleanup.run());

	it('ends at the first table', async () => {
		const failure = await failureOfRun(await importWorkflow(bench, SYNC));
		expect(failure).toContain('Create links table if missing');
		expect(failure).toContain('module is disabled');
		expect(await writesOf(bench)).toBe(0);
	});
});
