import { searchUsers } from '../../nodes/TargetUsers/methods/listSearch';
import { loadOptionsFor } from './harness.mts';
import { byId, idsOf, oktaId, oktaUser, oktaWorld } from './oktaRun.mts';

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
