import { searchUsers } from '../../nodes/TargetUsers/methods/listSearch';
import { loadOptionsFor } from './harness.mts';
import { byId, idsOf, oktaId, oktaUser, oktaWorld, profileOf } from './oktaRun.mts';

const { world, run, put, stored, requests, through } = oktaWorld();

const ada = () => oktaUser('ada', 'ada@example.com');

describe('Get', () => {
	test('one user, and each item by its own id', async () => {
		await put([ada(), oktaUser('bo', 'bo@example.com')]);
		const userId = { __rl: true, mode: 'id', value: '={{ $json.want }}' };
		const input = [{ want: oktaId('bo') }, { want: oktaId('nobody') }, { want: oktaId('ada') }];
		const done = await run('get', { userId }, input, { onError: 'continueRegularOutput' });
		expect(done.json.map(({ id, error }) => id ?? error)).toEqual([
			oktaId('bo'),
			`Okta has no user ${oktaId('nobody')}`,
			oktaId('ada'),
		]);
		expect(done.items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test.each(['login-ada@login.example', 'login-ada', 'me'])(
		'a user whom Okta finds by %s was not asked for',
		async (id) => {
			await put([ada()]);
			expect((await run('get', { userId: byId(id) })).error?.message).toBe(
				`Okta has no user ${id}`,
			);
			for (const operation of ['activate', 'deactivate', 'delete']) {
				const { error } = await run(operation, { userId: byId(id) });
				expect([operation, error?.message]).toEqual([operation, `Okta has no user ${id}`]);
			}
			expect((await requests()).writes).toBe(0);
		},
	);

	test('simplified, and only what the sync reads', async () => {
		const profile = { secondEmail: 'old@example.com', department: 'Sales' };
		await put([oktaUser('ada', 'ada@example.com', { status: 'SUSPENDED', profile })]);
		const userId = byId(oktaId('ada'));
		const simplified = await run('get', { userId, output: 'simplified' });
		expect(simplified.json).toEqual([
			{
				id: oktaId('ada'),
				login: 'login-ada@login.example',
				name: 'First-ada Last-ada',
				email: 'ada@example.com',
				active: false,
			},
		]);
		const synced = await run('get', { userId, output: 'syncFields' });
		expect(synced.json).toEqual([
			{
				id: oktaId('ada'),
				status: 'SUSPENDED',
				profile: {
					login: 'login-ada@login.example',
					email: 'ada@example.com',
					firstName: 'First-ada',
					lastName: 'Last-ada',
					secondEmail: 'old@example.com',
				},
			},
		]);
	});
});

describe('Create', () => {
	test('a staged user, for whom no mail goes out; the login is the address', async () => {
		await put([]);
		const calls: string[] = [];
		const done = await through(
			({ method, url }) => void (method === 'POST' && calls.push(url)),
			async () =>
				await run('create', {
					email: ' new@example.com ',
					additionalFields: { firstName: 'Nea', lastName: 'Newman' },
				}),
		);
		expect(done.error).toBeUndefined();
		expect(calls).toEqual(['/api/v1/users?activate=false']);
		expect(done.json[0]).toMatchObject({
			status: 'STAGED',
			profile: {
				login: 'new@example.com',
				email: 'new@example.com',
				firstName: 'Nea',
				lastName: 'Newman',
			},
		});
	});

	test('an active one where that is wanted, with a login of its own and further fields', async () => {
		await put([]);
		const { json } = await run('create', {
			email: 'new@example.com',
			additionalFields: {
				activate: true,
				login: 'nea@login.example',
				secondEmail: 'nea@example.org',
				mobilePhone: '+46 70 1',
			},
		});
		expect(json[0]).toMatchObject({
			status: 'PROVISIONED',
			profile: {
				login: 'nea@login.example',
				email: 'new@example.com',
				secondEmail: 'nea@example.org',
				mobilePhone: '+46 70 1',
				firstName: 'nea',
				lastName: '-',
			},
		});
	});

	test('a login that another user has is told by its field, without any value', async () => {
		await put([ada()]);
		const { error } = await run('create', {
			email: 'new@example.com',
			additionalFields: { login: 'login-ada@login.example' },
		});
		expect(error?.message).toContain('Another user of Okta has this value already (HTTP 400');
		expect(error?.message).toContain('field login');
		expect(`${error?.message} ${error?.description}`).not.toMatch(/@|ada/);
	});

	test('a wrong address is refused before anything is sent', async () => {
		const { error } = await run('create', { email: 'nobody' });
		expect(error?.message).toContain("'Email' is no email address");
		expect((await requests()).total).toBe(0);
	});
});

describe('Create or Update', () => {
	const upsert = async (email: string, additionalFields = {}) =>
		await run('upsert', { email, additionalFields });

	test.each([
		['as it is', 'ada@example.com', {}],
		['in other case', 'ADA@Example.com', {}],
		['typed in capitals in Okta', 'ada@example.com', { email: 'Ada@EXAMPLE.com' }],
		['as the second one', 'second@example.com', { secondEmail: 'Second@example.com' }],
	])('updates who has the address %s', async (_how, email, profile) => {
		await put([oktaUser('ada', 'ada@example.com', { profile })]);
		const { json, error } = await upsert(email, { firstName: 'Adele' });
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: oktaId('ada'), action: 'updated' }]);
		expect(profileOf(await stored('ada'))).toMatchObject({ firstName: 'Adele' });
	});

	test('creates nobody’s double, and a user where nobody has the address', async () => {
		await put([ada(), oktaUser('bo', 'BO@example.com', { status: 'DEPROVISIONED' })]);
		expect((await upsert('bo@example.com')).json).toMatchObject([
			{ id: oktaId('bo'), action: 'unchanged' },
		]);
		expect((await upsert('cy@example.com')).json).toMatchObject([
			{ status: 'STAGED', action: 'created' },
		]);
	});

	test('two users with one address are named, not chosen from', async () => {
		await put([ada(), oktaUser('bo', 'Ada@Example.com')]);
		const { error } = await upsert('ada@example.com');
		expect(error?.message).toBe(`2 users hold this address: ${oktaId('ada')}, ${oktaId('bo')}`);
	});

	test('an address cannot end the expression that it is in', async () => {
		await put([ada()]);
		const odd = '"x\\" or status eq \\"ACTIVE"@example.com'.replace(/\s/g, '');
		const { json } = await upsert(odd);
		expect(json).toMatchObject([{ action: 'created', profile: { email: odd } }]);
	});

	test('who only the search knows is read again: its index may be behind', async () => {
		await put([oktaUser('ada', 'Ada@example.com')]);
		await world().okta.behave({ queryLagReads: 1000 });
		await world().okta.edit(oktaId('ada'), 'profile.email', 'moved@example.com');
		expect((await upsert('ada@example.com')).json).toMatchObject([{ action: 'created' }]);
	});
});

