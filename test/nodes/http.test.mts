import type { IDataObject } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { timeLimit } from '../../nodes/shared/Api';
import type { JsonObject } from '../../nodes/shared/contracts';
import type { NodeRun } from './harness.mts';
import {
	fastClock,
	resultIn,
	startNodesWorld,
	throughProxy,
	updateOf,
	type NodesWorld,
} from './world.mts';

jest.setTimeout(60_000);

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await world.hub.reset();
	await world.wix.put({
		contacts: [{ id: 'c1', primaryInfo: { email: 'old@example.com' } }],
		members: [],
	});
	await world.hub.put({
		users: [
			{
				id: 'u1',
				login: 'u1',
				profile: { email: { type: 'EmailJSON', verified: true, email: 'old@example.com' } },
			},
		],
	});
});
afterEach(() => clock.restore());

const sides = ['wix', 'users'] as const;
type Side = (typeof sides)[number];
const serviceOf = { wix: 'Wix', users: 'YouTrack' };

const list = async (side: Side, more?: IDataObject): Promise<NodeRun> =>
	side === 'wix'
		? await world.wixCrm(
				{ resource: 'contact', operation: 'getAll', returnAll: true },
				undefined,
				more,
			)
		: await world.targetUsers(
				{ system: 'youTrack', resource: 'user', operation: 'getAll', returnAll: true },
				undefined,
				more,
			);

const applyTo = async (side: Side, changes: IDataObject[], more?: IDataObject): Promise<NodeRun> =>
	side === 'wix'
		? await world.wixCrm({ resource: 'contact', operation: 'applyChange' }, changes, more)
		: await world.targetUsers(
				{ system: 'youTrack', resource: 'user', operation: 'applyChange' },
				changes,
				more,
			);

const recordId = { wix: 'c1', users: 'u1' };
const changeOn = (side: Side, from = 'old@example.com', to = 'new@example.com') =>
	updateOf(side, recordId[side], from, to);

async function withCredentials<T>(changes: JsonObject, work: () => Promise<T>): Promise<T> {
	const before = { ...world.credentials };
	for (const type of Object.keys(world.credentials)) {
		world.credentials[type] = { ...world.credentials[type], ...changes } as (typeof before)[string];
	}
	try {
		return await work();
	} finally {
		Object.assign(world.credentials, before);
	}
}

