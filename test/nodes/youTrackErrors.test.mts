import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { createFor } from './applyChangesWorld.mts';
import { resultIn, toErrorOutput, updateOf } from './rows.mts';
import { crowd, goOn, ids, user, youTrackWorld } from './youTrackWorld.mts';
import { person, path, operations, three, error, rows } from './youTrackRefusals.mts';

const { hub, put, run, users, waits, withToken, writes } = youTrackWorld();
const users3 = [1, 2, 3].map((n) => user(`u${n}`, `p${n}@example.com`));

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

describe('what Apply Changes makes of a refusal', () => {
	const refusals: Array<[string, JsonObject, JsonObject]> = [
		[
			'a duplicate by its text',
			{
				status: 400,
				body: { error: 'Bad Request', error_description: `${person} already exists` },
			},
			{ outcome: 'refusedForNow', others: expect.any(Array) },
		],
		[
			'a full licence by its text',
			{ status: 400, body: { error: 'limit', error_description: 'license exceeded' } },
			{ outcome: 'refusedForNow', code: 'license_users_number_exceeded' },
		],
		[
			'a bad value',
			{ status: 400, body: error('invalid_properties') },
			{ outcome: 'refused', code: 'badValue' },
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
		const applied = await run('applyChanges', {}, changes, toErrorOutput);
		expect(resultIn(applied, 0)).toMatchObject(result);
		expect(resultIn(applied, 1).outcome).toBe('applied');
		expect(resultIn(applied, 0).message).not.toMatch(/Ada|@/);
		expect(await users()).toHaveLength(3);
	});

	test('“already exists” with another status is no duplicate: the create may have been done', async () => {
		await put([]);
		const body = { error: 'server_error', error_description: `${person} already exists` };
		await hub().answer({ method: 'POST', path, status: 500, body });
		const result = resultIn(await run('applyChanges', {}, [createFor('users', 'new@example.com')]));
		expect(result.outcome).toBe('applied');
		expect(result.pending).toMatchObject([{ outcome: 'sent' }]);
		expect(await users()).toHaveLength(1);
		expect(await writes()).toBe(2);
	});
});
