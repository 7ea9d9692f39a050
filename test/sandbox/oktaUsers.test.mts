import type { JsonObject } from '../../nodes/shared/contract/index';
import type { Reply } from './harness.mts';
import { adasProfile, refusalOf, startOkta, type OktaWorld } from './oktaWorld.mts';

const taken = 'An object with this field already exists in the current organization';
const blank = 'The field cannot be left blank';

let world: OktaWorld;
let ada: Reply;
let path: string;
beforeAll(async () => {
	world = await startOkta();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.control('POST', '/reset', {});
	ada = await create();
	path = `/${String(ada.at('id'))}`;
});

const create = (profile: JsonObject = {}, activate = '', more: JsonObject = {}) =>
	world.users('POST', activate && `?activate=${activate}`, {
		profile: { ...adasProfile, ...profile },
		...more,
	});
const bob = { login: 'bob@login.example' };
const read = async () => (await world.users('GET', path)).body;
const statusAfter = async (action: string) => {
	const reply = await world.users('POST', `${path}/lifecycle/${action}`);
	return [reply.status, reply.body, (await read()).status];
};

describe('create', () => {
	it('answers the user, an id of Okta, and the status of one without a password', () => {
		expect(ada.status).toBe(200);
		expect(ada.at('id')).toMatch(/^00u[0-9a-zA-Z]{17}$/);
		expect(ada.body).toMatchObject({
			status: 'PROVISIONED',
			lastLogin: null,
			passwordChanged: null,
			profile: adasProfile,
			credentials: { provider: { type: 'OKTA', name: 'OKTA' } },
		});
		expect(ada.at('activated')).toBe(ada.at('created'));
		expect(ada.at('lastUpdated')).toBe(ada.at('created'));
	});

	it('activate=false leaves it staged; a password makes it active and is shown nowhere', async () => {
		const staged = await create(bob, 'false');
		expect([staged.at('status'), staged.at('activated')]).toEqual(['STAGED', null]);
		const secret = { credentials: { password: { value: 'not-a-real-password' } } };
		const active = await create({ login: 'eve@login.example' }, 'true', secret);
		expect([active.at('status'), active.at('credentials.password')]).toEqual(['ACTIVE', {}]);
		expect((await world.control('GET', '/state')).text).not.toContain('not-a-real-password');
	});

	it('refuses a login in use, whatever its case, but not an address in use', async () => {
		const twin = await create({ login: 'ADA@login.example' });
		expect(twin.body).toEqual({
			errorCode: 'E0000001',
			errorSummary: 'Api validation failed: login',
			errorLink: 'E0000001',
			errorId: expect.stringMatching(/^oae/),
			errorCauses: [{ errorSummary: `login: ${taken}` }],
		});
		expect(twin.status).toBe(400);
		expect((await create(bob)).status).toBe(200);
	});

	it('wants all four fields, and names each one that lacks', async () => {
		const none = await world.users('POST', '', { profile: {} });
		expect(refusalOf(none)).toEqual([
			400,
			'E0000001',
			['login', 'email', 'firstName', 'lastName'].map((field) => `${field}: ${blank}`),
		]);
		expect(refusalOf(await create({ ...bob, lastName: null }))[2]).toEqual([`lastName: ${blank}`]);
	});

	it.each<[JsonObject, string]>([
		[{ login: 'bob' }, 'login: Username must be in the form of an email address'],
		[{ login: 'b@c' }, 'login: Username must be in the form of an email address'],
		[{ ...bob, email: 'bob' }, 'email: Does not match required pattern'],
		[{ ...bob, firstName: 7 }, 'firstName: Does not match required pattern'],
		[{ ...bob, lastName: 'x'.repeat(51) }, 'lastName: The field cannot exceed 50 characters'],
	])('refuses %j', async (profile, cause) => {
		expect(refusalOf(await create(profile))).toEqual([400, 'E0000001', [cause]]);
	});

	it('refuses what is no JSON object', async () => {
		expect(refusalOf(await world.users('POST', '', ['x']))[1]).toBe('E0000003');
		expect(refusalOf(await world.users('POST', '', { profile: 'x' }))[1]).toBe('E0000003');
	});

	it('switches: any login, no names, addresses unique, active at once', async () => {
		await world.behave({ loginFormat: 'any', namesRequired: false, activatesTo: 'ACTIVE' });
		const short = await create({ login: 'bob', firstName: null, lastName: null });
		expect([short.status, short.at('status')]).toEqual([200, 'ACTIVE']);
		await world.behave({ uniqueEmails: true });
		const twin = await create({ login: 'eve@login.example', email: 'ADA@example.com' });
		expect(refusalOf(twin)[2]).toEqual([`email: ${taken}`]);
	});
});

