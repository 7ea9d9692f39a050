import type { JsonObject } from '../../nodes/shared/contract/index';
import { sandboxClock } from '../../sandbox/control/clock.mts';
import { idsOf, linkOf, refusalOf, rowsOf, startOkta, walk, type OktaWorld } from './oktaWorld.mts';

const person = (id: string, more: JsonObject = {}, profile: JsonObject = {}): JsonObject => ({
	id,
	...more,
	profile: { login: `${id}@login.example`, email: `${id}@example.com`, ...profile },
});
const many = (count: number) => Array.from({ length: count }, (_, index) => person(`u${index}`));
const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

let world: OktaWorld;
beforeAll(async () => {
	world = await startOkta();
});
afterAll(() => world.close());
beforeEach(() => world.control('POST', '/reset', {}));

const list = (parameters: Record<string, string>) => world.users('GET', query(parameters));
const found = async (parameters: Record<string, string>) => idsOf(await list(parameters));

describe('pages', () => {
	it('are 200 users long, and no longer when more are asked for', async () => {
		await world.populate(many(205));
		for (const limit of ['', '200', '500']) {
			const reply = await list({ limit });
			expect(rowsOf(reply)).toHaveLength(200);
			expect((await walk(reply)).map((ids) => ids.length)).toEqual([200, 5]);
		}
		expect(refusalOf(await list({ limit: '0' }))[0]).toBe(400);
		expect(refusalOf(await list({ limit: 'x' }))[0]).toBe(400);
	});

	it('links: self as asked, next with all that was asked, no next at the end', async () => {
		await world.populate(many(4));
		const filter = 'status eq "ACTIVE"';
		const first = await list({ limit: '2', filter });
		expect(linkOf(first, 'self')).toBe(`${world.url}/api/v1/users${query({ limit: '2', filter })}`);
		const next = new URL(linkOf(first, 'next') ?? '');
		expect(next.origin + next.pathname).toBe(`${world.url}/api/v1/users`);
		expect(next.searchParams.get('filter')).toBe(filter);
		expect(next.searchParams.get('limit')).toBe('2');
		expect(next.searchParams.get('after')).not.toContain('u1');
		expect(await walk(first)).toEqual([
			['u0', 'u1'],
			['u2', 'u3'],
		]);
	});

	it('stay in step while users change, go and come', async () => {
		await world.populate(many(6));
		const first = await list({ limit: '2' });
		const created = { login: 'new@login.example', email: 'new@example.com' };
		await world.control('POST', '/delete', { id: 'u1' });
		await world.control('POST', '/edit', { id: 'u5', path: 'profile.firstName', value: 'A' });
		const names = { firstName: 'N', lastName: 'N' };
		const late = await world.users('POST', '', { profile: { ...created, ...names } });
		expect(await walk(first)).toEqual([
			['u0', 'u1'],
			['u2', 'u3'],
			['u4', 'u5'],
			[String(late.at('id'))],
		]);
	});

	it('a cursor that is none of ours is refused', async () => {
		expect((await list({ after: 'u1' })).status).toBe(400);
	});

	it('switches: another default, refused above the maximum, next on a full last page', async () => {
		await world.populate(many(100));
		await world.behave({ defaultLimit: 100 });
		expect(linkOf(await list({}), 'next')).toBeUndefined();
		await world.behave({ nextOnFullLastPage: true });
		expect((await walk(await list({}))).map((ids) => ids.length)).toEqual([100, 0]);
		await world.behave({ limitOverMax: 'refused' });
		expect((await list({ limit: '201' })).status).toBe(400);
		expect((await list({ limit: '200' })).status).toBe(200);
	});
});

describe('who is listed', () => {
	it('the deprovisioned only by filter and search', async () => {
		await world.populate([person('a'), person('b', { status: 'DEPROVISIONED' })]);
		expect(await found({})).toEqual(['a']);
		expect(await found({ q: 'b' })).toEqual([]);
		const status = 'status eq "DEPROVISIONED"';
		expect(await found({ filter: status })).toEqual(['b']);
		expect(await found({ search: status })).toEqual(['b']);
	});

	it('q: the beginning of a name or address, ten of them, without pages', async () => {
		await world.populate([
			person('x', {}, { firstName: 'Grace', lastName: 'Hopper' }),
			...many(12),
		]);
		for (const q of ['gra', 'HOP', 'x@ex']) expect(await found({ q })).toEqual(['x']);
		expect(await found({ q: 'race' })).toEqual([]);
		const reply = await list({ q: 'u' });
		expect([rowsOf(reply).length, linkOf(reply, 'next')]).toEqual([10, undefined]);
		expect(await found({ q: 'u', limit: '3' })).toHaveLength(3);
	});
});

