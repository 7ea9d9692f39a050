import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import type { NodeRun } from './harness.mts';
import { byId, oktaId, oktaUser, oktaWorld } from './oktaRun.mts';
import { resultIn, updateOf } from './rows.mts';

jest.setTimeout(30_000);

const { world, run, put, stored, requests, answer, waits, through, use } = oktaWorld();

const requestId = 'reqABC123-x_y';
const secret = /@|Lovelace|token-of-test|secret-of-test/;

const wordsOf = ({ error, json }: NodeRun) =>
	`${error?.message} ${error?.description} ${JSON.stringify(json)}`;

const failure = (
	errorCode: string,
	causes: string[] = [],
	errorSummary = 'ada@example.com Lovelace',
) => ({
	errorCode,
	errorSummary,
	errorLink: errorCode,
	errorId: 'oae123',
	errorCauses: causes.map((cause) => ({ errorSummary: cause })),
});

interface Case {
	status: number;
	body: JsonObject;
	says: string;
	advises: RegExp;
}

const update = async () =>
	await run('update', { userId: byId(oktaId('ada')), updateFields: { firstName: 'New' } });

beforeEach(async () => await put([oktaUser('ada', 'ada@example.com')]));

describe('Okta’s errors', () => {
	const exists = 'An object with this field already exists in the current organization';
	test.each<[string, Case]>([
		[
			'E0000001, a login that another user has',
			{
				status: 400,
				body: failure('E0000001', [`login: ${exists}`], 'Api validation failed: login'),
				says: 'Another user of Okta has this value already (HTTP 400, code E0000001 duplicate, field login',
				advises: /Change it for one of the two users/,
			},
		],
		[
			'E0000001, several causes',
			{
				status: 400,
				body: failure('E0000001', [
					'firstName: The field cannot be left blank',
					`email: ${exists}`,
				]),
				says: 'Another user of Okta has this value already (HTTP 400, code E0000001 duplicate, field email',
				advises: /Change it/,
			},
		],
		[
			'E0000001, a value against the rules',
			{
				status: 400,
				body: failure('E0000001', ['lastName: The field cannot exceed 50 characters']),
				says: 'Okta does not take a value (HTTP 400, code E0000001, field lastName',
				advises: /Profile Editor/,
			},
		],
		[
			'E0000001, its field in the summary alone',
			{
				status: 400,
				body: failure('E0000001', [], 'Api validation failed: mobilePhone'),
				says: 'Okta does not take a value (HTTP 400, code E0000001, field mobilePhone',
				advises: /Profile Editor/,
			},
		],
		[
			'E0000001, a cause that begins with a value',
			{
				status: 400,
				body: failure('E0000001', ['ada@example.com: is no good']),
				says: 'Okta does not take a value (HTTP 400, code E0000001, request id',
				advises: /Profile Editor/,
			},
		],
		[
			'E0000003',
			{
				status: 400,
				body: failure('E0000003'),
				says: 'Okta could not read the request (HTTP 400, code E0000003',
				advises: /proxy/,
			},
		],
		[
			'E0000004',
			{
				status: 401,
				body: failure('E0000004'),
				says: 'Okta does not accept the API token (HTTP 401, code E0000004',
				advises: /Make a new API token in Okta/,
			},
		],
		[
			'E0000011',
			{
				status: 401,
				body: failure('E0000011'),
				says: 'Okta does not accept the API token (HTTP 401, code E0000011',
				advises: /Make a new API token in Okta/,
			},
		],
		[
			'E0000006',
			{
				status: 403,
				body: failure('E0000006'),
				says: 'Okta does not permit this (HTTP 403, code E0000006',
				advises: /a role that may view and manage users/,
			},
		],
		[
			'E0000008',
			{
				status: 404,
				body: failure('E0000008'),
				says: 'Okta has nothing at this place (HTTP 404, code E0000008',
				advises: /the URL in the credential/,
			},
		],
		[
			'E0000038',
			{
				status: 403,
				body: failure('E0000038'),
				says: 'Okta does not do this in the status that the user has (HTTP 403, code E0000038',
				advises: /Activate the user first/,
			},
		],
		[
			'a code that nobody knows',
			{
				status: 400,
				body: failure('E0000999'),
				says: 'Okta refused the request (HTTP 400, code E0000999',
				advises: /Check the values/,
			},
		],
		[
			'a 200 with an error body',
			{
				status: 200,
				body: failure('E0000009'),
				says: 'Okta refused the request (HTTP 200, code E0000009',
				advises: /request id/,
			},
		],
	])('%s', async (_name, { status, body, says, advises }) => {
		const headers = { 'x-okta-request-id': requestId };
		await answer({ method: 'POST', status, body, headers });
		const done = await update();
		expect(done.error?.message).toContain(`User ${oktaId('ada')}: ${says}`);
		expect(done.error?.message).toContain(`request id ${requestId})`);
		expect(done.error?.description).toMatch(advises);
		expect(wordsOf(done)).not.toMatch(secret);
		expect((await requests()).writes).toBe(1);
		expect(waits()).toEqual([]);
	});

	test('E0000007: there is no such user', async () => {
		await put([]);
		const done = await update();
		expect(done.error?.message).toBe(`Okta has no user ${oktaId('ada')}`);
	});

	test('an unknown path is no proof that a user is gone', async () => {
		await answer({ status: 404, body: failure('E0000008') });
		const done = await update();
		expect(done.error?.message).toContain(
			'Okta has nothing at this place (HTTP 404, code E0000008',
		);
	});

	test.each<[string, number, string, string]>([
		['E0000009', 500, 'Okta could not process the request (HTTP 500, code E0000009', 'support'],
		['E0000010', 503, 'Okta is in read-only mode (HTTP 503, code E0000010', 'Run again later'],
		['E0000047', 429, 'Okta receives too many requests (HTTP 429, code E0000047', 'less often'],
	])('%s is tried again, then told', async (code, status, says, advises) => {
		await world().okta.behave({ rateLimitHeaders: false });
		await answer({ status, body: failure(code), times: 5 });
		const done = await run('get', { userId: byId(oktaId('ada')) });
		expect(done.error?.message).toContain(says);
		expect(done.error?.description).toContain(advises);
		expect((await requests()).total).toBe(5);
		expect(waits()).toEqual([2_000, 8_000, 30_000, 60_000]);
		expect(wordsOf(done)).not.toMatch(secret);
	});
});

