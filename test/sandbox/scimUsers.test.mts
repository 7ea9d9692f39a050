import { defaultBehaviour } from '../../sandbox/control/behaviour.mts';
import { scimService } from '../../sandbox/scim/service.mts';
import { idOf } from './harness.mts';
import {
	ada,
	bob,
	codeOf,
	patchSchema,
	startScim,
	userSchema,
	type ScimWorld,
} from './scimWorld.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';

let world: ScimWorld;
beforeAll(async () => {
	world = await startScim();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.control('POST', '/reset', {});
	await world.populate([ada, bob]);
});

const get = (id: string) => world.scim('GET', `/Users/${id}`);
const put = (id: string, user: JsonObject) =>
	world.scim('PUT', `/Users/${id}`, { schemas: [userSchema], ...user });
const dates = (body: JsonObject) => body.meta as Record<string, string>;

describe('create', () => {
	it('answers 201 with the user, where it is and which version it has', async () => {
		const emails = [{ value: 'cy@example.com', type: 'Work', primary: true }];
		const reply = await world.create({ userName: 'cy', emails, password: 'secret' });
		expect(reply.status).toBe(201);
		const location = `${world.sandbox.scimUrl}/Users/${idOf(reply)}`;
		expect(reply.headers.get('location')).toBe(location);
		expect(reply.headers.get('etag')).toBe('W/"1"');
		expect(reply.body).toMatchObject({
			schemas: [userSchema],
			userName: 'cy',
			emails,
			meta: { resourceType: 'User', location, version: 'W/"1"' },
		});
		expect((await get(idOf(reply))).body).toEqual(reply.body);
	});

	it('never shows a password, not even to the test', async () => {
		const reply = await world.create({ userName: 'cy', password: 'secret' });
		expect(reply.text).not.toContain('secret');
		expect((await world.control('GET', '/state')).text).not.toContain('secret');
	});

	it('refuses a user name in use, in any case', async () => {
		const reply = await world.create({ userName: 'ADA' });
		expect(codeOf(reply)).toEqual([409, 'uniqueness']);
		expect(await world.names()).toEqual(['Ada', 'bob@example.com']);
	});

	it.each<[string, JsonObject, string]>([
		['no user name', { displayName: 'x' }, 'invalidValue'],
		['another schema', { schemas: ['urn:example'], userName: 'x' }, 'invalidSyntax'],
		['a number as user name', { userName: 3 }, 'invalidValue'],
		['a text as emails', { userName: 'x', emails: 'x@example.com' }, 'invalidValue'],
		[
			'two primary addresses',
			{ userName: 'x', emails: ['x', 'y'].map((value) => ({ value, primary: true })) },
			'invalidValue',
		],
	])('refuses %s', async (_, user, scimType) => {
		const reply = await world.create(user);
		expect(codeOf(reply)).toEqual([400, scimType]);
		expect(reply.body).toMatchObject({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
			status: '400',
			detail: expect.any(String),
		});
	});

	it('refuses a body that is no JSON', async () => {
		const response = await fetch(`${world.sandbox.scimUrl}/Users`, {
			method: 'POST',
			headers: { authorization: 'Bearer token' },
			body: '{',
		});
		expect(response.status).toBe(400);
		expect(await response.json()).toMatchObject({ status: '400', scimType: 'invalidSyntax' });
	});
});

describe('replace', () => {
	it('takes away what is not sent and leaves id and date of birth', async () => {
		const before = await get('a1');
		const reply = await put('a1', {
			userName: 'ada',
			id: 'other',
			meta: { created: '2000-01-01' },
		});
		expect([reply.status, reply.headers.get('etag')]).toEqual([200, 'W/"2"']);
		const { schemas, id, userName, meta, ...rest } = reply.body;
		expect([schemas, id, userName, rest]).toEqual([[userSchema], 'a1', 'ada', {}]);
		expect(dates({ meta: meta ?? null }).created).toBe(dates(before.body).created);
	});

	it('refuses the user name of another user, a missing one, and an unknown id', async () => {
		expect(codeOf(await put('a1', { userName: 'BOB@example.com' }))).toEqual([409, 'uniqueness']);
		expect(codeOf(await put('a1', { displayName: 'x' }))).toEqual([400, 'invalidValue']);
		expect((await put('nobody', { userName: 'x' })).status).toBe(404);
		expect((await get('a1')).at('userName')).toBe('Ada');
	});
});