const saysNothingSecret = (run: NodeRun) => {
	const words = JSON.stringify([run.error?.message, run.error?.description, run.json]);
	expect(words).not.toMatch(/key-of-test|token-of-test|example\.com|invalid"/);
};

describe.each(sides)('bad input on side %s', (side) => {
	test('a wrong key', async () => {
		const run = await withCredentials(
			{ apiKey: 'invalid', token: 'invalid' },
			async () => await list(side),
		);
		expect(run.error?.message).toMatch(
			new RegExp(`^${serviceOf[side]} does not accept the (API key|permanent token) \\(HTTP 401`),
		);
		expect(run.error?.context?.itemIndex).toBe(0);
		expect(clock.waits).toEqual([]);
		saysNothingSecret(run);
	});

	test('a key without permission', async () => {
		const run = await withCredentials(
			{ apiKey: 'forbidden', token: 'forbidden' },
			async () => await list(side),
		);
		expect(run.error?.message).toContain(`${serviceOf[side]} does not permit this (HTTP 403`);
		expect(run.error?.description).toMatch(/permission|scope/);
		expect(clock.waits).toEqual([]);
	});

	test('a 403 with an empty body stops Apply Change, too, and marks nothing refused', async () => {
		const other = side === 'wix' ? world.wix : world.hub;
		await other.behave({ forbiddenEmpty: true });
		const run = await applyTo(side, [changeOn(side), changeOn(side)]);
		expect(run.error?.message).toContain('does not permit this (HTTP 403');
		expect(run.json).toEqual([]);
	});

	test('a wrong key under Continue On Fail makes error items, not results', async () => {
		const run = await withCredentials(
			{ apiKey: 'invalid', token: 'invalid' },
			async () =>
				await applyTo(side, [changeOn(side), changeOn(side)], { onError: 'continueRegularOutput' }),
		);
		expect(run.json.map((json) => Object.keys(json))).toEqual([['error'], ['error']]);
		expect((await (side === 'wix' ? world.wix : world.hub).requests()).total).toBe(1);
	});

	test('a web page', async () => {
		await (side === 'wix' ? world.wix : world.hub).behave({ htmlPage: true });
		const run = await list(side);
		expect(run.error?.message).toContain(
			`${serviceOf[side]} answered with a web page instead of data: check the URL or a proxy`,
		);
		saysNothingSecret(run);
	});

	test('a web page in the place of a 404 is no proof that a record is gone', async () => {
		const run = await throughProxy(
			world,
			side,
			() => ({
				status: 404,
				body: '<html>nothing here</html>',
				headers: { 'content-type': 'text/html' },
			}),
			async () => await applyTo(side, [changeOn(side)]),
		);
		expect(run.json).toEqual([]);
		expect(run.error?.message).toContain('web page instead of data');
	});

	test.each(['', '{}', '[]'])(
		'a 404 whose body is not the service’s own (%j) is no proof either',
		async (body) => {
			const run = await throughProxy(
				world,
				side,
				() => ({ status: 404, body }),
				async () => await applyTo(side, [changeOn(side)]),
			);
			expect(run.json).toMatchObject([{ outcome: 'failed' }]);
			expect(resultIn(run).link).toBeUndefined();
		},
	);

	test('an answer that is cut off', async () => {
		const run = await throughProxy(
			world,
			side,
			() => ({
				status: 200,
				body: '{"contacts": [{"id": "c1", "primaryInfo": {"email": "old@exam',
			}),
			async () => await list(side),
		);
		expect(run.error?.message).toContain(`The answer of ${serviceOf[side]} was cut off`);
		saysNothingSecret(run);
	});

	test('nobody there', async () => {
		const run = await withCredentials(
			{ baseUrl: 'http://127.0.0.1:9', url: 'http://127.0.0.1:9' },
			async () =>
				await applyTo(
					side,
					Array.from({ length: 50 }, () => changeOn(side)),
					{ onError: 'continueRegularOutput' },
				),
		);
		expect(run.json).toHaveLength(50);
		expect(entryAt(run.json, 49).error).toContain(`${serviceOf[side]} could not be reached`);
		// Fifty items do not wait fifty times for a server that is not there.
		expect(clock.waits).toEqual([2_000, 8_000]);
	});
});

test('a wrong site', async () => {
	const run = await withCredentials({ siteId: 'wrong-site' }, async () => await list('wix'));
	expect(run.error?.message).toMatch(/^Wix does not permit this \(HTTP 403, request id [\w.-]+\)$/);
	expect(run.error?.description).toContain('site ID');
});

describe.each(sides)('back-off on side %s', (side) => {
	test('429 is waited out as long as the service asks', async () => {
		const run = await throughProxy(
			world,
			side,
			({ nth }) => (nth === 0 ? { status: 429, headers: { 'retry-after': '17' } } : undefined),
			async () => await list(side),
		);
		expect(run.error).toBeUndefined();
		expect(clock.waits).toEqual([17_000]);
	});

	test('Retry-After may be a date', async () => {
		const until = new Date(Date.parse('2026-11-23T10:00:00Z') + 45_000).toUTCString();
		await throughProxy(
			world,
			side,
			({ nth }) => (nth === 0 ? { status: 503, headers: { 'retry-after': until } } : undefined),
			async () => await list(side),
		);
		expect(clock.waits).toEqual([45_000]);
	});

	test('without it 2, 8, 30, 60 s, then the node gives up', async () => {
		const run = await throughProxy(
			world,
			side,
			() => ({ status: 503 }),
			async () => await list(side),
		);
		expect(run.error?.message).toContain('could not process the request (HTTP 503)');
		expect(clock.waits).toEqual([2_000, 8_000, 30_000, 60_000]);
	});

	test('a wait of hours is not sat out', async () => {
		const run = await throughProxy(
			world,
			side,
			() => ({ status: 429, headers: { 'retry-after': '7200' } }),
			async () => await list(side),
		);
		expect(run.error?.message).toContain('too many requests');
		expect(clock.waits).toEqual([]);
	});

	test('an answer that does not come ends by the time limit and is asked for again', async () => {
		timeLimit.milliseconds = 150;
		const hanging: Array<() => void> = [];
		const run = await throughProxy(
			world,
			side,
			async ({ nth }) => {
				if (nth === 0) await new Promise<void>((resolve) => hanging.push(resolve));
			},
			async () => {
				const done = await list(side);
				hanging.forEach((release) => release());
				return done;
			},
		);
		expect(run.error).toBeUndefined();
		expect(run.json.length).toBeGreaterThan(0);
		expect(clock.waits).toEqual([2_000]);
	});

	test('when the service stays away half way, the rest is told as failed at once', async () => {
		let calls = 0;
		const run = await throughProxy(
			world,
			side,
			() => (calls++ === 0 ? undefined : { status: 500 }),
			async () =>
				await applyTo(side, [
					changeOn(side, 'new@example.com', 'old@example.com'),
					...Array.from({ length: 20 }, () => changeOn(side)),
				]),
		);
		expect(run.error).toBeUndefined();
		expect(run.json.map(({ outcome }) => outcome)).toEqual([
			'already',
			...Array.from({ length: 20 }, () => 'failed'),
		]);
		expect(clock.waits).toHaveLength(3 * 4);
		expect(resultIn(run, 20).message).toContain(recordId[side]);
	});
});

describe.each(sides)('under faults on side %s', (side) => {
	const kinds = ['429', '500', '503', 'resetBefore', 'resetAfter', 'html', 'truncated', 'conflict'];

	test.each([1, 2, 3])('every change ends, nothing is doubled or lost (seed %i)', async (seed) => {
		const control = side === 'wix' ? world.wix : world.hub;
		const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
		const contacts = ids.map((id) => ({ id, primaryInfo: { email: `${id}@example.com` } }));
		const users = ids.map((id) => ({
			id,
			login: id,
			profile: { email: { type: 'EmailJSON', verified: true, email: `${id}@example.com` } },
		}));
		await control.put(side === 'wix' ? { contacts, members: [] } : { users });
		const path = side === 'wix' ? 'primaryInfo.email' : 'profile.email.email';
		const changes = [
			...ids.map((id) => updateOf(side, id, `${id}@example.com`, `${id}@example.org`)),
			...ids.map((id) => ({
				...updateOf(side, '', null, `new-${id}@example.net`, {
					operation: 'create',
					set: { [path]: `new-${id}@example.net` },
					expected: {},
				}),
				defaults:
					side === 'wix' ? { 'info.name.first': id } : { name: id, login: `new-${id}@example.net` },
			})),
		];
		await control.faults({ rate: 0.3, kinds, seed });
		const runs: NodeRun[] = [];
		for (let round = 0; round < 2; round++) runs.push(await applyTo(side, changes));
		await control.faults({ rate: 0 });
		for (let round = 0; round < 2; round++) runs.push(await applyTo(side, changes));

		const state = await control.state();
		const records = valueNamed(state, side === 'wix' ? 'contacts' : 'users');
		const addressOf = (record: JsonObject) =>
			side === 'wix'
				? (record.primaryInfo as JsonObject)?.email
				: ((record.profile as JsonObject)?.email as JsonObject)?.email;
		const held = records
			.map(addressOf)
			.filter((address) => address !== undefined)
			.sort();
		const wanted = [
			...ids.map((id) => `${id}@example.org`),
			...ids.map((id) => `new-${id}@example.net`),
		].sort();
		expect(held).toEqual(wanted);
		expect(runs.at(-1)?.json.map(({ outcome }) => outcome)).toEqual([
			...ids.map(() => 'already'),
			...ids.map(() => 'exists'),
		]);
		expect(JSON.stringify(records)).not.toContain('"verified":true');
	});
});
