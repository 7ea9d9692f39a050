import { readTable } from '../../runtime/dataTables.mts';
import { failureOf, runByHand } from '../../runtime/executions.mts';
import { flows, type FlowName } from '../../sandbox/demo/flow.mts';
import { sameAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { STEP } from '../../sandbox/demo/template.mts';
import {
	lookAround,
	REVIEW_TABLE,
	type LinkRow,
	type ReviewRow,
} from '../../sandbox/demo/world.mts';
import { plainLinks } from './plainLinks.mts';
import {
	addressesOf,
	endLeases,
	HISTORY_TABLE,
	importWorkflow,
	openBench,
	run,
	startAfresh,
	writesOf,
	type Bench,
} from './workflows.mts';

/** Every workflow that makes full runs, through the same rounds: what people do on both sides, and one record that cannot be written. */
const syncs: ReadonlyArray<[file: string, flows: readonly FlowName[]]> = [
	['sync-wix-contacts-and-users.json', ['contacts']],
	['sync-wix-members-and-users.json', ['members']],
	['sync-wix-contacts-members-and-users.json', ['members', 'contacts']],
];

/** Five linked pairs of a flow, by what happens to them. */
interface Cast {
	flow: FlowName;
	inWix: LinkRow;
	inUsers: LinkRow;
	/** Edited in Wix; the user cannot be written for a while. */
	failing: LinkRow;
	goneInWix: LinkRow;
	goneInUsers: LinkRow;
}

let bench: Bench;
beforeAll(async () => {
	bench = await openBench(80);
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => await startAfresh(bench));

describe.each(syncs)('%s', (file, names) => {
	it('carries round after round of edits, whatever happens to some', async () => {
		const workflowId = await importWorkflow(bench, file);
		for (let runs = 0; runs < 2; runs++) await run(bench, workflowId);
		const casts: Cast[] = [];
		for (const name of names) casts.push(await castOf(name));

		for (const cast of casts) await firstRound(cast);
		const failed = await runByHand(bench.calls, workflowId, STEP.byHand);
		expect(failureOf(failed)).toContain('Not everything was sent');
		for (const cast of casts) await afterTheFirstRound(cast);

		// Now both sides are seen to hold what was sent
		await runAfterLeases(workflowId);
		for (const cast of casts) await expectRefusal(cast);
		for (const cast of casts) await secondRound(cast);
		await runAfterLeases(workflowId);
		await runAfterLeases(workflowId);
		for (const cast of casts) await afterTheSecondRound(cast);

		const writes = await writesOf(bench);
		await runAfterLeases(workflowId);
		expect(await writesOf(bench)).toBe(writes);
	});
});

/** A run some minutes later: what the run before sent is free again. */
async function runAfterLeases(workflowId: string): Promise<void> {
	await endLeases(bench);
	await run(bench, workflowId);
}

async function castOf(flow: FlowName): Promise<Cast> {
	const world = await lookAround(bench.servers, bench.calls, flows[flow]);
	const agreeing: LinkRow[] = [];
	for (const link of flow === 'contacts' ? plainLinks(world) : world.links) {
		const { wix, user } = await addressesOf(bench, link);
		if (link.state === 'linked' && wix !== '' && sameAddress(wix, user)) agreeing.push(link);
	}
	const [inWix, inUsers, failing, goneInWix, goneInUsers] = agreeing;
	if (!inWix || !inUsers || !failing || !goneInWix || !goneInUsers) {
		throw new Error(`Too few people: ${agreeing.length} pairs of ${flow}`);
	}
	return { flow, inWix, inUsers, failing, goneInWix, goneInUsers };
}

const editInWix = async ({ wixId, flow }: LinkRow, value: string) =>
	await bench.servers.wix.edit(wixId, flows[flow as FlowName].address, value);

const editUser = async ({ userId }: LinkRow, value: string) =>
	await bench.servers.users.edit(userId, USER_EMAIL, value);

async function firstRound({ flow, inWix, inUsers, failing, goneInWix, goneInUsers }: Cast) {
	const { wix, users } = bench.servers;
	await editInWix(inWix, `${flow}.one@example.org`);
	await editUser(inUsers, `${flow}.two@example.org`);
	await editInWix(failing, `${flow}.three@example.org`);
	await users.answer({
		method: 'POST',
		path: `/hub/api/rest/users/${failing.userId}`,
		status: 403,
		text: 'Not by this gateway',
	});
	await wix.remove(goneInWix.wixId);
	await users.remove(goneInUsers.userId);
}

async function afterTheFirstRound({ flow, inWix, inUsers, failing }: Cast): Promise<void> {
	expect((await addressesOf(bench, inWix)).user).toBe(`${flow}.one@example.org`);
	await expectEditOfUser(inUsers, `${flow}.two@example.org`);
	expect((await addressesOf(bench, failing)).user).not.toBe(`${flow}.three@example.org`);
	const history = await readTable(bench.calls, HISTORY_TABLE);
	const outcomes = history.filter(({ linkId }) => linkId === failing.linkId);
	expect(outcomes.map(({ outcome }) => outcome)).toEqual(['failed']);
}

/** The edit of before goes through now, and so do new ones. */
async function secondRound({ flow, inWix, inUsers }: Cast): Promise<void> {
	await editInWix(inUsers, `${flow}.four@example.org`);
	if (flow === 'contacts') await editUser(inWix, `${flow}.five@example.org`);
	else await editInWix(inWix, `${flow}.five@example.org`);
}

async function afterTheSecondRound(cast: Cast): Promise<void> {
	const { flow, inWix, inUsers, failing, goneInWix, goneInUsers } = cast;
	const both = (address: string) => ({ wix: address, user: address });
	expect(await addressesOf(bench, inWix)).toEqual(both(`${flow}.five@example.org`));
	expect(await addressesOf(bench, failing)).toEqual(both(`${flow}.three@example.org`));
	if (flow === 'contacts') {
		expect(await addressesOf(bench, inUsers)).toEqual(both(`${flow}.four@example.org`));
	}
	// Nobody is deleted or made again because the other record is gone
	expect((await addressesOf(bench, goneInWix)).user).not.toBe('');
	expect((await addressesOf(bench, goneInUsers)).wix).not.toBe('');
	const matters = await mattersOf('vanished');
	expect(matters).toEqual(
		expect.arrayContaining([
			expect.stringContaining(goneInWix.userId),
			expect.stringContaining(goneInUsers.wixId),
		]),
	);
}

/** A contact takes it over; a member's login email cannot be changed through Wix's API. */
async function expectEditOfUser(link: LinkRow, value: string): Promise<void> {
	const { wix, user } = await addressesOf(bench, link);
	expect(user).toBe(value);
	if (link.flow === 'contacts') expect(wix).toBe(value);
	else expect(wix).not.toBe(value);
}

/** What Wix refused waits for a person. */
async function expectRefusal({ flow, inUsers }: Cast): Promise<void> {
	if (flow === 'contacts') return;
	expect(await mattersOf('refused')).toEqual([expect.stringContaining(inUsers.wixId)]);
}

async function mattersOf(reason: string): Promise<string[]> {
	const rows = await readTable<ReviewRow>(bench.calls, REVIEW_TABLE);
	return rows
		.filter((row) => row.reason === reason && row.state === 'open')
		.map(({ wixIds, userIds }) => `${wixIds} ${userIds}`);
}
