import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { addressKey } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { STEP, withPlan } from '../../sandbox/demo/template.mts';
import {
	LINKS_TABLE,
	REVIEW_TABLE,
	type HistoryRow,
	type LinkRow,
	type ReviewRow,
} from '../../sandbox/demo/world.mts';
import {
	addressesOf,
	editable,
	endLeases,
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	reportOf,
	rowsOf,
	run,
	startAfresh,
	stepWith,
	writesOf,
	type Bench,
} from './workflows.mts';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(60);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

const tableNames = async () => {
	const { data } = await bench.calls.api<{ data: { name: string }[] }>('GET', '/data-tables');
	return data.map(({ name }) => name).sort();
};

/** What the writers of one run carried out, by the step that did it. */
const historyOf = (execution: Execution, step: string) => outputOf(execution, step, 1);

describe('Preview a sync', () => {
	it('shows the plan and the report, and writes nothing', async () => {
		const workflowId = await importWorkflow(bench, 'preview-a-sync.json');
		const execution = await run(bench, workflowId);

		expect(reportOf(execution)?.counts.linkedNow).toBeGreaterThan(10);
		const [page] = outputOf(execution, 'Show the report');
		expect(String(page?.json.html)).toContain('<html');

		expect(await writesOf(bench)).toBe(0);
		expect(await linksOf(bench)).toEqual([]);
		expect(await readTable(bench.calls, REVIEW_TABLE)).toEqual([]);
		expect(await tableNames()).toEqual([LINKS_TABLE, REVIEW_TABLE]);
	});
});

it('lets three workflows find at the same moment that the tables are missing', async () => {
	const files = ['sync-wix-contacts-and-users', 'sync-wix-members-and-users', 'preview-a-sync'];
	const ids: string[] = [];
	for (const file of files) ids.push(await importWorkflow(bench, `${file}.json`));
	for (let round = 0; round < 6; round++) {
		await startAfresh(bench);
		await Promise.all(ids.map(async (id) => await run(bench, id)));
		const names = await tableNames();
		expect(new Set(names).size).toBe(names.length);
	}
});

describe('Sync Wix contacts and users', () => {
	it('is a preview as it is imported: nothing is saved and nothing is written', async () => {
		const asShipped = stepWith(STEP.plan, { dryRun: true });
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', asShipped);
		expect(reportOf(await run(bench, workflowId))?.counts.linkedNow).toBeGreaterThan(10);
		expect(await linksOf(bench)).toEqual([]);
		expect(await writesOf(bench)).toBe(0);
	});

	it('keeps a history of each property', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		const [one, other] = await editable(bench, 2);
		await bench.servers.wix.edit(one.wixId, 'primaryInfo.email', 'in.wix@example.org');
		await bench.servers.users.edit(other.userId, USER_EMAIL, 'in.youtrack@example.org');
		const before = { one: await addressesOf(bench, one), other: await addressesOf(bench, other) };
		await run(bench, workflowId);

		const rows = await readTable<HistoryRow>(bench.calls, HISTORY_TABLE);
		expect(rows.sort((left, right) => left.side.localeCompare(right.side))).toEqual([
			expect.objectContaining({
				flow: 'contacts',
				side: 'users',
				operation: 'update',
				reason: 'wixEdited',
				linkId: one.linkId,
				wixId: one.wixId,
				userId: one.userId,
				property: 'primaryInfo.email',
				oldValue: before.one.user,
				newValue: 'in.wix@example.org',
				outcome: 'applied',
			}),
			expect.objectContaining({
				side: 'wix',
				reason: 'userEdited',
				linkId: other.linkId,
				property: 'primaryInfo.email',
				oldValue: before.other.wix,
				newValue: 'in.youtrack@example.org',
				outcome: 'applied',
			}),
		]);
	});

	it('leaves a row alone that another run is at, and sees once that is over that it was written', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		const [one] = await editable(bench, 1);
		await bench.servers.wix.edit(one.wixId, 'primaryInfo.email', 'once@example.org');
		await run(bench, workflowId);
		const meanwhile = await run(bench, workflowId);
		expect([rowsOf(meanwhile), reportOf(meanwhile)?.counts.waiting]).toEqual([0, 1]);
		await endLeases(bench);
		expect(rowsOf(await run(bench, workflowId))).toBe(1);
		expect(rowsOf(await run(bench, workflowId))).toBe(0);
		expect(await writesOf(bench)).toBe(1);
	});

	it('takes a trial of some people to those alone', async () => {
		await run(bench, await importWorkflow(bench, 'sync-wix-contacts-and-users.json'));
		const [one, other] = await editable(bench, 2);
		for (const [index, { wixId }] of [one, other].entries()) {
			await bench.servers.wix.edit(wixId, 'primaryInfo.email', `trial.${index}@example.org`);
		}
		const trial = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
			withPlan(node, { onlyRecords: one.wixId }),
		);
		await run(bench, trial);
		expect((await addressesOf(bench, one)).user).toBe('trial.0@example.org');
		expect((await addressesOf(bench, other)).user).not.toBe('trial.1@example.org');
	});

	it('asks each question once, and leaves its row alone as long as it stands', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		const first = await readTable<ReviewRow>(bench.calls, REVIEW_TABLE);
		await run(bench, workflowId);
		expect(await readTable<ReviewRow>(bench.calls, REVIEW_TABLE)).toEqual(first);
		expect(first.length).toBeGreaterThan(0);
		expect(new Set(first.map(({ reviewId }) => reviewId)).size).toBe(first.length);
	});

	it('creates everybody once, no more in a run than it may', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
			withPlan(node, { createMissing: 'users', writesPerRun: 2, options: { guard: false } }),
		);
		const before = (await bench.servers.users.records()).size;
		const created: number[] = [];
		let wasLast = false;
		while (created.length < 12 && !wasLast) {
			const execution = await run(bench, workflowId);
			created.push(historyOf(execution, STEP.writeUsers).length);
			wasLast = created.length > 1 && created.at(-1) === 0;
		}
		expect(wasLast).toBe(true);
		// The run that links sends nothing
		expect(created[0]).toBe(0);
		expect(Math.max(...created)).toBe(2);
		const users = [...(await bench.servers.users.records()).values()];
		const made = created.reduce((sum, count) => sum + count, 0);
		expect(made).toBeGreaterThan(2);
		expect(users.length - before).toBe(made);
		const rows = await readTable<HistoryRow>(bench.calls, HISTORY_TABLE);
		for (const { newValue } of rows) {
			const holders = users.filter((user) =>
				JSON.stringify(user.profile).includes(`"${newValue}"`),
			);
			expect([newValue, holders.length]).toEqual([newValue, 1]);
		}
	});
});

