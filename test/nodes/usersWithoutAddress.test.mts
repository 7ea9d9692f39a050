import type { INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import { createFor } from './applyChangesWorld.mts';
import type { Passing } from './proxy.mts';
import { scimWorld } from './scimWorld.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { throughProxy } from './world.mts';

const { world, control, put, through } = scimWorld();
beforeEach(async () => {
	await world().hub.reset();
	await world().okta.reset();
});

const empty = '={{ "" }}';
const systems = ['okta', 'scim', 'youTrack'] as const;
const loginIn = { okta: 'profile.login', scim: 'userName', youTrack: 'login' };

const run = async (system: string, operation: string, parameters: INodeParameters) =>
	await world().targetUsers({ system, resource: 'user', operation, ...parameters });

const controls = { okta: () => world().okta, scim: control, youTrack: () => world().hub };

/** Each system's own parameters beside the address. */
const create = async (system: (typeof systems)[number], login: string) =>
	await run(system, 'create', { email: empty, additionalFields: { login } });

describe.each(systems)('%s', (system) => {
	test('Create without an address and without a login asks for one of them', async () => {
		const { error } = await create(system, '');
		expect(error?.message).toBe("The parameter 'Email' is empty");
		expect(error?.description).toBe('Give the address of the new user, or a login.');
		expect((await controls[system]().requests()).writes).toBe(0);
	});

	test('Create or Update takes an expression that gives nothing for an empty address', async () => {
		const { error } = await run(system, 'upsert', { email: '={{ null }}' });
		expect(error?.message).toBe("The parameter 'Email' is empty");
	});

	test('a planned create without an address and a login is sent as it is, and the answer reviewed', async () => {
		const name = { okta: 'profile.nickName', scim: 'displayName', youTrack: 'name' }[system];
		const change = createFor('users', '', { set: { [name]: 'Ada' }, defaults: {} });
		const done = await world().targetUsers(
			{ system, resource: 'user', operation: 'applyChanges' },
			[change],
		);
		expect(outcomesOf(done)).toEqual(['refused']);
		expect(resultIn(done).code).toBe('badValue');
		expect(resultIn(done).message).toContain(`new user for c1, ${name}`);
	});

	test('a credential without an address is told before any call', async () => {
		const name = { okta: 'oktaUsersApi', scim: 'scimUsersApi', youTrack: 'youTrackHubApi' }[system];
		const label = { okta: 'Okta', scim: 'SCIM 2.0', youTrack: 'YouTrack' }[system];
		const { credentials } = world();
		const whole = valueNamed(credentials, name);
		const { url: _url, baseUrl: _baseUrl, ...rest } = whole;
		credentials[name] = rest;
		try {
			const { error } = await run(system, 'getAll', {});
			expect(error?.message).toBe(`The address in the credential for ${label} is no address`);
		} finally {
			credentials[name] = whole;
		}
	});
});

test.each(['scim', 'youTrack'] as const)('%s: a login is enough', async (system) => {
	const { json, error } = await create(system, ' ada ');
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ [loginIn[system]]: 'ada' }]);
});

describe('an answer that does not show the new user', () => {
	const isCreate = ({ method }: Passing) => method === 'POST';
	const afterwards = async (answer: (call: Passing) => { status: number; body?: string } | void) =>
		await through(answer, async () => await create('scim', 'ada'));

	test('nor its id: the user is found by the login', async () => {
		await put([{ id: 'u1', userName: 'ada' }]);
		const { json } = await afterwards((call) => (isCreate(call) ? { status: 201 } : undefined));
		expect(json).toMatchObject([{ id: 'u1', userName: 'ada' }]);
	});

	test.each([
		['nor its id, and it is not found', {}, { status: 500 }, { profile: {} }],
		[
			'but its id, and it cannot be read',
			{ location: '/scim/v2/Users/u7' },
			{ status: 403 },
			{ id: 'u7', profile: {} },
		],
	])('%s: what is known comes out', async (_what, headers, reading, expected) => {
		const { json, error } = await afterwards((call) =>
			isCreate(call) ? { status: 201, headers } : reading,
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([expected]);
	});
});

test('who has the login already is named', async () => {
	await world().hub.answer({
		method: 'POST',
		path: '/hub/api/rest/users',
		status: 409,
		body: { error: 'must-be-unique', error_entity_id: 'u9' },
	});
	const { error } = await create('youTrack', 'ada');
	expect(error?.message).toBe(
		'New user: Another user of YouTrack has this login or address (HTTP 409, code must-be-unique): user u9 has it',
	);
});

test('a taken login whose holder cannot be looked up is reviewed all the same', async () => {
	const change = createFor('users', 'ada@example.com');
	const done = await throughProxy(
		world(),
		'users',
		({ method, url }) => {
			if (method === 'POST') return { status: 409, body: '{"error":"must-be-unique"}' };
			return decodeURIComponent(url).includes('login:') ? { status: 403 } : undefined;
		},
		async () =>
			await world().targetUsers(
				{
					system: 'youTrack',
					resource: 'user',
					operation: 'applyChanges',
					options: { acceptHidden: true },
				},
				[change],
			),
	);
	expect(outcomesOf(done)).toEqual(['refusedForNow']);
	expect(resultIn(done).others).toEqual([]);
});
