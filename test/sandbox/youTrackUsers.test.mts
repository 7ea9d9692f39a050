import { hubHeaders, idOf, listAt, send, startWorld, type Reply, type World } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';

const emailOf = (email: string, more: JsonObject = {}): JsonObject => ({
	profile: { email: { type: 'EmailJSON', email, ...more } },
});
const shownEmail =
	'fields=id,login,name,banned,profile(email(email,verified),unverifiedEmail(email))';

let world: World;
let ada: Reply;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.hubControl('POST', '/reset', {});
	ada = await world.users('POST', '', {
		login: 'ada',
		name: 'Ada Example',
		...emailOf('ada@example.com'),
	});
});
const read = () => world.users('GET', `/${idOf(ada)}?${shownEmail}`);

describe('create', () => {
	it('takes a record without credentials; nothing is verified unless asked', async () => {
		expect(ada.status).toBe(200);
		expect(ada.headers.get('location')).toBe(`/hub/api/rest/users/${idOf(ada)}`);
		expect(ada.body).toMatchObject({
			type: 'user',
			login: 'ada',
			name: 'Ada Example',
			banned: false,
			guest: false,
			profile: { email: { type: 'EmailJSON', email: 'ada@example.com', verified: false } },
			creationTime: expect.any(Number),
		});
	});

	it('takes the address from a credential detail and keeps no password', async () => {
		const reply = await world.users('POST', '', {
			login: 'lena',
			name: 'Lena',
			details: [
				{
					type: 'EmailuserdetailsJSON',
					email: { email: 'lena@example.com', verified: false },
					password: { type: 'PlainpasswordJSON', value: 'not-a-real-password' },
				},
			],
		});
		expect(reply.at('profile.email.email')).toBe('lena@example.com');
		expect(reply.at('details[0].type')).toBe('EmailuserdetailsJSON');
		expect((await world.hubControl('GET', '/state')).text).not.toContain('not-a-real-password');
	});

	it('lets two users have one address, and records who asked for `verified`', async () => {
		const twin = await world.users('POST', '', {
			login: 'twin',
			...emailOf('ada@example.com', { verified: true }),
		});
		expect(twin.status).toBe(200);
		const state = await world.hubControl('GET', '/state');
		expect(listAt(state, 'users').map(({ login, profile }) => [login, profile])).toEqual([
			['ada', expect.objectContaining({ email: expect.objectContaining({ verified: false }) })],
			['twin', expect.objectContaining({ email: expect.objectContaining({ verified: true }) })],
		]);
	});

	it.each<[string, number, string, JsonObject]>([
		['a login in use, in any case', 409, 'must-be-unique', { login: 'ADA' }],
		['a login with a space', 400, 'invalid_properties', { login: 'a b' }],
		['no login', 400, 'invalid_properties', { name: 'A' }],
		['an empty name', 400, 'invalid_properties', { login: 'x', name: ' ' }],
		[
			'a bare string as email',
			400,
			'invalid_properties',
			{ login: 'x', profile: { email: 'a@example.com' } },
		],
		['an address without @', 400, 'invalid_properties', { login: 'x', ...emailOf('nobody') }],
		['a detail without its type', 500, 'server_error', { login: 'x', details: [{ login: 'x' }] }],
		[
			'a detail of unknown type',
			400,
			'invalid_properties',
			{ login: 'x', details: [{ type: 'Emailuserdetails' }] },
		],
	])('refuses %s', async (_, status, code, body) => {
		const reply = await world.users('POST', '', body);
		expect([reply.status, reply.code]).toEqual([status, code]);
		expect(typeof reply.body.error_description).toBe('string');
	});

	it('names the property that must be unique, and the base class of a detail', async () => {
		const taken = await world.users('POST', '', { login: 'ada' });
		expect(taken.body).toMatchObject({
			error_field: 'login',
			error_description: expect.stringMatching(/already exists/),
		});
		const detail = await world.users('POST', '', { login: 'x', details: [{}] });
		expect(detail.text).toContain('DetailsJSON');
	});
});

