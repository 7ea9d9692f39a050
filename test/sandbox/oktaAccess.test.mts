import { sandboxClock } from '../../sandbox/control/clock.mts';
import { send, type Reply } from './harness.mts';
import { adasProfile, refusalOf, rowsOf, startOkta, type OktaWorld } from './oktaWorld.mts';

let world: OktaWorld;
beforeAll(async () => {
	world = await startOkta();
});
afterAll(() => world.close());
beforeEach(() => world.control('POST', '/reset', {}));

const list = (authorization?: string) =>
	send('GET', `${world.url}/api/v1/users`, authorization ? { authorization } : {});

describe('tokens', () => {
	it.each<[number, string | undefined, string | undefined]>([
		[200, undefined, 'SSWS any'],
		[200, undefined, 'Bearer any'],
		[401, 'E0000004', undefined],
		[401, 'E0000004', 'Basic any'],
		[401, 'E0000011', 'SSWS invalid'],
		[401, 'E0000011', 'Bearer invalid'],
		[401, 'E0000011', 'Bearer undefined'],
		[403, 'E0000006', 'SSWS forbidden'],
	])('%i %s for %p', async (status, code, authorization) => {
		const reply = await list(authorization);
		expect([reply.status, reply.body.errorCode]).toEqual([status, code]);
	});

	it('an unknown path is 404', async () => {
		const reply = await send('GET', `${world.url}/api/v1/nowhere`, { authorization: 'SSWS any' });
		expect(refusalOf(reply)).toEqual([404, 'E0000008', []]);
	});
});

describe('OAuth 2.0 client credentials', () => {
	const jwt = (claims: object) =>
		['{"alg":"RS256"}', JSON.stringify(claims), 'signature']
			.map((part) => Buffer.from(part).toString('base64url'))
			.join('.');
	const both = 'okta.users.read okta.users.manage';
	const basic = (id: string) => ({
		authorization: `Basic ${Buffer.from(`${id}:secret`).toString('base64')}`,
	});
	const assertion = {
		client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
	};
	const ask = async (
		form: Record<string, string>,
		headers: Record<string, string> = {},
		path = '/oauth2/v1/token',
	): Promise<Reply> => {
		const response = await fetch(world.url + path, {
			method: 'POST',
			headers,
			body: new URLSearchParams({ grant_type: 'client_credentials', scope: both, ...form }),
		});
		const text = await response.text();
		const body = JSON.parse(text) as Reply['body'];
		const at = (key: string) => body[key];
		return {
			status: response.status,
			body,
			text,
			headers: response.headers,
			at,
			code: body.error,
		};
	};
	const tokenFor = async (scope: string) =>
		String((await ask({ scope }, basic('app'))).at('access_token'));

	it.each<[string, Record<string, string>, Record<string, string>]>([
		['Basic', {}, basic('app')],
		['the form', { client_id: 'app', client_secret: 'secret' }, {}],
		['a JWT', { ...assertion, client_assertion: jwt({ iss: 'app', sub: 'app' }) }, {}],
	])('takes a client by %s', async (_how, form, headers) => {
		const reply = await ask(form, headers);
		expect(reply.body).toEqual({
			token_type: 'Bearer',
			expires_in: 3600,
			access_token: expect.any(String),
			scope: both,
		});
		expect((await list(`Bearer ${String(reply.at('access_token'))}`)).status).toBe(200);
	});

	it('answers at the custom authorization server, too, and counts as no write', async () => {
		expect((await ask({}, basic('app'), '/oauth2/default/v1/token')).status).toBe(200);
		const requests = await world.control('GET', '/requests');
		expect(requests.body).toMatchObject({ total: 1, writes: 0 });
	});

	it.each<[string, Record<string, string>, Record<string, string>]>([
		['an unknown client', {}, basic('invalid')],
		['an unknown client in the form', { client_id: 'invalid', client_secret: 'x' }, {}],
		['no client', {}, {}],
		['a client without its secret', { client_id: 'app' }, {}],
		['a broken JWT', { ...assertion, client_assertion: 'a.b' }, {}],
		['a JWT without claims', { ...assertion, client_assertion: jwt({}) }, {}],
		['a JWT for another', { ...assertion, client_assertion: jwt({ iss: 'a', sub: 'b' }) }, {}],
		['a JWT of another type', { client_assertion: jwt({ iss: 'a', sub: 'a' }) }, {}],
	])('refuses %s', async (_why, form, headers) => {
		const reply = await ask(form, headers);
		expect([reply.status, reply.code]).toEqual([401, 'invalid_client']);
	});

	it('refuses another grant, no scope and a strange one', async () => {
		const password = await ask({ grant_type: 'password' }, basic('app'));
		expect([password.status, password.code]).toEqual([400, 'unsupported_grant_type']);
		for (const scope of ['', 'openid']) {
			const reply = await ask({ scope }, basic('app'));
			expect([reply.status, reply.code]).toEqual([400, 'invalid_scope']);
		}
	});

	it('a token does only what its scopes allow', async () => {
		const call = async (method: string, path: string, token: string) => {
			const body = method === 'POST' ? { profile: adasProfile } : undefined;
			const headers = { authorization: `Bearer ${token}` };
			return (await world.users(method, path, body, headers)).status;
		};
		const reader = await tokenFor('okta.users.read');
		expect([await call('GET', '', reader), await call('POST', '', reader)]).toEqual([200, 403]);
		const manager = await tokenFor('okta.users.manage');
		expect([await call('GET', '', manager), await call('POST', '', manager)]).toEqual([200, 200]);
		const groups = await tokenFor('okta.groups.read');
		expect(refusalOf(await list(`Bearer ${groups}`))).toEqual([403, 'E0000006', []]);
		expect(await call('GET', '/me', manager)).toBe(404);
	});

	it('a token ends after an hour', async () => {
		const token = `Bearer ${await tokenFor(both)}`;
		sandboxClock.advance(3_599_000);
		expect((await list(token)).status).toBe(200);
		sandboxClock.advance(1000);
		expect((await list(token)).body.errorCode).toBe('E0000011');
	});
});

