import type { IDataObject, INodeParameters } from 'n8n-workflow';

import type { Change, JsonObject } from '../../nodes/shared/contracts';
import {
	fastClock,
	linkOf,
	pendingIn,
	resultIn,
	startNodesWorld,
	throughProxy,
	updateOf,
	type NodesWorld,
} from './world.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.hub.reset();
});
afterEach(() => clock.restore());

const apply = async (
	changes: IDataObject[],
	parameters: INodeParameters = {},
	more?: IDataObject,
) =>
	await world.targetUsers(
		{ system: 'youTrack', resource: 'user', operation: 'applyChange', ...parameters },
		changes,
		more,
	);

const user = (id: string, email: string | undefined, more: JsonObject = {}): JsonObject => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	profile: email ? { email: { type: 'EmailJSON', verified: true, email } } : {},
	...more,
});
const put = async (users: JsonObject[]) => await world.hub.put({ users });
const stored = async (id: string) => (await world.hub.state()).users.find((one) => one.id === id);
const writes = async () => (await world.hub.requests()).writes;

const createOf = (email: string, more: Partial<Change> = {}): IDataObject => ({
	changeId: 'create-1',
	flow: 'contacts',
	side: 'users',
	operation: 'create',
	expected: {},
	set: { 'profile.email.email': email },
	defaults: { name: 'Ada Example', login: email },
	reason: 'missing',
	link: linkOf({ wixId: 'c1' }, [
		{
			operation: 'create',
			property: 'primaryInfo.email',
			side: 'users',
			from: null,
			to: email,
			at: '2026-11-23T09:00:00.000Z',
			outcome: 'announced',
		},
	]),
	...more,
});

const other = (
	operation: Change['operation'],
	recordId: string,
	expected: JsonObject = {},
): IDataObject => ({
	changeId: `${operation}-1`,
	flow: 'contacts',
	side: 'users',
	operation,
	recordId,
	expected,
	set: {},
	reason: 'vanished',
	link: linkOf({ wixId: 'c1', userId: recordId }),
});

