import type { Execution } from '../../runtime/executions.mts';
import { isMembersContact, wixAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { activate, type TemplateNode } from '../../sandbox/demo/template.mts';
import { until } from './triggers.mts';
import {
	addressesOf,
	editable,
	importWorkflow,
	linksOf,
	openBench,
	reportOf,
	rowsOf,
	run,
	startAfresh,
	stepWith,
	untilNoRun,
	writesOf,
	type Bench,
} from './workflows.mts';

const WIX_CHANGES = 'When a Wix contact changes';
const USER_CHANGES = 'When a user changes';

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(60);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

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
		const fullRun = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
		await run(bench, fullRun);
		const workflowId = await importWorkflow(bench, 'sync-changes-as-they-happen.json', quick);
		const [one, other] = await editable(bench, 2);
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
		await run(bench, fullRun);
		expect(await isLinked()).toBe(true);
		// The runs of changes noted what they wrote, so no lease is left to end
		const last = await run(bench, fullRun);
		expect([rowsOf(last), reportOf(last)?.counts.waiting]).toEqual([0, 0]);
		expect(await writesOf(bench)).toBe(2);
	});
});
