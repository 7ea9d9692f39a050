import type { IDataObject } from 'n8n-workflow';

import { atLeast, entryAt, valueNamed } from '../../runtime/entries.mts';
import { createFor, otherFor, updateWith } from './applyChangesWorld.mts';
import { oktaId, oktaUser, oktaWorld, profileOf } from './oktaRun.mts';
import { outcomesOf, resultIn, toErrorOutput, updateOf } from './rows.mts';

const { world, run, put, stored, requests, answer, through } = oktaWorld();

const apply = async (rows: IDataObject[]) => await run('applyChanges', {}, rows, toErrorOutput);
const one = async (change: IDataObject) => resultIn(await apply([change]));

const update = (name: string, from: string | null, to: string) =>
	updateOf('users', oktaId(name), from, to);
const other = (operation: 'delete' | 'deactivate' | 'verify', name: string, expected = {}) =>
	otherFor('users', operation, oktaId(name), expected);
const writes = async () => (await requests()).writes;

describe('update', () => {
	test('applied: one write of one text; the login stays', async () => {
		await put([oktaUser('ada', 'old@example.com')]);
		const bodies: unknown[] = [];
		const result = await through(
			({ method, body }) => void (method === 'POST' && bodies.push(JSON.parse(body))),
			async () => await one(update('ada', 'old@example.com', ' new@example.com ')),
		);
		expect(result).toMatchObject({ outcome: 'applied', recordId: oktaId('ada') });
		expect(result.link).toBeUndefined();
		expect(bodies).toEqual([{ profile: { email: 'new@example.com' } }]);
		expect(profileOf(await stored('ada'))).toMatchObject({ login: 'login-ada@login.example' });
	});

	test('the short path means the same field', async () => {
		await put([oktaUser('ada', 'old@example.com')]);
		const change = updateWith(
			'users',
			oktaId('ada'),
			{ 'profile.email': 'old@example.com' },
			{ 'profile.email': 'new@example.com' },
		);
		expect((await one(change)).outcome).toBe('applied');
		expect(profileOf(await stored('ada'))).toMatchObject({ email: 'new@example.com' });
	});

	test('any attribute of the profile, of any type, beside the address', async () => {
		await put([
			oktaUser('ada', 'old@example.com', { profile: { department: 'Sales', level: 1, kept: 'x' } }),
		]);
		const change = updateWith(
			'users',
			oktaId('ada'),
			{
				'profile.email.email': 'old@example.com',
				'profile.department': 'Sales',
				'profile.level': 1,
			},
			{
				'profile.email.email': 'new@example.com',
				'profile.department': 'Care',
				'profile.level': 2,
			},
		);
		expect((await one(change)).outcome).toBe('applied');
		expect(await writes()).toBe(1);
		expect(profileOf(await stored('ada'))).toMatchObject({
			email: 'new@example.com',
			department: 'Care',
			level: 2,
			kept: 'x',
		});
	});

	test('already, stale, gone', async () => {
		await put([oktaUser('ada', 'New@Example.com'), oktaUser('bo', 'person@example.com')]);
		const done = await apply(
			['ada', 'bo', 'cy'].map((name) => update(name, 'old@example.com', 'new@example.com')),
		);
		expect(outcomesOf(done)).toEqual(['already', 'stale', 'gone']);
		expect(resultIn(done, 2).found).toBe('gone');
		expect(await writes()).toBe(0);
	});

	test('stale: a person edits between the read and the write', async () => {
		await put([oktaUser('ada', 'old@example.com')]);
		const result = await through(
			async ({ method, nth }) => {
				if (method !== 'POST' || nth > 0) return;
				await world().okta.edit(oktaId('ada'), 'profile.email', 'person@example.com');
			},
			async () => await one(update('ada', 'old@example.com', 'new@example.com')),
		);
		expect(result.outcome).toBe('stale');
		expect(profileOf(await stored('ada'))).toMatchObject({ email: 'person@example.com' });
	});

	test('refusedForNow: another user has the login', async () => {
		await put([oktaUser('ada', 'a@example.com'), oktaUser('bo', 'b@example.com')]);
		const change = updateWith(
			'users',
			oktaId('ada'),
			{ 'profile.login': 'login-ada@login.example' },
			{ 'profile.login': 'login-bo@login.example' },
		);
		const result = await one(change);
		expect(result).toMatchObject({ outcome: 'refusedForNow', others: expect.any(Array) });
		expect(result.message).toContain('Another user of Okta has this value already');
		expect(result.message).not.toContain('@');
	});

	test('refused: a value against Okta’s rules, told by its field', async () => {
		await put([oktaUser('ada', 'a@example.com')]);
		const long = updateWith(
			'users',
			oktaId('ada'),
			{ 'profile.lastName': 'Last-ada' },
			{ 'profile.lastName': 'x'.repeat(51) },
		);
		const result = await one(long);
		expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
		expect(result.message).toContain('code E0000001, field lastName');
	});

	test.each([
		'status',
		'profile',
		'profile.manager.name',
		'profile.tags[0]',
		'credentials.x',
		'id',
	])('refused before anything is sent: %s is nothing to write', async (path) => {
		const result = await one(updateWith('users', oktaId('ada'), { [path]: 'a' }, { [path]: 'b' }));
		expect(result.outcome).toBe('refused');
		expect(result.message).toContain(
			'Okta users have no such field to write (known: profile.email',
		);
		expect((await requests()).total).toBe(0);
	});

	test('a deactivated user: refused for now, or accepted and not shown', async () => {
		await put([oktaUser('ada', 'old@example.com', { status: 'DEPROVISIONED' })]);
		const change = update('ada', 'old@example.com', 'new@example.com');
		const ignored = await one(change);
		expect(ignored.outcome).toBe('sent');
		expect(ignored.pending).toMatchObject([{ outcome: 'sent' }]);
		await world().okta.behave({ deactivatedUpdates: 'refused' });
		const refused = await one(change);
		expect(refused.outcome).toBe('refusedForNow');
		expect(refused.pending).toMatchObject([{ outcome: 'refusedForNow', code: 'E0000038' }]);
	});

	test('an unknown path in the API is no gone user', async () => {
		await put([oktaUser('ada', 'old@example.com')]);
		await answer({ status: 404, body: { errorCode: 'E0000008' } });
		const result = await one(update('ada', 'old@example.com', 'new@example.com'));
		expect(result).toMatchObject({ outcome: 'failed' });
		expect(result.link).toBeUndefined();
	});
});