describe('update', () => {
	it('POST is partial: the rest of the profile stays, lastUpdated moves', async () => {
		const reply = await world.users('POST', path, { profile: { email: 'new@example.com' } });
		expect(reply.body).toMatchObject({ profile: { ...adasProfile, email: 'new@example.com' } });
		expect(reply.body).toEqual(await read());
		expect(String(reply.at('lastUpdated')) > String(ada.at('lastUpdated'))).toBe(true);
		expect(reply.at('created')).toBe(ada.at('created'));
		const again = await world.users('POST', path, { profile: { email: 'new@example.com' } });
		expect(String(again.at('lastUpdated')) > String(reply.at('lastUpdated'))).toBe(true);
	});

	it('moves lastUpdated even where the last write has the same time or a later one', async () => {
		const lastUpdated = '2099-01-01T00:00:00.000Z';
		await world.populate([{ id: 'late', lastUpdated, profile: adasProfile }]);
		const reply = await world.users('POST', '/late', { profile: { title: 'x' } });
		expect(reply.at('lastUpdated')).toBe('2099-01-01T00:00:00.001Z');
	});

	it('PUT replaces: what is not sent is cleared, and what is required must be sent', async () => {
		await world.users('POST', path, { profile: { mobilePhone: '+1 207-555-0100' } });
		const profile = { ...adasProfile, lastName: 'Other' };
		const replaced = await world.users('PUT', path, { profile });
		expect(replaced.at('profile')).toEqual(profile);
		const partial = await world.users('PUT', path, { profile: { email: 'x@example.com' } });
		expect(refusalOf(partial)[2]).toContain(`login: ${blank}`);
		expect((await read()).profile).toEqual(profile);
	});

	it('clears an optional field by null, and refuses that of a required one', async () => {
		const set = await world.users('POST', path, { profile: { title: 'Engineer' } });
		expect(set.at('profile.title')).toBe('Engineer');
		const cleared = await world.users('POST', path, { profile: { title: null } });
		expect(cleared.at('profile.title')).toBeNull();
		for (const value of [null, '']) {
			const refused = await world.users('POST', path, { profile: { email: value } });
			expect(refusalOf(refused)[2]).toEqual([`email: ${blank}`]);
		}
	});

	it('refuses the login of another user, not the own one', async () => {
		await create(bob);
		const stolen = await world.users('POST', path, { profile: bob });
		expect(refusalOf(stolen)[2]).toEqual([`login: ${taken}`]);
		const own = { login: 'ADA@login.example' };
		expect((await world.users('POST', path, { profile: own })).status).toBe(200);
		expect((await world.users('POST', '/nobody', { profile: {} })).status).toBe(404);
	});

	it('frees the old login', async () => {
		await world.users('POST', path, { profile: { login: 'ada2@login.example' } });
		expect((await world.users('GET', '/ada@login.example')).status).toBe(404);
		expect((await create()).status).toBe(200);
	});

	it('does nothing to a deactivated user, unless the organization lets it', async () => {
		await world.users('DELETE', path);
		const before = await read();
		const send = (method: string) =>
			world.users(method, path, { profile: { ...adasProfile, lastName: 'Other' } });
		for (const method of ['POST', 'PUT']) {
			const reply = await send(method);
			expect([reply.status, reply.body]).toEqual([200, before]);
		}
		await world.behave({ deactivatedUpdates: 'refused' });
		expect(refusalOf(await send('POST'))).toEqual([403, 'E0000038', []]);
		expect(await read()).toEqual(before);
		await world.behave({ deactivatedUpdates: 'done' });
		expect((await send('POST')).at('profile.lastName')).toBe('Other');
	});

	it('heeds If-Match: an old version is refused with 412 and changes nothing', async () => {
		const etag = ada.headers.get('etag') ?? '';
		expect(etag).toMatch(/^W\/"[0-9a-f]+"$/);
		const send = (method: string, version: string) =>
			world.users(method, path, { profile: adasProfile }, { 'if-match': version });
		const first = await send('POST', etag);
		expect(first.status).toBe(200);
		expect(first.headers.get('etag')).not.toBe(etag);
		const before = await read();
		for (const method of ['POST', 'PUT']) expect((await send(method, etag)).status).toBe(412);
		expect(await read()).toEqual(before);
		expect((await send('PUT', '*')).status).toBe(200);
		await world.behave({ oktaETags: false });
		const without = await send('POST', etag);
		expect([without.status, without.headers.get('etag')]).toEqual([200, null]);
	});
});

