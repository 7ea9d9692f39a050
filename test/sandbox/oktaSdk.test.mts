import { generateKeyPairSync } from 'node:crypto';
import type { User } from '@okta/okta-sdk-nodejs';
import { sandboxClock } from '../../sandbox/control/clock.mts';
import { collect, oktaApp, oktaClient, waitingExecutor, type OktaClient } from './oktaClient.mts';
import { startOkta, type OktaWorld } from './oktaWorld.mts';

const profile = {
	login: 'ada@login.example',
	email: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Example',
};

let world: OktaWorld;
let client: OktaClient;
beforeAll(async () => {
	world = await startOkta({ people: 450 });
	client = oktaClient(world.url);
});
afterAll(() => world.close());
beforeEach(() => world.control('POST', '/reset', {}));
afterEach(() => jest.restoreAllMocks());

type Listing = Parameters<OktaClient['userApi']['listUsers']>[0];
const list = async (listing?: Listing) => collect<User>(await client.userApi.listUsers(listing));
const create = () => client.userApi.createUser({ body: { profile } });
const emailOf = (user: User) => user.profile?.email;
const stateUsers = async () => {
	const { users } = (await world.control('GET', '/state')).body;
	return users as { id: string; status: string; profile: { email: string } }[];
};

describe("Okta's own client: the tour of users", () => {
	it('lists all pages by the iterator of its collection', async () => {
		const users = await list();
		const expected = (await stateUsers()).filter(({ status }) => status !== 'DEPROVISIONED');
		expect(expected.length).toBeGreaterThan(400);
		expect(users.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
		expect(users[0]?.created).toBeInstanceOf(Date);
		const requests = await world.control('GET', '/requests');
		expect(requests.body.byRoute).toEqual({ 'GET /api/v1/users': 3 });
	});

	it('pages as small as asked, and stops at a last page that is empty', async () => {
		await world.behave({ nextOnFullLastPage: true });
		const users = (await stateUsers()).filter(({ status }) => status === 'ACTIVE').slice(0, 6);
		await world.populate(users);
		expect(await list({ limit: 2 })).toHaveLength(6);
		expect((await world.control('GET', '/requests')).body.total).toBe(4);
	});

	it('filters, searches, sorts and finds', async () => {
		const { id } = await create();
		const one = [expect.objectContaining({ id })];
		expect(await list({ filter: 'profile.email eq "ada@example.com"' })).toEqual(one);
		expect(await list({ filter: 'profile.email eq "ADA@example.com"' })).toEqual([]);
		expect(await list({ search: 'profile.email eq "ADA@example.com"' })).toEqual(one);
		expect(await list({ q: 'ada@example' })).toEqual(one);
		const since = new Date(Date.now() - 60_000).toISOString();
		expect(await list({ filter: `lastUpdated gt "${since}"` })).toEqual(one);
		const search = 'profile.lastName sw "m"';
		const names = (await list({ search, sortBy: 'profile.lastName', limit: 5 })).map((user) =>
			String(user.profile?.lastName).toLowerCase(),
		);
		expect(names.length).toBeGreaterThan(5);
		expect(names).toEqual([...names].sort());
		await expect(list({ filter: 'profile.email sw "a"' })).rejects.toMatchObject({
			status: 400,
			errorCode: 'E0000031',
		});
	});

	it('creates, reads by id and login, updates in part, replaces', async () => {
		const created = await create();
		const userId = String(created.id);
		expect(created).toMatchObject({ status: 'PROVISIONED', profile });
		expect(await client.userApi.getUser({ userId: profile.login })).toMatchObject({ id: userId });
		const partial = await client.userApi.updateUser({
			userId,
			user: { profile: { email: 'new@example.com', mobilePhone: '+1 207-555-0100' } },
		});
		expect(partial.profile).toMatchObject({ ...profile, email: 'new@example.com' });
		expect(Number(partial.lastUpdated)).toBeGreaterThan(Number(created.lastUpdated));
		const replaced = await client.userApi.replaceUser({ userId, user: { profile } });
		expect(replaced.profile).toMatchObject(profile);
		expect(replaced.profile?.mobilePhone).toBeUndefined();
		const stale = { userId, user: { profile }, ifMatch: 'W/"0"' };
		await expect(client.userApi.updateUser(stale)).rejects.toMatchObject({ status: 412 });
	});

	it('is told of a login in use', async () => {
		await create();
		await expect(create()).rejects.toMatchObject({
			status: 400,
			errorCode: 'E0000001',
			errorSummary: 'Api validation failed: login',
			errorCauses: [
				{
					errorSummary:
						'login: An object with this field already exists in the current organization',
				},
			],
		});
	});

	it('goes through the life of a user', async () => {
		const body = { profile, credentials: { password: { value: 'not-a-real-password' } } };
		const { id, status } = await client.userApi.createUser({ body, activate: false });
		const userId = String(id);
		const statusNow = async () => (await client.userApi.getUser({ userId })).status;
		expect(status).toBe('STAGED');
		const token = await client.userApi.activateUser({ userId, sendEmail: false });
		expect(token.activationUrl).toContain(token.activationToken);
		expect(await statusNow()).toBe('ACTIVE');
		await client.userApi.suspendUser({ userId });
		expect(await statusNow()).toBe('SUSPENDED');
		await expect(client.userApi.suspendUser({ userId })).rejects.toMatchObject({ status: 400 });
		await client.userApi.unsuspendUser({ userId });
		await client.userApi.deactivateUser({ userId, sendEmail: false });
		expect(await statusNow()).toBe('DEPROVISIONED');
		expect((await list()).map((user) => user.id)).not.toContain(userId);
	});

	it('deletes twice: deactivated, then gone', async () => {
		const userId = String((await create()).id);
		await client.userApi.deleteUser({ userId });
		expect((await client.userApi.getUser({ userId })).status).toBe('DEPROVISIONED');
		await client.userApi.deleteUser({ userId });
		await expect(client.userApi.getUser({ userId })).rejects.toMatchObject({
			status: 404,
			errorCode: 'E0000007',
			errorSummary: `Not found: Resource not found: ${userId} (User)`,
		});
	});

	it('is refused with a wrong token', async () => {
		for (const [token, status, errorCode] of [
			['invalid', 401, 'E0000011'],
			['forbidden', 403, 'E0000006'],
		] as const) {
			const stranger = oktaClient(world.url, { token });
			await expect(stranger.userApi.getUser({ userId: 'me' })).rejects.toMatchObject({
				status,
				errorCode,
			});
		}
	});
});

describe("Okta's own client: waiting", () => {
	it('waits until the limit begins anew, as Date and X-Rate-Limit-Reset say', async () => {
		const waits: number[] = [];
		jest.spyOn(globalThis, 'setTimeout').mockImplementation(((work: () => void, delay: number) => {
			sandboxClock.advance(delay);
			return setImmediate(work);
		}) as unknown as typeof setTimeout);
		const requestExecutor = waitingExecutor((milliseconds) => waits.push(milliseconds));
		const patient = oktaClient(world.url, { requestExecutor });
		// Its own clock would tell the client to wait an hour longer.
		await world.behave({ serverClockAheadMs: 3_600_000 });
		await world.control('POST', '/limits', { requestsPerMinute: 2 });
		const users = await collect<User>(await patient.userApi.listUsers({ limit: 100 }));
		expect(users.map(emailOf)).toContain('sync.service@example.com');
		expect(waits.length).toBeGreaterThan(0);
		for (const wait of waits) {
			expect(wait).toBeGreaterThan(55_000);
			expect(wait).toBeLessThanOrEqual(62_000);
		}
		const { total } = (await world.control('GET', '/requests')).body;
		expect(total).toBe(Math.ceil(users.length / 100) + waits.length);
	});
});

describe("Okta's own client: OAuth 2.0", () => {
	const { privateKey } = generateKeyPairSync('rsa', {
		modulusLength: 2048,
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
		publicKeyEncoding: { type: 'spki', format: 'pem' },
	});
	const app = (scopes: string[], clientId = 'app') =>
		oktaApp(world.url, clientId, privateKey, scopes);

	it('gets a token by its private key, and a new one when that has ended', async () => {
		const reader = app(['okta.users.read']);
		const id = String((await stateUsers())[0]?.id);
		const read = async () => (await reader.userApi.getUser({ userId: id })).id;
		expect([await read(), await read()]).toEqual([id, id]);
		sandboxClock.advance(3_600_000);
		expect(await read()).toBe(id);
		const { byRoute } = (await world.control('GET', '/requests')).body;
		expect(byRoute).toMatchObject({ 'POST /oauth2/v1/token': 2 });
	});

	it('may not write without the scope, and gets nothing as an unknown client', async () => {
		const write = (client: OktaClient) => client.userApi.createUser({ body: { profile } });
		await expect(write(app(['okta.users.read']))).rejects.toMatchObject({
			status: 403,
			errorCode: 'E0000006',
		});
		await expect(write(app(['okta.users.manage']))).resolves.toMatchObject({ profile });
		await expect(write(app(['okta.users.manage'], 'invalid'))).rejects.toMatchObject({
			status: 401,
		});
	});
});
