import { entryAt } from '../../runtime/entries.mts';
import { byId, goOn, ids, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, run, stored, through } = youTrackWorld();

describe('Get Many', () => {
	test('up to a limit; banned users only where wanted; guests only where wanted; a query', async () => {
		await put([
			user('u1', 'a@example.com', { banned: true }),
			user('u2', 'b@example.com'),
			user('u3', 'c@example.com'),
			user('u4', undefined, { guest: true }),
		]);
		const limited = await run('getAll', { returnAll: false, limit: 2 });
		expect(ids(limited.json)).toEqual(['u1', 'u2']);
		const free = await run('getAll', { returnAll: true, filters: { includeBanned: false } });
		expect(ids(free.json)).toEqual(['u2', 'u3']);
		const guests = await run('getAll', { returnAll: true, filters: { includeGuests: true } });
		expect(ids(guests.json)).toEqual(['u1', 'u2', 'u3', 'u4']);
		const found = await run('getAll', { returnAll: true, filters: { query: 'login: login-u3' } });
		expect(ids(found.json)).toEqual(['u3']);
	});

	test('sync fields hold what the sync reads and nothing else', async () => {
		const parked = { type: 'EmailJSON', verified: false, email: 'new@example.com' };
		const profile = {
			email: { type: 'EmailJSON', verified: true, email: 'a@example.com' },
			unverifiedEmail: parked,
			avatar: { url: 'x' },
		};
		await put([user('u1', undefined, { profile })]);
		const { json } = await run('getAll', { returnAll: true, output: 'syncFields' });
		expect(json).toEqual([
			{
				id: 'u1',
				login: 'login-u1',
				name: 'Name u1',
				banned: false,
				profile: { email: profile.email, unverifiedEmail: parked },
			},
		]);
	});
});

describe('Get', () => {
	test('one user, and each item by its own id', async () => {
		await put([user('u1', 'a@example.com'), user('u2', 'b@example.com')]);
		const userId = { __rl: true, mode: 'id', value: '={{ $json.want }}' };
		const input = [{ want: 'u2' }, { want: 'nobody' }, { want: 'u1' }];
		const { json, items } = await run('get', { userId }, input, goOn);
		expect(json.map(({ id, error }) => id ?? error)).toEqual([
			'u2',
			'YouTrack has no user nobody',
			'u1',
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('an empty parameter is told by its label', async () => {
		const { error } = await run('get', { userId: { __rl: true, mode: 'id', value: '={{ "" }}' } });
		expect(error?.message).toBe("The parameter 'User' is empty");
	});
});

describe('Create', () => {
	test('the login is the address, the address is not marked as verified', async () => {
		await put([]);
		const { json, error } = await run('create', {
			email: ' ada@example.com ',
			additionalFields: { name: 'Ada Example' },
		});
		expect(error).toBeUndefined();
		const made = await stored(String(entryAt(json, 0).id));
		expect(made).toMatchObject({
			login: 'ada@example.com',
			name: 'Ada Example',
			profile: { email: { email: 'ada@example.com', verified: false } },
		});
	});

	test('with a login of its own', async () => {
		await put([]);
		const { json } = await run('create', {
			email: 'ada@example.com',
			additionalFields: { login: 'ada' },
		});
		expect(json[0]).toMatchObject({ login: 'ada', name: 'ada' });
	});

	test('a login that is taken, and a full licence, are told by the server’s code', async () => {
		await put([user('u1', 'x@example.com', { login: 'ada' })]);
		const taken = await run('create', {
			email: 'ada@example.com',
			additionalFields: { login: 'ada' },
		});
		expect(taken.error?.message).toContain('code must-be-unique, field login');
		await hub().behave({ licenceFull: true });
		const full = await run('create', { email: 'new@example.com' });
		expect(full.error?.message).toContain('license_users_number_exceeded');
		expect(`${full.error?.message} ${taken.error?.message}`).not.toContain('@');
	});

	test('a wrong address and a login with spaces are refused before anything is sent', async () => {
		const wrong = await run('create', { email: 'nobody' });
		expect(wrong.error?.message).toContain("'Email' is no email address");
		const spaces = await run('create', {
			email: 'a@example.com',
			additionalFields: { login: 'a b' },
		});
		expect(spaces.error?.message).toBe("The parameter 'Login' has spaces in it");
		expect((await hub().requests()).total).toBe(0);
	});
});

describe('Update', () => {
	test('writes the address as an object, alone, and nothing else of the profile', async () => {
		await put([
			user('u1', 'old@example.com', {
				profile: {
					email: { type: 'EmailJSON', verified: true, email: 'old@example.com' },
					locale: { language: 'sv' },
				},
			}),
		]);
		const bodies: string[] = [];
		const { json } = await through(
			({ method, body }) => void (method === 'POST' && bodies.push(body)),
			async () =>
				await run('update', { userId: byId('u1'), updateFields: { email: 'new@example.com' } }),
		);
		expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual([
			{ profile: { email: { type: 'EmailJSON', email: 'new@example.com' } } },
		]);
		expect(json[0]).toMatchObject({ id: 'u1', profile: { email: { email: 'new@example.com' } } });
		expect(await stored('u1')).toMatchObject({ profile: { locale: { language: 'sv' } } });
	});

	test('an empty answer is followed by a read; name, login and ban are written', async () => {
		await put([user('u1', 'a@example.com')]);
		await hub().behave({ emptyUpdates: true });
		const updateFields = { name: 'New Name', login: 'newlogin', banned: true };
		const { json } = await run('update', { userId: byId('u1'), updateFields });
		expect(json[0]).toMatchObject({ id: 'u1', name: 'New Name', login: 'newlogin', banned: true });
	});

	test('nothing filled in, and an unknown id, are told', async () => {
		await put([]);
		expect((await run('update', { userId: byId('u1'), updateFields: {} })).error?.message).toBe(
			'There is nothing to update',
		);
		const unknown = await run('update', { userId: byId('u1'), updateFields: { name: 'X' } });
		expect(unknown.error?.message).toBe('YouTrack has no user u1');
	});

	test('a lost answer is followed by a look, not by a second write', async () => {
		await put([user('u1', 'old@example.com')]);
		const { error } = await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async (proxy) => {
				const done = await run('update', {
					userId: byId('u1'),
					updateFields: { email: 'new@example.com' },
				});
				expect(proxy.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
				return done;
			},
		);
		expect(error).toBeUndefined();
		expect(await stored('u1')).toMatchObject({ profile: { email: { email: 'new@example.com' } } });
	});
});

describe('Delete', () => {
	test('deletes with a successor', async () => {
		await put([user('u1', 'a@example.com'), user('u2', 'b@example.com')]);
		const { json, items } = await run('delete', { userId: byId('u1'), successorId: byId('u2') });
		expect(json).toEqual([{ id: 'u1', deleted: true }]);
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(await stored('u1')).toBeUndefined();
	});

	test('refuses without one, before anything is sent', async () => {
		await put([user('u1', 'a@example.com')]);
		const successorId = { __rl: true, mode: 'id', value: '={{ "" }}' };
		const { error } = await run('delete', { userId: byId('u1'), successorId });
		expect(error?.message).toBe("The parameter 'Successor' is empty");
		expect((await hub().requests()).total).toBe(0);
	});
});