describe('Sync Wix contacts, members and users', () => {
	it('lets the member flow own whoever is a member, and no address flip back', async () => {
		const alone = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, alone);
		const both = await importWorkflow(bench, 'sync-wix-contacts-members-and-users.json');
		await run(bench, both);
		await run(bench, both);
		const links = await linksOf(bench);
		const linked = links.filter(({ state }) => state === 'linked');
		expect(new Set(linked.map(({ userId }) => userId)).size).toBe(linked.length);
		const ofMembers = linked.filter(({ flow }) => flow === 'members');
		expect(ofMembers.length).toBeGreaterThan(2);

		const members = await bench.servers.wix.records('members');
		const contactIds = new Set(ofMembers.map(({ wixId }) => String(members.get(wixId)?.contactId)));
		const ofContacts = linked.filter(({ flow }) => flow === 'contacts');
		expect(ofContacts.filter(({ wixId }) => contactIds.has(wixId))).toEqual([]);

		const [member] = ofMembers as [LinkRow];
		const [contact] = ofContacts as [LinkRow];
		await bench.servers.wix.edit(member.wixId, 'loginEmail', 'member.moves@example.org');
		await bench.servers.users.edit(contact.userId, USER_EMAIL, 'user.moves@example.org');
		const second = await run(bench, both);
		expect(historyOf(second, 'Write to users (members)')).toHaveLength(1);
		expect(historyOf(second, 'Write to Wix contacts')).toHaveLength(1);
		expect(historyOf(second, 'Write to users (contacts)')).toEqual([]);
		expect(historyOf(second, 'Write to Wix members')).toEqual([]);
		for (const link of [member, contact]) {
			const { wix, user } = await addressesOf(bench, link);
			expect(addressKey(user)).toBe(addressKey(wix));
		}
		await endLeases(bench);
		await run(bench, both);
		const writes = await writesOf(bench);
		const last = await run(bench, both);
		expect(await writesOf(bench)).toBe(writes);
		expect(rowsOf(last, `${STEP.plan} (members)`)).toBe(0);
		expect(rowsOf(last, `${STEP.plan} (contacts)`)).toBe(0);
	});
});

it('says which step failed when a side cannot be read, and writes nothing', async () => {
	const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
		stepWith('Get users', { system: 'okta' })(node),
	);
	const failed = await runByHand(bench.calls, workflowId, STEP.byHand);
	expect(failureOf(failed)).toContain('Get users');
	expect(await writesOf(bench)).toBe(0);
});
