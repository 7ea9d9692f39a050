import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { otherFor } from './applyChangesWorld.mts';
import { outcomesOf, resultIn, updateOf } from './rows.mts';
import { byId, goOn, ids, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, run, stored, through, users, world, writes } = youTrackWorld();

const addressOf = (record: JsonObject | undefined) =>
	(record as { profile?: { email?: { email?: string } } } | undefined)?.profile?.email;

const parked = (email: string): JsonObject => ({
	profile: { unverifiedEmail: { type: 'EmailJSON', verified: false, email } },
});

const empty = byId('={{ "" }}');

describe('Create or Update', () => {
	test('creates where nobody holds the address, not verified', async () => {
		await put([user('u1', 'a@example.com')]);
		const additionalFields = { name: 'Ada Example' };
		const { json, error } = await run('upsert', { email: ' ada@example.com ', additionalFields });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ action: 'created', login: 'ada@example.com' }]);
		const made = await stored(String(entryAt(json, 0).id));
		expect(made).toMatchObject({ name: 'Ada Example' });
		expect(addressOf(made)).toEqual({
			type: 'EmailJSON',
			verified: false,
			email: 'ada@example.com',
		});
	});

	test('updates who holds it in any case, and leaves the address as it is', async () => {
		await put([user('u1', 'Ada@Example.com')]);
		const additionalFields = { name: 'Ada Example' };
		const { json } = await run('upsert', { email: 'ada@example.com', additionalFields });
		expect(json).toMatchObject([{ id: 'u1', action: 'updated', name: 'Ada Example' }]);
		expect(addressOf(await stored('u1'))).toMatchObject({
			email: 'Ada@Example.com',
			verified: true,
		});
		expect(await users()).toHaveLength(1);
	});

	test('writes nothing where nothing but the address is given', async () => {
		await put([user('u1', 'ada@example.com')]);
		const { json } = await run('upsert', { email: 'ada@example.com' });
		expect(json).toMatchObject([{ id: 'u1', action: 'unchanged' }]);
		expect(await writes()).toBe(0);
	});

	test('a user whose address awaits confirmation is found; one that only looks alike is not', async () => {
		await put([user('u1', undefined, parked('ada@example.com')), user('u2', 'xada@example.com')]);
		await hub().behave({ looseEmailQuery: true });
		const { json } = await run('upsert', { email: 'ada@example.com' });
		expect(json).toMatchObject([{ id: 'u1', action: 'unchanged' }]);
	});

	test('two users with the address are named, and neither is touched', async () => {
		await put([user('u1', 'ada@example.com'), user('u2', 'ADA@example.com')]);
		const additionalFields = { name: 'Ada' };
		const { error } = await run('upsert', { email: 'ada@example.com', additionalFields });
		expect(error?.message).toBe('2 users hold this address: u1, u2');
		expect(await writes()).toBe(0);
	});

	test('a lost answer to the creation leaves one user', async () => {
		await put([user('u1', 'a@example.com')]);
		const { json, error } = await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async () => await run('upsert', { email: 'ada@example.com' }),
		);
		expect(error).toBeUndefined();
		const made = (await users()).filter(({ login }) => login === 'ada@example.com');
		expect(ids(json)).toEqual(made.map(({ id }) => id));
		expect(made).toHaveLength(1);
	});

	test('twice the same is done once; an item without an address fails alone', async () => {
		await put([user('u1', 'a@example.com')]);
		const input = [{ to: 'new@example.com' }, { to: '' }, { to: 'NEW@example.com' }];
		const { json } = await run('upsert', { email: '={{ $json.to }}' }, input, goOn);
		expect(json.map(({ action, error }) => action ?? error)).toEqual([
			'created',
			"The parameter 'Email' is empty",
			'unchanged',
		]);
		expect(await users()).toHaveLength(2);
	});
});