describe('what is not of Okta', () => {
	const list = async () => await run('getAll', { returnAll: true });

	test('a web page from a gateway', async () => {
		await world().okta.behave({ htmlPage: true });
		const { error } = await list();
		expect(error?.message).toContain('Okta answered with a web page instead of data');
	});

	test('an empty 403 stops the run', async () => {
		await world().okta.behave({ forbiddenEmpty: true });
		const changes = [1, 2].map(() =>
			updateOf('users', oktaId('ada'), 'a@example.com', 'b@example.com'),
		);
		const done = await run('applyChanges', {}, changes);
		expect(done.error?.message).toContain('Okta does not permit this (HTTP 403');
		expect((await requests()).total).toBe(1);
	});

	test('half an answer, and no answer', async () => {
		await world().okta.faults({ rate: 1, kinds: ['truncated'] });
		expect((await list()).error?.message).toContain('The answer of Okta was cut off');
		await world().okta.faults({ rate: 1, kinds: ['resetBefore'] });
		expect((await list()).error?.message).toContain('Okta could not be reached');
	});

	test.each([
		['an object where the list should be', { users: [] }],
		['an error in the place of the list', failure('E0000009')],
	])('%s is no empty list', async (_what, body) => {
		await answer({ status: 200, body });
		const { error } = await list();
		expect(error?.message).toMatch(/was cut off|refused the request \(HTTP 200, code E0000009/);
	});

	test('an error page in the place of a user', async () => {
		const { error } = await through(
			({ method }) =>
				method === 'POST' ? { status: 502, body: '<h1>Bad Gateway</h1>' } : undefined,
			async () => await update(),
		);
		expect(error?.message).toContain('Okta could not process the request (HTTP 502');
		expect(await stored('ada')).toMatchObject({ profile: { firstName: 'First-ada' } });
	});
});

describe('the credential', () => {
	test.each([
		['invalid', 'Okta does not accept the API token (HTTP 401, code E0000011', /new API token/],
		['forbidden', 'Okta does not permit this (HTTP 403, code E0000006', /role/],
	])('a token that is %s', async (apiToken, says, advises) => {
		use({ apiToken });
		const done = await run('getAll', { returnAll: true });
		expect(done.error?.message).toContain(says);
		expect(done.error?.description).toMatch(advises);
		expect((await requests()).total).toBe(1);
	});

	test('a refusal of all calls ends Apply Changes, and marks nothing refused', async () => {
		use({ apiToken: 'invalid' });
		const change = updateOf('users', oktaId('ada'), 'a@example.com', 'b@example.com');
		const done = await run('applyChanges', {}, [change], { onError: 'continueRegularOutput' });
		expect(done.json).toHaveLength(1);
		expect(resultIn(done).link).toBeUndefined();
		expect(entryAt(done.json, 0).error).toContain('Okta does not accept the API token');
	});
});
