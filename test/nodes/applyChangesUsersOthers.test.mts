import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { applyWorld, user } from './applyChangesWorld.mts';
import { outcomesOf, resultIn, updateOf } from './rows.mts';

const { world, apply, createOf, other, put, stored, through, update, waits, writes } =
	applyWorld('users');

describe('create', () => {
	test('applied: login and name from the defaults, not verified, id in the row', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		const made = await stored(String(result.recordId));
		expect(result).toMatchObject({ outcome: 'applied', link: { wixId: 'c1', userId: made?.id } });
		expect(result.pending).toMatchObject([{ outcome: 'sent', to: 'ada@example.com' }]);
		expect(result.pending[0]).not.toHaveProperty('defaults');
		expect(made).toMatchObject({
			login: 'ada@example.com',
			name: 'Ada Example',
			profile: { email: { email: 'ada@example.com', verified: false } },
		});
	});

	test('applied without defaults: the login is the address', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com', { defaults: {} })]));
		expect(await stored(String(result.recordId))).toMatchObject({ login: 'ada@example.com' });
	});

	test('applied when the answer is empty: the id comes from the Location header, or from a look', async () => {
		await put([]);
		const run = await through(
			async ({ method, url, body }) => {
				if (method !== 'POST') return undefined;
				await fetch(`${world().sandbox.youTrackUrl}${url}`, {
					method: 'POST',
					body,
					headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
				});
				return { status: 200 };
			},
			async () => await apply([createOf('ada@example.com')]),
		);
		const { users } = await world().hub.state();
		const made = users.filter(({ login }) => login === 'ada@example.com');
		expect(made).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'applied', recordId: entryAt(made, 0).id });
	});

	test('exists: by the address in any case; nobody is adopted', async () => {
		await put([user('u5', 'Ada@Example.com')]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result).toMatchObject({ outcome: 'exists', others: ['u5'], link: { userId: '' } });
		expect(result.pending).toMatchObject([{ outcome: 'refusedForNow', code: 'exists' }]);
		expect(await writes()).toBe(0);
	});

	test('exists: the address awaits confirmation; near misses of the search do not count', async () => {
		const unverifiedEmail = { type: 'EmailJSON', verified: false, email: 'ada@example.com' };
		await put([
			user('u5', 'x@example.com', { profile: { unverifiedEmail } }),
			user('u6', 'very-ada@example.com'),
		]);
		await world().hub.behave({ looseEmailQuery: true });
		expect(resultIn(await apply([createOf('ada@example.com')]))).toMatchObject({
			outcome: 'exists',
			others: ['u5'],
		});
	});

	test('applied although the search found somebody whose address only looks alike', async () => {
		await put([user('u6', 'very-ada@example.com')]);
		await world().hub.behave({ looseEmailQuery: true });
		expect(resultIn(await apply([createOf('ada@example.com')])).outcome).toBe('applied');
	});

	test('refusedForNow: the login is taken by somebody with another address', async () => {
		await put([user('u5', 'x@example.com', { login: 'ada@example.com' })]);
		for (const duplicateStatus of [400, 409]) {
			await world().hub.behave({ duplicateStatus });
			const result = resultIn(await apply([createOf('ada@example.com')]));
			expect(result).toMatchObject({
				outcome: 'refusedForNow',
				others: ['u5'],
			});
			expect(result.pending).toMatchObject([{ outcome: 'refusedForNow', code: 'must-be-unique' }]);
		}
	});

	test('refusedForNow: the licence is full', async () => {
		await put([]);
		await world().hub.behave({ licenceFull: true });
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result.outcome).toBe('refusedForNow');
		expect(result.pending).toMatchObject([{ code: 'license_users_number_exceeded' }]);
	});

	test('a lost answer leaves one user, told as existing', async () => {
		await put([]);
		const run = await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async () => await apply([createOf('ada@example.com')]),
		);
		const made = valueNamed(await world().hub.state(), 'users').filter(
			({ login }) => login === 'ada@example.com',
		);
		expect(made).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', others: [entryAt(made, 0).id] });
	});

	test('an apostrophe is part of many addresses: looked up, created, and found again', async () => {
		await put([]);
		const change = createOf("o'brien@example.com");
		expect(resultIn(await apply([change])).outcome).toBe('applied');
		expect(resultIn(await apply([change])).outcome).toBe('exists');
	});

	test('a lost write is sent again after the wait that the server asked for', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await through(
			({ method, nth }) =>
				method === 'POST' && nth === 0
					? { status: 503, headers: { 'retry-after': '11' } }
					: undefined,
			async () => await apply([update('u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(waits()).toEqual([11_000]);
	});

	test('an address that could not be looked up is refused, nothing is searched or created', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('a{b}"c@example.com')]));
		expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
		expect((await world().hub.requests()).total).toBe(0);
	});
});

