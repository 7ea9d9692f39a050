import type { JsonValue } from '../../nodes/shared/contract/index';
import { updateWith } from './applyChangesWorld.mts';
import type { Fate, Passing } from './proxy.mts';
import { outcomesOf, resultIn, updateOf } from './rows.mts';
import { byId, ids, user, youTrackWorld } from './youTrackWorld.mts';

const { run, put, stored, through, writes } = youTrackWorld();

const answered = (body: unknown, status = 200): Fate => ({ status, body: JSON.stringify(body) });
const notFound = answered({ error: 'Not Found' }, 404);
const isGetOf = (id: string) => (call: Passing) =>
	call.method === 'GET' && call.url.includes(`/users/${id}?`);
const isList = ({ method, url }: Passing) => method === 'GET' && /\/users\?/.test(url);

describe('the id of a user who was merged, on a server that does not lead on from it', () => {
	const gone = isGetOf('old');
	const survivor = (aliases: JsonValue) => ({ ...user('u2', 'b@example.com'), aliases });
	const read = async (aliases: JsonValue, decide: (call: Passing) => Fate = () => undefined) => {
		await put([user('u2', 'b@example.com')]);
		return await through(
			(call) => {
				if (gone(call)) return notFound;
				const decided = decide(call);
				if (decided !== undefined) return decided;
				return isList(call) ? answered({ users: [survivor(aliases)], total: 1 }) : undefined;
			},
			async () => await run('get', { userId: byId('old') }),
		);
	};

	test.each([
		['texts', ['older', 'old']],
		['objects', [{ id: 'older' }, { id: ' old ' }]],
		['entries, some of them empty', [null, '', {}, { id: 'old' }]],
	])('aliases as %s: the user who lives on comes out', async (_what, aliases) => {
		expect((await read(aliases)).json).toMatchObject([{ id: 'u2' }]);
	});

	test.each([
		['no list', 'old'],
		['a list without it', ['older', null]],
	])('aliases that are %s: there is no such user', async (_what, aliases) => {
		expect((await read(aliases)).error?.message).toBe('YouTrack has no user old');
	});

	test('a server that refuses to sort by id is asked for all users without', async () => {
		const { json } = await read(['old'], (call) =>
			isList(call) && call.url.includes('orderBy')
				? answered({ error: 'bad_request' }, 400)
				: undefined,
		);
		expect(json).toMatchObject([{ id: 'u2' }]);
	});

	test('users who cannot be listed prove nothing', async () => {
		const { error } = await read([], (call) =>
			isList(call) ? answered({ error: 'Forbidden' }, 403) : undefined,
		);
		expect(error?.message).toBe(
			'User old: YouTrack does not permit this (HTTP 403, code Forbidden)',
		);
	});

	test('nor does a list that keeps shrinking while it is read', async () => {
		let page = 0;
		const { error } = await read([], (call) => {
			if (!isList(call)) return undefined;
			page++;
			return answered({ users: [user(`a${page}`), user(`b${page}`)], total: 1000 });
		});
		expect(error?.message).toBe('User old: The answer of YouTrack was cut off (HTTP 200)');
	});
});

describe('a list of users that keeps changing', () => {
	const all = { returnAll: true };

	test('ends with an error that says how far it came, when users keep vanishing', async () => {
		let page = 0;
		const { error } = await through(
			(call) => {
				if (!isList(call)) return undefined;
				page++;
				return answered({ users: [user(`a${page}`), user(`b${page}`)], total: 1000 });
			},
			async () => await run('getAll', all),
		);
		expect(error?.message).toBe(
			'The list of users kept changing while it was read: some may be missing',
		);
		expect(error?.description).toMatch(/^\d+ users were read\. Run again when fewer of them/);
		// Twenty times it goes back to the first page; the gap after that is one too many
		expect(page).toBe(42);
	});

	test('and when the server counts more users than it shows', async () => {
		let pass = 0;
		const { error } = await through(
			(call) => {
				if (!isList(call)) return undefined;
				pass++;
				return answered({ users: [user(`a${pass}`)], total: 1000 });
			},
			async () => await run('getAll', all),
		);
		expect(error?.message).toContain('kept changing');
	});
});

