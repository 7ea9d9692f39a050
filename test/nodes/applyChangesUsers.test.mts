import { applyWorld, rowWith, user } from './applyChangesWorld.mts';
import { entryOf, linkOf, outcomesOf, resultIn } from './rows.mts';

const { world, apply, applyUpdate, put, stored, writes, through, update } = applyWorld('users');

describe('update', () => {
	test('applied: one write of the object, nobody becomes verified', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await apply([update('u1', 'old@example.com', ' new@example.com ')]);
		expect(run.error).toBeUndefined();
		expect(resultIn(run)).toMatchObject({ outcome: 'applied', recordId: 'u1' });
		expect(resultIn(run).link).toBeUndefined();
		expect(await stored('u1')).toMatchObject({
			profile: { email: { email: 'new@example.com', verified: false } },
		});
		expect(await writes()).toBe(1);
	});

	test('both user paths are one write of one object, whatever shape the user had', async () => {
		await put([
			user('u1', undefined, { profile: { email: 'old@example.com' } }),
			user('u2', 'old2@example.com'),
		]);
		const short = update('u1', 'old@example.com', 'new@example.com', {
			expected: { 'profile.email': 'old@example.com' },
			set: { 'profile.email': 'new@example.com' },
		});
		const run = await apply([short, update('u2', 'old2@example.com', 'new2@example.com')]);
		expect(outcomesOf(run)).toEqual(['applied', 'applied']);
		expect(await stored('u1')).toMatchObject({ profile: { email: { email: 'new@example.com' } } });
		expect(await stored('u2')).toMatchObject({ profile: { email: { email: 'new2@example.com' } } });
	});

	test('applied after an empty answer, which is followed by a read', async () => {
		await put([user('u1', 'old@example.com')]);
		await world().hub.behave({ emptyUpdates: true });
		const result = await applyUpdate('u1', 'old@example.com', 'new@example.com');
		expect(result).toMatchObject({ outcome: 'applied' });
		expect(result.link).toBeUndefined();
	});

	test('parked as unverified: sent, as the row says; once parked it is not sent again', async () => {
		await put([user('u1', 'old@example.com')]);
		await world().hub.behave({ parkUnverified: true });
		const change = update('u1', 'old@example.com', 'new@example.com');
		const first = resultIn(await apply([change]));
		expect(first.outcome).toBe('sent');
		expect(first.pending).toMatchObject([
			{ outcome: 'sent', property: 'primaryInfo.email', to: 'new@example.com' },
		]);
		const again = resultIn(await apply([change]));
		expect(again.outcome).toBe('sent');
		expect(again.pending).toMatchObject([{ outcome: 'sent' }]);
		expect(await writes()).toBe(1);
	});

	test('accepted but not shown, and nothing parked: the row says sent', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await through(
			({ method }) => (method === 'POST' ? { status: 200 } : undefined),
			async () => await apply([update('u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('sent');
		expect(resultIn(run).pending).toMatchObject([{ outcome: 'sent' }]);
	});

	test('our own earlier value counts as expected', async () => {
		await put([user('u1', 'earlier@example.com')]);
		const change = update('u1', 'old@example.com', 'new@example.com', {
			link: rowWith('users', 'u1', [
				['old@example.com', 'earlier@example.com', 'sent'],
				['old@example.com', 'new@example.com', 'announced'],
			]),
		});
		expect(resultIn(await apply([change])).outcome).toBe('applied');
	});

	test('a value that was only ever written to the other side is a person’s edit here', async () => {
		await put([user('u1', 'wixold@example.com')]);
		const mail = { property: 'primaryInfo.email' };
		const there = { ...mail, field: 'primaryInfo.email', outcome: 'sent' as const };
		const here = { ...mail, field: 'profile.email.email' };
		const change = linkOf({ wixId: 'c1', userId: 'u1' }, [
			entryOf('wix', { ...there, from: 'wixold@example.com', to: 'old@example.com' }),
			entryOf('users', { ...here, from: 'old@example.com', to: 'new@example.com' }),
		]);
		expect(resultIn(await apply([{ ...change }])).outcome).toBe('stale');
		expect(await writes()).toBe(0);
	});

	test('with several properties each has its own outcome, and its own values', async () => {
		await put([user('u1', 'earlier@example.com', { name: 'Old Name' })]);
		const mail = { property: 'primaryInfo.email', field: 'profile.email.email' };
		const first = { ...mail, from: 'old@example.com', to: 'earlier@example.com' };
		const name = { property: 'info.name.last', field: 'name', from: 'Old Name', to: 'New Name' };
		const change = linkOf({ wixId: 'c1', userId: 'u1' }, [
			entryOf('users', { ...first, outcome: 'sent' }),
			entryOf('users', { ...mail, from: 'old@example.com', to: 'new@example.com' }),
			entryOf('users', name),
		]);
		await world().hub.behave({ parkUnverified: true });
		const result = resultIn(await apply([{ ...change }]));
		expect(result.history.map(({ property, outcome }) => [property, outcome])).toEqual([
			['primaryInfo.email', 'sent'],
			['info.name.last', 'applied'],
		]);
		expect(result.pending.map(({ property, outcome }) => [property, outcome])).toEqual([
			['primaryInfo.email', 'sent'],
			['primaryInfo.email', 'sent'],
			['info.name.last', 'announced'],
		]);
		expect(await stored('u1')).toMatchObject({ name: 'New Name' });
	});

	test('already, stale, gone', async () => {
		await put([user('u1', 'New@Example.com'), user('u2', 'person@example.com')]);
		const run = await apply([
			update('u1', 'old@example.com', 'new@example.com'),
			update('u2', 'old@example.com', 'new@example.com'),
			update('u3', 'old@example.com', 'new@example.com'),
		]);
		expect(outcomesOf(run)).toEqual(['already', 'stale', 'gone']);
		const [held, gone] = resultIn(run, 2).pending;
		expect(held).toMatchObject({ operation: 'update', outcome: 'held', until: expect.any(String) });
		expect(gone).toEqual({
			operation: 'verify',
			side: 'users',
			property: '',
			field: '',
			from: null,
			to: null,
			at: '2026-11-23T10:00:00.000Z',
			reason: 'unseen',
			outcome: 'gone',
		});
		expect(await writes()).toBe(0);
	});

	test('moved: a merged user answers with the survivor’s id', async () => {
		await put([user('u1', 'old@example.com'), user('u9', 'nine@example.com')]);
		await world().hub.merge('u9', ['u1']);
		const before = await writes();
		const result = await applyUpdate('u1', 'old@example.com', 'new@example.com');
		expect(result).toMatchObject({ outcome: 'moved', found: 'moved', code: 'u9' });
		expect(await writes()).toBe(before);
	});

	test('refusedForNow: no permission on this one user; the others go on', async () => {
		await put([user('u1', 'old@example.com'), user('u2', 'old2@example.com')]);
		const body = JSON.stringify({
			error: 'Forbidden',
			error_description: 'Ada Example <ada@example.com> is read-only',
		});
		const run = await through(
			({ method, url }) =>
				method === 'POST' && url.includes('/u1') ? { status: 403, body } : undefined,
			async () =>
				await apply([
					update('u1', 'old@example.com', 'new@example.com'),
					update('u2', 'old2@example.com', 'new2@example.com'),
				]),
		);
		expect(outcomesOf(run)).toEqual(['refusedForNow', 'applied']);
		expect(resultIn(run).pending).toMatchObject([{ outcome: 'refusedForNow', code: 'Forbidden' }]);
		expect(resultIn(run).message).not.toMatch(/Ada|@/);
	});

	test('refusedForNow: a value that has to be unique', async () => {
		await put([user('u1', 'old@example.com')]);
		const body = JSON.stringify({
			error: 'must-be-unique',
			error_field: 'email',
			error_description: 'taken by ada@example.com',
		});
		const run = await through(
			({ method }) => (method === 'POST' ? { status: 400, body } : undefined),
			async () => await apply([update('u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run)).toMatchObject({
			outcome: 'refusedForNow',
			others: expect.any(Array),
		});
	});

	test('a lost answer is followed by a look: applied, written once', async () => {
		await put([user('u1', 'old@example.com')]);
		await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async (proxy) => {
				const run = await apply([update('u1', 'old@example.com', 'new@example.com')]);
				expect(resultIn(run).outcome).toBe('applied');
				expect(proxy.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
			},
		);
	});

	test('a lost request is not sent again over an edit that a person made meanwhile', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await through(
			async ({ method, nth }) => {
				if (method !== 'POST' || nth > 0) return undefined;
				await world().hub.edit('u1', 'profile.email.email', 'person@example.com');
				return 'dropBefore';
			},
			async () => await apply([update('u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('stale');
		expect(await stored('u1')).toMatchObject({
			profile: { email: { email: 'person@example.com' } },
		});
	});
});
