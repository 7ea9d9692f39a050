import type { JsonObject } from '../../nodes/shared/contract/index';
import { listAt } from './harness.mts';
import {
	ada,
	bob,
	codeOf,
	filterQuery,
	startScim,
	userSchema,
	type ScimWorld,
} from './scimWorld.mts';

let world: ScimWorld;
beforeAll(async () => {
	world = await startScim();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.control('POST', '/reset', {});
	await world.populate([ada, bob]);
});

const list = (query = '') => world.scim('GET', `/Users?${query}`);
const byName = () => list(filterQuery('userName eq "ada"'));
const config = () => world.scim('GET', '/ServiceProviderConfig');
const rename = (headers?: Record<string, string>) =>
	world.patch('a1', [{ op: 'replace', path: 'displayName', value: 'Countess' }], headers);
const displayName = async () => (await world.scim('GET', '/Users/a1')).at('displayName');
const search = (filter: string) =>
	world.scim('POST', '/.search', {
		schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
		filter,
	});

describe('scimPatch', () => {
	it.each(['501', '405'])('%s: refused, and told so', async (scimPatch) => {
		await world.behave({ scimPatch });
		const reply = await rename();
		expect([reply.status, reply.body.status]).toEqual([Number(scimPatch), scimPatch]);
		expect(await displayName()).toBe('Ada Lovelace');
		expect((await config()).at('patch.supported')).toBe(false);
	});
});

describe('scimFilter', () => {
	it.each<[string, number, unknown]>([
		['refused', 400, 'invalidFilter'],
		['501', 501, undefined],
	])('%s: no filter, neither in a query nor in a search', async (scimFilter, status, scimType) => {
		await world.behave({ scimFilter });
		expect(codeOf(await byName())).toEqual([status, scimType]);
		expect(codeOf(await search('userName eq "ada"'))).toEqual([status, scimType]);
		expect(await world.names()).toHaveLength(2);
		expect((await config()).at('filter.supported')).toBe(false);
	});

	it('ignored: all users come', async () => {
		await world.behave({ scimFilter: 'ignored' });
		expect((await byName()).at('totalResults')).toBe(2);
	});
});

describe('scimFilterByEmail', () => {
	it('when false, user names can be filtered by and addresses cannot', async () => {
		await world.behave({ scimFilterByEmail: false });
		expect((await byName()).at('totalResults')).toBe(1);
		const filters = ['emails.value eq "x"', 'userName eq "ada" or emails[value eq "x"]'];
		const replies = await Promise.all(filters.map((filter) => list(filterQuery(filter))));
		expect(replies.map(codeOf)).toEqual(Array<unknown>(2).fill([400, 'invalidFilter']));
	});
});

describe('scimFilterCaseExact', () => {
	it('heeds case in user names and addresses', async () => {
		await world.behave({ scimFilterCaseExact: true });
		const filters = [
			'userName eq "ada"',
			'userName eq "Ada"',
			'emails.value eq "ada@example.com"',
			'emails.value eq "Ada@example.com"',
		];
		const replies = await Promise.all(filters.map((filter) => list(filterQuery(filter))));
		expect(replies.map(({ body }) => body.totalResults)).toEqual([0, 1, 0, 1]);
	});
});

describe('scimConfig', () => {
	it('wrong: claims what the other switches deny', async () => {
		const denied = { scimPatch: '501', scimFilter: '501', scimVersions: false };
		await world.behave({ scimConfig: 'wrong', ...denied });
		expect((await config()).body).toMatchObject({
			patch: { supported: true },
			filter: { supported: true },
			etag: { supported: true },
		});
	});

	it('missing: 404', async () => {
		await world.behave({ scimConfig: 'missing' });
		expect((await config()).body).toMatchObject({ status: '404' });
	});
});

describe('pages', () => {
	beforeEach(() =>
		world.populate(['a', 'b', 'c', 'd', 'e', 'f'].map((userName) => ({ userName }))),
	);
	const totals = async (times: number) => {
		const found: unknown[] = [];
		for (let time = 0; time < times; time++) found.push((await list()).at('totalResults'));
		return found;
	};

	it('scimPageMaximum: so many users at most, as told', async () => {
		await world.behave({ scimPageMaximum: 4 });
		expect(await world.names('count=5')).toEqual(['a', 'b', 'c', 'd']);
		expect(await world.names()).toHaveLength(4);
		expect((await config()).at('filter.maxResults')).toBe(4);
	});

	it('scimPageCut: fewer than told', async () => {
		await world.behave({ scimPageCut: 2 });
		const reply = await list('startIndex=2&count=5');
		expect(listAt(reply, 'Resources').map(({ userName }) => userName)).toEqual(['b', 'c']);
		expect(reply.body).toMatchObject({ totalResults: 6, itemsPerPage: 2, startIndex: 2 });
		expect((await config()).at('filter.maxResults')).toBe(200);
	});

	it('scimTotals: too few, too many, or others each time', async () => {
		await world.behave({ scimTotals: 'tooFew' });
		expect(await totals(2)).toEqual([3, 3]);
		await world.behave({ scimTotals: 'tooMany' });
		expect(await totals(1)).toEqual([16]);
		await world.behave({ scimTotals: 'drifting' });
		const drifting = await totals(4);
		expect([...drifting].sort()).toEqual([4, 4, 8, 8]);
		expect(drifting[0]).not.toBe(drifting[1]);
		expect(await world.names()).toHaveLength(6);
	});

	it('scimEmptyResources: no list when there is nothing', async () => {
		expect((await list('startIndex=7')).body.Resources).toEqual([]);
		await world.behave({ scimEmptyResources: 'absent' });
		expect((await list('startIndex=7')).body).not.toHaveProperty('Resources');
		expect(await world.names('startIndex=6')).toEqual(['f']);
	});
});

