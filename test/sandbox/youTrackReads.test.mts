import { listAt, startWorld, type Reply, type World } from './harness.mts';
import { parseFields } from '../../sandbox/youtrack/fieldSelection.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
	await world.hubControl('PUT', '/state', {
		users: [
			{
				id: '3',
				login: 'ada',
				name: 'Ada Example',
				creationTime: 30,
				profile: { email: { email: 'Ada@example.com', verified: true } },
			},
			{
				id: '1',
				login: 'bob',
				name: 'Bob Other',
				creationTime: 10,
				banned: true,
				profile: { email: { email: 'bob+x@example.com' } },
			},
			{ id: '2', login: 'guest', name: 'guest', creationTime: 20, guest: true, profile: {} },
			{
				id: '4',
				login: 'cleo',
				name: 'Cleo Ada Example',
				creationTime: 40,
				groups: [{ type: 'UserGroup', id: 'g', name: 'All', description: 'long' }],
				profile: {
					email: { email: 'cleo@example.com' },
					unverifiedEmail: { email: 'new@example.com' },
				},
			},
		],
	});
});
afterAll(() => world.close());

const ids = (reply: Reply) => listAt(reply, 'users').map(({ id }) => id);
const find = async (query: string) =>
	ids(await world.users('GET', `?fields=id&query=${encodeURIComponent(query)}`));

describe('query', () => {
	it.each<[string, string[]]>([
		['', ['3', '1', '2', '4']],
		['email: ada@EXAMPLE.com', ['3']],
		['email: {ada@example.com}', ['3']],
		['email: {bob+x@example.com}', ['1']],
		['email: example.com', []],
		['email: new@example.com', []],
		['login: ada', ['3']],
		['login: {ada}', ['3']],
		['loginStartsWith: c', ['4']],
		['name: {ada example}', ['3']],
		['name: ada', ['3', '4']],
		['nameStartsWith: cleo', ['4']],
		['is: banned', ['1']],
		['not is: banned', ['3', '2', '4']],
		['NOT is: banned AND email: {ada@example.com}', ['3']],
		['login: ada or login: bob', ['3', '1']],
		['(login: ada or login: bob) and not is: banned', ['3']],
		['login: ada is: banned', []],
		['cleo', ['4']],
	])('%j finds %j', async (query, expected) => {
		expect(await find(query)).toEqual(expected);
	});

	it.each([
		'shoeSize: 3',
		'is: happy',
		'(login: ada',
		'login: ada)',
		'email:',
		'login: {ada',
		'not',
	])('refuses %j with 400', async (query) => {
		const reply = await world.users('GET', `?query=${encodeURIComponent(query)}`);
		expect([reply.status, reply.code]).toEqual([400, 'Bad Request']);
	});
});

describe('pages and order', () => {
	it('skips, cuts, and gives everything for -1', async () => {
		expect(ids(await world.users('GET', '?fields=id&$skip=1&$top=2'))).toEqual(['1', '2']);
		expect(ids(await world.users('GET', '?fields=id&$skip=1&$top=-1'))).toEqual(['1', '2', '4']);
		expect((await world.users('GET', '?$top=x')).status).toBe(400);
		expect((await world.users('GET', '?$skip=-1')).status).toBe(400);
	});

	it('gives 100 by default', async () => {
		const other = await startWorld({ people: 150 });
		try {
			const reply = await other.users('GET', '?fields=id');
			expect(listAt(reply, 'users')).toHaveLength(100);
			expect(reply.body).toMatchObject({ skip: 0, top: 100 });
		} finally {
			await other.close();
		}
	});

	it.each<[string, string[]]>([
		['id', ['1', '2', '3', '4']],
		['login:desc', ['2', '4', '1', '3']],
		['name:asc', ['3', '1', '4', '2']],
		['creationTime', ['1', '2', '3', '4']],
	])('orders by %s', async (orderBy, expected) => {
		expect(ids(await world.users('GET', `?fields=id&orderBy=${orderBy}`))).toEqual(expected);
	});

	it('refuses another order', async () => {
		expect((await world.users('GET', '?orderBy=shoeSize')).status).toBe(400);
	});

	it('tells the total only when asked, or without fields', async () => {
		expect((await world.users('GET', '')).body.total).toBe(4);
		expect((await world.users('GET', '?fields=id,total')).body.total).toBe(4);
		expect((await world.users('GET', '?fields=id')).body).not.toHaveProperty('total');
	});
});

describe('fields', () => {
	it('selects in both styles, mixed, and always tells the type', async () => {
		const nested = await world.users(
			'GET',
			'/4?fields=login,profile(email(email),unverifiedEmail/email)',
		);
		expect(nested.body).toEqual({
			type: 'user',
			login: 'cleo',
			profile: {
				email: { email: 'cleo@example.com' },
				unverifiedEmail: { email: 'new@example.com' },
			},
		});
		const slashes = await world.users(
			'GET',
			'/3?fields=id,profile/email/email,profile/email/verified',
		);
		expect(slashes.body).toEqual({
			type: 'user',
			id: '3',
			profile: { email: { email: 'Ada@example.com', verified: true } },
		});
	});

	it('shortens related objects without fields', async () => {
		const reply = await world.users('GET', '/4');
		expect(reply.at('groups')).toEqual([{ type: 'UserGroup', id: 'g', name: 'All' }]);
		expect(reply.at('profile.email.email')).toBe('cleo@example.com');
	});

	it.each(['id(', 'id)', '(id)', 'profile(email'])('refuses %j', async (fields) => {
		expect((await world.users('GET', `/4?fields=${fields}`)).status).toBe(400);
	});

	it('cannot reach a prototype', () => {
		parseFields('__proto__/polluted,constructor/prototype/polluted');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
	});
});
