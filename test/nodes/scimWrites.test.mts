import type { INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { byId, person, scimWorld } from './scimWorld.mts';

const { run, put, behave, calls, stored, through } = scimWorld();

const create = async (email: string, additionalFields: INodeParameters = {}) =>
	await run('create', { email, additionalFields });

describe('Create', () => {
	test('the user name is the address; active, and the address is the primary one', async () => {
		await put([]);
		const { json, error } = await create(' ada@x.se ');
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ userName: 'ada@x.se', profile: { email: 'ada@x.se' } });
		expect(await stored(String(entryAt(json, 0).id))).toMatchObject({
			userName: 'ada@x.se',
			active: true,
			emails: [{ value: 'ada@x.se', type: 'work', primary: true }],
		});
		expect((await calls())['GET /ServiceProviderConfig']).toBeUndefined();
	});

	test('the body is JSON of SCIM’s own type', async () => {
		await put([]);
		await through(
			() => undefined,
			async (proxy) => {
				await create('ada@x.se');
				const sending = proxy.calls.find(({ method }) => method === 'POST');
				expect(sending?.headers['content-type']).toBe('application/scim+json');
			},
		);
	});

	test('with what the fields say', async () => {
		await put([]);
		const { json } = await create('ada@x.se', {
			login: 'ada',
			firstName: 'Ada',
			lastName: 'Ek',
			displayName: 'Ada Ek',
			externalId: 'e1',
			title: 'Boss',
			active: false,
		});
		expect(await stored(String(entryAt(json, 0).id))).toMatchObject({
			userName: 'ada',
			name: { givenName: 'Ada', familyName: 'Ek' },
			displayName: 'Ada Ek',
			externalId: 'e1',
			title: 'Boss',
			active: false,
		});
	});

	test('an answer without the user is followed by a read of the place it names', async () => {
		await put([person('made', 'ada@x.se')]);
		const { json } = await through(
			({ method }) =>
				method === 'POST'
					? { status: 201, headers: { location: 'https://x.se/scim/v2/Users/made' } }
					: undefined,
			async () => await create('ada@x.se'),
		);
		expect(json[0]).toMatchObject({ id: 'made', profile: { email: 'ada@x.se' } });
	});

	test.each([
		[409, true],
		[409, false],
		[400, true],
	])(
		'a user name that is taken: %i, with its code: %s',
		async (duplicateStatus, scimDuplicateType) => {
			await put([person('u1', 'a@x.se', { userName: 'Ada@x.se' })]);
			await behave({ duplicateStatus, scimDuplicateType });
			const { error } = await create('ada@x.se');
			expect(error?.message).toMatch(
				scimDuplicateType
					? /Another user .* \(HTTP 4\d\d, code uniqueness\)/
					: /there already.*HTTP 409/,
			);
		},
	);
});

describe('Create or Update', () => {
	const upsert = async (email: string, additionalFields: INodeParameters = {}) =>
		await run('upsert', { email, additionalFields });

	test('somebody with the address in any place and case, or a new user', async () => {
		await put([
			person('u1', 'a@x.se'),
			person('u2', undefined, {
				emails: [
					{ value: 'b@x.se', type: 'work', primary: true },
					{ value: 'Home@x.se', type: 'home' },
				],
			}),
		]);
		const updated = await upsert('home@X.se', { title: 'Boss' });
		expect(updated.json).toMatchObject([{ id: 'u2', title: 'Boss', action: 'updated' }]);
		expect((await upsert('A@x.se')).json).toMatchObject([{ id: 'u1', action: 'unchanged' }]);
		expect((await upsert('new@x.se')).json).toMatchObject([
			{ action: 'created', profile: { email: 'new@x.se' } },
		]);
	});

	test('an address that two users hold is left to a person', async () => {
		await put([person('u1', 'a@x.se'), person('u2', 'A@x.se')]);
		expect((await upsert('a@x.se')).error?.message).toBe('2 users hold this address: u1, u2');
	});
});

describe('Deactivate and Delete', () => {
	test.each(['supported', '501', '405'])('deactivated, PATCH %s', async (scimPatch) => {
		await put([person('u1', 'a@x.se', { title: 'Boss' })]);
		await behave({ scimPatch, scimConfig: 'missing' });
		const { json, error } = await run('deactivate', { userId: byId('u1') });
		expect(error).toBeUndefined();
		expect(json).toEqual([{ id: 'u1', deactivated: true }]);
		expect(await stored('u1')).toMatchObject({
			active: false,
			title: 'Boss',
			userName: 'login-u1',
		});
	});

	test.each([false, true])('deleted, softly: %s; then nobody is there', async (scimSoftDelete) => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimSoftDelete });
		expect((await run('delete', { userId: byId('u1') })).json).toEqual([
			{ id: 'u1', deleted: true },
		]);
		expect((await run('delete', { userId: byId('u1') })).error?.message).toBe(
			'SCIM 2.0 has no user u1',
		);
		const gone = await run('deactivate', { userId: byId('u1') });
		expect(gone.error?.message).toBe('SCIM 2.0 has no user u1');
		await behave({ scimPatch: '501' });
		const replaced = await run('deactivate', { userId: byId('u1') });
		expect(replaced.error?.message).toBe('SCIM 2.0 has no user u1');
	});
});
