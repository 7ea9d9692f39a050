import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand } from '../../runtime/executions.mts';
import { addressKey } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { STEP, withSetting, type TemplateNode } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE, type LinkRow } from '../../sandbox/demo/world.mts';
import {
	addressesOf,
	editable,
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	run,
	RUNS_TABLE,
	runsGoingOn,
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

const sentItems = (execution: Parameters<typeof outputOf>[0], ...steps: string[]) =>
	steps.flatMap((step) => outputOf(execution, step));

describe('Preview a sync', () => {
	it('shows the plan and the report, names ten people, and writes nothing', async () => {
		const workflowId = await importWorkflow(bench, 'preview-a-sync.json');
		const execution = await run(bench, workflowId);

		const links = outputOf(execution, 'Links it would save').map(
			({ json }) => json.link as LinkRow,
		);
		expect(links.length).toBeGreaterThan(10);
		const [page] = outputOf(execution, 'Show the report');
		expect(String(page?.json.html)).toContain('<html');
		const [trial] = outputOf(execution, 'Pick ten people for a trial');
		const picked = String(trial?.json['Only these people']).split(', ');
		expect(picked).toHaveLength(10);
		expect(links.map(({ wixId }) => wixId)).toEqual(expect.arrayContaining(picked));

		expect(await writesOf(bench)).toBe(0);
		expect(await linksOf(bench)).toEqual([]);
		const tables = await bench.calls.api<{ data: { name: string }[] }>('GET', '/data-tables');
		expect(tables.data.map(({ name }) => name)).toEqual([LINKS_TABLE]);
	});
});

it('lets three workflows find at the same moment that the tables are missing', async () => {
	const files = ['sync-wix-contacts-and-users', 'sync-wix-members-and-users', 'preview-a-sync'];
	const ids: string[] = [];
	for (const file of files) ids.push(await importWorkflow(bench, `${file}.json`));
	for (let round = 0; round < 6; round++) {
		await startAfresh(bench);
		await Promise.all(ids.map(async (id) => await run(bench, id)));
		const { data } = await bench.calls.api<{ data: { name: string }[] }>('GET', '/data-tables');
		expect(new Set(data.map(({ name }) => name)).size).toBe(data.length);
	}
});

describe('Sync Wix contacts and users', () => {
	it('keeps a history of each property, and lets runs end', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		const [one, other] = await editable(bench, 2);
		await bench.servers.wix.edit(one.wixId, 'primaryInfo.email', 'in.wix@example.org');
		await bench.servers.users.edit(other.userId, USER_EMAIL, 'in.youtrack@example.org');
		const before = { one: await addressesOf(bench, one), other: await addressesOf(bench, other) };
		const execution = await run(bench, workflowId);

		const rows = await readTable(bench.calls, HISTORY_TABLE);
		expect(rows).toEqual([
			expect.objectContaining({
				run: execution.id,
				flow: 'contacts',
				side: 'users',
				operation: 'update',
				reason: 'wixEdited',
				linkId: one.linkId,
				wixId: one.wixId,
				userId: one.userId,
				property: 'profile.email.email',
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
		expect(await runsGoingOn(bench)).toEqual([]);
	});

	it('takes a trial of some people to those alone', async () => {
		await run(bench, await importWorkflow(bench, 'sync-wix-contacts-and-users.json'));
		const [one, other] = await editable(bench, 2);
		for (const [index, { wixId }] of [one, other].entries()) {
			await bench.servers.wix.edit(wixId, 'primaryInfo.email', `trial.${index}@example.org`);
		}
		const trial = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
			withSetting(node, 'Only these people', one.wixId),
		);
		await run(bench, trial);
		expect((await addressesOf(bench, one)).user).toBe('trial.0@example.org');
		expect((await addressesOf(bench, other)).user).not.toBe('trial.1@example.org');
	});

	it('steps aside while another run is going on, and takes over from a run by hand', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		await leaveARun('on its own: contacts', 60);
		const aside = await run(bench, workflowId);
		expect(outputOf(aside, 'Step aside for the other run')).toHaveLength(1);
		expect(outputOf(aside, STEP.plan, 4)).toEqual([]);
		expect(await runsGoingOn(bench)).toHaveLength(1);

		await leaveARun('by hand: contacts', 60, 'on its own: contacts');
		const taken = await run(bench, workflowId);
		expect(outputOf(taken, STEP.plan, 4)).toHaveLength(1);

		await leaveARun('on its own: contacts', -1);
		const after = await run(bench, workflowId);
		expect(outputOf(after, STEP.plan, 4)).toHaveLength(1);
		expect(await runsGoingOn(bench)).toEqual([]);
	});

	it('keeps since when a matter waits, and each matter once', async () => {
		const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, workflowId);
		const first = await readTable(bench.calls, REVIEW_TABLE);
		await run(bench, workflowId);
		const second = await readTable(bench.calls, REVIEW_TABLE);
		const waiting = (rows: typeof first) =>
			rows.map(({ reviewId, firstSeenAt }) => [reviewId, firstSeenAt]).sort();
		expect(first.length).toBeGreaterThan(0);
		expect(waiting(second)).toEqual(waiting(first));
		expect(first.map(({ seenAt }) => seenAt)).not.toContain(second[0]?.seenAt);
	});
});

describe('Sync Wix contacts, members and users', () => {
	it('lets the member flow own whoever is a member, and no address flip back', async () => {
		const alone = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, alone);
		const both = await importWorkflow(bench, 'sync-wix-contacts-members-and-users.json');
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
		expect(sentItems(second, 'Write to users (members)')).toHaveLength(1);
		expect(sentItems(second, 'Write to Wix contacts')).toHaveLength(1);
		expect(sentItems(second, 'Write to users (contacts)', 'Write to Wix members')).toEqual([]);
		for (const link of [member, contact]) {
			const { wix, user } = await addressesOf(bench, link);
			expect(addressKey(user)).toBe(addressKey(wix));
		}
		await run(bench, both);
		const writes = await writesOf(bench);
		const last = await run(bench, both);
		expect(await writesOf(bench)).toBe(writes);
		expect(outputOf(last, `${STEP.plan} (members)`)).toEqual([]);
		expect(outputOf(last, `${STEP.plan} (contacts)`)).toEqual([]);
	});
});