describe('update', () => {
	test('applied: one write of the object, nobody becomes verified', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await apply([updateOf('users', 'u1', 'old@example.com', ' new@example.com ')]);
		expect(run.error).toBeUndefined();
		expect(resultIn(run)).toMatchObject({ outcome: 'applied', recordId: 'u1', side: 'users' });
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
		const short = updateOf('users', 'u1', 'old@example.com', 'new@example.com', {
			expected: { 'profile.email': 'old@example.com' },
			set: { 'profile.email': 'new@example.com' },
		});
		const run = await apply([
			short,
			updateOf('users', 'u2', 'old2@example.com', 'new2@example.com'),
		]);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect(await stored('u1')).toMatchObject({ profile: { email: { email: 'new@example.com' } } });
		expect(await stored('u2')).toMatchObject({ profile: { email: { email: 'new2@example.com' } } });
	});

	test('applied after an empty answer, which is followed by a read', async () => {
		await put([user('u1', 'old@example.com')]);
		await world.hub.behave({ emptyUpdates: true });
		const result = resultIn(
			await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(result).toMatchObject({ outcome: 'applied' });
		expect(result.link).toBeUndefined();
	});

	test('parked as unverified: applied, and the row says sent; once parked it is not sent again', async () => {
		await put([user('u1', 'old@example.com')]);
		await world.hub.behave({ parkUnverified: true });
		const change = updateOf('users', 'u1', 'old@example.com', 'new@example.com');
		const first = resultIn(await apply([change]));
		expect(first.outcome).toBe('applied');
		expect(pendingIn(first)).toMatchObject([
			{ outcome: 'sent', property: 'primaryInfo.email', to: 'new@example.com' },
		]);
		const again = resultIn(await apply([change]));
		expect(again.outcome).toBe('already');
		expect(pendingIn(again)).toMatchObject([{ outcome: 'sent' }]);
		expect(await writes()).toBe(1);
	});

	test('accepted but not shown, and nothing parked: the row says sent', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'users',
			({ method }) => (method === 'POST' ? { status: 200 } : undefined),
			async () => await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(pendingIn(resultIn(run))).toMatchObject([{ outcome: 'sent' }]);
	});

	test('our own earlier value counts as expected, found by the only property or by the announced value', async () => {
		await put([user('u1', 'earlier@example.com')]);
		const at = '2026-11-22T09:00:00.000Z';
		const change = updateOf('users', 'u1', 'old@example.com', 'new@example.com', {
			link: linkOf({ wixId: 'c1', userId: 'u1' }, [
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'users',
					from: 'old@example.com',
					to: 'earlier@example.com',
					at,
					outcome: 'sent',
				},
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'users',
					from: 'old@example.com',
					to: 'new@example.com',
					at,
					outcome: 'announced',
				},
			]),
		});
		expect(resultIn(await apply([change])).outcome).toBe('applied');
	});

	test('a value that was only ever written to the other side is a person’s edit here', async () => {
		await put([user('u1', 'wixold@example.com')]);
		const at = '2026-11-22T09:00:00.000Z';
		const change = updateOf('users', 'u1', 'old@example.com', 'new@example.com', {
			link: linkOf({ wixId: 'c1', userId: 'u1' }, [
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'wix',
					from: 'wixold@example.com',
					to: 'old@example.com',
					at,
					outcome: 'sent',
				},
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'users',
					from: 'old@example.com',
					to: 'new@example.com',
					at,
					outcome: 'announced',
				},
			]),
		});
		expect(resultIn(await apply([change])).outcome).toBe('stale');
		expect(await writes()).toBe(0);
	});

	test('with several properties each is known by the value that was announced for it', async () => {
		await put([user('u1', 'earlier@example.com', { name: 'Old Name' })]);
		const at = '2026-11-22T09:00:00.000Z';
		const mail = { operation: 'update', property: 'primaryInfo.email', side: 'users', at } as const;
		const change = updateOf('users', 'u1', '', '', {
			expected: { 'profile.email.email': 'old@example.com', name: 'Old Name' },
			set: { 'profile.email.email': 'new@example.com', name: 'New Name' },
			link: linkOf({ wixId: 'c1', userId: 'u1' }, [
				{ ...mail, from: 'old@example.com', to: 'earlier@example.com', outcome: 'sent' },
				{ ...mail, from: 'old@example.com', to: 'new@example.com', outcome: 'announced' },
				{
					...mail,
					property: 'info.name.last',
					from: 'Old Name',
					to: 'New Name',
					outcome: 'announced',
				},
			]),
		});
		await world.hub.behave({ parkUnverified: true });
		const result = resultIn(await apply([change]));
		expect(result.outcome).toBe('applied');
		expect(pendingIn(result).map(({ property, outcome }) => [property, outcome])).toEqual([
			['primaryInfo.email', 'sent'],
			['primaryInfo.email', 'sent'],
			['info.name.last', 'announced'],
		]);
		expect(await stored('u1')).toMatchObject({ name: 'New Name' });
	});

	test('already, stale, gone', async () => {
		await put([user('u1', 'New@Example.com'), user('u2', 'person@example.com')]);
		const run = await apply([
			updateOf('users', 'u1', 'old@example.com', 'new@example.com'),
			updateOf('users', 'u2', 'old@example.com', 'new@example.com'),
			updateOf('users', 'u3', 'old@example.com', 'new@example.com'),
		]);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['already', 'stale', 'gone']);
		expect(resultIn(run, 2).link).toMatchObject({
			goneSide: 'users',
			goneConfirmedAt: '2026-11-23T10:00:00.000Z',
		});
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
		expect(await writes()).toBe(0);
	});

	test('moved: a merged user answers with the survivor’s id', async () => {
		await put([user('u1', 'old@example.com'), user('u9', 'nine@example.com')]);
		await world.hub.merge('u9', ['u1']);
		const before = await writes();
		const result = resultIn(
			await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(result).toMatchObject({ outcome: 'moved', movedTo: 'u9', link: { movedTo: 'u9' } });
		expect(await writes()).toBe(before);
	});

	test('refusedForNow: no permission on this one user; the others go on', async () => {
		await put([user('u1', 'old@example.com'), user('u2', 'old2@example.com')]);
		const body = JSON.stringify({
			error: 'Forbidden',
			error_description: 'Ada Example <ada@example.com> is read-only',
		});
		const run = await throughProxy(
			world,
			'users',
			({ method, url }) =>
				method === 'POST' && url.includes('/u1') ? { status: 403, body } : undefined,
			async () =>
				await apply([
					updateOf('users', 'u1', 'old@example.com', 'new@example.com'),
					updateOf('users', 'u2', 'old2@example.com', 'new2@example.com'),
				]),
		);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['refusedForNow', 'applied']);
		expect(resultIn(run)).toMatchObject({ review: { reason: 'refused', userIds: ['u1'] } });
		expect(pendingIn(resultIn(run))).toMatchObject([
			{ outcome: 'refusedForNow', code: 'Forbidden' },
		]);
		expect(resultIn(run).message).not.toMatch(/Ada|@/);
	});

	test('refusedForNow: a value that has to be unique', async () => {
		await put([user('u1', 'old@example.com')]);
		const body = JSON.stringify({
			error: 'must-be-unique',
			error_field: 'email',
			error_description: 'taken by ada@example.com',
		});
		const run = await throughProxy(
			world,
			'users',
			({ method }) => (method === 'POST' ? { status: 400, body } : undefined),
			async () => await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run)).toMatchObject({
			outcome: 'refusedForNow',
			review: { reason: 'addressTaken' },
		});
	});

	test('a lost answer is followed by a look: applied, written once', async () => {
		await put([user('u1', 'old@example.com')]);
		await throughProxy(
			world,
			'users',
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async (proxy) => {
				const run = await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]);
				expect(resultIn(run).outcome).toBe('applied');
				expect(proxy.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
			},
		);
	});

	test('a lost request is not sent again over an edit that a person made meanwhile', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'users',
			async ({ method, nth }) => {
				if (method !== 'POST' || nth > 0) return undefined;
				await world.hub.edit('u1', 'profile.email.email', 'person@example.com');
				return 'dropBefore';
			},
			async () => await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('stale');
		expect(await stored('u1')).toMatchObject({
			profile: { email: { email: 'person@example.com' } },
		});
	});
});