describe('filter', () => {
	const date = (day: number) => `2026-01-0${day}T00:00:00.000Z`;
	beforeEach(() =>
		world.populate([
			person('ann', { lastUpdated: date(1) }, { firstName: 'Ann', lastName: 'Lee' }),
			person('bob', { lastUpdated: date(2), status: 'STAGED' }, { firstName: 'Bob' }),
			person('cyd', { lastUpdated: date(3) }, { firstName: 'Ann', email: 'ann@example.com' }),
		]),
	);

	it.each<[string, string[]]>([
		['id eq "bob"', ['bob']],
		['status eq "STAGED"', ['bob']],
		['profile.login eq "cyd@login.example"', ['cyd']],
		['profile.email eq "ann@example.com"', ['ann', 'cyd']],
		['profile.email eq "Ann@example.com"', []],
		['profile.firstName eq "Ann"', ['ann', 'cyd']],
		['profile.firstName eq "ann"', []],
		['profile.lastName eq "Lee"', ['ann']],
		[`lastUpdated gt "${date(2)}"`, ['cyd']],
		[`lastUpdated ge "${date(2)}"`, ['bob', 'cyd']],
		[`lastUpdated lt "${date(2)}"`, ['ann']],
		[`lastUpdated le "${date(2)}"`, ['ann', 'bob']],
		['lastUpdated eq "2026-01-02T01:00:00+01:00"', ['bob']],
		['profile.firstName eq "Ann" and profile.lastName eq "Lee"', ['ann']],
		['profile.email eq "ann@example.com" and profile.login eq "cyd@login.example"', ['cyd']],
		['id eq "bob" or profile.email eq "ann@example.com"', ['ann', 'bob', 'cyd']],
		['id eq "bob" or profile.firstName eq "Ann" and profile.lastName eq "Lee"', ['ann', 'bob']],
		['(id eq "bob" or profile.firstName eq "Ann") and profile.lastName eq "Lee"', ['ann']],
		[`status eq "ACTIVE" and (lastUpdated gt "${date(1)}" or id eq "bob")`, ['cyd']],
	])('%s', async (filter, ids) => {
		expect(await found({ filter })).toEqual(ids);
	});

	it.each([
		'profile.email sw "ann"',
		'profile.email gt "a"',
		'status gt "A"',
		'profile.department eq "x"',
		'created gt "2026-01-01T00:00:00.000Z"',
		'lastUpdated gt "yesterday"',
		'lastUpdated constructor "2026-01-01T00:00:00.000Z"',
		'profile.email pr',
		'profile.email eq',
		'profile.email eq ann@example.com',
		'profile.email eq "ann',
		'(id eq "ann"',
		'(id eq "ann" "x"',
		'id eq "ann") or id eq "bob"',
		'id eq "ann" id eq "bob"',
		'eq "ann"',
	])('refuses %s', async (filter) => {
		const reply = await list({ filter });
		expect([reply.status, reply.body.errorCode]).toEqual([400, 'E0000031']);
		expect(reply.body.errorSummary).toContain('Invalid search criteria');
	});

	it('reads a quotation mark and a backslash inside a value', async () => {
		await world.populate([person('odd', {}, { lastName: 'a"b\\c' })]);
		expect(await found({ filter: 'profile.lastName eq "a\\"b\\\\c"' })).toEqual(['odd']);
		expect(await found({ filter: 'profile.lastName eq "x" or status eq "ACTIVE"' })).toEqual([
			'odd',
		]);
	});
});

