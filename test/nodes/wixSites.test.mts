import type { IDataObject } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { byId, byUrl, runOn } from './wixRun.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const account = '77665544-3322-4110-9f8e-7d6c5b4a3928';
beforeAll(async () => {
	world = await startNodesWorld();
	world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, accountId: account };
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

const run = runOn(() => world, 'site');

const guid = (index: number) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
const many = Array.from({ length: 250 }, (_, index) => ({
	id: guid(index),
	displayName: `Site ${index}`,
	published: index % 2 === 0,
}));

interface Asked {
	query: { cursorPaging: { limit: number; cursor?: string }; filter?: IDataObject; sort?: unknown };
}

/** Answers as an account with 250 sites: the cursor stands for filter and sort, which may not come again. */
function answer(body: string) {
	const { query } = JSON.parse(body) as Asked;
	const { limit, cursor } = query.cursorPaging;
	if (limit > 100 || (cursor !== undefined && (query.filter ?? query.sort) !== undefined)) {
		return { status: 400, body: '{"message":"bad page","details":{}}' };
	}
	const start = Number(cursor ?? 0);
	const sites = many.slice(start, start + limit);
	const hasNext = start + limit < many.length;
	const cursors = hasNext ? { next: String(start + limit) } : {};
	return {
		status: 200,
		body: JSON.stringify({ sites, metadata: { count: sites.length, cursors, hasNext } }),
	};
}

const withManySites = async <T,>(work: () => Promise<T>) => {
	const bodies: Asked[] = [];
	const done = await throughProxy(
		world,
		'wix',
		({ body }) => {
			bodies.push(JSON.parse(body) as Asked);
			return answer(body);
		},
		work,
	);
	return { done, bodies };
};

test('the sites of the credential’s account, as the sandbox has them', async () => {
	const headers: Array<string | undefined> = [];
	const { json, items, error } = await throughProxy(
		world,
		'wix',
		(call) => void headers.push(call.headers['wix-account-id']),
		async () => await run('getAll', { returnAll: true }),
	);
	expect(error).toBeUndefined();
	expect(json.length).toBeGreaterThan(0);
	expect(json[0]).toMatchObject({ id: expect.any(String) as string });
	expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
	expect(new Set(headers)).toEqual(new Set([account]));
	const one = await run('get', { siteId: byId(String(entryAt(json, 0).id)) });
	expect(one.json).toEqual([json[0]]);
	expect(entryAt(one.items, 0).pairedItem).toEqual({ item: 0 });
});

test('page by page, each site once', async () => {
	const { done, bodies } = await withManySites(
		async () => await run('getAll', { returnAll: true }),
	);
	expect(done.json.map(({ id }) => id)).toEqual(many.map(({ id }) => id));
	expect(bodies).toHaveLength(3);
	expect(entryAt(bodies, 0).query.filter).toEqual({ namespace: { $in: ['WIX', 'HEADLESS'] } });
});

test('up to a limit, and no page more than needed', async () => {
	const { done, bodies } = await withManySites(
		async () => await run('getAll', { returnAll: false, limit: 120 }),
	);
	expect(done.json).toHaveLength(120);
	expect(bodies.map(({ query }) => query.cursorPaging.limit)).toEqual([100, 20]);
});

test('filtered by kind, name and whether they are published; the newest first', async () => {
	const filters = { namespaces: ['WIX'], name: 'site 24', published: true };
	const { done, bodies } = await withManySites(
		async () => await run('getAll', { returnAll: true, filters, sort: { order: 'DESC' } }),
	);
	expect(done.json.map(({ displayName }) => displayName)).toEqual([
		'Site 24',
		'Site 240',
		'Site 242',
		'Site 244',
		'Site 246',
		'Site 248',
	]);
	expect(entryAt(bodies, 0).query).toMatchObject({
		filter: { namespace: { $in: ['WIX'] } },
		sort: [{ fieldName: 'createdDate', order: 'DESC' }],
	});
});

test('one site by a page of its dashboard', async () => {
	const page = `https://manage.wix.com/dashboard/${guid(249)}/contacts`;
	const { done } = await withManySites(async () => await run('get', { siteId: byUrl(page) }));
	expect(done.json).toEqual([many[249]]);
	const gone = await withManySites(async () => await run('get', { siteId: byId('gone-1') }));
	expect(gone.done.error?.message).toBe('Wix has no site gone-1');
});

test('an account ID in the node goes before the credential’s; without any it is asked for', async () => {
	const headers: Array<string | undefined> = [];
	const other = '11111111-3322-4110-9f8e-7d6c5b4a3928';
	const credential = valueNamed(world.credentials, 'wixCrmApi');
	await throughProxy(
		world,
		'wix',
		(call) => {
			headers.push(call.headers['wix-account-id']);
			return answer(call.body);
		},
		async () => await run('getAll', { returnAll: true, accountId: other }),
	);
	expect(headers).toEqual([other, other, other]);
	world.credentials.wixCrmApi = { ...credential, accountId: '' };
	const { error } = await run('getAll', { returnAll: true });
	world.credentials.wixCrmApi = credential;
	expect(error?.message).toBe("The parameter 'Account ID' is empty");
	expect((await world.wix.requests()).total).toBe(0);
});
