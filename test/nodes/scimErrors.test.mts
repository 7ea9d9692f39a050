import { ScimUsersApi } from '../../credentials/ScimUsersApi.credentials';
import { scimBase, service } from '../../nodes/TargetUsers/systems/scim/service';
import { headersOf } from './credentialsHelper.mts';
import { evaluateWithCredentials, type NodeRun } from './harness.mts';
import { byId, crowd, person, scimWorld } from './scimWorld.mts';

const { run, put, calls, through, waits, withCredential } = scimWorld();

const list = async () => await run('getAll', { returnAll: true });
const update = async () =>
	await run('update', { userId: byId('u1'), updateFields: { title: 'Boss' } });

const errorBody = (status: number | string, more: object = {}) =>
	JSON.stringify({
		schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
		status,
		detail: 'Ada Ek <ada@example.com> is in the way of token-of-test',
		...more,
	});

const saysNothingSecret = (done: NodeRun) => {
	const words = JSON.stringify([done.error?.message, done.error?.description, done.json]);
	expect(words).not.toMatch(/token-of-test|Ada|ada@/);
};

beforeEach(async () => await put([person('u1', 'a@x.se'), person('u2', 'b@x.se')]));

describe('what the server says about a write', () => {
	// [status, scimType, how the message begins, what its remedy says]
	const table: Array<[number, string | undefined, string, string]> = [
		[409, 'uniqueness', 'Another user of the SCIM server has this user name', 'deleted user'],
		[400, 'tooMany', 'The SCIM server finds more users than it is willing', 'fewer users'],
		[400, 'mutability', 'The SCIM server does not let this attribute be changed', 'Leave'],
		[400, 'invalidValue', 'The SCIM server does not take one of the values', 'Correct the value'],
		[400, 'invalidVers', 'The SCIM server does not speak version 2.0', '/v2'],
		[403, 'sensitive', 'The SCIM server does not take this in a URL', 'by ID'],
		[403, undefined, 'SCIM 2.0 does not permit this', 'token may read'],
		[401, undefined, 'SCIM 2.0 does not accept the bearer token', 'Make a new bearer token'],
		[413, undefined, 'SCIM 2.0 refused the request', 'Check the values'],
	];

	test.each(table)('%i %s', async (status, scimType, message, remedy) => {
		for (const told of [status, String(status)]) {
			const done = await through(
				({ method }) =>
					method === 'PATCH' ? { status, body: errorBody(told, { scimType }) } : undefined,
				update,
			);
			const marks = scimType === undefined ? '' : `, code ${scimType}`;
			expect(done.error?.message).toMatch(/^User u1: /);
			expect(done.error?.message).toContain(message);
			expect(done.error?.message).toContain(`(HTTP ${status}${marks})`);
			expect(done.error?.description).toContain(remedy);
			saysNothingSecret(done);
		}
	});

	// Those that a PATCH may be refused for are answered to the PUT after it, too.
	test.each(['invalidFilter', 'invalidPath', 'invalidSyntax', 'noTarget'])(
		'400 %s, also to the second way',
		async (scimType) => {
			const done = await through(
				({ method }) =>
					method === 'GET' ? undefined : { status: 400, body: errorBody('400', { scimType }) },
				update,
			);
			expect(done.error?.message).toContain(service.meanings?.[scimType]);
			expect(done.error?.description).toBe(service.remedies[scimType]);
			saysNothingSecret(done);
		},
	);

	test('the id by which the server knows the call is told', async () => {
		const done = await through(
			() => ({ status: 403, body: errorBody('403'), headers: { 'x-request-id': 'req-17' } }),
			list,
		);
		expect(done.error?.message).toContain('(HTTP 403, request id req-17)');
	});

	test('errors without SCIM’s schema are read by their parts', async () => {
		const done = await through(
			() => ({ status: 404, body: '{"status":"404","detail":"not found"}' }),
			async () => await run('get', { userId: byId('u9') }),
		);
		expect(done.error?.message).toBe('SCIM 2.0 has no user u9');
	});
});

describe('a status of success with an error in the body', () => {
	const answered = (status: number | string, more: object = {}) => ({
		status: 200,
		body: errorBody(status, more),
	});

	test('counts as what it says', async () => {
		const gone = await through(
			() => answered('404'),
			async () => await run('get', { userId: byId('u1') }),
		);
		expect(gone.error?.message).toBe('SCIM 2.0 has no user u1');
		const locked = await through(() => answered(401), list);
		expect(locked.error?.message).toContain('does not accept the bearer token (HTTP 401');
		const taken = await through(
			({ method }) =>
				method === 'PATCH' ? answered('409', { scimType: 'uniqueness' }) : undefined,
			update,
		);
		expect(taken.error?.message).toContain('(HTTP 409, code uniqueness)');
	});

	test('is waited out where it says so', async () => {
		const done = await through(
			({ nth }) => (nth === 0 ? answered('429') : undefined),
			async () => await run('get', { userId: byId('u1') }),
		);
		expect(done.error).toBeUndefined();
		expect(waits()).toEqual([2_000]);
	});

	test('without a status of its own it is an error all the same', async () => {
		const done = await through(() => answered(''), list);
		expect(done.error?.message).toContain('SCIM 2.0 refused the request (HTTP 200)');
		saysNothingSecret(done);
	});
});