describe('change by PATCH', () => {
	it('changes the value that a filter in the path names, and nothing else', async () => {
		const path = 'emails[type eq "work"].value';
		const reply = await world.patch('a1', [{ op: 'replace', path, value: 'new@example.com' }]);
		expect([reply.status, reply.headers.get('etag')]).toEqual([200, 'W/"2"']);
		expect(reply.body).toMatchObject({
			userName: 'Ada',
			name: ada.name,
			emails: [
				{ value: 'home@example.org', type: 'home' },
				{ value: 'new@example.com', type: 'work', primary: true },
			],
		});
		expect(await world.found('emails.value eq "new@example.com"')).toEqual(['Ada']);
		expect(await world.found('emails.value eq "ada@example.com"')).toEqual([]);
	});

	it('answers 204 and keeps the version when nothing changes', async () => {
		const reply = await world.patch('a1', [{ op: 'replace', path: 'userName', value: 'Ada' }]);
		expect([reply.status, reply.text]).toEqual([204, '']);
		expect((await get('a1')).headers.get('etag')).toBe('W/"1"');
	});

	it('gives the primary flag to the address that it newly marks', async () => {
		const value = [{ value: 'third@example.com', type: 'other', primary: true }];
		const reply = await world.patch('a1', [{ op: 'add', path: 'emails', value }]);
		expect(reply.at('emails[1].primary')).toBe(false);
		expect(reply.at('emails[2]')).toEqual(value[0]);
	});

	it('does not lose what `attributes` leaves out', async () => {
		const body = {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
			Operations: [{ op: 'replace', path: 'displayName', value: 'Countess' }],
		};
		await world.scim('PATCH', '/Users/a1?attributes=displayName', body);
		expect((await get('a1')).body).toMatchObject({ displayName: 'Countess', name: ada.name });
	});

	it.each<[string, JsonObject, number, string | undefined]>([
		['a path that no user has', { op: 'replace', path: 'shoe', value: 4 }, 400, 'invalidPath'],
		[
			'a filter that fits nothing',
			{ op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
			400,
			'noTarget',
		],
		['an unknown operation', { op: 'swap', path: 'userName', value: 'x' }, 400, 'invalidSyntax'],
		['the id', { op: 'replace', path: 'id', value: 'x' }, 400, 'mutability'],
		[
			'a user name in use',
			{ op: 'replace', path: 'userName', value: 'bob@example.com' },
			409,
			'uniqueness',
		],
	])('refuses %s, and does nothing of the whole', async (_, operation, status, scimType) => {
		const reply = await world.patch('a1', [
			{ op: 'replace', path: 'displayName', value: 'lost' },
			operation,
		]);
		expect(codeOf(reply)).toEqual([status, scimType]);
		expect((await get('a1')).at('displayName')).toBe('Ada Lovelace');
	});
});

describe('delete', () => {
	it('answers 204, then 404 to everything', async () => {
		const gone = await world.scim('DELETE', '/Users/a1');
		expect([gone.status, gone.text]).toEqual([204, '']);
		const replies = [
			await get('a1'),
			await put('a1', { userName: 'x' }),
			await world.patch('a1', [{ op: 'replace', path: 'userName', value: 'x' }]),
			await world.scim('DELETE', '/Users/a1'),
		];
		expect(replies.map(({ status, body }) => [status, body.status])).toEqual(
			Array<unknown>(4).fill([404, '404']),
		);
		expect((await world.create({ userName: 'ada' })).status).toBe(201);
	});
});

describe('versions', () => {
	it('refuses a write under an old version, and takes one under the present one or any', async () => {
		const write = (version: string) =>
			world.patch('a1', [{ op: 'replace', path: 'title', value: version }], {
				'if-match': version,
			});
		expect((await write('W/"7"')).status).toBe(412);
		expect((await write('W/"1"')).status).toBe(200);
		expect((await write('W/"1"')).status).toBe(412);
		expect((await write('*')).status).toBe(200);
	});

	it('answers 304 to who has the present version', async () => {
		const ask = (version: string) =>
			world.scim('GET', '/Users/a1', undefined, { 'if-none-match': version });
		const same = await ask('W/"1"');
		expect([same.status, same.text]).toEqual([304, '']);
		expect((await ask('W/"0"')).at('userName')).toBe('Ada');
	});

	it('lets one of several writes win that are worked on at the same time', async () => {
		const service = scimService(() => [], 1);
		service.setBehaviour(defaultBehaviour);
		service.replaceState({ users: [ada] });
		const route = service.routes.find(({ method }) => method === 'PATCH');
		const write = (value: string) =>
			route?.handle({
				method: 'PATCH',
				path: '/Users/a1',
				params: { id: 'a1' },
				query: new URLSearchParams(),
				body: { schemas: [patchSchema], Operations: [{ op: 'replace', path: 'title', value }] },
				header: (name) => (name === 'if-match' ? 'W/"1"' : undefined),
			});
		const answers = await Promise.all(['x', 'y', 'z'].map(write));
		expect(answers.map((answer) => answer?.status)).toEqual([200, 412, 412]);
	});
});
