import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { byId, byUrl, contactOf, runOn, storedContact } from './wixRun.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

const run = runOn(() => world, 'label');
const list = async (filters: IDataObject = {}) =>
	(await run('getAll', { returnAll: true, filters: filters as Record<string, string> })).json;
const keys = (json: IDataObject[]) => json.map(({ key }) => key);

describe('Create or Get', () => {
	test('makes a label once, and gets the same one afterwards', async () => {
		const input = [{ name: 'Spring Fair' }, { name: 'Spring Fair' }];
		const { json, items, error } = await run('create', { displayName: '={{ $json.name }}' }, input);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([
			{ displayName: 'Spring Fair', labelType: 'USER_DEFINED', newLabel: true },
			{ displayName: 'Spring Fair', newLabel: false },
		]);
		expect(entryAt(json, 0).key).toBe(entryAt(json, 1).key);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('a lost answer is asked for again', async () => {
		const { json } = await throughProxy(
			world,
			'wix',
			({ nth }) => (nth === 0 ? 'dropAfter' : undefined),
			async () => await run('create', { displayName: 'Spring Fair' }),
		);
		expect(json).toMatchObject([{ displayName: 'Spring Fair', newLabel: false }]);
		expect(clock.waits).toEqual([2_000]);
	});

	test.each([
		['={{ " " }}', "'Name' is empty"],
		['x'.repeat(181), "'Name' is too long"],
	])('a name that cannot be is refused before it is sent (%#)', async (displayName, words) => {
		const { error } = await run('create', { displayName });
		expect(error?.message).toContain(words);
		expect((await world.wix.requests()).total).toBe(0);
	});
});

describe('Get', () => {
	test('one label, by its key or by a page of the dashboard', async () => {
		const page = 'https://manage.wix.com/dashboard/1d2c3b4a/contacts?label=custom.vip&sort=name';
		for (const labelKey of [byId('custom.vip'), byUrl(page)]) {
			const { json, items, error } = await run('get', { labelKey });
			expect(error).toBeUndefined();
			expect(json).toMatchObject([{ key: 'custom.vip', displayName: 'VIP' }]);
			expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		}
	});

	test.each(['get', 'delete', 'update'])(
		'%s of a label that is not there is told',
		async (operation) => {
			const { error } = await run(operation, {
				labelKey: byId('custom.gone'),
				...(operation === 'update' ? { displayName: 'X' } : {}),
			});
			expect(error?.message).toBe('Wix has no label custom.gone');
			expect(error?.description).toMatch(/request id [\w.-]+/);
		},
	);
});

describe('Get Many', () => {
	test('all labels, each once, linked to the item', async () => {
		const { json, items } = await run('getAll', { returnAll: true });
		expect(keys(json)).toEqual(expect.arrayContaining(['custom.vip', 'contacts.site-members']));
		expect(new Set(keys(json)).size).toBe(json.length);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
	});

	test('up to a limit', async () => {
		expect((await run('getAll', { returnAll: false, limit: 2 })).json).toHaveLength(2);
	});

	test('filtered by kind and name', async () => {
		expect(keys(await list({ labelTypes: ['USER_DEFINED'] })).sort()).toEqual([
			'custom.newsletter',
			'custom.vip',
		]);
		expect(keys(await list({ name: 'news' }))).toEqual(['custom.newsletter']);
	});
});

describe('Update', () => {
	test('renames the label; its key stays', async () => {
		const { json, items, error } = await run('update', {
			labelKey: byId('custom.vip'),
			displayName: 'Very Important',
		});
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ key: 'custom.vip', displayName: 'Very Important' }]);
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(keys(await list({ name: 'very important' }))).toEqual(['custom.vip']);
	});
});

describe('Delete', () => {
	test('takes the label off all contacts and says so', async () => {
		const labelled = contactOf('c1', 'a@example.com', { labelKeys: { items: ['custom.vip'] } });
		await world.wix.put({ contacts: [labelled], members: [] });
		const { json, items, error } = await run('delete', { labelKey: byId('custom.vip') });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ key: 'custom.vip', deleted: true }]);
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(keys(await list())).not.toContain('custom.vip');
		expect(JSON.stringify((await storedContact(world, 'c1')).info)).not.toContain('custom.vip');
	});

	test('a deletion whose answer was lost counts as done', async () => {
		const { json, error } = await throughProxy(
			world,
			'wix',
			({ nth }) => (nth === 0 ? 'dropAfter' : undefined),
			async () => await run('delete', { labelKey: byId('custom.vip') }),
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ key: 'custom.vip', deleted: true }]);
	});
});
