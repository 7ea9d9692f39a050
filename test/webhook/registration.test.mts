import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from '../nodes/world.mts';
import type { Fate, Passing } from '../nodes/proxy.mts';
import { automationOf } from '../sandbox/automationOf.mts';
import { startReceiver, type Receiver } from '../sandbox/receiver.mts';
import { send, wixHeaders } from '../sandbox/harness.mts';
import { switchedOn, type SwitchedOn } from './switchedOn.mts';

let world: NodesWorld;
let receiver: Receiver;
let time: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
	receiver = await startReceiver();
});
afterAll(async () => {
	await world.close();
	await receiver.close();
});
beforeEach(async () => {
	await world.wix.reset();
	receiver.received.length = 0;
	time = fastClock();
});
afterEach(() => time.restore());

const wix = (method: string, path: string, body?: JsonObject) =>
	send(method, world.sandbox.wixUrl + path, wixHeaders, body);
const automations = async () =>
	(await wix('GET', '/sandbox/automations')).body.automations as JsonObject[];
const names = async () => (await automations()).map(({ name }) => String(name)).sort();
const byHand = (call: 'delete' | 'edit', body: JsonObject) => wix('POST', `/sandbox/${call}`, body);

const three = ['contactCreated', 'labelAdded', 'memberBlocked'];
const namesOf = (events: string[]) => events.map((event) => `n8n: My workflow (${event})`);

const trigger = (automationEvents = three): SwitchedOn =>
	switchedOn(
		{ source: 'automation', automationEvents } as never,
		world.credentials,
		`${receiver.url}/webhook`,
	);

/** What an activation fails with. */
async function failureOf(work: Promise<unknown>): Promise<Error & { description?: string }> {
	return await work.then(
		() => {
			throw new Error('It did not fail.');
		},
		(error: Error) => error,
	);
}

describe('switching on', () => {
	test('makes an automation for each event, and the next time none', async () => {
		const node = trigger();
		expect(await node.isRegistered()).toBe(false);
		await node.activate();
		expect(await names()).toEqual(namesOf(three));
		expect(await automations()).toMatchObject(
			three.map(() => ({ origin: 'USER', configuration: { status: 'ACTIVE' } })),
		);
		expect(await node.isRegistered()).toBe(true);
		const before = await automations();
		await node.activate();
		expect(await automations()).toEqual(before);
	});

	test('and off again takes them back, and those of nobody else', async () => {
		const automation = automationOf('https://n8n.example/other', undefined, {
			name: 'n8n: My workflow (contactCreated)',
		});
		await wix('POST', '/automations-service/v2/automations', { automation });
		const [node, other] = [trigger(), trigger(['labelAdded'])];
		await node.activate();
		await other.activate();
		await node.deactivate();
		expect(await names()).toEqual(namesOf(['contactCreated', 'labelAdded']));
		expect(await other.isRegistered()).toBe(true);
		expect(node.kept()).toEqual({});
	});

	test.each<[string, (id: string) => Promise<unknown>]>([
		['removed', (id) => byHand('delete', { id })],
		[
			'switched off',
			(id) => byHand('edit', { id, path: 'configuration.status', value: 'INACTIVE' }),
		],
	])('finds an automation that was %s by hand, and makes it again', async (_, touch) => {
		const node = trigger();
		await node.activate();
		await touch(String((await automations())[1]?.id));
		expect(await node.isRegistered()).toBe(false);
		await node.activate();
		expect(await names()).toEqual(namesOf(three));
		expect(await node.isRegistered()).toBe(true);
	});

	test('off does not fail where everything is gone already', async () => {
		const node = trigger();
		await node.activate();
		for (const { id } of await automations()) await byHand('delete', { id: String(id) });
		await node.deactivate();
		expect(node.kept()).toEqual({});
	});

	test('off that did not reach Wix is made good by the next one', async () => {
		const node = trigger();
		await node.activate();
		const answer = { method: 'DELETE', path: '/automations-service', status: 403, skip: 1 };
		await world.wix.answer(answer);
		expect((await failureOf(node.deactivate())).message).toContain('HTTP 403');
		expect(await names()).toHaveLength(2);
		await node.deactivate();
		expect(await names()).toEqual([]);
	});
});

