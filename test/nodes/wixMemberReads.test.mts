import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { byId, byUrl, contactFor, member, memberPath, memberWorld } from './wixMemberWorld.mts';

const { world, put, run, all, behind } = memberWorld();

const crowd = (count: number) =>
	Array.from({ length: count }, (_, index) => member(`m${index}`, `p${index}@example.com`));
const ids = (json: IDataObject[]) => json.map(({ id }) => id);

describe('Get Many', () => {
	test('returns all, a hundred a page, each member once, with login emails', async () => {
		await put(crowd(250));
		const { json, items, error } = await run('getAll', { returnAll: true });
		expect(error).toBeUndefined();
		expect(new Set(ids(json)).size).toBe(250);
		expect(json).toHaveLength(250);
		expect(json[249]).toMatchObject({ status: 'APPROVED' });
		expect(json.every(({ loginEmail }) => String(loginEmail).endsWith('@example.com'))).toBe(true);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		expect((await world().wix.requests()).byRoute).toEqual({ [`POST ${memberPath}/query`]: 3 });
	});

	test('asks for the oldest first, everything about them, and no more than a hundred', async () => {
		await put(crowd(3));
		const bodies = await behind(
			() => undefined,
			async ({ calls }) => {
				await run('getAll', { returnAll: false, limit: 2 });
				return calls.map(({ body }) => JSON.parse(body) as unknown);
			},
		);
		expect(bodies).toEqual([
			{
				query: {
					filter: {},
					paging: { limit: 2, offset: 0 },
					sorting: [{ fieldName: 'createdDate', order: 'ASC' }],
				},
				fieldsets: ['FULL'],
			},
		]);
	});

	test('a site that refuses the order nobody asked for is asked without one', async () => {
		await put(crowd(150));
		const refused = { status: 400, body: '{"message":"no sorting","details":{}}' };
		const { json, error } = await behind(
			({ body }) => (body.includes('"sorting"') ? refused : undefined),
			async () => await run('getAll', { returnAll: true }),
		);
		expect(error).toBeUndefined();
		expect(new Set(ids(json)).size).toBe(150);
	});

	test('an order that was asked for and is refused is an error', async () => {
		await put(crowd(1));
		const { error } = await run('getAll', { sort: { fieldName: 'privacyStatus' } });
		expect(error?.message).toContain('(HTTP 400');
	});

	test('a member deleted while the pages are read makes no other one missing', async () => {
		await put(crowd(250));
		let isDeleted = false;
		const { json } = await behind(
			async ({ body }) => {
				if (isDeleted || body.includes('"offset":0')) return undefined;
				isDeleted = true;
				await world().wix.remove('m5');
			},
			async () => await run('getAll', { returnAll: true }),
		);
		const missing = (await all()).filter(({ id }) => !ids(json).includes(String(id)));
		expect(missing).toEqual([]);
		expect(new Set(ids(json)).size).toBe(json.length);
	});

	test('sync fields hold what the member flow reads and nothing else', async () => {
		await put(
			[member('m1', 'a@example.com', { status: 'PENDING' })],
			[contactFor('m1', 'a@example.com', { company: 'Tidewater' })],
		);
		const { json } = await run('getAll', { returnAll: true, output: 'syncFields' });
		expect(json).toEqual([
			{
				id: 'm1',
				loginEmail: 'a@example.com',
				status: 'PENDING',
				contactId: 'm1-contact',
				contact: { firstName: 'First-m1', lastName: 'Last' },
				profile: { nickname: 'nick-m1' },
			},
		]);
	});

	test.each<[string, IDataObject, string[]]>([
		['login email, in any case', { loginEmail: ' Bo@Example.com ' }, ['m2']],
		['contact', { contactId: 'm1-contact' }, ['m1']],
		['beginning of the first name', { firstName: 'First-m2' }, ['m2']],
		['beginning of the nickname', { nickname: 'nick-m1' }, ['m1']],
		['status', { status: ['BLOCKED', 'PENDING'] }, ['m2', 'm3']],
		['privacy', { privacyStatus: 'PUBLIC' }, ['m3']],
		['search', { search: 'bo@ex' }, ['m2']],
		['two at once', { status: ['BLOCKED', 'PENDING'], search: 'cy' }, ['m3']],
	])('filters by %s', async (_, filters, expected) => {
		await put(
			[
				member('m1', 'ada@example.com'),
				member('m2', 'bo@example.com', { status: 'BLOCKED' }),
				member('m3', 'cy@example.com', { status: 'PENDING', privacyStatus: 'PUBLIC' }),
			],
			['m1', 'm2', 'm3'].map((id, index) =>
				contactFor(id, entryAt(['ada@example.com', 'bo@example.com', 'cy@example.com'], index)),
			),
		);
		const { json } = await run('getAll', { returnAll: true, filters: filters as never });
		expect(ids(json).sort()).toEqual(expected);
	});

	test('sorts by a field in the order that was chosen', async () => {
		await put(['b', 'c', 'a'].map((id) => member(id, `${id}@example.com`)));
		const sort = { fieldName: 'profile.nickname', order: 'DESC' };
		const { json } = await run('getAll', { returnAll: true, sort });
		expect(ids(json)).toEqual(['c', 'b', 'a']);
	});

	test('returns nobody where there is nobody', async () => {
		await put([]);
		const { json, error } = await run('getAll', { returnAll: true });
		expect([json, error]).toEqual([[], undefined]);
	});
});

describe('Get', () => {
	test('returns one member with everything, or the sync fields', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		const full = await run('get', { memberId: byId(' m1 ') });
		expect(full.json[0]).toMatchObject({
			loginEmail: 'a@example.com',
			contact: { emails: ['a@example.com'] },
		});
		const some = await run('get', { memberId: byId('m1'), output: 'syncFields' });
		expect(Object.keys(entryAt(some.json, 0)).sort()).toEqual(
			['contact', 'contactId', 'id', 'loginEmail', 'profile', 'status'].sort(),
		);
	});

	test('simplified: flat fields, null where the member has nothing', async () => {
		const createdDate = '2026-01-02T03:04:05.000Z';
		const given = member('m1', 'a@example.com', { profile: { nickname: 'ada' }, createdDate });
		await put([given], [contactFor('m1', 'a@example.com', { name: { first: 'Ada' } })]);
		const { json } = await run('get', { memberId: byId('m1'), output: 'simplified' });
		expect(json).toEqual([
			{
				id: 'm1',
				loginEmail: 'a@example.com',
				status: 'APPROVED',
				nickname: 'ada',
				firstName: 'Ada',
				lastName: null,
				contactId: 'm1-contact',
				createdDate,
				updatedDate: expect.any(String),
				lastLoginDate: null,
			},
		]);
	});

	test('takes the address of a member in the dashboard', async () => {
		const id = '8a1f6c3e-52b7-4a7d-9b0e-6f2d1c3b4a59';
		await put([member(id, 'a@example.com')]);
		const value = `https://manage.wix.com/dashboard/1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b/members/view/${id}?tab=1`;
		const { json, error } = await run('get', { memberId: byUrl(value) });
		expect(error).toBeUndefined();
		expect(entryAt(json, 0).id).toBe(id);
	});

	test('says which member is not there', async () => {
		const { error } = await run('get', { memberId: byId('m9') });
		expect(error?.message).toBe('Wix has no member m9');
		expect(error?.description).toContain('It was deleted');
	});

	test('an empty member says which parameter', async () => {
		const { error } = await run('get', { memberId: byId('={{ $json.nobody }}') });
		expect(error?.message).toBe("The parameter 'Member' is empty");
	});
});
