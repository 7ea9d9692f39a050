import { valueNamed } from '../../runtime/entries.mts';
import { pagingLimits } from '../../nodes/WixCrm/transport';
import { contactOf, runOn } from './wixRun.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

jest.setTimeout(60_000);

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { deepest } = pagingLimits;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => {
	clock.restore();
	pagingLimits.deepest = deepest;
});

const run = runOn(() => world, 'contact');
const queries = 'POST /contacts/v4/contacts/query';

/** `count` contacts, each made a second after the one before, but for those that `sameDate` says. */
async function put(count: number, sameDate = (_index: number) => false): Promise<string[]> {
	const start = Date.parse('2026-01-01T00:00:00.000Z');
	let time = start;
	const contacts = Array.from({ length: count }, (_, index) => {
		if (!sameDate(index)) time += 1_000;
		const createdDate = new Date(time).toISOString();
		return { ...contactOf(`c${index}`, `p${index}@example.com`), id: `c${index}`, createdDate };
	});
	await world.wix.put({ contacts, members: [] });
	return contacts.map(({ id }) => String(id));
}

const ids = (json: Array<{ id?: unknown }>) => json.map(({ id }) => String(id));
const all = async (more = {}, onError?: string) =>
	await run(
		'getAll',
		{ returnAll: true, output: 'syncFields', ...more },
		undefined,
		onError === undefined ? {} : { onError },
	);

test('each page begins with the last contact of the page before it', async () => {
	const wanted = await put(2003);
	const seen: unknown[] = [];
	const { json } = await throughProxy(
		world,
		'wix',
		({ body }) => void seen.push((JSON.parse(body) as { query: { paging: unknown } }).query.paging),
		async () => await all(),
	);
	expect(ids(json)).toEqual(wanted);
	expect(seen).toEqual([0, 999, 1998].map((offset) => ({ limit: 1000, offset })));
});

test.each([
	[1, 'right at the seam', ['c999']],
	[1500, 'in the page before', Array.from({ length: 1500 }, (_, index) => `c${index}`)],
])(
	'%i contacts that are deleted %s while pages are read hide no other one',
	async (_n, _w, gone) => {
		const wanted = await put(4000);
		const { json, error } = await throughProxy(
			world,
			'wix',
			async ({ nth }) => {
				if (nth !== 1) return;
				for (const id of gone) await world.wix.remove(id);
			},
			async () => await all(),
		);
		expect(error).toBeUndefined();
		const came = new Set(ids(json));
		expect(came.size).toBe(json.length);
		const stays = wanted.filter((id) => !gone.includes(id));
		expect(stays.filter((id) => !came.has(id))).toEqual([]);
	},
);

test('a page that is shorter than what was asked for is not taken for the last one', async () => {
	const wanted = await put(1200);
	const { json } = await throughProxy(
		world,
		'wix',
		async ({ body, url }) => {
			const asked = JSON.parse(body) as { query: { paging: { limit: number } } };
			asked.query.paging.limit = Math.min(asked.query.paging.limit, 500);
			const answer = await fetch(world.sandbox.wixUrl + url, {
				method: 'POST',
				headers: { 'content-type': 'application/json', authorization: 'k', 'wix-site-id': 's' },
				body: JSON.stringify(asked),
			});
			return { status: 200, body: await answer.text() };
		},
		async () => await all(),
	);
	expect(ids(json)).toEqual(wanted);
});

test('without a total it ends at the first short page', async () => {
	await world.wix.behave({ tooManyToCount: true });
	const wanted = await put(1200);
	expect(ids((await all()).json)).toEqual(wanted);
	expect((await world.wix.requests()).byRoute).toEqual({ [queries]: 2 });
});

test('sorted by what changes, contacts that moved before the page are found by reading again', async () => {
	await put(1500);
	const sort = { fieldName: 'primaryInfo.email', order: 'ASC' };
	const { json, error } = await throughProxy(
		world,
		'wix',
		async ({ nth }) => {
			if (nth === 1) await world.wix.edit('c999', 'primaryInfo.email', 'a-moved@example.com');
		},
		async () => await all({ sort }),
	);
	expect(error).toBeUndefined();
	expect(new Set(ids(json)).size).toBe(1500);
});