describe('update', () => {
	it('is partial and answers nothing unless fields are asked for', async () => {
		const silent = await world.users('POST', `/${idOf(ada)}`, { name: 'Ada L.' });
		expect([silent.status, silent.text]).toEqual([200, '']);
		const told = await world.users('POST', `/${idOf(ada)}?fields=name,profile/email/email`, {
			banned: true,
		});
		expect(told.body).toEqual({
			type: 'user',
			name: 'Ada L.',
			profile: { email: { type: 'EmailJSON', email: 'ada@example.com' } },
		});
		expect((await read()).at('banned')).toBe(true);
	});

	it('replaces the address in place, unverified', async () => {
		await world.hubControl('POST', '/edit', {
			id: idOf(ada),
			path: 'profile.email',
			value: { type: 'EmailJSON', email: 'ada@example.com', verified: true },
		});
		const same = await world.users(
			'POST',
			`/${idOf(ada)}?${shownEmail}`,
			emailOf('ada@example.com'),
		);
		expect(same.at('profile.email.verified')).toBe(true);
		const changed = await world.users(
			'POST',
			`/${idOf(ada)}?${shownEmail}`,
			emailOf('new@example.com'),
		);
		expect(changed.at('profile.email')).toEqual({
			type: 'EmailJSON',
			email: 'new@example.com',
			verified: false,
		});
		expect(changed.at('profile.unverifiedEmail')).toBeUndefined();
	});

	it('leaves the rest of the profile alone', async () => {
		await world.users('POST', `/${idOf(ada)}`, emailOf('new@example.com'));
		const after = await world.users('GET', `/${idOf(ada)}`);
		expect(after.at('profile.avatar')).toEqual(ada.at('profile.avatar'));
		expect(after.at('profile.locale')).toEqual(ada.at('profile.locale'));
	});

	it('refuses a bare string at profile.email and changes nothing', async () => {
		const before = await read();
		const reply = await world.users('POST', `/${idOf(ada)}`, {
			profile: { email: 'new@example.com' },
		});
		expect([reply.status, reply.body.error_field]).toEqual([400, 'profile.email']);
		expect((await read()).body).toEqual(before.body);
	});

	it('refuses the login of another user, and an unknown id', async () => {
		await world.users('POST', '', { login: 'bob' });
		expect((await world.users('POST', `/${idOf(ada)}`, { login: 'bob' })).code).toBe(
			'must-be-unique',
		);
		expect((await world.users('POST', `/${idOf(ada)}`, { login: 'ada' })).status).toBe(200);
		expect((await world.users('POST', '/nobody', { name: 'x' })).status).toBe(404);
	});
});

describe('delete and merge', () => {
	it('deletes with a successor only', async () => {
		const bob = await world.users('POST', '', { login: 'bob' });
		const path = `/${idOf(ada)}`;
		const alone = await world.users('DELETE', path);
		expect(alone.status).toBe(400);
		expect(alone.body.error_description).toContain('successor is required');
		expect((await world.users('DELETE', `${path}?successor=nobody`)).status).toBe(400);
		const done = await world.users('DELETE', `${path}?successor=${idOf(bob)}`);
		expect([done.status, done.text]).toEqual([200, '']);
		const gone = await world.users('GET', path);
		expect([gone.status, gone.code]).toEqual([404, 'Not Found']);
		expect((await world.users('POST', '', { login: 'ada' })).status).toBe(200);
	});

	it('merges into the first user, which lists the other as alias and answers for it', async () => {
		const bob = await world.users('POST', '', { login: 'bob', ...emailOf('bob@example.com') });
		const merged = await world.users('POST', '/merge?name=Ada%20B', [
			{ id: idOf(ada) },
			{ id: idOf(bob) },
		]);
		expect(merged.body).toMatchObject({ id: idOf(ada), name: 'Ada B', aliases: [idOf(bob)] });
		expect(idOf(await world.users('GET', `/${idOf(bob)}`))).toBe(idOf(ada));
		expect((await world.users('POST', `/${idOf(bob)}`, { name: 'x' })).status).toBe(404);
		const alone = await world.users('POST', '/merge', [{ id: idOf(ada) }]);
		expect(alone.status).toBe(400);
	});
});

describe('credentials', () => {
	const get = (path: string, authorization?: string) =>
		send(
			'GET',
			`${world.sandbox.youTrackUrl}${path}`,
			authorization === undefined ? {} : { authorization },
		);

	it.each<[number, string | undefined]>([
		[200, 'Bearer perm:token'],
		[401, undefined],
		[401, 'Bearer '],
		[401, 'Bearer invalid'],
		[403, 'Bearer forbidden'],
	])('answers %i to %p', async (status, authorization) => {
		const reply = await get('/hub/api/rest/users', authorization);
		expect(reply.status).toBe(status);
		if (status !== 200) expect(typeof reply.body.error).toBe('string');
	});

	it('answers /users/me as the token owner, and as the guest without a token', async () => {
		const path = '/hub/api/rest/users/me?fields=id,login,name,guest';
		expect((await get(path, 'Bearer token')).body).toMatchObject({
			login: 'sync.service',
			guest: false,
		});
		expect((await get(path)).body).toMatchObject({ login: 'guest', guest: true });
		expect((await get(path, 'Bearer invalid')).status).toBe(401);
	});

	it('answers below a context path, too', async () => {
		const reply = await get(`/youtrack/hub/api/rest/users/${idOf(ada)}`, hubHeaders.authorization);
		expect(reply.at('login')).toBe('ada');
		expect((await get('/hub/api/rest/nowhere', hubHeaders.authorization)).status).toBe(404);
	});
});
