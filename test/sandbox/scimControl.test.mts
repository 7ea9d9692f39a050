import { generatePeople, planPeople } from '../../sandbox/people/people.mts';
import { scimPeople } from '../../sandbox/people/scimPeople.mts';
import { emailsOf } from '../../sandbox/scim/types.mts';
import { idOf, listAt, send } from './harness.mts';
import { ada, bob, codeOf, startScim, type ScimWorld } from './scimWorld.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';

let world: ScimWorld;
beforeAll(async () => {
	world = await startScim({ people: 20 });
});
afterAll(() => world.close());
beforeEach(() => world.control('POST', '/reset', {}));

const users = async () => listAt(await world.control('GET', '/state'), 'users');
const edit = (id: string, path: string, value: JsonValue) =>
	world.control('POST', '/edit', { id, path, value });

describe('credentials', () => {
	it.each<[number, string | undefined]>([
		[200, 'Bearer anything'],
		[401, undefined],
		[401, 'Bearer '],
		[401, 'Basic abc'],
		[401, 'Bearer invalid'],
		[403, 'Bearer forbidden'],
	])('answers %i to %p', async (status, authorization) => {
		for (const path of ['/Users', '/ServiceProviderConfig']) {
			const url = world.sandbox.scimUrl + path;
			const reply = await send('GET', url, authorization ? { authorization } : {});
			expect(reply.status).toBe(status);
			if (status !== 200) expect(reply.body.status).toBe(String(status));
		}
	});

	it('answers below the root, too', async () => {
		const { origin } = new URL(world.sandbox.scimUrl);
		const reply = await send('GET', `${origin}/Users?count=1`, { authorization: 'Bearer token' });
		const [user] = listAt(reply, 'Resources');
		expect(user?.meta).toMatchObject({ location: `${world.sandbox.scimUrl}/Users/${user?.id}` });
	});
});

