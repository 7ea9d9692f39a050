import { failureOf, runByHand } from '../../runtime/executions.mts';
import { importFile, STEP, type TemplateNode } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE } from '../../sandbox/demo/world.mts';
import {
	importWorkflow,
	openBench,
	reportOf,
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

	it.each([
		[LINKS_TABLE, ['linkId', 'flow', 'wixId'], 'Add new links', 'userId'],
		[REVIEW_TABLE, ['something'], 'Remove settled questions', 'state'],
	])('ends at the step that needs a column which a %s of before lacks', async (...given) => {
		const [name, columns, step, missing] = given;
		const texts = columns.map((column) => ({ name: column, type: 'string' }));
		await bench.calls.api('POST', '/data-tables', { name, columns: texts });
		const failure = await failureOfRun(await importWorkflow(bench, SYNC));
		expect(failure).toContain(step);
		expect(failure).toContain(missing);
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

	it('says that the key is not taken, and the next run is like any other', async () => {
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
		const right = await run(bench, await importFile(calls, accounts, file));
		expect(reportOf(right)?.counts.linkedNow).toBeGreaterThan(0);
	});
});

describe('in an n8n whose Data Tables are switched off', () => {
	beforeAll(async () => {
		bench = await openBench(60, { N8N_DISABLED_MODULES: 'mcp-registry,data-table' });
	});
	afterAll(async () => await bench.cleanup.run());

	it('ends at the first table', async () => {
		const failure = await failureOfRun(await importWorkflow(bench, SYNC));
		expect(failure).toContain('Create links table');
		expect(failure).toContain('module is disabled');
		expect(await writesOf(bench)).toBe(0);
	});
});