describe('lifecycle', () => {
	const edit = (status: string) =>
		world.control('POST', '/edit', { id: path.slice(1), path: 'status', value: status });
	const wrongStatus = "This operation is not allowed in the user's current status.";

	it('suspend and unsuspend, from ACTIVE and SUSPENDED only', async () => {
		expect((await statusAfter('suspend'))[0]).toBe(400);
		await edit('ACTIVE');
		const { statusChanged } = await read();
		expect(await statusAfter('suspend')).toEqual([200, {}, 'SUSPENDED']);
		expect(String((await read()).statusChanged) > String(statusChanged)).toBe(true);
		expect((await statusAfter('suspend'))[0]).toBe(400);
		expect(await statusAfter('unsuspend')).toEqual([200, {}, 'ACTIVE']);
		const refused = await world.users('POST', `${path}/lifecycle/unsuspend`);
		expect(refusalOf(refused).slice(0, 2)).toEqual([400, 'E0000001']);
	});

	it('deactivate once, activate again', async () => {
		expect(await statusAfter('deactivate?sendEmail=true')).toEqual([200, {}, 'DEPROVISIONED']);
		const twice = await world.users('POST', `${path}/lifecycle/deactivate`);
		expect([twice.status, twice.body.errorSummary]).toEqual([403, wrongStatus]);
		expect(await statusAfter('activate')).toEqual([200, {}, 'PROVISIONED']);
		const again = await world.users('POST', `${path}/lifecycle/activate`);
		expect(refusalOf(again).slice(0, 2)).toEqual([403, 'E0000016']);
	});

	it('gives the link where Okta mails it to nobody', async () => {
		const link = { activationUrl: expect.any(String), activationToken: expect.any(String) };
		expect(await statusAfter('reactivate')).toEqual([200, link, 'PROVISIONED']);
		expect(await statusAfter('reactivate?sendEmail=true')).toEqual([200, {}, 'PROVISIONED']);
		await statusAfter('deactivate');
		expect(await statusAfter('activate?sendEmail=false')).toEqual([200, link, 'PROVISIONED']);
		await edit('ACTIVE');
		expect((await statusAfter('reactivate'))[0]).toBe(403);
	});

	it('DELETE deactivates at first, then erases; the login is free only then', async () => {
		const first = await world.users('DELETE', path);
		expect([first.status, first.text]).toEqual([204, '']);
		expect((await read()).status).toBe('DEPROVISIONED');
		expect((await create()).status).toBe(400);
		expect((await world.users('DELETE', `${path}?sendEmail=true`)).status).toBe(204);
		expect((await world.users('GET', path)).status).toBe(404);
		expect((await world.users('DELETE', path)).status).toBe(404);
		expect((await create()).status).toBe(200);
	});

	it('of an unknown user is 404', async () => {
		for (const action of ['activate', 'deactivate', 'reactivate', 'suspend', 'unsuspend']) {
			const reply = await world.users('POST', `/nobody/lifecycle/${action}`);
			expect(refusalOf(reply)).toEqual([404, 'E0000007', []]);
		}
	});
});

describe('edits of an administrator', () => {
	const edit = (body: JsonObject) => world.control('POST', '/edit', body);

	it('change the profile or the status, and lastUpdated', async () => {
		const id = path.slice(1);
		const renamed = await edit({ id, path: 'profile.firstName', value: 'Augusta' });
		expect(renamed.at('profile')).toEqual({ ...adasProfile, firstName: 'Augusta' });
		expect(String(renamed.at('lastUpdated')) > String(ada.at('lastUpdated'))).toBe(true);
		expect(renamed.at('statusChanged')).toBe(ada.at('statusChanged'));
		const suspended = await edit({ id, path: 'status', value: 'SUSPENDED' });
		expect(suspended.at('statusChanged')).toBe(suspended.at('lastUpdated'));
		expect((await edit({ id, path: 'status', value: 'GONE' })).status).toBe(400);
		expect((await edit({ id, path: 'id', value: 'x' })).status).toBe(400);
		expect((await edit({ id: 'nobody', path: 'status', value: 'ACTIVE' })).status).toBe(404);
	});

	it('delete at once, and do not merge', async () => {
		const id = path.slice(1);
		expect((await world.control('POST', '/delete', { id })).status).toBe(200);
		expect((await world.control('POST', '/delete', { id })).status).toBe(404);
		const merge = await world.control('POST', '/merge', { targetId: 'a', sourceIds: ['b'] });
		expect(merge.status).toBe(400);
	});
});
