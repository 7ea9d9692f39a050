import type { INodeParameters } from 'n8n-workflow';

import { atLeast } from '../../runtime/entries.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { bodiesOf, byId, person, scimWorld } from './scimWorld.mts';

const { run, put, behave, calls, control, stored, through } = scimWorld();

const core = 'urn:ietf:params:scim:schemas:core:2.0:User';
const patchOp = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const update = async (updateFields: INodeParameters, id = 'u1') =>
	await run('update', { userId: byId(id), updateFields });

/** The bodies that an update sends by one method. */
const sent = async (method: string, updateFields: INodeParameters): Promise<JsonObject[]> =>
	await through(
		() => undefined,
		async (proxy) => {
			const { error } = await update(updateFields);
			expect(error).toBeUndefined();
			return bodiesOf(proxy, method);
		},
	);

describe('Update by PATCH', () => {
	// [the addresses, the operation]
	const table: Array<[string, JsonValue, JsonObject]> = [
		[
			'in its place where its type tells it apart',
			[
				{ value: 'h@x.se', type: 'home' },
				{ value: 'a@x.se', type: 'work', primary: true },
			],
			{ op: 'replace', path: 'emails[type eq "work"].value', value: 'new@x.se' },
		],
		[
			'as a list where the type is there twice, in whatever case',
			[
				{ value: 'h@x.se', type: 'Work' },
				{ value: 'a@x.se', type: 'work', primary: true },
			],
			{
				op: 'replace',
				path: 'emails',
				value: [
					{ value: 'h@x.se', type: 'Work' },
					{ value: 'new@x.se', type: 'work', primary: true },
				],
			},
		],
		[
			'as a list where there is no type',
			[{ value: 'a@x.se' }],
			{ op: 'replace', path: 'emails', value: [{ value: 'new@x.se' }] },
		],
		[
			'with a type that has to be quoted',
			[{ value: 'a@x.se', type: 'a "b"' }],
			{ op: 'replace', path: 'emails[type eq "a \\"b\\""].value', value: 'new@x.se' },
		],
		[
			'as a first one',
			[],
			{ op: 'add', path: 'emails', value: [{ value: 'new@x.se', type: 'work', primary: true }] },
		],
	];

	test.each(table)('the address goes %s', async (_, emails, operation) => {
		await put([person('u1', undefined, { emails })]);
		expect(await sent('PATCH', { email: ' new@x.se ' })).toEqual([
			{ schemas: [patchOp], Operations: [operation] },
		]);
	});

	test('everything that is filled in goes out at once, and nothing else', async () => {
		await put([person('u1', 'a@x.se', { title: 'Boss' })]);
		const fields = { firstName: 'Ada', lastName: 'Ek', login: 'ada', active: false, nickName: '' };
		const [body] = atLeast(await sent('PATCH', fields), 1);
		expect(body.Operations).toEqual([
			{ op: 'replace', path: 'userName', value: 'ada' },
			{ op: 'replace', path: 'name.givenName', value: 'Ada' },
			{ op: 'replace', path: 'name.familyName', value: 'Ek' },
			{ op: 'replace', path: 'active', value: false },
		]);
		expect(await stored('u1')).toMatchObject({
			userName: 'ada',
			name: { givenName: 'Ada', familyName: 'Ek' },
			active: false,
			title: 'Boss',
			emails: [{ value: 'a@x.se', type: 'work', primary: true }],
		});
	});

	test('the body is JSON of SCIM’s own type', async () => {
		await put([person('u1', 'a@x.se')]);
		await through(
			() => undefined,
			async (proxy) => {
				await update({ displayName: 'Å' });
				const sending = proxy.calls.find(({ method }) => method === 'PATCH');
				expect(sending?.headers['content-type']).toBe('application/scim+json');
				expect(sending?.headers['if-match']).toBe('W/"1"');
				const reading = proxy.calls.find(({ method }) => method === 'GET');
				expect(reading?.headers).not.toHaveProperty('content-type');
			},
		);
		expect(await stored('u1')).toMatchObject({ displayName: 'Å' });
	});

	test('an answer without the user is followed by a read', async () => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimPatchAnswer: 204 });
		const { json, error } = await update({ email: 'new@x.se' });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: 'u1', profile: { email: 'new@x.se' } });
		expect((await calls())['GET /Users/:id']).toBe(2);
	});

	test('nothing filled in, and somebody unknown', async () => {
		await put([]);
		expect((await update({})).error?.message).toBe('There is nothing to update');
		expect((await update({ title: 'X' })).error?.message).toBe('SCIM 2.0 has no user u1');
	});
});