describe('Back fill in slices', () => {
	const slices = (node: TemplateNode) =>
		withSetting(stepWith(STEP.plan, { createMissing: 'users' })(node), 'Changes in a slice', 1);

	it('creates everybody once, a few in each run, whatever stops it in between', async () => {
		const workflowId = await importWorkflow(bench, 'back-fill-in-slices.json', slices);
		const before = (await bench.servers.users.records()).size;
		const created: number[] = [];
		let isDone = false;
		for (let slice = 0; slice < 12 && !isDone; slice++) {
			const execution = await run(bench, workflowId);
			created.push(outputOf(execution, 'Write to users').length);
			isDone = outputOf(execution, 'All is done: switch to the sync').length > 0;
		}
		expect(isDone).toBe(true);
		expect(Math.max(...created)).toBe(1);
		const users = [...(await bench.servers.users.records()).values()];
		expect(created.length).toBeGreaterThan(2);
		const rows = await readTable(bench.calls, HISTORY_TABLE);
		const given = rows.map(({ newValue }) => String(newValue));
		expect(new Set(given).size).toBe(given.length);
		expect(users.length - before).toBe(given.length);
		for (const address of given) {
			const holders = users.filter((user) => JSON.stringify(user.profile).includes(`"${address}"`));
			expect(holders).toHaveLength(1);
		}
	});
});

/** A row as a run leaves it that died; in place of those of another mode. */
async function leaveARun(mode: string, minutes: number, without?: string): Promise<void> {
	const { calls } = bench;
	const { data } = await calls.api<{ data: { id: string; name: string }[] }>('GET', '/data-tables');
	const id = data.find(({ name }) => name === RUNS_TABLE)?.id;
	if (without !== undefined) {
		const filter = {
			type: 'and',
			filters: [{ columnName: 'mode', condition: 'eq', value: without }],
		};
		await calls.api(
			'DELETE',
			`/data-tables/${id}/rows/delete?filter=${encodeURIComponent(JSON.stringify(filter))}`,
		);
	}
	// Long enough ago not to have begun at the same moment
	const now = Date.now() - 10_000;
	const row = {
		flow: 'contacts',
		mode,
		run: '0',
		startedAt: new Date(now).toISOString(),
		expiresAt: new Date(now + minutes * 60_000).toISOString(),
	};
	await calls.api('POST', `/data-tables/${id}/rows`, { data: [row] });
}

it('says which step failed when a side cannot be read, and writes nothing', async () => {
	const workflowId = await importWorkflow(bench, 'sync-wix-contacts-and-users.json', (node) =>
		stepWith('Get users', { system: 'okta' })(node),
	);
	const failed = await runByHand(bench.calls, workflowId, STEP.byHand);
	expect(failureOf(failed)).toContain('Get users');
	expect(await writesOf(bench)).toBe(0);
});