describe('delete, deactivate, verify', () => {
	const successorId = { __rl: true, mode: 'id', value: 'u2' };

	test('delete: with the successor that the node names', async () => {
		await put([user('u1', 'a@example.com'), user('u2', 'b@example.com')]);
		const change = other('delete', 'u1', { 'profile.email.email': 'a@example.com' });
		const result = resultIn(await apply([change], { successorId }));
		expect(result).toMatchObject({
			outcome: 'applied',
			link: { ...change, state: 'unlinked', pending: expect.any(String) },
		});
		expect(result.pending).toMatchObject([{ operation: 'delete', outcome: 'sent' }]);
		expect(result.pending[0]).not.toHaveProperty('until');
		expect(await stored('u1')).toBeUndefined();
	});

	test('delete: without a successor it is failed and says which parameter to set', async () => {
		await put([user('u1', 'a@example.com')]);
		const result = resultIn(await apply([other('delete', 'u1')]));
		expect(result.outcome).toBe('failed');
		expect(result.message).toContain("'Successor'");
		expect(await stored('u1')).toBeDefined();
	});

	test('delete: a lost answer counts as done', async () => {
		await put([user('u1', 'a@example.com'), user('u2', 'b@example.com')]);
		const run = await through(
			({ method, nth }) => (method === 'DELETE' && nth === 0 ? 'dropAfter' : undefined),
			async () => await apply([other('delete', 'u1')], { successorId }),
		);
		expect(resultIn(run)).toMatchObject({ outcome: 'applied', link: { state: 'unlinked' } });
	});

	test('deactivate: bans, and a second time it is already so', async () => {
		await put([user('u1', 'a@example.com')]);
		const change = other('deactivate', 'u1', { 'profile.email.email': 'a@example.com' });
		expect(resultIn(await apply([change]))).toMatchObject({
			outcome: 'applied',
			link: { state: 'unlinked' },
		});
		expect(await stored('u1')).toMatchObject({
			banned: true,
			profile: { email: { email: 'a@example.com', verified: true } },
		});
		expect(resultIn(await apply([change]))).toMatchObject({
			outcome: 'already',
			link: { state: 'unlinked' },
		});
		expect(await writes()).toBe(1);
	});

	test('deactivate: stale when the user was edited', async () => {
		await put([user('u1', 'person@example.com')]);
		const change = other('deactivate', 'u1', { 'profile.email.email': 'a@example.com' });
		expect(resultIn(await apply([change])).outcome).toBe('stale');
		expect(await stored('u1')).toMatchObject({ banned: false });
	});

	test('verify: present, gone, moved', async () => {
		await put([
			user('u1', 'a@example.com'),
			user('u2', 'b@example.com'),
			user('u9', 'n@example.com'),
		]);
		await world().hub.merge('u9', ['u2']);
		const run = await apply([other('verify', 'u1'), other('verify', 'u2'), other('verify', 'u3')]);
		expect([0, 1, 2].map((index) => resultIn(run, index))).toMatchObject([
			{ outcome: 'present' },
			{ outcome: 'moved', found: 'moved', code: 'u9' },
			{ outcome: 'gone', found: 'gone' },
		]);
	});
});

test('a replay of all changes doubles nothing', async () => {
	await put([user('u1', 'old@example.com')]);
	const changes = [update('u1', 'old@example.com', 'new@example.com'), createOf('ada@example.com')];
	expect(outcomesOf(await apply(changes))).toEqual(['applied', 'applied']);
	const before = await world().hub.state();
	expect(outcomesOf(await apply(changes))).toEqual(['already', 'exists']);
	expect(await world().hub.state()).toEqual(before);
});

test('a row that asks something of Wix alone is handed on as it is', async () => {
	const row = updateOf('wix', 'c1', 'a@example.com', 'b@example.com');
	const run = await apply([row]);
	expect(run.json).toEqual([row]);
	expect(resultIn(run).history).toEqual([]);
});