describe('Update', () => {
	const update = async (updateFields: Record<string, string>) =>
		await run('update', { userId: byId(oktaId('ada')), updateFields });

	test('sends the address alone, and leaves the login and all else', async () => {
		await put([oktaUser('ada', 'old@example.com', { profile: { department: 'Sales' } })]);
		const bodies: unknown[] = [];
		const { json } = await through(
			({ method, body }) => void (method === 'POST' && bodies.push(JSON.parse(body))),
			async () => await update({ email: ' new@example.com ' }),
		);
		expect(bodies).toEqual([{ profile: { email: 'new@example.com' } }]);
		expect(json[0]).toMatchObject({ id: oktaId('ada'), profile: { email: 'new@example.com' } });
		expect(profileOf(await stored('ada'))).toMatchObject({
			login: 'login-ada@login.example',
			department: 'Sales',
		});
	});

	test('writes the login and names that were asked for', async () => {
		await put([ada()]);
		await update({ login: 'a@login.example', firstName: 'A', lastName: 'B', mobilePhone: '1' });
		expect(profileOf(await stored('ada'))).toEqual({
			login: 'a@login.example',
			email: 'ada@example.com',
			firstName: 'A',
			lastName: 'B',
			mobilePhone: '1',
		});
	});

	test('an edit between the read and the write is not written over', async () => {
		await put([ada()]);
		const { error } = await through(
			async ({ method, nth }) => {
				if (method !== 'POST' || nth > 0) return;
				await world().okta.edit(oktaId('ada'), 'profile.email', 'person@example.com');
			},
			async () => await update({ email: 'new@example.com' }),
		);
		expect(error?.message).toBe(`User ${oktaId('ada')} was edited at the same time`);
		expect(profileOf(await stored('ada'))).toMatchObject({ email: 'person@example.com' });
	});

	test('a gateway that changes versions on the way is no edit', async () => {
		await put([ada()]);
		const { error } = await through(
			({ method, headers }) =>
				method === 'POST' && headers['if-match'] !== undefined ? { status: 412 } : undefined,
			async () => await update({ email: 'new@example.com' }),
		);
		expect(error).toBeUndefined();
		expect(profileOf(await stored('ada'))).toMatchObject({ email: 'new@example.com' });
	});
});