describe('rate limit', () => {
	const rate = ({ headers }: Reply) => ({
		limit: Number(headers.get('x-rate-limit-limit')),
		remaining: Number(headers.get('x-rate-limit-remaining')),
		/** Seconds from the server's own date to the next window. */
		wait: Number(headers.get('x-rate-limit-reset')) - Date.parse(headers.get('date') ?? '') / 1000,
	});
	const limitTo = (requestsPerMinute: number) =>
		world.control('POST', '/limits', { requestsPerMinute });

	it('every answer tells it and has an id, a refused one, too', async () => {
		const ids = new Set<string | null>();
		for (const reply of [await list('SSWS any'), await list(), await list('SSWS any')]) {
			expect(rate(reply).remaining).toBeGreaterThan(1000);
			ids.add(reply.headers.get('x-okta-request-id'));
		}
		expect([...ids]).toEqual([0, 1, 2].map(() => expect.stringMatching(/^req\w{17}$/)));
	});

	it('counts down to a 429 that has no Retry-After, and begins anew', async () => {
		await limitTo(2);
		const remaining = [rate(await list('SSWS any')), rate(await list('SSWS any'))];
		expect(remaining.map((state) => [state.limit, state.remaining])).toEqual([
			[2, 1],
			[2, 0],
		]);
		const refused = await list('SSWS any');
		expect(refusalOf(refused)).toEqual([429, 'E0000047', []]);
		expect(refused.headers.get('retry-after')).toBeNull();
		const { wait, ...rest } = rate(refused);
		expect(rest).toEqual({ limit: 2, remaining: 0 });
		expect(wait).toBeGreaterThan(50);
		sandboxClock.advance((wait - 2) * 1000);
		expect((await list('SSWS any')).status).toBe(429);
		sandboxClock.advance(2000);
		expect((await list('SSWS any')).status).toBe(200);
	});

	it('Reset stays where it is while time goes by', async () => {
		await limitTo(5);
		const before = rate(await list('SSWS any')).wait;
		sandboxClock.advance(20_000);
		const passed = before - rate(await list('SSWS any')).wait;
		expect(passed).toBeGreaterThan(18);
		expect(passed).toBeLessThan(22);
	});

	it('a fault tells one second', async () => {
		await world.control('POST', '/faults', { rate: 1, kinds: ['429'] });
		const { remaining, wait } = rate(await list('SSWS any'));
		expect([remaining, wait === 1 || wait === 2]).toEqual([0, true]);
	});

	it('switches: Retry-After, no headers of Okta, no Date, a clock that is wrong', async () => {
		await limitTo(1);
		await list('SSWS any');
		await world.behave({ rateLimitRetryAfter: true });
		expect(Number((await list('SSWS any')).headers.get('retry-after'))).toBeGreaterThan(50);
		await world.behave({ rateLimitHeaders: false, rateLimitRetryAfter: false, omitDate: true });
		const bare = await list('SSWS any');
		const names = ['date', 'retry-after', 'x-rate-limit-reset', 'x-rate-limit-remaining'];
		expect(names.map((name) => bare.headers.get(name))).toEqual([null, null, null, null]);
		await world.control('POST', '/reset', {});
		const hour = 3_600_000;
		await world.behave({ serverClockAheadMs: hour });
		const reply = await list('SSWS any');
		const ahead = Date.parse(reply.headers.get('date') ?? '') - Date.now();
		expect(Math.round(ahead / 60_000)).toBe(60);
		expect(rate(reply).wait).toBeLessThan(62);
		await world.behave({ omitDate: true });
		expect((await list('SSWS any')).headers.get('date')).toBeNull();
	});
});

describe('faults and answers laid ready', () => {
	it.each([
		['500', 'E0000009'],
		['503', 'E0000010'],
	])('%s in the envelope of Okta', async (kind, code) => {
		await world.control('POST', '/faults', { rate: 1, kinds: [kind] });
		expect(refusalOf(await list('SSWS any'))).toEqual([Number(kind), code, []]);
	});

	it('truncated: half a list', async () => {
		await world.users('POST', '', { profile: adasProfile });
		const whole = (await list('SSWS any')).text;
		await world.control('POST', '/faults', { rate: 1, kinds: ['truncated'] });
		expect((await list('SSWS any')).text).toBe(whole.slice(0, Math.ceil(whole.length / 2)));
	});

	it('a list laid ready is sent as a list, and its headers win whatever their case', async () => {
		await world.control('POST', '/answer', {
			method: 'GET',
			path: '/api/v1/users',
			status: 200,
			body: [{ id: 'x' }],
			headers: { 'X-Rate-Limit-Remaining': 3 },
		});
		const reply = await list('SSWS any');
		expect(rowsOf(reply)).toEqual([{ id: 'x' }]);
		expect(reply.headers.get('x-rate-limit-remaining')).toBe('3');
	});

	it('a body that is no JSON is refused as malformed', async () => {
		const response = await fetch(`${world.url}/api/v1/users`, {
			method: 'POST',
			headers: { authorization: 'SSWS any', 'content-type': 'application/json' },
			body: '{"profile":',
		});
		expect([response.status, await response.json()]).toEqual([
			400,
			expect.objectContaining({ errorCode: 'E0000003' }),
		]);
	});
});