describe('Create', () => {
	test.each<[string, Record<string, string>]>([
		['in the Location header', { location: '/hub/api/rest/users/made' }],
		['nowhere', {}],
	])('an empty answer, the id %s: the user who was made comes out', async (_where, headers) => {
		await put([user('u1', 'a@example.com')]);
		const made = user('made', 'ada@example.com', { login: 'ada@example.com' });
		const { json, error } = await through(
			async ({ method }) => {
				if (method !== 'POST') return undefined;
				await put([made]);
				return { status: 200, headers };
			},
			async () => await run('create', { email: 'ada@example.com' }),
		);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: 'made', login: 'ada@example.com' }]);
	});
});

describe('Deactivate', () => {
	test('bans, and leaves the rest as it is', async () => {
		await put([user('u1', 'a@example.com')]);
		const before = await stored('u1');
		const { json, items } = await run('deactivate', { userId: byId('u1') });
		expect(json).toEqual([{ id: 'u1', deactivated: true }]);
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(await stored('u1')).toEqual({ ...before, banned: true });
	});

	test('an unknown id and an empty one fail alone; a lost answer counts as done', async () => {
		await put([user('u1', 'a@example.com')]);
		const input = [{ id: 'nobody' }, { id: '' }, { id: 'u1' }];
		const { json } = await through(
			({ method, url }) => (method === 'POST' && url.includes('/u1') ? 'dropAfter' : undefined),
			async (proxy) => {
				const done = await run('deactivate', { userId: byId('={{ $json.id }}') }, input, goOn);
				expect(proxy.calls.length).toBeLessThanOrEqual(6);
				return done;
			},
		);
		expect(entryAt(json, 0).error).toBe('YouTrack has no user nobody');
		expect(entryAt(json, 1).error).toBe("The parameter 'User' is empty");
		expect(await stored('u1')).toMatchObject({ banned: true });
	});
});

describe('Merge', () => {
	const merge = async (userId: string, sourceUserIds: string) =>
		await run('merge', { userId: byId(userId), sourceUserIds });

	test('the chosen user stays, the others’ ids become its aliases', async () => {
		await put([user('u1', 'a@example.com'), user('u2', 'b@example.com'), user('u3')]);
		const { json, error } = await merge('u1', ' u2, u3,u2 ');
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: 'u1', login: 'login-u1', aliases: ['u2', 'u3'] }]);
		expect(ids(await users())).toEqual(['u1']);
		expect(addressOf(await stored('u1'))).toMatchObject({ email: 'a@example.com' });
	});

	test('an empty answer is followed by a read', async () => {
		await put([user('u1', 'a@example.com'), user('u2')]);
		const { json } = await through(
			({ method }) => (method === 'POST' ? { status: 200 } : undefined),
			async () => await merge('u1', 'u2'),
		);
		expect(json).toMatchObject([{ id: 'u1' }]);
	});

	test.each([
		['={{ "" }}', "The parameter 'Users to Merge Into It' is empty"],
		[' , ', "The parameter 'Users to Merge Into It' is empty"],
		['u2, u1', "The parameter 'Users to Merge Into It' names the user who stays"],
	])('the ids %j are refused before anything is sent', async (sources, message) => {
		await put([user('u1'), user('u2')]);
		const { error } = await merge('u1', sources);
		expect(error?.message).toBe(message);
		expect((await hub().requests()).total).toBe(0);
	});

	test('an unknown id is told, and nobody is merged', async () => {
		await put([user('u1'), user('u2')]);
		const { error } = await merge('u1', 'u2, nobody');
		expect(error?.message).toContain('YouTrack has nothing at this place (HTTP 404');
		expect(await users()).toHaveLength(2);
	});
});