describe('writes', () => {
	it('scimPatchAnswer: 204 with nothing', async () => {
		await world.behave({ scimPatchAnswer: 204 });
		const reply = await rename();
		expect([reply.status, reply.text, reply.headers.get('etag')]).toEqual([204, '', 'W/"2"']);
		expect(await displayName()).toBe('Countess');
	});

	it('scimPutNeedsUserName: when false, the present one stays', async () => {
		await world.behave({ scimPutNeedsUserName: false });
		const reply = await world.scim('PUT', '/Users/a1', { schemas: [userSchema], title: 'x' });
		expect([reply.status, reply.at('userName'), reply.at('title')]).toEqual([200, 'Ada', 'x']);
		expect((await world.create({ title: 'x' })).status).toBe(400);
	});

	it('scimSoftDelete: gone from the API, but not altogether', async () => {
		await world.behave({ scimSoftDelete: true });
		expect((await world.scim('DELETE', '/Users/a1')).status).toBe(204);
		expect((await world.scim('GET', '/Users/a1')).status).toBe(404);
		expect((await world.scim('DELETE', '/Users/a1')).status).toBe(404);
		expect(await world.names()).toEqual([bob.userName]);
		expect(codeOf(await world.create({ userName: 'ada' }))).toEqual([409, 'uniqueness']);
		const state = listAt(await world.control('GET', '/state'), 'users');
		expect(state).toMatchObject([{ id: 'b2' }, { id: 'a1', active: false }]);
		expect((await world.control('POST', '/delete', { id: 'a1' })).status).toBe(200);
		expect((await world.create({ userName: 'ada' })).status).toBe(201);
	});

	it('scimVersions: when false, there are none and no condition counts', async () => {
		await world.behave({ scimVersions: false });
		const reply = await rename({ 'if-match': 'W/"99"' });
		expect([reply.status, reply.headers.get('etag')]).toEqual([200, null]);
		const users = [reply.body, ...listAt(await list(), 'Resources')];
		for (const { meta } of users) expect(meta).not.toHaveProperty('version');
		expect((await config()).at('etag.supported')).toBe(false);
	});
});

describe('shapes', () => {
	it('scimPrimaryFlags: when false, answers mark no address', async () => {
		await world.behave({ scimPrimaryFlags: false });
		const bare = [
			{ value: 'home@example.org', type: 'home' },
			{ value: 'Ada@example.com', type: 'work' },
		];
		const [listed] = listAt(await byName(), 'Resources');
		const users: (JsonObject | undefined)[] = [listed, (await rename()).body];
		expect(users.map((user) => user?.emails)).toEqual([bare, bare]);
		await world.behave({ scimPrimaryFlags: true });
		expect((await world.scim('GET', '/Users/a1')).at('emails[1].primary')).toBe(true);
	});

	it('duplicateStatus and scimDuplicateType: 400, and without a code', async () => {
		await world.behave({ duplicateStatus: 400 });
		const reply = await world.create({ userName: 'ada' });
		expect([...codeOf(reply), reply.body.status]).toEqual([400, 'uniqueness', '400']);
		await world.behave({ scimDuplicateType: false });
		expect(codeOf(await world.create({ userName: 'ada' }))).toEqual([400, undefined]);
		expect(codeOf(await world.create({}))).toEqual([400, 'invalidValue']);
	});

	it('scimStatusNumber: in every error', async () => {
		await world.behave({ scimStatusNumber: true });
		const replies = [
			await world.scim('GET', '/Users/nobody'),
			await world.scim('GET', '/nowhere'),
			await world.scim('GET', '/Users', undefined, { authorization: 'Bearer invalid' }),
		];
		expect(replies.map(({ body }) => body.status)).toEqual([404, 404, 401]);
	});

	it('scimContentType: application/json', async () => {
		const types = async () => {
			const replies = [await list(), await world.scim('GET', '/Users/nobody')];
			return replies.map(({ headers }) => headers.get('content-type'));
		};
		expect(await types()).toEqual(Array<unknown>(2).fill('application/scim+json'));
		await world.behave({ scimContentType: 'application/json' });
		expect(await types()).toEqual(Array<unknown>(2).fill('application/json'));
	});
});

describe('switches of all servers', () => {
	it('queryLagReads: lists are late, a user by id is not', async () => {
		await world.behave({ queryLagReads: 1 });
		const created = await world.create({ userName: 'cy' });
		expect((await world.scim('GET', `/Users/${String(created.at('id'))}`)).status).toBe(200);
		expect(await world.found('userName eq "cy"')).toEqual([]);
		expect(await world.found('userName eq "cy"')).toEqual(['cy']);
	});

	it('htmlPage, forbiddenEmpty, throttleBody', async () => {
		await world.behave({ htmlPage: true });
		expect((await list()).text).toContain('<html>');
		await world.behave({ htmlPage: false, forbiddenEmpty: true });
		const empty = await list();
		expect([empty.status, empty.text]).toEqual([403, '']);
		await world.behave({ forbiddenEmpty: false, throttleBody: 'empty', throttleRetryAfter: false });
		await world.control('POST', '/faults', { rate: 1, kinds: ['429'] });
		const throttled = await list();
		expect([throttled.status, throttled.text, throttled.headers.get('retry-after')]).toEqual([
			429,
			'',
			null,
		]);
	});
});