describe('create', () => {
	test('applied: login and name from the defaults, not verified, id in the row', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		const made = await stored(String(result.recordId));
		expect(result).toMatchObject({ outcome: 'applied', link: { wixId: 'c1', userId: made?.id } });
		expect(pendingIn(result)).toMatchObject([{ outcome: 'announced' }]);
		expect(made).toMatchObject({
			login: 'ada@example.com',
			name: 'Ada Example',
			profile: { email: { email: 'ada@example.com', verified: false } },
		});
	});

	test('applied without defaults: the login is the address', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com', { defaults: undefined })]));
		expect(await stored(String(result.recordId))).toMatchObject({ login: 'ada@example.com' });
	});

	test('applied when the answer is empty: the id comes from the Location header, or from a look', async () => {
		await put([]);
		const run = await throughProxy(
			world,
			'users',
			async ({ method, url, body }) => {
				if (method !== 'POST') return undefined;
				await fetch(`${world.sandbox.youTrackUrl}${url}`, {
					method: 'POST',
					body,
					headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
				});
				return { status: 200 };
			},
			async () => await apply([createOf('ada@example.com')]),
		);
		const { users } = await world.hub.state();
		const made = users.filter(({ login }) => login === 'ada@example.com');
		expect(made).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'applied', recordId: made[0].id });
	});

	test('exists: by the address in any case; nobody is adopted', async () => {
		await put([user('u5', 'Ada@Example.com')]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result).toMatchObject({ outcome: 'exists', recordId: 'u5', link: { userId: '' } });
		expect(pendingIn(result)).toMatchObject([{ outcome: 'refusedForNow', code: 'exists' }]);
		expect(await writes()).toBe(0);
	});

	test('exists: the address awaits confirmation; near misses of the search do not count', async () => {
		const unverifiedEmail = { type: 'EmailJSON', verified: false, email: 'ada@example.com' };
		await put([
			user('u5', 'x@example.com', { profile: { unverifiedEmail } }),
			user('u6', 'very-ada@example.com'),
		]);
		await world.hub.behave({ looseEmailQuery: true });
		expect(resultIn(await apply([createOf('ada@example.com')]))).toMatchObject({
			outcome: 'exists',
			recordId: 'u5',
		});
	});

	test('applied although the search found somebody whose address only looks alike', async () => {
		await put([user('u6', 'very-ada@example.com')]);
		await world.hub.behave({ looseEmailQuery: true });
		expect(resultIn(await apply([createOf('ada@example.com')])).outcome).toBe('applied');
	});

	test('refusedForNow: the login is taken by somebody with another address', async () => {
		await put([user('u5', 'x@example.com', { login: 'ada@example.com' })]);
		for (const duplicateStatus of [400, 409]) {
			await world.hub.behave({ duplicateStatus });
			const result = resultIn(await apply([createOf('ada@example.com')]));
			expect(result).toMatchObject({
				outcome: 'refusedForNow',
				review: { reason: 'addressTaken', userIds: ['u5'], wixIds: ['c1'] },
			});
			expect(pendingIn(result)).toMatchObject([
				{ outcome: 'refusedForNow', code: 'must-be-unique' },
			]);
		}
	});

	test('refusedForNow: the licence is full', async () => {
		await put([]);
		await world.hub.behave({ licenceFull: true });
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result.outcome).toBe('refusedForNow');
		expect(pendingIn(result)).toMatchObject([{ code: 'license_users_number_exceeded' }]);
	});

	test('a lost answer leaves one user, told as existing', async () => {
		await put([]);
		const run = await throughProxy(
			world,
			'users',
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async () => await apply([createOf('ada@example.com')]),
		);
		const made = (await world.hub.state()).users.filter(({ login }) => login === 'ada@example.com');
		expect(made).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', recordId: made[0].id });
	});

	test('an apostrophe is part of many addresses: looked up, created, and found again', async () => {
		await put([]);
		const change = createOf("o'brien@example.com");
		expect(resultIn(await apply([change])).outcome).toBe('applied');
		expect(resultIn(await apply([change])).outcome).toBe('exists');
	});

	test('a lost write is sent again after the wait that the server asked for', async () => {
		await put([user('u1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'users',
			({ method, nth }) =>
				method === 'POST' && nth === 0
					? { status: 503, headers: { 'retry-after': '11' } }
					: undefined,
			async () => await apply([updateOf('users', 'u1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(clock.waits).toEqual([11_000]);
	});

	test('an address that could not be looked up is refused, nothing is searched or created', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('a{b}"c@example.com')]));
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'badValue' } });
		expect((await world.hub.requests()).total).toBe(0);
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
			link: { state: 'unlinked', note: expect.stringMatching(/^De(leted|activated)/) },
		});
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
		const run = await throughProxy(
			world,
			'users',
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
		await world.hub.merge('u9', ['u2']);
		const run = await apply([other('verify', 'u1'), other('verify', 'u2'), other('verify', 'u3')]);
		expect(run.json).toMatchObject([
			{ outcome: 'present' },
			{ outcome: 'moved', movedTo: 'u9' },
			{ outcome: 'gone', link: { goneSide: 'users' } },
		]);
	});
});

test('a replay of all changes doubles nothing', async () => {
	await put([user('u1', 'old@example.com')]);
	const changes = [
		updateOf('users', 'u1', 'old@example.com', 'new@example.com'),
		createOf('ada@example.com'),
	];
	expect((await apply(changes)).json.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
	const before = await world.hub.state();
	expect((await apply(changes)).json.map(({ outcome }) => outcome)).toEqual(['already', 'exists']);
	expect(await world.hub.state()).toEqual(before);
});

test('a change for Wix is an item error', async () => {
	const run = await apply([updateOf('wix', 'c1', 'a@example.com', 'b@example.com')]);
	expect(run.error?.message).toBe('This change is for Wix CRM, not for Target Users');
});
