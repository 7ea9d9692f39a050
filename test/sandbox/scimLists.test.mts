import type { JsonObject } from '../../nodes/shared/contract/index';
import { listAt } from './harness.mts';
import { ada, bob, codeOf, filterQuery, startScim, type ScimWorld } from './scimWorld.mts';

let world: ScimWorld;
beforeAll(async () => {
	world = await startScim();
});
afterAll(() => world.close());

const list = (query: string) => world.scim('GET', `/Users?${query}`);

describe('pages', () => {
	const five = ['u1', 'u2', 'u3', 'u4', 'u5'];
	beforeAll(() => world.populate(five.map((userName) => ({ userName }))));

	it.each<[string, string[], JsonObject]>([
		['', five, { startIndex: 1, itemsPerPage: 5 }],
		['startIndex=2&count=2', ['u2', 'u3'], { startIndex: 2, itemsPerPage: 2 }],
		['startIndex=2&count=3', ['u2', 'u3', 'u4'], { startIndex: 2, itemsPerPage: 3 }],
		['startIndex=5&count=2', ['u5'], { startIndex: 5, itemsPerPage: 1 }],
		['startIndex=6', [], { startIndex: 6, itemsPerPage: 0 }],
		['startIndex=0&count=1', ['u1'], { startIndex: 1, itemsPerPage: 1 }],
		['startIndex=-3&count=1', ['u1'], { startIndex: 1, itemsPerPage: 1 }],
		['count=0', [], { startIndex: 1, itemsPerPage: 0 }],
		['count=-1', [], { startIndex: 1, itemsPerPage: 0 }],
	])('%p: %j', async (query, names, numbers) => {
		const reply = await list(query);
		expect(reply.body).toMatchObject({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
			totalResults: 5,
			...numbers,
		});
		expect(listAt(reply, 'Resources').map(({ userName }) => userName)).toEqual(names);
	});

	it('can be sorted, before they are cut', async () => {
		expect(await world.names('sortBy=userName&sortOrder=descending&startIndex=2&count=2')).toEqual([
			'u4',
			'u3',
		]);
	});

	it('have 200 users at most', async () => {
		await world.populate(Array.from({ length: 203 }, (_, index) => ({ userName: `n${index}` })));
		const replies = [await list(''), await list('count=500'), await list('startIndex=201')];
		expect(replies.map(({ body }) => [body.totalResults, body.itemsPerPage])).toEqual([
			[203, 200],
			[203, 200],
			[203, 3],
		]);
	});
});

describe('filters', () => {
	beforeAll(() => world.populate([ada, bob, { userName: 'cy"(d) or [e]\\', title: 'Dr é' }]));
	const odd = 'cy"(d) or [e]\\';

	it.each<[string, string[]]>([
		['userName eq "ADA"', ['Ada']],
		['UserName Eq "ada"', ['Ada']],
		['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada"', ['Ada']],
		['userName sw "a"', ['Ada']],
		['emails.value eq "ada@EXAMPLE.com"', ['Ada']],
		['emails eq "ada@example.com"', ['Ada']],
		['emails[type eq "work" and value eq "ada@example.com"]', ['Ada']],
		['emails[type eq "home" and value eq "ada@example.com"]', []],
		['emails.value ew "example.com"', ['Ada', 'bob@example.com']],
		['emails pr', ['Ada', 'bob@example.com']],
		['name.familyName eq "lovelace"', ['Ada']],
		['active eq false', ['bob@example.com']],
		['userName eq "ada" or emails.value eq "bob@example.com"', ['Ada', 'bob@example.com']],
		['userName pr and (emails.type eq "home" or active eq false)', ['Ada', 'bob@example.com']],
		['not (userName sw "a")', ['bob@example.com', odd]],
		['id eq "a1"', ['Ada']],
		['id eq "A1"', []],
		['userName eq "cy\\"(d) or [e]\\\\"', [odd]],
		['title eq "dr \\u00e9"', [odd]],
		['userName eq "x\\" or userName pr or userName eq \\"y"', []],
		['meta.lastModified gt "2001-01-01T00:00:00Z"', ['Ada', 'bob@example.com', odd]],
		['meta.lastModified lt "2001-01-01T00:00:00Z"', []],
	])('%s', async (filter, names) => {
		expect(await world.found(filter)).toEqual(names);
	});

	it.each([
		'userName',
		'userName eq',
		'userName is "x"',
		'((',
		'userName eq "x',
		'shoe eq 3',
		'a b c',
		' ',
	])('%p cannot be read', async (filter) => {
		expect(codeOf(await list(filterQuery(filter)))).toEqual([400, 'invalidFilter']);
	});

	it('come in the body of a search, too, which is no write', async () => {
		await world.control('POST', '/reset', {});
		await world.populate([ada, bob]);
		const reply = await world.scim('POST', '/Users/.search', {
			schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
			filter: 'userName eq "ada"',
			attributes: ['userName'],
		});
		expect(reply.at('Resources')).toEqual([{ id: 'a1', userName: 'Ada' }]);
		expect((await world.control('GET', '/requests')).body).toMatchObject({
			total: 1,
			writes: 0,
			byRoute: { 'POST /Users/.search': 1 },
		});
	});
});

describe('attributes', () => {
	beforeAll(() => world.populate([ada]));
	const only = async (query: string) => {
		const { id: _id, ...user } = (await world.scim('GET', `/Users/a1?${query}`)).body;
		return Object.keys(user).sort();
	};

	it('shows those that are asked for, or all but some', async () => {
		expect(await only('attributes=userName,emails.value')).toEqual(['emails', 'userName']);
		expect(await only('excludedAttributes=emails,name,meta')).toEqual([
			'active',
			'displayName',
			'schemas',
			'userName',
		]);
	});
});

describe('what the server tells of itself', () => {
	it('supports what it does', async () => {
		const config = await world.scim('GET', '/ServiceProviderConfig');
		expect(config.body).toMatchObject({
			patch: { supported: true },
			filter: { supported: true, maxResults: 200 },
			etag: { supported: true },
			sort: { supported: true },
			bulk: { supported: false },
		});
		expect(listAt(config, 'authenticationSchemes').map(({ type }) => type)).toEqual([
			'oauthbearertoken',
		]);
	});

	it('has users with the enterprise extension, and no groups', async () => {
		const types = await world.scim('GET', '/ResourceTypes');
		expect(listAt(types, 'Resources')).toMatchObject([
			{
				endpoint: '/Users',
				schemaExtensions: [
					{ schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false },
				],
			},
		]);
		expect((await world.scim('GET', '/Schemas')).at('totalResults')).toBe(2);
		const replies = await Promise.all(
			[
				['GET', '/Groups'],
				['GET', '/Me'],
				['POST', '/Bulk'],
			].map(([method = '', path = '']) => world.scim(method, path)),
		);
		expect(replies.map(({ status }) => status)).toEqual([404, 501, 501]);
	});
});
