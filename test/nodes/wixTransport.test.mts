import type { IDataObject } from 'n8n-workflow';

import { clock as nodeClock } from '../../nodes/shared/clock';
import { byId, contactOf, runOn } from './wixRun.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

jest.setTimeout(120_000);

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await world.wix.put({ contacts: [], members: [] });
});
afterEach(() => {
	clock.restore();
	jest.restoreAllMocks();
});

const run = runOn(() => world, 'contact');
const pace = (requestsPerMinute: number) => ({ requestOptions: { requestsPerMinute } });
const limitTo = async (requestsPerMinute: number) =>
	await fetch(`${world.sandbox.wixUrl}/sandbox/limits`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ requestsPerMinute }),
	});
const named = (count: number): IDataObject[] =>
	Array.from({ length: count }, (_, index) => ({ name: `n${index}` }));
const create = { additionalFields: { firstName: '={{ $json.name }}' } };

describe('Requests per Minute', () => {
	// The sandbox counts by the same clock as the node, so that its minute is the node's.
	const shareTheClock = () => {
		jest.spyOn(Date, 'now').mockImplementation(() => nodeClock.now());
	};

	test('under a limit of 200 a minute 1,000 single writes reach 95 % of it, and none fails', async () => {
		shareTheClock();
		await limitTo(200);
		const before = nodeClock.now();
		const { json, error } = await run('create', { ...create, ...pace(190) }, named(1_000));
		const minutes = (nodeClock.now() - before) / 60_000;
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1_000);
		expect(new Set(json.map(({ id }) => id)).size).toBe(1_000);
		expect(1_000 / minutes).toBeGreaterThanOrEqual(0.95 * 200);
		// None was refused: a refused call is one more request.
		expect((await world.wix.requests()).total).toBe(1_000);
	});

	test('a run that asks for more than the limit is held back by 429, and none fails', async () => {
		shareTheClock();
		await limitTo(200);
		const { json, error } = await run('create', { ...create, ...pace(1_000) }, named(450));
		expect(error).toBeUndefined();
		expect(json).toHaveLength(450);
		expect((await world.wix.requests()).total).toBeGreaterThan(450);
	});

	test('the default is 180: after the first ten, one every third of a second', async () => {
		const before = nodeClock.now();
		await run('create', create, named(190));
		expect((nodeClock.now() - before) / 1_000).toBeCloseTo(60, 0);
		const longest = Math.max(...clock.waits);
		expect(longest).toBeGreaterThanOrEqual(333);
		expect(longest).toBeLessThanOrEqual(335);
	});

	test('ten requests need not wait, and 0 means no pace at all', async () => {
		await run('create', create, named(10));
		await run('create', { ...create, ...pace(0) }, named(50));
		expect(clock.waits).toEqual([]);
	});

	test('a number that is none is refused by name', async () => {
		const { error } = await run('create', {
			...create,
			requestOptions: { requestsPerMinute: '={{ "fast" }}' },
		});
		expect(error?.message).toContain("'Requests per Minute'");
	});
});

test('a mark that lets later reads show earlier writes is sent back, the newest one', async () => {
	await world.wix.put({ contacts: [contactOf('c1', 'a@example.com')], members: [] });
	const seen: Array<string | undefined> = [];
	const { error } = await throughProxy(
		world,
		'wix',
		({ headers, method }) => {
			seen.push(headers['x-wix-consistent']);
			if (method !== 'GET') return;
			const contact = { id: 'c1', revision: 1, info: {} };
			return {
				status: 200,
				body: JSON.stringify({ contact }),
				headers: { 'x-wix-consistent': `mark-${seen.length}` },
			};
		},
		async () =>
			await run('get', { contactId: byId('={{ $json.id }}') }, [
				{ id: 'c1' },
				{ id: 'c1' },
				{ id: 'c1' },
			]),
	);
	expect(error).toBeUndefined();
	expect(seen).toEqual([undefined, 'mark-1', 'mark-2']);
});

describe('what is repeated', () => {
	const failsOnce = async (method: string, work: () => Promise<{ error?: Error | undefined }>) => {
		const calls: string[] = [];
		const done = await throughProxy(
			world,
			'wix',
			(call) => {
				calls.push(call.method);
				return call.method === method && call.nth === 0 ? { status: 500 } : undefined;
			},
			work,
		);
		return { ...done, sent: calls.filter((one) => one === method).length };
	};

	test('a read and a query are', async () => {
		await world.wix.put({ contacts: [contactOf('c1', 'a@example.com')], members: [] });
		const read = await failsOnce('GET', async () => await run('get', { contactId: byId('c1') }));
		expect([read.error, read.sent]).toEqual([undefined, 2]);
		const query = await failsOnce('POST', async () => await run('getAll', { returnAll: true }));
		expect([query.error, query.sent]).toEqual([undefined, 2]);
	});

	test('an update under a revision is, after looking', async () => {
		await world.wix.put({ contacts: [contactOf('c1', 'a@example.com')], members: [] });
		const update = await failsOnce(
			'PATCH',
			async () =>
				await run('update', { contactId: byId('c1'), updateFields: { company: 'Tidewater' } }),
		);
		expect([update.error, update.sent]).toEqual([undefined, 2]);
	});

	test('a creation that looks for nobody first is not', async () => {
		const made = await failsOnce(
			'POST',
			async () => await run('create', { additionalFields: { firstName: 'Ada' } }),
		);
		expect(made.sent).toBe(1);
		expect(made.error?.message).toContain('HTTP 500');
	});
});