describe('Merge', () => {
	const merge = async (sourceUserIds: string, decide: (call: Passing) => Fate) =>
		await through(decide, async () => await run('merge', { userId: byId('u1'), sourceUserIds }));
	const isMerge = ({ url }: Passing) => url.includes('/users/merge');

	test('an expression that gives nothing is an empty parameter', async () => {
		const { error } = await merge('={{ null }}', () => undefined);
		expect(error?.message).toBe("The parameter 'Users to Merge Into It' is empty");
	});

	test('an empty answer is followed by a look at the user who stays', async () => {
		await put([user('u1', 'a@example.com')]);
		const { json } = await merge('u2', (call) => (isMerge(call) ? { status: 200 } : undefined));
		expect(ids(json)).toEqual(['u1']);
	});

	test('who is gone by then is told as missing', async () => {
		await put([]);
		const { error } = await merge('u2', (call) => {
			if (isMerge(call)) return { status: 200 };
			return isGetOf('u1')(call) ? notFound : undefined;
		});
		expect(error?.message).toBe('YouTrack has no user u1');
	});
});

describe('a user as the parameter names it', () => {
	test('by a number is that text', async () => {
		await put([user('77', 'a@example.com')]);
		expect(ids((await run('get', { userId: byId('={{ 77 }}') })).json)).toEqual(['77']);
	});

	test('by an expression that gives something else is nobody', async () => {
		const { error } = await run('get', { userId: byId('={{ null }}') });
		expect(error?.message).toBe("The parameter 'User' is empty");
	});
});

test.each([
	['true', true],
	['false', false],
] as const)('a planned ban that is the text %s is sent as a switch', async (text, banned) => {
	await put([user('u1', 'a@example.com', { banned: !banned })]);
	const change = updateWith('users', 'u1', { banned: !banned }, { banned: text });
	expect(outcomesOf(await run('applyChanges', {}, [change]))).toEqual(['applied']);
	expect(await stored('u1')).toMatchObject({ banned });
});

test('a name is given to a user without one', async () => {
	await put([]);
	const { name: _name, ...nameless } = user('u1', 'a@example.com');
	let isWritten = false;
	const done = await through(
		({ method, url }) => {
			if (!url.includes('/users/u1?')) return undefined;
			if (method === 'POST') isWritten = true;
			return answered(isWritten ? { ...nameless, name: 'Ada' } : nameless);
		},
		async () =>
			await run('applyChanges', {}, [updateWith('users', 'u1', { name: null }, { name: 'Ada' })]),
	);
	expect(outcomesOf(done)).toEqual(['applied']);
});

test('an address that awaits confirmation after a lost answer was written by this change', async () => {
	await put([user('u1', 'old@example.com')]);
	let isSent = false;
	const parked = { type: 'EmailJSON', verified: false, email: 'new@example.com' };
	const done = await through(
		({ method, url }) => {
			if (method === 'POST') isSent = true;
			if (method === 'POST') return 'dropBefore';
			if (!isSent || !url.includes('/users/u1?')) return undefined;
			const { profile, ...rest } = user('u1', 'old@example.com');
			return answered({ ...rest, profile: { ...(profile as object), unverifiedEmail: parked } });
		},
		async () =>
			await run('applyChanges', {}, [
				updateOf('users', 'u1', 'old@example.com', 'new@example.com'),
			]),
	);
	expect(outcomesOf(done)).toEqual(['sent']);
	expect(resultIn(done).pending).toMatchObject([{ outcome: 'sent' }]);
	expect(await writes()).toBe(0);
});

test('Sync Fields Only shows the addresses that there are', async () => {
	const waiting = { type: 'EmailJSON', email: 'a@example.com' };
	const users = [user('u1'), { ...user('u2'), profile: { unverifiedEmail: waiting } }];
	const { json } = await through(
		(call) => (isList(call) ? answered({ users, total: 2 }) : undefined),
		async () => await run('getAll', { returnAll: true, output: 'syncFields' }),
	);
	expect(json.map(({ profile }) => profile)).toEqual([{}, { unverifiedEmail: waiting }]);
});