describe('versions', () => {
	const editMeanwhile = async (path: string, value: string) =>
		await through(
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth === 0) await control().edit('u1', path, value);
				return undefined;
			},
			async () => await update({ email: 'new@x.se' }),
		);

	test('an edit of something else meanwhile is kept', async () => {
		await put([person('u1', 'a@x.se')]);
		const { error } = await editMeanwhile('title', 'Boss');
		expect(error).toBeUndefined();
		expect(await stored('u1')).toMatchObject({
			title: 'Boss',
			emails: [{ value: 'new@x.se', type: 'work', primary: true }],
		});
		expect((await calls())['PATCH /Users/:id']).toBe(2);
	});

	test('an edit of the same is not written over', async () => {
		await put([person('u1', 'a@x.se')]);
		const { error } = await editMeanwhile('profile.email', 'person@x.se');
		expect(error?.message).toBe('User u1 was edited at the same time');
		expect(await stored('u1')).toMatchObject({ emails: [{ value: 'person@x.se' }] });
	});

	test('without versions nothing is asked of them', async () => {
		await put([person('u1', 'a@x.se')]);
		await behave({ scimVersions: false });
		await through(
			() => undefined,
			async (proxy) => {
				expect((await update({ email: 'new@x.se' })).error).toBeUndefined();
				for (const { headers } of proxy.calls) expect(headers).not.toHaveProperty('if-match');
			},
		);
	});
});

describe('a server without PATCH', () => {
	const groups = [{ value: 'g1', display: 'Staff' }];
	const user = person('u1', 'a@x.se', { title: 'Boss', locale: 'sv-SE' });

	test.each([
		['told', '501', 0],
		['missing', '501', 1],
		['missing', '405', 1],
		['wrong', '405', 1],
	])('config %s, PATCH %s: the whole user by PUT', async (scimConfig, scimPatch, tried) => {
		await put([user]);
		await behave({ scimConfig, scimPatch });
		const input = [{ to: 'one@x.se' }, { to: 'two@x.se' }];
		const { json, error } = await run(
			'update',
			{ userId: byId('u1'), updateFields: { email: '={{ $json.to }}' } },
			input,
		);
		expect(error).toBeUndefined();
		expect(json.map(({ profile }) => profile)).toEqual([
			{ email: 'one@x.se' },
			{ email: 'two@x.se' },
		]);
		expect(await stored('u1')).toMatchObject({
			title: 'Boss',
			locale: 'sv-SE',
			userName: 'login-u1',
			emails: [{ value: 'two@x.se', type: 'work', primary: true }],
		});
		const { 'GET /ServiceProviderConfig': config, ...others } = await calls();
		expect(config).toBe(1);
		expect(others['PATCH /Users/:id'] ?? 0).toBe(tried);
		expect(others['PUT /Users/:id']).toBe(2);
	});

	test('what only the server writes is left out of a PUT, and the version asked for', async () => {
		await put([user]);
		await behave({ scimPatch: '501' });
		const read = { schemas: [core], ...user, groups, meta: { version: 'W/"1"' } };
		await through(
			({ method, url }) =>
				method === 'GET' && url.endsWith('/u1')
					? { status: 200, body: JSON.stringify(read) }
					: undefined,
			async (proxy) => {
				await update({ title: 'Chief' });
				expect(bodiesOf(proxy, 'PUT')).toEqual([{ schemas: [core], ...user, title: 'Chief' }]);
				const sending = proxy.calls.find(({ method }) => method === 'PUT');
				expect(sending?.headers['if-match']).toBe('W/"1"');
			},
		);
	});

	test.each([
		['a path that it does not know', 400, '{"status":"400","scimType":"invalidPath","detail":"x"}'],
		[
			'no reason',
			400,
			'{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"400"}',
		],
		['a page of its web server', 404, '<html>Cannot PATCH</html>'],
	])('a PATCH that is refused for %s is said by PUT', async (_, status, body) => {
		await put([user]);
		const { error } = await through(
			({ method }) => (method === 'PATCH' ? { status, body } : undefined),
			async () => await update({ email: 'new@x.se' }),
		);
		expect(error).toBeUndefined();
		expect(await stored('u1')).toMatchObject({ emails: [{ value: 'new@x.se' }], title: 'Boss' });
	});

	test.each([
		[400, 'mutability', 'does not let this attribute be changed'],
		[404, undefined, 'SCIM 2.0 has nothing at this place'],
	])('a PATCH that is refused with %i %s is not said again', async (status, scimType, message) => {
		await put([user]);
		const body = JSON.stringify({ status: String(status), scimType, detail: 'Ada may not' });
		const { error } = await through(
			({ method }) => (method === 'PATCH' ? { status, body } : undefined),
			async () => await update({ externalId: 'e1' }),
		);
		expect(error?.message).toContain(message);
		expect(error?.message).not.toContain('Ada');
		expect((await calls())['PUT /Users/:id']).toBeUndefined();
	});
});
