import { createFor, otherFor, updateWith } from './applyChangesWorld.mts';
import { outcomesOf, toErrorOutput } from './rows.mts';
import { bodiesOf, byId, ids, person, primary, scimWorld } from './scimWorld.mts';

const { run, put, behave, stored, through, writes } = scimWorld();

const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const page = (users: unknown[], more: object = {}) => ({
	status: 200,
	body: JSON.stringify({ Resources: users, totalResults: users.length, ...more }),
});

describe('values that are no text', () => {
	test('numbers become text in the attributes of SCIM itself, and stay numbers in an extension', async () => {
		await put([person('u1', 'a@x.se')]);
		const path = `['${extension}'].employeeNumber`;
		const change = updateWith('users', 'u1', {}, { title: 7, [path]: 8, nickName: ' Ada ' });
		const operations = await through(
			() => undefined,
			async (proxy) => {
				await run('applyChanges', {}, [change]);
				return bodiesOf(proxy, 'PATCH')[0]?.Operations;
			},
		);
		expect(operations).toEqual([
			{ op: 'replace', path: 'title', value: '7' },
			{ op: 'replace', path: `${extension}:employeeNumber`, value: 8 },
			{ op: 'replace', path: 'nickName', value: 'Ada' },
		]);
	});
});

describe('a user who is written as a whole', () => {
	const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
	const path = `['${extension}'].department`;
	test.each([
		['names no schemas', undefined, [core, extension]],
		['names the extension already', [core, extension], [core, extension]],
		['names another one', [core], [core, extension]],
	])('%s: the extension is named once', async (_what, schemas, expected) => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimPatch: '501' });
		const bodies = await through(
			({ method, url }) =>
				method === 'GET' && url.endsWith('/Users/u1')
					? { status: 200, body: JSON.stringify({ ...person('u1', 'a@x.se'), schemas }) }
					: undefined,
			async (proxy) => {
				await run('applyChanges', {}, [
					updateWith('users', 'u1', { [path]: null }, { [path]: 'Sales' }),
				]);
				return bodiesOf(proxy, 'PUT');
			},
		);
		expect(bodies).toMatchObject([{ schemas: expected, [extension]: { department: 'Sales' } }]);
	});

	test('Deactivate writes nothing where the answer shows no user', async () => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimPatch: '501' });
		const { error } = await through(
			({ method, url }) =>
				method === 'GET' && url.endsWith('/Users/u1') ? { status: 200, body: '{}' } : undefined,
			async () => await run('deactivate', { userId: byId('u1') }),
		);
		expect(error?.message).toBe('User u1: The answer of SCIM 2.0 was cut off (HTTP 200)');
		expect(await writes()).toBe(0);
	});
});

describe('looking for an address', () => {
	test('the probe uses capitals for an address of small letters, and small ones for any other', async () => {
		const asked = async (address: string) => {
			await put([person('u1', address)]);
			return await through(
				() => undefined,
				async (proxy) => {
					await run('upsert', { email: 'new@x.se' });
					return proxy.calls.map(({ url }) => decodeURIComponent(url)).join('\n');
				},
			);
		};
		expect(await asked('ada@x.se')).toContain('"ADA@X.SE"');
		expect(await asked('Ada@X.se')).toContain('"ada@x.se"');
	});

	test('a user without a login in the list of everybody stands in nobody’s way', async () => {
		const nameless = { id: 'u1', ...primary('ada@x.se') };
		await behave({ scimFilter: '501' });
		const { json } = await through(
			({ method, url }) =>
				method === 'GET' && url.includes('/Users?') && !url.includes('filter=')
					? page([nameless])
					: url.endsWith('/Users/u1')
						? { status: 200, body: JSON.stringify(nameless) }
						: undefined,
			async () => await run('upsert', { email: 'ADA@x.se' }),
		);
		expect(json).toMatchObject([{ id: 'u1', action: 'unchanged' }]);
	});

	test('a user who vanishes between the search and the read is told as missing', async () => {
		await put([person('u1', 'ada@x.se')]);
		const { error, json } = await through(
			({ url }) =>
				url.endsWith('/Users/u1')
					? {
							status: 404,
							body: '{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"404"}',
						}
					: undefined,
			async () => await run('upsert', { email: 'ada@x.se' }),
		);
		expect(json).toEqual([]);
		expect(error?.message).toBe('SCIM 2.0 has no user u1');
	});
});

test.each([
	['no text', null],
	['an empty one', ''],
	['a text that is no number', 'many'],
])('a list that is counted by %s is read to its end', async (_what, totalResults) => {
	const users = ['u1', 'u2', 'u3'].map((id) => person(id, `${id}@x.se`));
	const { json, error } = await through(
		({ url }) => {
			const start = Number(new URL(url, 'http://x').searchParams.get('startIndex'));
			return page(users.slice(start - 1, start + 1), { totalResults });
		},
		async () => await run('getAll', { returnAll: true }),
	);
	expect(error).toBeUndefined();
	expect(ids(json)).toEqual(['u1', 'u2', 'u3']);
});

test('a create whose answer is lost is not repeated where no address tells whether it is there', async () => {
	const create = createFor('users', '', {
		set: { displayName: 'Ada' },
		defaults: { login: 'ada' },
	});
	await put([person('u1', 'a@x.se')]);
	const look = otherFor('users', 'verify', 'u1');
	const { done, posts } = await through(
		({ method }) => (method === 'POST' ? 'dropAfter' : undefined),
		async (proxy) => ({
			done: await run('applyChanges', {}, [look, create], toErrorOutput),
			posts: bodiesOf(proxy, 'POST').length,
		}),
	);
	expect(outcomesOf(done)).toEqual(['present', 'failed']);
	expect(posts).toBe(1);
});

test('what was expected of a user at no proper path keeps the user from being removed', async () => {
	await put([person('u1', 'a@x.se')]);
	const change = otherFor('users', 'delete', 'u1', { 'name..x': 'Ada' });
	expect(outcomesOf(await run('applyChanges', {}, [change]))).toEqual(['stale']);
	expect(await stored('u1')).toBeDefined();
});

test('a list that keeps changing ends with an error that names the request', async () => {
	let pages = 0;
	const { error } = await through(
		() => {
			pages++;
			const users = [person(`a${pages}`), person(`b${pages}`)];
			return { ...page(users, { totalResults: 1000 }), headers: { 'x-request-id': 'r-7' } };
		},
		async () => await run('getAll', { returnAll: true }),
	);
	expect(error?.message).toBe(
		'The list of users kept changing while it was read: some may be missing (request id r-7)',
	);
});

test('a date of the editor, in the filter, is sent as ISO text', async () => {
	await put([]);
	const time = '={{ DateTime.fromISO("2026-01-31T10:00:00+02:00") }}';
	const urls = await through(
		() => undefined,
		async (proxy) => {
			await run('getAll', { returnAll: true, filters: { updatedAfter: time } });
			return proxy.calls.map(({ url }) => new URL(url, 'http://x').searchParams.get('filter'));
		},
	);
	expect(urls).toEqual(['meta.lastModified gt "2026-01-31T08:00:00.000Z"']);
});