describe('what stands between', () => {
	const html = { 'content-type': 'text/html' };

	test('a web page instead of data', async () => {
		for (const status of [200, 302, 404]) {
			const done = await through(
				() => ({ status, body: '<html>Sign in</html>', headers: html }),
				list,
			);
			expect(done.error?.message).toContain('SCIM 2.0 answered with a web page instead of data');
		}
	});

	test('an answer that is JSON, and no list', async () => {
		for (const body of ['{}', '[]', '{"users":[]}', '']) {
			const done = await through(() => ({ status: 200, body }), list);
			expect(done.error?.message).toContain('The answer of SCIM 2.0 was cut off');
		}
	});

	test('an empty 403', async () => {
		const done = await through(() => ({ status: 403 }), list);
		expect(done.error?.message).toContain('SCIM 2.0 does not permit this (HTTP 403)');
		expect(waits()).toEqual([]);
	});

	test('a 429 without a header, once and for good', async () => {
		const once = await through(({ nth }) => (nth === 0 ? { status: 429 } : undefined), list);
		expect(once.error).toBeUndefined();
		expect(waits()).toEqual([2_000]);
		const forGood = await through(() => ({ status: 429 }), list);
		expect(forGood.error?.message).toContain('SCIM 2.0 receives too many requests (HTTP 429)');
		expect(waits()).toEqual([2_000, 2_000, 8_000, 30_000, 60_000]);
	});

	test('a 501 is not asked again', async () => {
		const done = await through(() => ({ status: 501, body: errorBody('501') }), list);
		expect(done.error?.message).toContain('HTTP 501');
		expect(waits()).toEqual([]);
	});

	test('a page that fails in the middle leaves an error, not half a list', async () => {
		await put(crowd(300));
		const done = await through(
			({ nth }) => (nth === 1 ? { status: 403, body: errorBody('403') } : undefined),
			list,
		);
		expect(done.json).toEqual([]);
		expect(done.error?.message).toMatch(/^After 200 users: SCIM 2\.0 does not permit this/);
	});

	test('what the server says of itself is not waited for', async () => {
		for (const status of [500, 401, 429]) {
			const done = await through(
				({ url, nth }) =>
					url.endsWith('/ServiceProviderConfig') && nth < 3 ? { status } : undefined,
				update,
			);
			expect(done.error).toBeUndefined();
		}
		expect((await calls())['PATCH /Users/:id']).toBe(3);
		// Of the 429 alone, which is waited out whatever was asked.
		expect(waits()).toEqual([2_000, 8_000]);
	});
});

describe('the credential', () => {
	const credential = new ScimUsersApi();

	test.each([
		['https://example.com/scim/v2', 'https://example.com/scim/v2'],
		[' https://example.com/scim/v2/ ', 'https://example.com/scim/v2'],
		['https://example.com/scim/v2/Users', 'https://example.com/scim/v2'],
		['https://example.com/scim/v2/users/', 'https://example.com/scim/v2'],
		['example.com/scim', 'https://example.com/scim'],
		['HTTP://example.com:8080/api/scim/v2?x=1#top', 'HTTP://example.com:8080/api/scim/v2'],
		['https://example.com/Users/scim', 'https://example.com/Users/scim'],
		['https://example.com', 'https://example.com'],
	])('%s', (baseUrl, base) => {
		expect(scimBase(baseUrl)).toBe(base);
		const tested = String(credential.test.request.baseURL);
		expect(evaluateWithCredentials(tested, { baseUrl, token: 't' })).toBe(base);
	});

	test('a wrong token and one without permission', async () => {
		const wrong = await withCredential({ token: 'invalid' }, list);
		expect(wrong.error?.message).toContain('does not accept the bearer token (HTTP 401');
		const weak = await withCredential({ token: 'forbidden' }, list);
		expect(weak.error?.message).toContain('does not permit this (HTTP 403');
	});

	test('the token is a password field and sent as Bearer; the test asks for users', async () => {
		const token = credential.properties.find(({ name }) => name === 'token');
		expect(token?.typeOptions?.password).toBe(true);
		expect(await headersOf(credential, { token: 'abc' })).toMatchObject({
			Authorization: 'Bearer abc',
		});
		expect(credential.test.request).toMatchObject({ url: '/Users', qs: { count: 1 } });
	});
});
