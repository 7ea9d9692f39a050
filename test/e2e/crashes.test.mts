import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { comparePairs, totals } from '../../sandbox/demo/compare.mts';
import { flows } from '../../sandbox/demo/flow.mts';
import { wixAddress } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { STEP } from '../../sandbox/demo/template.mts';
import { lookAround } from '../../sandbox/demo/world.mts';
import { openN8n, setStage, type Stage } from './n8n.mts';
import { plainLinks } from './plainLinks.mts';
import { endLeases, settle } from './workflows.mts';

const EDITED = 24;
let folder = '';
let stage: Stage;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'crashes-'));
	// One by one: a kill then falls between two writes, and the servers' counts are of records
	stage = await setStage(120, folder, { ...flows.contacts, writeOptions: { write: 'oneByOne' } });
});
afterAll(async () => {
	await stage.cleanup.run();
	rmSync(folder, { recursive: true, force: true });
});

async function writesOf(): Promise<number> {
	const { wix, users } = stage.servers;
	return (await wix.requests()).writes + (await users.requests()).writes;
}

/** Starts a run, some minutes after the last one, and kills n8n as soon as the servers have seen so many writes. */
async function killAfter(writes: number): Promise<void> {
	await endLeases(stage);
	const before = await writesOf();
	const trigger = { triggerToStartFrom: { name: STEP.byHand } };
	await stage.calls.rest('POST', `/workflows/${stage.workflowId}/run`, trigger);
	while ((await writesOf()) - before < writes) await wait(2);
	await stage.server.kill();
	Object.assign(stage, await openN8n(stage.cleanup, folder));
}

it('a run that is killed at three points is finished by the next ones: nothing lost, nothing written twice', async () => {
	const { servers } = stage;
	await settle(stage, stage.workflowId);
	const links = plainLinks(await lookAround(servers, stage.calls)).slice(0, EDITED);
	expect(links).toHaveLength(EDITED);
	const writesBefore = await writesOf();
	for (const [index, { wixId, userId }] of links.entries()) {
		const address = `edited.${index}@example.org`;
		if (index % 2 === 0) await servers.wix.edit(wixId, 'primaryInfo.email', address);
		else await servers.users.edit(userId, USER_EMAIL, address);
	}

	for (const writes of [1, 7, 5]) await killAfter(writes);
	// Each run was cut off before its end: otherwise this would prove nothing.
	expect((await writesOf()) - writesBefore).toBeLessThan(EDITED);
	await settle(stage, stage.workflowId);

	const world = await lookAround(servers, stage.calls);
	const pairs = comparePairs(world);
	expect(totals(pairs)).toMatchObject({ differ: 0, inReview: 0 });
	const held = links.map(({ wixId }) => wixAddress(world.wix.get(wixId)));
	expect(held).toEqual(links.map((_, index) => `edited.${index}@example.org`));
	expect(new Set(world.links.map(({ linkId }) => linkId)).size).toBe(world.links.length);
	expect((await writesOf()) - writesBefore).toBe(EDITED);
});
