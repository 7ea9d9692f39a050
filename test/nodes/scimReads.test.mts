import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { searchUsers } from '../../nodes/TargetUsers/methods/listSearch';
import { loadOptionsFor } from './harness.mts';
import { byId, crowd, ids, person, scimWorld } from './scimWorld.mts';

const { world, run, put, behave, calls, through } = scimWorld();

const list = async (filters: INodeParameters = {}, more: INodeParameters = {}) =>
	await run('getAll', { returnAll: true, filters, ...more });

describe('Get', () => {
	test('as the server shows the user, with the alias beside it', async () => {
		await put([person('u1', 'a@x.se', { name: { givenName: 'Ada' } })]);
		const { json, items } = await run('get', { userId: byId('u1') });
		expect(json[0]).toMatchObject({
			id: 'u1',
			userName: 'login-u1',
			name: { givenName: 'Ada' },
			emails: [{ value: 'a@x.se', type: 'work', primary: true }],
			profile: { email: 'a@x.se' },
			meta: { resourceType: 'User' },
		});
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
	});

	test('a profile of the server’s own stays as it is', async () => {
		const user = {
			id: 'u1',
			userName: 'ada',
			emails: [{ value: 'a@x.se' }],
			profile: { url: 'x' },
		};
		const { json } = await through(
			() => ({ status: 200, body: JSON.stringify(user) }),
			async () => await run('get', { userId: byId('u1') }),
		);
		expect(json[0]).toEqual(user);
	});

	test('simplified and sync fields', async () => {
		await put([
			person('u1', 'a@x.se', { displayName: '', name: { givenName: 'Ada', familyName: 'Ek' } }),
			person('u2', undefined, { active: false, title: 'Boss' }),
		]);
		const simple = await list({}, { output: 'simplified' });
		expect(simple.json).toEqual([
			{ id: 'u1', login: 'login-u1', name: 'Ada Ek', email: 'a@x.se', active: true },
			{ id: 'u2', login: 'login-u2', name: 'Name u2', email: null, active: false },
		]);
		const sync = await list({}, { output: 'syncFields' });
		expect(sync.json[1]).toEqual({
			id: 'u2',
			userName: 'login-u2',
			displayName: 'Name u2',
			active: false,
			profile: {},
		});
	});

	test('nobody of this id', async () => {
		await put([]);
		for (const scimStatusNumber of [false, true]) {
			await behave({ scimStatusNumber });
			const { error } = await run('get', { userId: byId('nobody') });
			expect(error?.message).toBe('SCIM 2.0 has no user nobody');
		}
	});

	test.each(['application/scim+json', 'application/json'])('answers of type %s', async (type) => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimContentType: type });
		const { json } = await run('get', { userId: byId('u1') });
		expect(entryAt(json, 0).profile).toEqual({ email: 'a@x.se' });
	});

	test('says which types of answers it takes', async () => {
		await put([person('u1', 'a@x.se')]);
		await through(
			() => undefined,
			async (proxy) => {
				await run('get', { userId: byId('u1') });
				expect(entryAt(proxy.calls, 0).headers).toMatchObject({
					accept: 'application/scim+json, application/json',
					authorization: 'Bearer token-of-test',
				});
			},
		);
	});
});

describe('Get Many', () => {
	const at = (lastModified: string): JsonObject => ({ meta: { lastModified } });

	test('up to a limit, in one call', async () => {
		await put(crowd(30));
		const { json } = await run('getAll', { returnAll: false, limit: 7 });
		expect(json).toHaveLength(7);
		expect((await calls())['GET /Users']).toBe(1);
	});

	test('deactivated users, too, unless they are not wanted', async () => {
		await put([person('u1', 'a@x.se', { active: false }), person('u2', 'b@x.se')]);
		expect(ids((await list()).json)).toEqual(['u1', 'u2']);
		expect(ids((await list({ includeDeactivated: false })).json)).toEqual(['u2']);
		const limited = await run('getAll', {
			returnAll: false,
			limit: 1,
			filters: { includeDeactivated: false },
		});
		expect(ids(limited.json)).toEqual(['u2']);
	});

	test.each([
		[false, false],
		['False', false],
		['true', true],
		[undefined, true],
	])('active: %j', async (active, isActive) => {
		const list = { totalResults: 1, Resources: [{ ...person('u1', 'a@x.se'), active }] };
		const { json } = await through(
			() => ({ status: 200, body: JSON.stringify(list) }),
			async () => await run('getAll', { returnAll: true, output: 'simplified' }),
		);
		expect(json).toMatchObject([{ id: 'u1', active: isActive }]);
	});

	test('a filter, a time, and both', async () => {
		await put([
			person('ua', 'a@x.se', at('2026-01-01T00:00:00.000Z')),
			person('ub', 'b@x.se', at('2026-03-01T00:00:00.000Z')),
			person('uc', 'c@x.se', at('2026-03-02T00:00:00.000Z')),
		]);
		const updatedAfter = '2026-02-01T00:00:00.000Z';
		const either = 'userName eq "login-ua" or userName eq "login-uc"';
		expect(ids((await list({ filter: either })).json)).toEqual(['ua', 'uc']);
		expect(ids((await list({ updatedAfter })).json)).toEqual(['ub', 'uc']);
		expect(ids((await list({ filter: either, updatedAfter })).json)).toEqual(['uc']);
	});

	test('a server without filters says so', async () => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimFilter: 'refused' });
		const { error } = await list({ filter: 'userName eq "x"' });
		expect(error?.message).toBe(
			'The SCIM server cannot read this filter, or has no filters (HTTP 400, code invalidFilter)',
		);
		expect(error?.description).toContain("'Filter'");
		expect((await calls())['GET /Users']).toBe(1);
	});

	test('a token that shows no address of anybody, unless that is accepted', async () => {
		await put([person('u1'), person('u2')]);
		const { error } = await list();
		expect(error?.message).toContain('shows no address of any user to this token');
		expect(ids((await list({ acceptHidden: true })).json)).toEqual(['u1', 'u2']);
		expect(ids((await list({ filter: 'userName sw "login"' })).json)).toEqual(['u1', 'u2']);
	});
});

describe('the picker', () => {
	const pick = async (typed?: string) =>
		await searchUsers.call(
			loadOptionsFor(
				{ type: 'n8n-nodes-wix-user-sync.targetUsers', parameters: { system: 'scim' } },
				world().credentials,
			),
			typed,
		);

	test.each(['supported', 'refused', '501', 'ignored'])(
		'finds users by name, login and address where filters are %s',
		async (scimFilter) => {
			await put([
				person('u1', 'ada@x.se', { displayName: 'Byron' }),
				person('u2', 'b@x.se', { displayName: 'Adam "A"' }),
				person('u3', 'c@x.se'),
			]);
			await behave({ scimFilter });
			expect((await pick('ada')).results).toEqual([
				{ name: 'Byron (login-u1)', value: 'u1' },
				{ name: 'Adam "A" (login-u2)', value: 'u2' },
			]);
			expect((await pick('m "a')).results.map(({ value }) => value)).toEqual(['u2']);
			expect((await pick()).results).toHaveLength(3);
		},
	);
});

test('items that are lists of users carry no page twice into an item each', async () => {
	await put(crowd(3));
	const { items } = await run('getAll', { returnAll: true }, [{}, {}] as IDataObject[]);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
		[0, 0, 0, 1, 1, 1].map((item) => ({ item })),
	);
});