describe('create', () => {
	const create = async (name?: string) =>
		await one(
			createFor('users', 'ada@example.com', {
				defaults: { login: 'ada@example.com', ...(name === undefined ? {} : { name }) },
			}),
		);

	test.each([
		['Ada Example', 'Ada', 'Example'],
		['  Ada  King   Lovelace ', 'Ada King', 'Lovelace'],
		['Ada', 'Ada', '-'],
		[undefined, 'ada', '-'],
	])('applied: a staged user by the name %p', async (name, firstName, lastName) => {
		await put([]);
		const result = await create(name);
		const [made] = atLeast(valueNamed(await world().okta.state(), 'users'), 1);
		expect(result).toMatchObject({ outcome: 'applied', recordId: made.id, link: { wixId: 'c1' } });
		expect(made).toMatchObject({
			status: 'STAGED',
			profile: { login: 'ada@example.com', email: 'ada@example.com', firstName, lastName },
		});
	});

	test('the names that the rules give come before the default', async () => {
		await put([]);
		const change = createFor('users', 'ada@example.com', {
			set: { 'profile.email.email': 'ada@example.com', 'profile.lastName': 'King' },
		});
		await one(change);
		expect(profileOf(entryAt(valueNamed(await world().okta.state(), 'users'), 0))).toMatchObject({
			firstName: 'Ada',
			lastName: 'King',
		});
	});

	test.each([
		['in any case', { email: 'Ada@EXAMPLE.com' }],
		['as a second one', { secondEmail: 'ada@example.com' }],
	])('exists: somebody has the address %s; nobody is adopted', async (_how, profile) => {
		await put([oktaUser('bo', 'bo@example.com', { status: 'DEPROVISIONED', profile })]);
		expect(await create()).toMatchObject({
			outcome: 'exists',
			others: [oktaId('bo')],
			link: { userId: '' },
		});
		expect(await writes()).toBe(0);
	});

	test('refusedForNow: the login belongs to somebody with another address, who is named by id', async () => {
		await put([oktaUser('bo', 'bo@example.com', { profile: { login: 'ADA@example.com' } })]);
		expect(await create()).toMatchObject({
			outcome: 'refusedForNow',
			others: [oktaId('bo')],
		});
	});

	test('a lost answer leaves one user, told as existing', async () => {
		await put([]);
		const result = await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async () => await create('Ada Example'),
		);
		const { users } = await world().okta.state();
		expect(users).toHaveLength(1);
		expect(result).toMatchObject({ outcome: 'exists', others: [entryAt(users, 0).id] });
	});
});

describe('delete, deactivate, verify', () => {
	const held = { 'profile.email.email': 'ada@example.com' };

	test.each(['ACTIVE', 'SUSPENDED', 'DEPROVISIONED'])(
		'delete: a user who is %s',
		async (status) => {
			await put([oktaUser('ada', 'ada@example.com', { status })]);
			const result = await one(other('delete', 'ada', held));
			expect(result).toMatchObject({ outcome: 'applied', link: { state: 'unlinked' } });
			expect(await stored('ada')).toBeUndefined();
		},
	);

	test('deactivate: applied; already for who cannot sign in; stale after an edit; gone', async () => {
		await put([
			oktaUser('ada', 'ada@example.com'),
			oktaUser('bo', 'ada@example.com', { status: 'SUSPENDED' }),
			oktaUser('cy', 'ada@example.com', { status: 'DEPROVISIONED' }),
			oktaUser('di', 'person@example.com'),
		]);
		const done = await apply(
			['ada', 'bo', 'cy', 'di', 'ed'].map((name) => other('deactivate', name, held)),
		);
		expect(outcomesOf(done)).toEqual(['applied', 'already', 'already', 'stale', 'gone']);
		expect(await stored('ada')).toMatchObject({ status: 'DEPROVISIONED' });
		expect(await writes()).toBe(1);
	});

	test('a lost answer of a removal is found out by a look', async () => {
		await put([oktaUser('ada', 'ada@example.com')]);
		for (const operation of ['deactivate', 'delete'] as const) {
			const result = await through(
				({ method, nth }) => (method !== 'GET' && nth === 0 ? 'dropAfter' : undefined),
				async () => await one(other(operation, 'ada', held)),
			);
			expect([operation, result.outcome]).toEqual([operation, 'applied']);
		}
		expect(await stored('ada')).toBeUndefined();
	});

	test('verify: present whatever the status, gone, and a login is nobody’s id', async () => {
		await put([oktaUser('ada', 'ada@example.com', { status: 'DEPROVISIONED' })]);
		const login = otherFor('users', 'verify', 'login-ada@login.example');
		const done = await apply([other('verify', 'ada'), other('verify', 'bo'), login]);
		expect(outcomesOf(done)).toEqual(['present', 'gone', 'gone']);
	});
});