/** Both ways in which a server may treat the id of a merged user. */
describe.each([false, true])(
	'the id of a merged user, gone from the server: %s',
	(mergedIdsGone) => {
		beforeEach(async () => {
			await put([user('u1', 'a@example.com'), user('u2', 'b@example.com'), user('u3')]);
			await hub().merge('u2', ['u1']);
			await hub().merge('u3', ['u2']);
			await hub().behave({ mergedIdsGone });
		});

		test('Get gives the user who lives on', async () => {
			const { json } = await run('get', { userId: byId('u1') });
			expect(ids(json)).toEqual(['u3']);
		});

		test('Apply Changes heals the link and writes to nobody', async () => {
			const before = await writes();
			const change = updateOf('users', 'u1', 'a@example.com', 'new@example.com');
			const moved = resultIn(await run('applyChanges', {}, [change]));
			expect(moved).toMatchObject({ outcome: 'moved', found: 'moved', code: 'u3' });
			const seen = resultIn(await run('applyChanges', {}, [otherFor('users', 'verify', 'u2')]));
			expect(seen).toMatchObject({ outcome: 'moved', found: 'moved', code: 'u3' });
			expect(await writes()).toBe(before);
		});

		test('an id that was never there is gone; all are read for the aliases once', async () => {
			const verify = ['x1', 'x2'].map((id) => otherFor('users', 'verify', id));
			expect(outcomesOf(await run('applyChanges', {}, verify))).toEqual(['gone', 'gone']);
			expect((await hub().requests()).byRoute['GET /hub/api/rest/users']).toBe(1);
		});
	},
);

test('a user is not taken for gone while nobody can say into whom it was merged', async () => {
	await put([user('u1')]);
	const body = { error: 'Forbidden' };
	await hub().answer({ method: 'GET', path: '/hub/api/rest/users', status: 403, body, skip: 2 });
	const done = await run('applyChanges', {}, [otherFor('users', 'verify', 'x1')], goOn);
	expect(resultIn(done)).toMatchObject({ outcome: 'error', history: [] });
	expect(resultIn(done).link).toBeUndefined();
});

describe('output Simplified', () => {
	const output = 'simplified';
	const short = (id: string, more: JsonObject = {}) => ({
		id,
		login: `login-${id}`,
		name: `Name ${id}`,
		email: null,
		active: true,
		...more,
	});

	test('the same five fields of everybody: banned, without an address, with one that waits', async () => {
		const waiting = user('u3', undefined, parked('c@example.com'));
		await put([user('u1', 'a@example.com', { banned: true }), user('u2'), waiting]);
		const all = await run('getAll', { returnAll: true, output });
		expect(all.json).toEqual([
			short('u1', { email: 'a@example.com', active: false }),
			short('u2'),
			short('u3'),
		]);
		const one = await run('get', { userId: byId('u1'), output });
		expect(one.json).toEqual([short('u1', { email: 'a@example.com', active: false })]);
	});
});

describe('Delete', () => {
	test('the user cannot be its own successor; told before anything is sent', async () => {
		await put([user('u1')]);
		const { error } = await run('delete', { userId: byId('u1'), successorId: byId('u1') });
		expect(error?.message).toBe("The parameter 'Successor' names the same user");
		expect((await hub().requests()).total).toBe(0);
	});

	test('a system in which nobody takes over asks for no successor', async () => {
		const { json } = await world().targetUsers(
			{ system: 'scim', resource: 'user', operation: 'delete', userId: byId('u1') },
			[{}],
			goOn,
		);
		expect(String(entryAt(json, 0).error)).not.toContain('Successor');
		const here = await run('delete', { userId: byId('u1'), successorId: empty }, [{}], goOn);
		expect(entryAt(here.json, 0).error).toBe("The parameter 'Successor' is empty");
	});
});

describe('what there is not', () => {
	test.each([
		[{ operation: 'fly' }, "There is no operation 'fly'"],
		[{ operation: 'constructor' }, "There is no operation 'constructor'"],
		[{ operation: 'activate', userId: byId('u1') }, "There is no operation 'activate'"],
		[{ system: 'paper', operation: 'getAll' }, "There is no system 'paper'"],
		[{ system: '__proto__', operation: 'getAll' }, "There is no system '__proto__'"],
	])('%j is an error of every item, and nothing is sent', async (parameters, message) => {
		await put([user('u1')]);
		const all = { system: 'youTrack', resource: 'user', ...parameters };
		const { json } = await world().targetUsers(all, [{ n: 1 }, { n: 2 }], goOn);
		expect(json.map(({ error }) => error)).toEqual([message, message]);
		expect((await hub().requests()).total).toBe(0);
	});
});
