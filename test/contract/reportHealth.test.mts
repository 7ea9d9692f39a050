import type { IDataObject } from 'n8n-workflow';
import type { Outcome } from '../../nodes/shared/contract/index';
import { played } from './playedNodes.mts';
import { playWorkflow, type Played } from './playWorkflow.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('report-sync-health.json');
const [LINKS, HISTORY, HEALTH] = ['links', 'history', 'health'].map(
	(name) => `wix_user_sync_${name}`,
) as [string, string, string];

/** Each outcome another figure, so that none can stand for another. */
const counts: Record<Outcome, number> = {
	...{ inSync: 100, linkedNow: 1, changed: 2, waiting: 4, waitingForFullRun: 8, review: 16 },
	...{ refused: 32, withoutKey: 64, unmatched: 128, excluded: 256, ignored: 512, putBack: 1024 },
	...{ vanished: 2048, outside: 4096 },
};

const report = (more: IDataObject = {}): IDataObject => ({
	counts,
	guard: { tripped: false },
	...more,
});

/** Match & Map in its place: an item for the report, none else; it keeps what it was given. */
const plans = (given: IDataObject, seen: unknown[] = []) => {
	const names = ['preset', 'dryRun', 'options', 'readFrom'];
	const node = played(names, 4, function () {
		seen.push(this.getNodeParameter('dryRun', 0));
		return [[], [given], [], []];
	});
	node.description.inputs = ['main', 'main', 'main', 'main'];
	return node;
};
const lists = () => played(['resource', 'operation'], 1, () => [[{ id: 'x' }]]);

const ours = (given = report(), seen: unknown[] = []) => ({
	matchAndMap: plans(given, seen),
	wixCrm: lists(),
	targetUsers: lists(),
});

const yesterday = new Date(Date.now() - 23 * 3600_000).toISOString();
const before = new Date(Date.now() - 25 * 3600_000).toISOString();
const tables = {
	[LINKS]: ['linked', 'unlinked', 'linked', 'keepApart', 'removed', 'linked'].map((state) => ({
		state,
	})),
	[HISTORY]: [
		{ at: before, outcome: 'applied' },
		{ at: yesterday, outcome: 'applied' },
		{ at: yesterday, outcome: 'refused' },
		{ at: yesterday, outcome: 'applied' },
	],
};

const day = async (more: IDataObject = {}, held: Record<string, IDataObject[]> = tables) =>
	await playWorkflow(workflow, {
		start: 'Every day',
		tables: held,
		ours: ours(report(more)),
	});

const pageOf = ({ itemsOf }: Played) => String(itemsOf('Show the report')[0]?.html);
const failure = (more: IDataObject = {}): IDataObject => ({
	workflow: { id: 'w', name: 'Sync Wix <contacts> and users' },
	execution: {
		id: '7',
		url: 'http://n8n.test/workflow/w/executions/7',
		lastNodeExecuted: 'Get users',
		error: { message: 'ada@x.example is not allowed' },
		...more,
	},
});
const fail = async (gives: IDataObject) =>
	await playWorkflow(workflow, { start: 'When a run fails', gives, ours: ours() });