/** Activates through a proxy that decides what becomes of the calls that make automations. */
const activatedThrough = async (node: SwitchedOn, decide: (call: Passing) => Fate) =>
	await throughProxy(world, 'wix', decide, async () => await failureOf(node.activate()));

const isCreate = ({ method, url }: Passing) => method === 'POST' && url.endsWith('/automations');
/** A fate for the creation with this number, from 1 on. */
function onCreate(number: number, fate: Fate): (call: Passing) => Fate {
	let creates = 0;
	return (call) => (isCreate(call) && ++creates === number ? fate : undefined);
}

const path = '/automations-service/v2/automations';

describe('an activation that fails leaves none behind', () => {
	const html = { status: 200, body: '<html></html>', headers: { 'content-type': 'text/html' } };

	test('when an automation is refused', async () => {
		const node = trigger();
		const error = await activatedThrough(node, onCreate(3, { status: 403 }));
		expect(error.message).toContain('memberBlocked');
		expect(error.description).toContain('permission to manage automations');
		expect(await names()).toEqual([]);
		expect(node.kept()).toEqual({});
	});

	test('when the answer is lost, though the automation was made', async () => {
		const node = trigger();
		const error = await activatedThrough(node, onCreate(2, 'dropAfter'));
		expect(error.message).toContain('labelAdded');
		expect(await names()).toEqual([]);
	});

	test.each<[string, Fate]>([
		['is empty', { status: 200, body: '{}' }],
		['has no id', { status: 200, body: '{"automation":{}}' }],
		['is a web page', html],
	])('when the answer %s', async (_, fate) => {
		const node = trigger();
		const error = await activatedThrough(node, (call) => (isCreate(call) ? fate : undefined));
		expect(error.message).toContain('Automation n8n: My workflow (contactCreated)');
		expect(await names()).toEqual([]);
		expect(await node.isRegistered()).toBe(false);
	});

	test('or says which ones are left, and the next one deletes them', async () => {
		const node = trigger();
		const refused = onCreate(2, { status: 400 });
		const error = await activatedThrough(node, (call) =>
			call.method === 'DELETE' ? { status: 403 } : refused(call),
		);
		const left = await automations();
		expect(left).toHaveLength(1);
		expect(error.message).toContain('labelAdded');
		expect(error.description).toContain(String(left[0]?.id));
		await node.activate();
		expect(await names()).toEqual(namesOf(three));
		expect(await automations()).not.toContainEqual(left[0]);
	});

	test('also among the many of a site', async () => {
		for (let number = 0; number < 101; number++) {
			const automation = automationOf(`https://n8n.example/${number}`);
			await wix('POST', path, { automation });
		}
		const node = trigger();
		await activatedThrough(node, onCreate(3, 'dropAfter'));
		expect(await automations()).toHaveLength(101);
	});
});

describe('a run of an automation', () => {
	test('reaches the node under its secret address, and starts the workflow', async () => {
		const node = trigger();
		await node.activate();
		receiver.react(async (call) => (await node.call(call)).status);
		const info = { name: { first: 'Ada' } };
		const contactId = (await wix('POST', '/contacts/v4/contacts', { info })).at('contact.id');
		await wix('GET', '/sandbox/automations');
		expect(node.runs).toMatchObject([{ body: { data: { contactId } } }]);
		const [call] = receiver.received;
		expect(call?.path).toMatch(/^\/webhook\/hook-trigger-\d+\/wix\/[\da-f]{64}$/);
	});

	test('of another node, or of an earlier registration, is refused', async () => {
		const [node, other] = [trigger(), trigger()];
		await node.activate();
		await other.activate();
		const secretOf = (one: SwitchedOn) => String((one.kept().registration as IDataObject).secret);
		const old = secretOf(node);
		await node.deactivate();
		await node.activate();
		expect(secretOf(node)).not.toBe(old);
		for (const secret of [old, secretOf(other), ''])
			expect(await node.call({ path: `/webhook/wix/${secret}`, body: '{}' })).toMatchObject({
				status: 403,
				items: null,
			});
		expect(node.runs).toEqual([]);
	});
});
