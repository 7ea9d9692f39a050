import type { IDataObject } from 'n8n-workflow';

import {
	resetWebhookWorld,
	startWebhookWorld,
	unpacked,
	type WebhookWorld,
} from '../sandbox/webhookWorld.mts';
import { switchedOn, type SwitchedOn } from './switchedOn.mts';

let world: WebhookWorld;
beforeAll(async () => {
	world = await startWebhookWorld();
});
afterAll(() => world.close());
beforeEach(() => resetWebhookWorld(world));

/** A trigger behind the callback URL of a Wix app. */
async function listening(parameters: IDataObject = {}): Promise<SwitchedOn> {
	const { publicKey, appId } = await world.declare();
	const all = { source: 'app', publicKey, appId, appEvents: [], options: {}, ...parameters };
	const node = switchedOn(all as never, {}, world.receiver.url);
	await node.activate();
	world.receiver.react(async (call) => (await node.call(call)).status);
	return node;
}

const edit = (id: string, value: string) =>
	world.wixControl('POST', '/edit', { id, path: 'info.name.first', value });

async function edits(count: number): Promise<string> {
	const id = await world.contact('ada@example.com');
	for (let number = 2; number <= count; number++) await edit(id, `Ada ${number}`);
	await world.deliveries();
	return id;
}

const sequencesOf = (node: SwitchedOn) => node.runs.map(({ sequence }) => Number(sequence));
const ids = (node: SwitchedOn) => node.runs.map(({ id }) => String(id));

test('events start the workflow, each with the record as Wix sends it', async () => {
	const node = await listening();
	const target = await edits(2);
	const source = await world.contact('eva@example.com');
	await world.wixControl('POST', '/merge', { targetId: target, sourceIds: [source] });
	await world.contacts('DELETE', `/${target}`);
	const statuses = (await world.deliveries()).map(({ status }) => status);
	expect(statuses).toEqual(statuses.map(() => 200));
	expect(node.runs).toMatchObject([
		{ type: 'wix.contacts.v4.contact_created', entityId: target, entity: { revision: 1 } },
		{ type: 'wix.contacts.v4.contact_updated', entity: { info: { name: { first: 'Ada 2' } } } },
		{ type: 'wix.contacts.v4.contact_created', entityId: source },
		{ type: 'wix.contacts.v4.contact_deleted', entityId: source, originatedFrom: 'merge' },
		{ type: 'wix.contacts.v4.contact_updated', entityId: target, originatedFrom: 'merge' },
		{ type: 'wix.contacts.v4.contact_merged', body: { sourceContactIds: [source] } },
		{ type: 'wix.contacts.v4.contact_deleted', entityId: target, originatedFrom: '' },
	]);
});

test('an answer that Wix does not see in time makes it send again, and nothing start again', async () => {
	const node = await listening();
	// The node has taken the message, and its answer is lost
	world.receiver.react(async (call) => {
		await node.call(call);
		return world.receiver.received.length < 4 ? 502 : 200;
	});
	await world.contact('ada@example.com');
	await world.clock(24 * 3_600_000);
	expect((await world.deliveries()).map(({ status }) => status)).toEqual([502, 502, 502, 200]);
	expect(node.runs).toHaveLength(1);
});

test('of messages that come twice at the same time one starts the workflow', async () => {
	const node = await listening();
	await world.behave({ webhookDuplicates: true });
	await edits(6);
	expect(world.receiver.received).toHaveLength(12);
	expect(sequencesOf(node)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('out of order: what comes after a later event of the record is dropped, and the last one arrives', async () => {
	const node = await listening();
	await world.behave({ webhookShuffle: 3 });
	await edits(10);
	await world.clock(60_000);
	const came = world.receiver.received.map(({ body }) =>
		Number(unpacked(body).event.entityEventSequence),
	);
	const newest = came.filter((one, index) => came.slice(0, index).every((other) => other < one));
	expect(newest.length).toBeLessThan(10);
	expect(sequencesOf(node)).toEqual(newest);
	expect(newest.at(-1)).toBe(10);
});

test('out of order with Deliver Late Events: all arrive, the late ones marked', async () => {
	const node = await listening({ options: { deliverLate: true } });
	await world.behave({ webhookShuffle: 3, webhookDuplicates: true });
	await edits(10);
	await world.clock(60_000);
	const came = sequencesOf(node);
	expect([...came].sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
	const isLate = came.map((one, index) => came.slice(0, index).some((other) => other > one));
	expect(node.runs.map((run) => run.isLate)).toEqual(isLate);
});

test('what n8n missed while it was down comes with the resends, once', async () => {
	const node = await listening();
	world.receiver.react(() => 503);
	await edits(3);
	world.receiver.react(async (call) => (await node.call(call)).status);
	await world.clock(48 * 3_600_000);
	expect(sequencesOf(node)).toEqual([1, 2, 3]);
	expect(new Set(ids(node)).size).toBe(3);
});

test('messages of another app, and for another node, start nothing', async () => {
	const node = await listening();
	const other = await listening();
	await world.declare({ appId: 'other' });
	world.receiver.react(async (call) => (await node.call(call)).status);
	await world.contact('ada@example.com');
	const statuses = (await world.deliveries()).map(({ status }) => status);
	expect(statuses).toEqual([200, 401, 401]);
	expect(node.runs).toHaveLength(1);
	expect(other.runs).toEqual([]);
	expect(await other.call(world.receiver.received[0] as never)).toMatchObject({ status: 401 });
});