describe('a report', () => {
	test('keeps each figure in its column', async () => {
		const { tables: after } = await day();
		expect(after.all(HEALTH)).toEqual([
			expect.objectContaining({
				...{ rules: 'contactsAndUsers', pairs: 3, inSync: 100, due: 1027, waiting: 12 },
				...{ forReview: 2064, refused: 32, notLinked: 192, writes: 2, lastWriteAt: yesterday },
			}),
		]);
		expect(Date.parse(String(after.all(HEALTH)[0]?.at))).toBeGreaterThan(Date.parse(yesterday));
	});

	test('has a column in the table for everything that is kept', () => {
		const { columns } = workflow.step('Create health table').parameters as {
			columns: { column: Array<{ name: string }> };
		};
		const names = columns.column.map(({ name }) => name);
		for (const step of ['Save the report', 'Note the failure']) {
			const { value } = workflow.step(step).parameters.columns as { value: object };
			for (const name of Object.keys(value)) expect(names).toContain(name);
		}
	});

	test('counts nothing where there is nothing', async () => {
		const { tables: after } = await day({}, {});
		expect(after.all(HEALTH)).toMatchObject([{ pairs: 0, writes: 0, inSync: 100 }]);
	});

	test('is drawn as a bar of its parts, beside the figures', async () => {
		const [row] = (await day()).tables.all(HEALTH);
		const parts = [...String(row?.picture).matchAll(/class="(\w+)" style="flex-grow:(\d+)"/g)];
		expect(parts.map(([, name, width]) => [name, Number(width)])).toEqual([
			['inSync', 100],
			['due', 1027],
			['waiting', 12],
			['forReview', 2064],
			['refused', 32],
		]);
		expect(String(row?.picture)).not.toContain('The guard');
		const [stopped] = (await day({ guard: { tripped: true } })).tables.all(HEALTH);
		expect(String(stopped?.picture)).toContain('The guard would stop a run');
	});

	test('has a heading for each cell, and a colour for each part of the bar', async () => {
		const page = pageOf(await day());
		const [, row = ''] = /<tbody><tr>(.+?)<\/tr>/.exec(page) ?? [];
		expect(row.match(/<td>/g)).toHaveLength(page.match(/<th>/g)?.length ?? 0);
		for (const [, part] of row.matchAll(/<i class="(\w+)"/g)) {
			expect(page).toMatch(new RegExp(`\\.bar \\.${part}\\b.+background`));
			expect(page).toContain(`<b class="${part}">`);
		}
	});
});

describe('the page', () => {
	test('shows the newest first, failures among them, and no more than sixty', async () => {
		const earlier = Array.from({ length: 70 }, (_, index) => ({ picture: `<tr>${index} $&</tr>` }));
		const page = pageOf(await day({}, { ...tables, [HEALTH]: earlier }));
		const lines = [...page.matchAll(/<tr>(\d+) \$&<\/tr>/g)].map(([, line]) => Number(line));
		expect(lines).toEqual(Array.from({ length: 59 }, (_, index) => 69 - index));
	});

	test('is made once, whatever the number of lines', async () => {
		const done = await day({}, { ...tables, [HEALTH]: [{ picture: 'a' }, { picture: 'b' }] });
		expect(done.itemsOf('Show the report')).toHaveLength(1);
		expect(done.runs['Match & Map']).toBe(1);
	});
});

describe('a run that fails', () => {
	test('is noted with workflow, step and where to look, and without its message', async () => {
		const { tables: after } = await fail(failure());
		const [row] = after.all(HEALTH);
		expect(row).toMatchObject({
			failed: 'Sync Wix  and users: Get users',
			run: 'http://n8n.test/workflow/w/executions/7',
		});
		expect(JSON.stringify(row)).not.toContain('ada@x.example');
		expect(String(row?.picture)).toMatch(/^<tr class="failed">.+ failed at Get users<\/td><\/tr>$/);
	});

	test('is noted, too, when it could not start', async () => {
		const { workflow: ofWhat } = failure();
		const { tables: after, error } = await fail({ workflow: ofWhat, trigger: { error: {} } });
		expect(error).toBeUndefined();
		expect(after.all(HEALTH)).toMatchObject([{ failed: 'Sync Wix  and users: its trigger' }]);
	});
});

describe('the workflow', () => {
	test('previews, and has no step that could write', async () => {
		const seen: unknown[] = [];
		await playWorkflow(workflow, { start: 'Every day', tables, ours: ours(report(), seen) });
		expect(seen).toEqual([true]);
		const operations = workflow.steps
			.filter(({ type }) => type.startsWith('n8n-nodes-wix-user-sync.'))
			.map(({ parameters }) => parameters.operation);
		expect(new Set(operations)).toEqual(new Set(['getAll', undefined]));
	});

	test('keeps nothing of Match & Map but the report', () => {
		const outputs = workflow
			.outputsOf('Match & Map')
			.map((targets) => targets.map(({ node }) => node));
		expect(outputs).toEqual([[], ['Save the report']]);
	});
});
