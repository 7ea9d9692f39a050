import { newAccessToken } from '../../nodes/TargetUsers/systems/okta/accessToken';
import { createFor, updateWith } from './applyChangesWorld.mts';
import { byId, oktaId, oktaUser, oktaWorld } from './oktaRun.mts';
import type { Fate, Passing } from './proxy.mts';
import { outcomesOf, resultIn } from './rows.mts';

const { run, put, answer, through, use } = oktaWorld();
const ada = { userId: byId(oktaId('ada')) };
const answered = (body: unknown, status = 200): Fate => ({ status, body: JSON.stringify(body) });

describe('Activate', () => {
	beforeEach(
		async () => await put([oktaUser('ada', 'ada@example.com', { status: 'DEPROVISIONED' })]),
	);
	const isActivation = ({ url }: Passing) => url.includes('/lifecycle/activate');
	const activate = async (fate: Fate) =>
		await through(
			(call) => (isActivation(call) ? fate : undefined),
			async () => await run('activate', ada),
		);

	test.each([
		['an empty answer', { status: 200 }],
		['an answer without a link', answered({ activationUrl: '' })],
	])('%s: the user comes out without a link', async (_what, fate) => {
		const { json, error } = await activate(fate);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: oktaId('ada') }]);
		expect(json[0]).not.toHaveProperty('activationUrl');
	});

	test('a refusal is told with the user that it is about', async () => {
		const { error } = await activate(answered({ errorCode: 'E0000006' }, 403));
		expect(error?.message).toBe(
			`User ${oktaId('ada')}: Okta does not permit this (HTTP 403, code E0000006)`,
		);
	});
});

test('a validation error without its causes is told all the same', async () => {
	await answer({ method: 'POST', status: 400, body: { errorCode: 'E0000001' } });
	const { error } = await run('create', { email: 'ada@example.com' });
	expect(error?.message).toMatch(
		/^New user: Okta does not take a value \(HTTP 400, code E0000001, /,
	);
});

describe('a user whom only the search that may be behind finds', () => {
	beforeEach(async () => await put([oktaUser('ada', 'Ada@Example.com')]));
	const upsert = async (fate: Fate) =>
		await through(
			({ method, url }) =>
				method === 'GET' && url.endsWith(`/users/${oktaId('ada')}`) ? fate : undefined,
			async () => await run('upsert', { email: 'ada@example.com' }),
		);

	test('and who is gone since is nobody: the address is free', async () => {
		const { json, error } = await upsert(answered({ errorCode: 'E0000007' }, 404));
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ action: 'created', profile: { email: 'ada@example.com' } }]);
	});

	test('and who cannot be read is no proof of anything: nobody is created', async () => {
		const { error } = await upsert(answered({ errorCode: 'E0000006' }, 403));
		expect(error?.message).toContain('Okta does not permit this');
	});
});

test('a user who was deleted between the look and the read is not told as unchanged', async () => {
	await put([oktaUser('ada', 'ada@example.com')]);
	const { json, error } = await through(
		({ url }) =>
			url.endsWith(`/users/${oktaId('ada')}`)
				? answered({ errorCode: 'E0000007' }, 404)
				: undefined,
		async () => await run('upsert', { email: 'ada@example.com' }),
	);
	expect(json).toEqual([]);
	expect(error?.message).toBe(`Okta has no user ${oktaId('ada')}`);
});

test('a user who cannot be read after the look is an error', async () => {
	await put([oktaUser('ada', 'ada@example.com')]);
	const { error } = await through(
		({ url }) =>
			url.endsWith(`/users/${oktaId('ada')}`)
				? answered({ errorCode: 'E0000006' }, 403)
				: undefined,
		async () => await run('upsert', { email: 'ada@example.com' }),
	);
	expect(error?.message).toContain(`User ${oktaId('ada')}: Okta does not permit this`);
});

test('Create or Update looks again after each lost answer, and gives up after the fourth', async () => {
	await put([oktaUser('bo', 'bo@example.com')]);
	const { error, posts } = await through(
		({ method }) => (method === 'POST' ? { status: 503 } : undefined),
		async (proxy) => ({
			...(await run('upsert', { email: 'ada@example.com' })),
			posts: proxy.calls.filter(({ method }) => method === 'POST').length,
		}),
	);
	expect(posts).toBe(4);
	expect(error?.description).toBe(
		'The user may have been created all the same: look before running again.',
	);
});

test.each(['profile..x', "profile['x"])(
	'a path that is none (%s) is told, and not sent',
	async (path) => {
		await put([oktaUser('ada', 'ada@example.com')]);
		const done = await run('applyChanges', {}, [
			updateWith('users', oktaId('ada'), { [path]: null }, { [path]: 'x' }),
		]);
		expect(outcomesOf(done)).toEqual(['refused']);
		expect(resultIn(done).message).toBe(
			`user ${oktaId('ada')}: the value for ${path} cannot be written: it is no path into a user`,
		);
	},
);

test('a user without a profile comes out with what there is', async () => {
	await answer({ status: 200, body: [{ id: oktaId('ada'), status: 'ACTIVE' }] });
	const { json } = await run('getAll', {
		returnAll: false,
		limit: 5,
		output: 'simplified',
	});
	expect(json).toEqual([{ id: oktaId('ada'), login: null, name: null, email: null, active: true }]);
});

test('a name of two words fills both names, one word only the first', async () => {
	await put([]);
	const create = (email: string, name: string) =>
		createFor('users', email, { defaults: { name, login: email } });
	const done = await run('applyChanges', { options: { acceptHidden: true } }, [
		create('ada@example.com', 'Ada King Lovelace'),
		create('bo@example.com', 'Bo'),
	]);
	expect(outcomesOf(done)).toEqual(['applied', 'applied']);
	const names = await Promise.all(
		done.json.map(
			async ({ userId }) => (await run('get', { userId: byId(String(userId)) })).json[0],
		),
	);
	expect(names).toMatchObject([
		{ profile: { firstName: 'Ada King', lastName: 'Lovelace' } },
		{ profile: { firstName: 'Bo', lastName: '-' } },
	]);
});

test.each(['5', '"text"', 'null'])(
	'a private key that is other JSON (%s) gives no token',
	async (privateKey) => {
		use({ authentication: 'oAuth2', clientId: 'app', privateKey, clientAuthentication: 'key' });
		const { error } = await run('getAll', {});
		expect(error?.message).toMatch(/Okta does not accept/);
	},
);

test('a credential without any address gives no token, and nobody is asked', async () => {
	const httpRequest = async () => await Promise.reject(new Error('Nobody is to be asked'));
	expect(await newAccessToken({ httpRequest }, { clientId: 'app' })).toBeUndefined();
});