describe('search', () => {
	beforeEach(() =>
		world.populate([
			person('ann', {}, { firstName: 'Ann', lastName: 'Lee', department: 'Sales', level: 3 }),
			person('bob', {}, { firstName: 'Bob', lastName: 'Ärger', groups: ['Red', 'Blue'] }),
			person('cyd', {}, { firstName: 'Cyd', lastName: 'lee' }),
		]),
	);

	it.each<[string, string[]]>([
		['profile.firstName eq "ann"', ['ann']],
		['profile.email eq "ANN@example.com"', ['ann']],
		['id EQ "BOB"', ['bob']],
		['profile.lastName sw "L"', ['ann', 'cyd']],
		['profile.lastName co "E"', ['ann', 'bob', 'cyd']],
		['profile.lastName eq "arger"', []],
		['profile.department pr', ['ann']],
		['profile.level eq 3', ['ann']],
		['profile.groups eq "blue"', ['bob']],
		['profile.firstName gt "ann"', ['bob', 'cyd']],
		['profile.firstName le "bob"', ['ann', 'bob']],
		['created gt "2020-01-01T00:00:00.000Z"', ['ann', 'bob', 'cyd']],
		['created lt "2020-01-01T00:00:00.000Z"', []],
	])('%s', async (search, ids) => {
		expect(await found({ search })).toEqual(ids);
	});

	it.each([
		'profile.department co "a"',
		'profile.firstName ne "Ann"',
		'profile.firstName ew "n"',
		'nickname eq "x"',
		'profile.firstName eq Ann',
	])('refuses %s', async (search) => {
		const reply = await list({ search });
		expect([reply.status, reply.body.errorCode]).toEqual([400, 'E0000031']);
	});

	it('is sorted as asked, the same values by id, also over pages', async () => {
		const search = 'status eq "ACTIVE"';
		const sorted = { search, sortBy: 'profile.lastName', limit: '1' };
		expect((await walk(await list(sorted))).flat()).toEqual(['ann', 'cyd', 'bob']);
		const falling = await list({ ...sorted, sortOrder: 'desc' });
		expect((await walk(falling)).flat()).toEqual(['bob', 'ann', 'cyd']);
	});

	it('lags behind by the switches; filter, q, lists and Get do not', async () => {
		await world.behave({ queryLagMs: 5000 });
		await world.control('POST', '/edit', {
			id: 'ann',
			path: 'profile.email',
			value: 'n@x.example',
		});
		await world.control('POST', '/delete', { id: 'bob' });
		const renewed = 'profile.email eq "n@x.example"';
		const still = 'profile.email eq "ann@example.com"';
		expect(await found({ search: renewed })).toEqual([]);
		expect(await found({ search: still })).toEqual(['ann']);
		expect(await found({ search: 'status eq "ACTIVE"' })).toEqual(['ann', 'cyd', 'bob'].sort());
		expect(await found({ filter: renewed })).toEqual(['ann']);
		expect(await found({ filter: still })).toEqual([]);
		expect(await found({ q: 'n@x' })).toEqual(['ann']);
		expect(await found({})).toEqual(['ann', 'cyd']);
		expect((await world.users('GET', '/ann')).at('profile.email')).toBe('n@x.example');
		sandboxClock.advance(5000);
		expect(await found({ search: renewed })).toEqual(['ann']);
		expect(await found({ search: 'status eq "ACTIVE"' })).toEqual(['ann', 'cyd']);
	});
});

describe('one user', () => {
	it('is found by id, login and the unambiguous beginning of a login', async () => {
		await world.populate([
			person('ann', {}, { login: 'Ann.Lee@login.example' }),
			person('two', {}, { login: 'both@login.example' }),
			person('too', {}, { login: 'both@other.example' }),
		]);
		const get = async (path: string) => (await world.users('GET', `/${path}`)).at('id');
		expect(await get('ann')).toBe('ann');
		expect(await get('ann.lee%40LOGIN.example')).toBe('ann');
		expect(await get('ann.lee')).toBe('ann');
		expect(await get('both%40other.example')).toBe('too');
		const missing = await world.users('GET', '/two1');
		expect(missing.body).toMatchObject({
			errorCode: 'E0000007',
			errorSummary: 'Not found: Resource not found: two1 (User)',
		});
		expect((await world.users('GET', '/both')).status).toBe(404);
	});

	it('me is the owner of the token', async () => {
		expect((await world.users('GET', '/me')).at('profile.login')).toBe('sync.service@example.com');
	});

	it('shows its address', async () => {
		await world.populate([person('ann')]);
		const self = `${world.url}/api/v1/users/ann`;
		expect((await world.users('GET', '/ann')).at('_links.self.href')).toBe(self);
		expect(rowsOf(await list({}))[0]).toMatchObject({ _links: { self: { href: self } } });
	});
});
