import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, outputOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { addressKey, isMembersContact, wixAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import {
	activate,
	STEP,
	withParameters,
	withSetting,
	type TemplateNode,
} from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE, type LinkRow } from '../../sandbox/demo/world.mts';
import {
	addressesOf,
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	run,
	RUNS_TABLE,
	runsGoingOn,
	startAfresh,
	untilNoRun,
	writesOf,
	type Bench,
} from './workflows.mts';
import { until } from './triggers.mts';

const WIX_CHANGES = 'When a Wix contact changes';
const USER_CHANGES = 'When a user changes';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(60);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

const stepWith = (name: string, more: Record<string, unknown>) => (node: TemplateNode) =>
	node.name === name ? withParameters(node, more) : node;

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
		const [one, other] = await editable(2);
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
		const [one, other] = await editable(2);
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

describe('Sync changes as they happen', () => {
	/** n8n permits no single entry below a minute, but a list of them. */
	const often = {
		pollTimes: {
			item: Array.from({ length: 20 }, (_, index) => ({
				mode: 'custom',
				cronExpression: `${index * 3} * * * * *`,
			})),
		},
	};
	const quick = (node: TemplateNode) =>
		[WIX_CHANGES, USER_CHANGES].reduce((changed, name) => stepWith(name, often)(changed), node);

	it('carries an edit over on either side, and leaves to the full run what only that can decide', async () => {
		const workflowId = await importWorkflow(bench, 'sync-changes-as-they-happen.json', quick);
		await run(bench, workflowId);
		await run(bench, workflowId);
		const [one, other] = await editable(2);
		const polls = await requestsOf(bench);
		await activate(bench.calls, workflowId);
		await until('the first polls, which note what is there', async () =>
			(await requestsOf(bench)).every((total, server) => total > (polls[server] ?? 0) + 1)
				? true
				: undefined,
		);
		await bench.servers.wix.edit(one.wixId, 'primaryInfo.email', 'one.in.wix@example.org');
		await bench.servers.users.edit(other.userId, USER_EMAIL, 'other.in.youtrack@example.org');
		await until(
			'both edits are carried over',
			async () => {
				const [first, second] = [await addressesOf(bench, one), await addressesOf(bench, other)];
				return first.user === 'one.in.wix@example.org' &&
					second.wix === 'other.in.youtrack@example.org'
					? true
					: undefined;
			},
			120,
		);

		const unlinked = await lonePair();
		const before = await finishedOnItsOwn(workflowId);
		await bench.servers.users.edit(unlinked.userId, USER_EMAIL, unlinked.address);
		await until(
			'a run for the user whose address fits now',
			async () => ((await finishedOnItsOwn(workflowId)) > before ? true : undefined),
			120,
		);
		await bench.calls.api('POST', `/workflows/${workflowId}/deactivate`);
		await untilNoRun(bench, workflowId);
		const isLinked = async () =>
			(await linksOf(bench)).some(({ wixId }) => wixId === unlinked.wixId);
		expect(await isLinked()).toBe(false);
		await run(bench, workflowId);
		expect(await isLinked()).toBe(true);
		await run(bench, workflowId);
		const writes = await writesOf(bench);
		await run(bench, workflowId);
		expect(await writesOf(bench)).toBe(writes);
	});
});

/** Linked pairs whose contact is no member, and whose addresses agree. */
async function editable(count: number): Promise<[LinkRow, LinkRow]> {
	const contacts = await bench.servers.wix.records();
	const plain = (await linksOf(bench)).filter(
		({ wixId, pending }) => !pending && !JSON.stringify(contacts.get(wixId)).includes('membership'),
	);
	expect(plain.length).toBeGreaterThanOrEqual(count);
	return plain.slice(0, count) as [LinkRow, LinkRow];
}

/** A contact and a user who are in no link, and the contact's address, which nobody else has. */
async function lonePair(): Promise<{ wixId: string; userId: string; address: string }> {
	const links = await linksOf(bench);
	const [wix, users] = [await bench.servers.wix.records(), await bench.servers.users.records()];
	const linked = new Set(links.flatMap(({ wixId, userId }) => [wixId, userId]));
	const all = [...wix.values(), ...users.values()].map((record) => JSON.stringify(record));
	const contact = [...wix.values()].find((each) => {
		const address = wixAddress(each);
		if (address === '' || linked.has(String(each.id)) || isMembersContact(each)) return false;
		return all.filter((text) => text.includes(address)).length === 1;
	});
	const user = [...users.values()].find(
		({ id, guest, banned, profile }) =>
			!linked.has(String(id)) && !guest && !banned && JSON.stringify(profile).includes('@'),
	);
	if (!contact || !user) throw new Error('Nobody is left over');
	return { wixId: String(contact.id), userId: String(user.id), address: wixAddress(contact) };
}

const requestsOf = async ({ servers }: Bench) => [
	(await servers.wix.requests()).total,
	(await servers.users.requests()).total,
];

/** How many runs of a workflow that its triggers started have ended well. */
async function finishedOnItsOwn(workflowId: string): Promise<number> {
	const { data } = await bench.calls.api<{ data: Execution[] }>(
		'GET',
		`/executions?workflowId=${workflowId}&status=success&limit=250`,
	);
	return data.filter(({ mode }) => mode === 'trigger').length;
}

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