describe('control', () => {
	it('counts calls by their route', async () => {
		const created = await world.create({ userName: 'cy' });
		await world.scim('GET', `/Users/${idOf(created)}`);
		await world.patch('nobody', [{ op: 'replace', path: 'title', value: 'x' }]);
		await world.names('count=1');
		await world.scim('GET', '/nowhere');
		const counts = await world.control('GET', '/requests');
		expect(counts.body).toMatchObject({
			total: 5,
			writes: 2,
			byRoute: {
				'POST /Users': 1,
				'GET /Users/:id': 1,
				'PATCH /Users/:id': 1,
				'GET /Users': 1,
				'GET (no route)': 1,
			},
		});
		expect(counts.body.bytesIn).toBeGreaterThan(0);
	});

	it('limits requests and tells how long to wait', async () => {
		await world.control('POST', '/limits', { requestsPerMinute: 1 });
		expect((await world.scim('GET', '/Users')).status).toBe(200);
		const refused = await world.scim('GET', '/Users');
		expect([refused.status, refused.body.status]).toEqual([429, '429']);
		expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
	});

	it.each<[string, boolean]>([
		['resetBefore', false],
		['resetAfter', true],
	])('breaks the connection (%s); the work is done: %p', async (kind, isDone) => {
		await world.control('POST', '/faults', { rate: 1, kinds: [kind] });
		await expect(world.create({ userName: 'cy' })).rejects.toThrow();
		await world.control('POST', '/faults', { rate: 0 });
		expect((await world.found('userName eq "cy"')).length > 0).toBe(isDone);
	});

	it('cuts an answer short, or makes a server error of it', async () => {
		await world.control('POST', '/faults', { rate: 1, kinds: ['truncated'] });
		const cut = await world.scim('GET', '/Users');
		expect(() => JSON.parse(cut.text) as unknown).toThrow(SyntaxError);
		expect(cut.text).toMatch(/^\{"schemas"/);
		await world.control('POST', '/faults', { rate: 1, kinds: ['503'] });
		expect((await world.scim('GET', '/Users')).body).toMatchObject({ status: '503' });
	});

	it('lets somebody else write right before a call (conflict)', async () => {
		await world.populate([ada]);
		await world.control('POST', '/faults', { rate: 1, kinds: ['conflict'] });
		const write = (headers: Record<string, string>) =>
			world.patch('a1', [{ op: 'replace', path: 'title', value: 'x' }], headers);
		expect((await write({ 'if-match': 'W/"1"' })).status).toBe(412);
		expect((await write({})).status).toBe(200);
	});

	it('gives answers that are laid ready', async () => {
		const body = { odd: true };
		await world.control('POST', '/answer', { method: 'GET', path: '/Users', status: 200, body });
		expect((await world.scim('GET', '/Users')).body).toEqual(body);
	});

	it('takes and gives the state, resets to the seed people, deletes, and merges nothing', async () => {
		const seed = await users();
		expect(seed).toHaveLength(20);
		await world.populate([{ userName: 'x' }, bob]);
		expect(await users()).toMatchObject([{ userName: 'x', id: expect.any(String) }, bob]);
		expect((await world.control('POST', '/delete', { id: 'b2' })).status).toBe(200);
		expect((await world.control('POST', '/delete', { id: 'b2' })).status).toBe(404);
		expect(await world.names()).toEqual(['x']);
		const merge = { targetId: 'a', sourceIds: ['b'] };
		expect((await world.control('POST', '/merge', merge)).status).toBe(400);
		await world.control('POST', '/reset', {});
		expect(await users()).toEqual(seed);
	});
});

describe('edits', () => {
	const emails = (...items: [string, string?, boolean?][]) =>
		items.map(([value, type, primary]) => ({
			value,
			...(type ? { type } : {}),
			...(primary === undefined ? {} : { primary }),
		}));

	it.each<[string, JsonObject[], JsonObject[]]>([
		[
			'the primary one',
			emails(['a', 'work'], ['b', 'home', true]),
			emails(['a', 'work'], ['new', 'home', true]),
		],
		['the only one', emails(['a', 'home']), emails(['new', 'home'])],
		[
			'the first of type work',
			emails(['a', 'home'], ['b', 'Work'], ['c', 'work']),
			emails(['a', 'home'], ['new', 'Work'], ['c', 'work']),
		],
		['the first', emails(['a', 'home', false], ['b']), emails(['new', 'home', false], ['b'])],
		['a new one', [], emails(['new', 'work', true])],
	])('profile.email is %s', async (_, before, after) => {
		await world.populate([
			{ id: 'x', userName: 'x', ...(before.length > 0 ? { emails: before } : {}) },
		]);
		expect((await edit('x', 'profile.email', 'new')).body.emails).toEqual(after);
		const seen = await world.scim('GET', '/Users/x');
		expect([seen.body.emails, seen.headers.get('etag')]).toEqual([after, 'W/"2"']);
	});

	it('take the address away, and the list with the last one', async () => {
		await world.populate([ada]);
		expect((await edit('a1', 'profile.email', null)).at('emails')).toEqual([
			{ value: 'home@example.org', type: 'home' },
		]);
		expect((await edit('a1', 'profile.email', '')).body).not.toHaveProperty('emails');
	});

	it('set other values, under a new version, and are found at once', async () => {
		await world.populate([ada, bob]);
		await edit('a1', 'name.givenName', 'Augusta');
		await edit('a1', 'active', false);
		const changed = await edit('a1', 'userName', 'augusta');
		expect(changed.body).toMatchObject({
			name: { givenName: 'Augusta', familyName: 'Lovelace' },
			active: false,
			meta: { version: 'W/"4"' },
		});
		expect(await world.found('userName eq "AUGUSTA"')).toEqual(['augusta']);
		expect(codeOf(await world.create({ userName: 'Augusta' }))).toEqual([409, 'uniqueness']);
	});

	it('refuse an unknown user, the id, and an empty user name', async () => {
		await world.populate([ada]);
		const replies = [
			await edit('nobody', 'active', true),
			await edit('a1', 'id', 'x'),
			await edit('a1', 'userName', ''),
		];
		expect(replies.map(({ status }) => status)).toEqual([404, 400, 400]);
	});
});

describe('the people', () => {
	const count = 400;
	const plans = planPeople(1, count).users;
	const people = scimPeople(plans, 9);

	it('are those of YouTrack, with the same addresses', () => {
		const addresses = (user: JsonObject) =>
			emailsOf(user)
				.map(({ value }) => value)
				.filter((value) => !String(value).startsWith('home.'));
		const inHub = generatePeople(1, count).users.slice(2);
		const hubAddress = ({ profile }: JsonObject) => {
			const email = (profile as JsonObject).email as JsonObject | undefined;
			return email ? [email.email] : [];
		};
		expect(people.map(addresses)).toEqual(inHub.map(hubAddress));
		expect(people.map(({ active }) => !active)).toEqual(inHub.map(({ banned }) => banned));
	});

	it('have user names that no two share in any case, and ids that Hub does not use', () => {
		const names = new Set(people.map(({ userName }) => userName.toLowerCase()));
		expect(names.size).toBe(count);
		const hubIds = new Set(generatePeople(1, count).users.map(({ id }) => id));
		expect(people.filter(({ id }) => hubIds.has(id))).toEqual([]);
	});

	it('have addresses in every shape that servers know', () => {
		const shapes = new Set(
			people.map((user) =>
				emailsOf(user)
					.map(({ type, primary }) => `${String(type)}${primary === undefined ? '' : '!'}`)
					.join(' '),
			),
		);
		expect([...shapes].sort()).toEqual(
			['', 'Work!', 'home work', 'home work!', 'undefined!', 'work', 'work!'].sort(),
		);
	});
});
