import type { INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contracts';
import { createFor } from './applyChangeWorld.mts';
import { pendingIn, resultIn, updateOf } from './world.mts';
import { byId, crowd, goOn, ids, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, run, users, waits, withToken, writes } = youTrackWorld();

/** What an answer may say and no message may repeat. */
const person = 'Ada Example <ada@example.com>';
const users3 = [1, 2, 3].map((n) => user(`u${n}`, `p${n}@example.com`));
const path = '/hub/api/rest/users';
const html = { status: 200, text: '<html><body>Please sign in</body></html>' };

/** An operation on three items; the second one gets the answer that was laid ready. */
interface Case {
	parameters: INodeParameters;
	laid: JsonObject;
}
const operations: Record<'get' | 'update' | 'create', Case> = {
	get: {
		parameters: { userId: byId('={{ "u" + $json.n }}') },
		laid: { method: 'GET', path: `${path}/u2` },
	},
	update: {
		parameters: { userId: byId('={{ "u" + $json.n }}'), updateFields: { name: 'New' } },
		laid: { method: 'POST', path: `${path}/u2` },
	},
	create: {
		parameters: { email: '={{ "new" + $json.n + "@example.com" }}' },
		laid: { method: 'POST', path, skip: 1 },
	},
};
const three = [{ n: 1 }, { n: 2 }, { n: 3 }];

const error = (code: string, more: JsonObject = {}): JsonObject => ({
	error: code,
	error_description: `Not possible for ${person}`,
	...more,
});
const taken = 'New user: Another user of YouTrack has this login or address';
const full = 'New user: The licence of YouTrack has no free seat';
const merge = /Change or merge one of them/;
const seats = /Ban or delete a user, or extend the licence/;

type Row = [
	what: string,
	operation: keyof typeof operations,
	answer: JsonObject,
	message: string,
	remedy: RegExp,
];
const rows: Row[] = [
	[
		'no permission',
		'get',
		{ status: 403, body: error('Forbidden') },
		'User u2: YouTrack does not permit this (HTTP 403, code Forbidden)',
		/scope includes YouTrack Administration/,
	],
	[
		'an empty 403',
		'update',
		{ status: 403 },
		'User u2: YouTrack does not permit this (HTTP 403)',
		/scope includes YouTrack Administration/,
	],
	[
		'an unknown id',
		'get',
		{ status: 404, body: error('Not Found') },
		'YouTrack has no user u2',
		/Check the ID and the URL/,
	],
	[
		'a 404 of somebody on the way',
		'get',
		{ status: 404, body: { message: person } },
		'User u2: YouTrack has nothing at this place (HTTP 404)',
		/Check the ID, and the URL/,
	],
	[
		'a bad body',
		'update',
		{
			status: 400,
			body: error('invalid_properties', {
				error_children: [error('invalid_property', { error_field: 'profile.email' })],
			}),
		},
		'User u2: YouTrack refused the request (HTTP 400, code invalid_properties, field profile.email)',
		/Check the values/,
	],
	[
		'a refusal whose code is a sentence',
		'update',
		{ status: 400, body: error(`No ${person}`, { error_field: person }) },
		'User u2: YouTrack refused the request (HTTP 400)',
		/Check the values/,
	],
	[
		'a duplicate by its code, 409',
		'create',
		{ status: 409, body: error('must-be-unique', { error_field: 'login' }) },
		`${taken} (HTTP 409, code must-be-unique, field login)`,
		merge,
	],
	[
		'a duplicate by its code, 400',
		'create',
		{ status: 400, body: error('must-be-unique') },
		`${taken} (HTTP 400, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate by its text',
		'create',
		{
			status: 400,
			body: { error: 'Bad Request', error_description: `User ${person} already exists` },
		},
		`${taken} (HTTP 400, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate by the text for developers',
		'create',
		{
			status: 409,
			body: error('Conflict', { error_developer_message: 'Login has to be unique' }),
		},
		`${taken} (HTTP 409, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate below',
		'create',
		{
			status: 400,
			body: error('invalid_properties', {
				error_children: [error('must-be-unique', { error_field: 'login' })],
			}),
		},
		`${taken} (HTTP 400, code must-be-unique, field login)`,
		merge,
	],
	[
		'a full licence by its code',
		'create',
		{ status: 403, body: error('license_users_number_exceeded') },
		`${full} (HTTP 403, code license_users_number_exceeded)`,
		seats,
	],
	[
		'a full licence by its text',
		'create',
		{
			status: 400,
			body: { error: 'Bad Request', error_description: 'The license limit is exceeded' },
		},
		`${full} (HTTP 400, code license_users_number_exceeded)`,
		seats,
	],
	[
		'a 500 about a type that is missing',
		'create',
		{ status: 500, body: error('server_error', { error_developer_message: 'DetailsJSON' }) },
		'New user: YouTrack could not process the request (HTTP 500, code server_error)',
		/may have been created all the same/,
	],
	[
		'a 500 that tells of something that exists is no duplicate',
		'create',
		{ status: 500, body: error('server_error', { error_developer_message: 'already exists' }) },
		'New user: YouTrack could not process the request (HTTP 500, code server_error)',
		/may have been created all the same/,
	],
	[
		'a web page',
		'get',
		{ ...html, times: 20 },
		'User u2: YouTrack answered with a web page instead of data: check the URL or a proxy (HTTP 200)',
		/Open the URL/,
	],
	[
		'a web page with the status of a gateway',
		'get',
		{ ...html, status: 502, times: 20 },
		'User u2: YouTrack could not process the request (HTTP 502)',
		/Run again later/,
	],
	[
		'an error with the status of success',
		'get',
		{ status: 200, body: error('server_error') },
		'User u2: YouTrack refused the request (HTTP 200, code server_error)',
		/Check the values/,
	],
	[
		'an error with the status of success, to a write',
		'create',
		{ status: 200, body: error('must-be-unique') },
		`${taken} (HTTP 200, code must-be-unique)`,
		merge,
	],
	[
		'429 without a header, again and again',
		'update',
		{ status: 429, body: error('Too Many Requests'), times: 20 },
		'User u2: YouTrack receives too many requests (HTTP 429, code Too Many Requests)',
		/Run again later, or less often/,
	],
];

describe('one item fails in plain words, the others go on, nothing personal is told', () => {
	test.each(rows)('%s', async (_what, operation, answer, message, remedy) => {
		const { parameters, laid } = operations[operation];
		await put(users3);
		await hub().answer({ ...laid, ...answer });
		const { json } = await run(operation, parameters, three, goOn);
		expect(json.map((item) => item.error)).toEqual([undefined, message, undefined]);
		expect(entryAt(json, 0).id).toBeDefined();
		expect(entryAt(json, 2).id).toBeDefined();

		await hub().reset();
		await put(users3);
		await hub().answer({ ...laid, ...answer, skip: 0 });
		const { error: stopped } = await run(operation, parameters, [{ n: 2 }]);
		expect(stopped?.message.startsWith(message.replace(/ \(HTTP.*/, ''))).toBe(true);
		expect(stopped?.description).toMatch(remedy);
		const told = JSON.stringify([
			json[1],
			stopped?.message,
			stopped?.description,
			stopped?.context,
		]);
		expect(told).not.toMatch(/Ada|@/);
	});
});

test('a bad token ends the run: no item after it makes a call', async () => {
	await put(users3);
	const { parameters } = operations.get;
	const { json } = await withToken(
		'invalid',
		async () => await run('get', parameters, three, goOn),
	);
	const message = 'YouTrack does not accept the permanent token (HTTP 401, code invalid_token)';
	expect(json.map((item) => item.error)).toEqual([1, 2, 3].map((n) => `User u${n}: ${message}`));
	expect((await hub().requests()).total).toBe(1);
});

test('a 429 without a header, once: the call is made again after a wait', async () => {
	await put(crowd(3));
	await hub().behave({ throttleRetryAfter: false, throttleBody: 'empty' });
	await hub().answer({ method: 'GET', path, status: 429 });
	const { json, error: stopped } = await run('getAll', { returnAll: true });
	expect(stopped).toBeUndefined();
	expect(ids(json)).toHaveLength(3);
	expect(waits()).toHaveLength(1);
	expect(waits()[0]).toBeGreaterThan(0);
});

describe('what Apply Change makes of a refusal', () => {
	const refusals: Array<[string, JsonObject, JsonObject]> = [
		[
			'a duplicate by its text',
			{
				status: 400,
				body: { error: 'Bad Request', error_description: `${person} already exists` },
			},
			{ outcome: 'refusedForNow', review: { reason: 'addressTaken' } },
		],
		[
			'a full licence by its text',
			{ status: 400, body: { error: 'limit', error_description: 'license exceeded' } },
			{ outcome: 'refusedForNow', review: { reason: 'refused' } },
		],
		[
			'a bad value',
			{ status: 400, body: error('invalid_properties') },
			{ outcome: 'refused', review: { reason: 'badValue' } },
		],
		[
			'an error with the status of success',
			{ status: 200, body: error('odd') },
			{ outcome: 'failed' },
		],
	];
	test.each(refusals)('%s, to a create', async (_what, answer, result) => {
		await put([...users3]);
		await hub().answer({ method: 'POST', path, ...answer });
		const changes = [
			createFor('users', 'new@example.com'),
			updateOf('users', 'u1', 'p1@example.com', 'next@example.com'),
		];
		const applied = await run('applyChange', {}, changes);
		expect(applied.json).toMatchObject([result, { outcome: 'applied' }]);
		expect(String(entryAt(applied.json, 0).message)).not.toMatch(/Ada|@/);
		expect(await users()).toHaveLength(3);
	});

	test('“already exists” with another status is no duplicate: the create may have been done', async () => {
		await put([]);
		const body = { error: 'server_error', error_description: `${person} already exists` };
		await hub().answer({ method: 'POST', path, status: 500, body });
		const result = resultIn(await run('applyChange', {}, [createFor('users', 'new@example.com')]));
		expect(result.outcome).toBe('applied');
		expect(pendingIn(result)).toMatchObject([{ outcome: 'announced' }]);
		expect(await users()).toHaveLength(1);
		expect(await writes()).toBe(2);
	});
});
