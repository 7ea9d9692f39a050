import { setTimeout as wait } from 'node:timers/promises';
import { changeRow, readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand } from '../../runtime/executions.mts';
import { flows } from '../../sandbox/demo/flow.mts';
import { print } from '../../sandbox/demo/print.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { OUTPUT, STEP, withPlan } from '../../sandbox/demo/template.mts';
import {
	LINKS_TABLE,
	lookAround,
	REVIEW_TABLE,
	type ReviewRow,
} from '../../sandbox/demo/world.mts';
import { populate } from '../torture/stage.mts';
import { madeTwice } from '../torture/ledger.mts';
import { overlappingRuns, settleInPairs, sizes, startRuns } from './overlap.mts';
import {
	addressesOf,
	editable,
	importWorkflow,
	linksOf,
	rowsOf,
	run,
	settle,
	writesOf,
	type Bench,
} from './workflows.mts';

const SYNC = 'sync-wix-contacts-and-users.json';
const LAG_MS = 4000;
/** How late the servers answer, so that the next run reads the rows before this one adds some. */
const SLOW_MS = 2000;

/** What runs of one workflow that overlap must not do, on any n8n. */
export function describeOverlap(benchOf: () => Bench): void {
	it.each([0, 2500])(
		'three runs %i ms apart carry over each edit once, and ask nobody',
		async (apartMs) => {
			const bench = benchOf();
			await populate(bench, 3, sizes.people);
			const result = await overlappingRuns(bench, apartMs);
			print(`${apartMs} ms apart: ${JSON.stringify(result)}`);
			expect(result).toMatchObject({ lost: [], conflicts: 0, failures: [] });
			expect(result.writes).toBe(result.edits);
			// Else nothing was tried
			expect(result.sideBySide).toBeGreaterThan(1);
			if (apartMs === 0) expect(result.raced).toBeGreaterThan(0);
		},
	);

	it.each([2, 3, 4])(
		'%i first runs a second apart: each person is one row in the end',
		async (runs) => {
			const bench = benchOf();
			await populate(bench, 4, sizes.people);
			const workflowId = await importWorkflow(bench, SYNC);
			await answerAfter(bench, SLOW_MS);
			const executions = await startRuns(bench, workflowId, { runs, apartMs: 1000 });
			await answerAfter(bench, 0);
			expect(executions.flatMap((each) => failureOf(each) ?? [])).toEqual([]);
			const added = (await linksOf(bench)).length;
			const [firstRows] = executions.map((each) => rowsOf(each));
			const startedAt = Date.now();
			const runsAfter = await settle(bench, workflowId);
			const links = await linksOf(bench);
			print(
				`${runs} first runs: ${added} rows, ${links.length} in the end, ${runsAfter} runs after, ${Date.now() - startedAt} ms`,
			);
			expectEachOnce(links);
			expect(links.length).toBe(firstRows);
			// Else nothing was tried
			expect(added).toBeGreaterThan(links.length);
			expect(await writesOf(bench)).toBe(0);
		},
	);

	it('two first runs that create users double nobody, and lose no new user, though lists are late', async () => {
		const bench = benchOf();
		const { servers } = bench;
		await populate(bench, 5, sizes.people);
		const before = await servers.users.records();
		for (const server of [servers.wix, servers.users]) await server.behave({ queryLagMs: LAG_MS });
		const workflowId = await importWorkflow(bench, SYNC, (node) =>
			withPlan(node, { createMissing: 'users', options: { guard: false } }),
		);
		await answerAfter(bench, SLOW_MS);
		await startRuns(bench, workflowId, { runs: 2, apartMs: 1000 });
		await answerAfter(bench, 0);
		const added = await linksOf(bench);
		await settleInPairs(bench, workflowId, LAG_MS + 500);

		const users = await servers.users.records();
		const made = [...users.keys()].filter((id) => !before.has(id));
		expect(made.length).toBeGreaterThan(0);
		expect(madeTwice(new Set(before.keys()), users, servers.system.addressOf, [])).toEqual([]);
		const links = await linksOf(bench);
		expect(added.length).toBeGreaterThan(links.length);
		expectEachOnce(links);
		const linked = new Set(links.map(({ userId }) => userId));
		expect(made.filter((id) => !linked.has(id))).toEqual([]);
		expect(await writesOf(bench)).toBe(made.length);
	});

	it('what a person enters in the tables while a run goes on stands', async () => {
		const bench = benchOf();
		const { servers, calls } = bench;
		await populate(bench, 6, 60);
		const workflowId = await importWorkflow(bench, SYNC);
		await settle(bench, workflowId);
		const [apart, asked] = await editable(bench, 2);
		const { wix: wixBefore, users: usersBefore } = await lookAround(servers, calls);
		expect([wixBefore.has(apart.wixId), usersBefore.has(apart.userId)]).toEqual([true, true]);
		await servers.wix.edit(asked.wixId, flows.contacts.address, 'from.wix@example.org');
		await servers.users.edit(asked.userId, USER_EMAIL, 'from.users@example.org');
		await run(bench, workflowId);
		const held = await addressesOf(bench, apart);
		await servers.wix.edit(apart.wixId, flows.contacts.address, 'not.for.the.user@example.org');
		const writes = await writesOf(bench);

		// The rows are read at once, the lists after two seconds
		await answerAfter(bench, SLOW_MS);
		const running = runByHand(calls, workflowId, STEP.byHand);
		await wait(1500);
		const [question] = (await readTable<ReviewRow>(calls, REVIEW_TABLE)).filter(
			({ reason }) => reason === 'bothEdited',
		);
		const note = { state: 'keepApart', note: 'Two people with one name' };
		await changeRow(calls, LINKS_TABLE, Number(apart.id), note);
		await changeRow(calls, REVIEW_TABLE, Number(question?.id), { answer: 'wixWins' });
		const execution = await running;
		expect(failureOf(execution)).toBeUndefined();
		await answerAfter(bench, 0);
		const rowOf = async () => (await linksOf(bench)).find(({ linkId }) => linkId === apart.linkId);
		const linkIds = (step: string, output: number) =>
			outputOf(execution, step, output).map(({ json }) => json.linkId);
		// This run had read the row before, and meant to write
		expect(linkIds(STEP.plan, OUTPUT.changedLinks)).toContain(apart.linkId);
		expect(linkIds('Save changed links', 0)).not.toContain(apart.linkId);
		expect(await rowOf()).toMatchObject(note);

		await settle(bench, workflowId);
		expect(await rowOf()).toMatchObject(note);
		expect((await addressesOf(bench, apart)).user).toBe(held.user);
		expect(await addressesOf(bench, asked)).toEqual({
			wix: 'from.wix@example.org',
			user: 'from.wix@example.org',
		});
		expect(await writesOf(bench)).toBe(writes + 1);
		const open = await readTable<ReviewRow>(calls, REVIEW_TABLE);
		expect(open.filter(({ reviewId }) => reviewId === question?.reviewId)).toEqual([]);
	});
}

async function answerAfter({ servers }: Bench, answerAfterMs: number): Promise<void> {
	for (const server of [servers.wix, servers.users]) await server.behave({ answerAfterMs });
}

function expectEachOnce(links: Awaited<ReturnType<typeof linksOf>>): void {
	for (const key of ['linkId', 'wixId', 'userId'] as const) {
		const ids = links.map((link) => link[key]).filter((id) => id !== '');
		expect([key, new Set(ids).size]).toEqual([key, ids.length]);
	}
}
