import { byId, oktaId, oktaUser, oktaWorld, profileOf } from './oktaRun.mts';

const { world, run, put, stored, requests, through } = oktaWorld();

const ada = () => oktaUser('ada', 'ada@example.com');

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