describe('Deactivate and Delete', () => {
	test.each(['ACTIVE', 'STAGED', 'SUSPENDED'])(
		'a user who is %s is deactivated',
		async (status) => {
			await put([oktaUser('ada', 'ada@example.com', { status })]);
			const { json } = await run('deactivate', { userId: byId(oktaId('ada')) });
			expect(json).toEqual([{ id: oktaId('ada'), deactivated: true }]);
			expect(await stored('ada')).toMatchObject({ status: 'DEPROVISIONED' });
		},
	);

	test('who is deactivated already is left alone', async () => {
		await put([oktaUser('ada', 'ada@example.com', { status: 'DEPROVISIONED' })]);
		const { json } = await run('deactivate', { userId: byId(oktaId('ada')) });
		expect(json).toEqual([{ id: oktaId('ada'), deactivated: true }]);
		expect((await requests()).writes).toBe(0);
	});

	test.each([
		['ACTIVE', 2],
		['DEPROVISIONED', 1],
	])('a user who is %s is erased by %i writes, and nobody gets a mail', async (status, writes) => {
		await put([oktaUser('ada', 'ada@example.com', { status })]);
		const urls: string[] = [];
		const { json } = await through(
			({ method, url }) => void (method === 'GET' || urls.push(url)),
			async () => await run('delete', { userId: byId(oktaId('ada')) }),
		);
		expect(json).toEqual([{ id: oktaId('ada'), deleted: true }]);
		expect(await stored('ada')).toBeUndefined();
		expect(urls).toHaveLength(writes);
		for (const url of urls) expect(url).toMatch(/\?sendEmail=false$/);
	});

	test('a lost answer is followed by a look', async () => {
		await put([ada()]);
		const { json } = await through(
			({ method }) => (method === 'DELETE' ? 'dropAfter' : undefined),
			async () => await run('delete', { userId: byId(oktaId('ada')) }),
		);
		expect(json).toEqual([{ id: oktaId('ada'), deleted: true }]);
	});
});

describe('Activate', () => {
	const activate = async (options = {}) =>
		await run('activate', { userId: byId(oktaId('ada')), options });

	test.each(['STAGED', 'DEPROVISIONED'])('a %s user, and hands on the link', async (status) => {
		await put([oktaUser('ada', 'ada@example.com', { status })]);
		const { json } = await activate();
		expect(json).toEqual([
			expect.objectContaining({
				id: oktaId('ada'),
				status: 'PROVISIONED',
				activationUrl: expect.stringContaining('/welcome/'),
			}),
		]);
	});

	test('Okta mails the link where that is wanted', async () => {
		await put([oktaUser('ada', 'ada@example.com', { status: 'STAGED' })]);
		const urls: string[] = [];
		const { json } = await through(
			({ method, url }) => void (method === 'POST' && urls.push(url)),
			async () => await activate({ sendEmail: true }),
		);
		expect(urls).toEqual([`/api/v1/users/${oktaId('ada')}/lifecycle/activate?sendEmail=true`]);
		expect(json[0]).toMatchObject({ status: 'PROVISIONED' });
		expect(json[0]).not.toHaveProperty('activationUrl');
	});

	test('a suspended user is let in again', async () => {
		await put([oktaUser('ada', 'ada@example.com', { status: 'SUSPENDED' })]);
		expect((await activate()).json).toMatchObject([{ status: 'ACTIVE' }]);
	});

	test('who is active stays so, and a lost answer is no failure', async () => {
		await put([ada()]);
		expect((await activate()).json).toMatchObject([{ status: 'ACTIVE' }]);
		expect((await requests()).writes).toBe(0);
		await put([oktaUser('ada', 'ada@example.com', { status: 'STAGED' })]);
		const lost = await through(
			({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
			async () => await activate(),
		);
		expect(lost.error).toBeUndefined();
		expect(lost.json).toMatchObject([{ status: 'PROVISIONED' }]);
	});

	test('is no operation of another system', async () => {
		const { error } = await world().targetUsers({
			system: 'youTrack',
			resource: 'user',
			operation: 'activate',
			userId: byId('u1'),
		});
		expect(error?.message).toBe("There is no operation 'activate'");
	});
});

test.each([
	['', ['ada', 'bo']],
	['first-A', ['ada']],
	['LOGIN-bo', ['bo']],
	['bo@', ['bo']],
	['x" or status eq "ACTIVE', []],
])('the picker finds by %p', async (typed, names) => {
	await put([ada(), oktaUser('bo', 'bo@example.com')]);
	const node = {
		type: 'n8n-nodes-wix-user-sync.targetUsers',
		parameters: { system: 'okta' },
	};
	const { results } = await searchUsers.call(loadOptionsFor(node, world().credentials), typed);
	expect(results).toEqual(
		names.map((name) => ({
			name: `First-${name} Last-${name} (login-${name}@login.example)`,
			value: oktaId(name),
		})),
	);
});

test('each user comes once, deactivated ones too', async () => {
	await put([ada(), oktaUser('bo', 'bo@example.com', { status: 'DEPROVISIONED' })]);
	const all = await run('getAll', { returnAll: true });
	expect(idsOf(all)).toEqual([oktaId('ada'), oktaId('bo')]);
});