describe('deep listings', () => {
	const watched = async (more = {}) => {
		const asked: Array<{ offset: number; created: unknown }> = [];
		const done = await throughProxy(
			world,
			'wix',
			({ body }) => {
				const { query } = JSON.parse(body) as {
					query: { paging: { offset: number }; filter: { createdDate?: unknown } };
				};
				asked.push({ offset: query.paging.offset, created: query.filter.createdDate });
			},
			async () => await all(more),
		);
		return { ...done, asked };
	};

	test('go on by the date of creation, so that no offset is deeper than the limit', async () => {
		pagingLimits.deepest = 1500;
		const wanted = await put(6000);
		const { json, asked } = await watched({ filters: { createdAfter: '2025-12-01T00:00:00Z' } });
		expect(ids(json)).toEqual(wanted);
		expect(Math.max(...asked.map(({ offset }) => offset))).toBeLessThan(1500);
		const dates = asked.map(({ created }) => (created as { $gte: string }).$gte);
		expect(dates[0]).toBe('2025-12-01T00:00:00.000Z');
		expect(new Set(dates).size).toBeGreaterThan(2);
	});

	test('go on backwards, too', async () => {
		pagingLimits.deepest = 1500;
		const wanted = await put(4000);
		const { json, asked } = await watched({ sort: { fieldName: 'createdDate', order: 'DESC' } });
		expect(ids(json)).toEqual([...wanted].reverse());
		expect(asked.at(-1)?.created).toMatchObject({ $lte: expect.any(String) as string });
	});

	test('contacts made in the same millisecond are neither lost nor doubled', async () => {
		pagingLimits.deepest = 1500;
		const wanted = await put(6000, (index) => index > 1200 && index < 5500);
		const { json } = await watched();
		expect(json).toHaveLength(6000);
		expect(new Set(ids(json))).toEqual(new Set(wanted));
	});

	test('a limit in the midst of a deep listing holds', async () => {
		pagingLimits.deepest = 1500;
		const wanted = await put(4000);
		const { json } = await run('getAll', { returnAll: false, limit: 3210, output: 'simplified' });
		expect(ids(json)).toEqual(wanted.slice(0, 3210));
	});
});

describe('a listing that could not be read whole', () => {
	const breaksOff = async (onError?: string) =>
		await throughProxy(
			world,
			'wix',
			({ nth }) =>
				nth >= 2 ? { status: 503, headers: { 'x-wix-request-id': '17.42' } } : undefined,
			async () => await all({}, onError),
		);

	test('is an error that says how far it came', async () => {
		await put(4000);
		const { error, json } = await breaksOff();
		expect(error?.message).toBe(
			'After 1999 contacts: Wix could not process the request (HTTP 503, request id 17.42)',
		);
		expect(json).toEqual([]);
	});

	test('on the regular output what was read comes with an error item behind it', async () => {
		await put(4000);
		const { items, json } = await breaksOff('continueRegularOutput');
		expect(json).toHaveLength(2000);
		expect(json.at(-1)).toEqual({
			error: expect.stringContaining('After 1999 contacts') as string,
		});
		expect(items.at(-1)?.error).toBeDefined();
		expect(items.at(-1)?.pairedItem).toEqual({ item: 0 });
	});

	test('with an error output nothing comes on the regular one: half a list would pass for all of it', async () => {
		await put(4000);
		const { outputs } = await breaksOff('continueErrorOutput');
		expect(valueNamed(outputs, 'Node')[0]).toEqual([]);
		expect(valueNamed(outputs, 'Node')[1]).toHaveLength(1);
	});

	test('an answer that is no list is no empty list', async () => {
		const { error } = await throughProxy(
			world,
			'wix',
			() => ({ status: 200, body: '{}', headers: { 'x-wix-request-id': '17.43' } }),
			async () => await all(),
		);
		expect(error?.message).toContain('was cut off');
		expect(error?.message).toContain('17.43');
	});
});
