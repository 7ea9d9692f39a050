import { listAt, pick, startWorld, wixHeaders, send, type Reply, type World } from './harness.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';

const contact = (
	id: string,
	email: string | null,
	more: JsonObject = {},
	order = 0,
): JsonObject => ({
	id,
	createdDate: `2026-01-0${order + 1}T00:00:00.000Z`,
	updatedDate: `2026-02-0${9 - order}T00:00:00.000Z`,
	info: { ...(email ? { emails: { items: [{ email, primary: true }] } } : {}), ...more },
});

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.wixControl('POST', '/reset', {});
	await world.wixControl('PUT', '/state', {
		contacts: [
			contact('c', 'Cleo@example.com', { name: { first: 'Cleo', last: 'Abel' } }, 2),
			contact(
				'a',
				'ada@example.com',
				{
					name: { first: 'Ada', last: 'Zulu' },
					labelKeys: { items: ['custom.vip', 'custom.newsletter'] },
					extendedFields: { items: { 'custom.seats': 3, 'custom.crm-id': 'A-1' } },
				},
				0,
			),
			contact(
				'p',
				null,
				{ name: { first: 'Pip' }, phones: { items: [{ phone: '020 7946 0018' }] } },
				3,
			),
			{
				...contact('b', null, { name: { first: 'Bea' }, labelKeys: { items: ['custom.vip'] } }, 1),
				info: {
					name: { first: 'Bea' },
					labelKeys: { items: ['custom.vip'] },
					emails: {
						items: [
							{ email: 'bea@example.com', primary: true },
							{ email: 'second@example.com', primary: false },
						],
					},
				},
			},
		],
		members: [{ id: 'm', loginEmail: 'ada@example.com', contactId: 'a' }],
	});
});

const query = (body: JsonObject): Promise<Reply> => world.contacts('POST', '/query', body);
const ids = (reply: Reply) => listAt(reply, 'contacts').map(({ id }) => id);
const found = async (filter: JsonValue) =>
	ids(await query({ query: { filter, sort: [{ fieldName: 'createdDate', order: 'ASC' }] } }));

describe('filters', () => {
	it.each<[JsonObject, string[]]>([
		[{ id: { $in: ['a', 'p'] } }, ['a', 'p']],
		[{ 'primaryInfo.email': 'ada@example.com' }, ['a']],
		[{ 'primaryInfo.email': { $eq: 'CLEO@example.com' } }, ['c']],
		[{ 'primaryInfo.email': { $in: ['ada@example.com', 'bea@example.com'] } }, ['a', 'b']],
		[{ 'primaryInfo.email': 'second@example.com' }, []],
		[{ 'info.emails.email': 'second@example.com' }, ['b']],
		[{ 'info.emails.email': { $startsWith: 'cle' } }, ['c']],
		[{ 'primaryInfo.email': { $exists: false } }, ['p']],
		[{ 'primaryInfo.email': { $ne: 'ada@example.com' } }, ['b', 'c', 'p']],
		[{ 'info.name.first': 'Bea' }, ['b']],
		[{ 'info.phones.phone': '020 7946 0018' }, ['p']],
		[{ 'info.labelKeys': { $hasSome: ['custom.vip'] } }, ['a', 'b']],
		[{ 'info.labelKeys': { $hasAll: ['custom.vip', 'custom.newsletter'] } }, ['a']],
		[{ 'info.extendedFields.members.membershipStatus': 'APPROVED' }, ['a']],
		[{ 'info.extendedFields.custom.seats': { $gte: 3 } }, ['a']],
		[{ updatedDate: { $gt: '2026-02-07T12:00:00Z' } }, ['a', 'b']],
		[{ createdDate: { $gte: '2026-01-02T00:00:00Z', $lt: '2026-01-04T00:00:00Z' } }, ['b', 'c']],
		[{ $or: [{ id: 'a' }, { id: 'c' }] }, ['a', 'c']],
		[{ $not: { id: 'a' } }, ['b', 'c', 'p']],
	])('%j finds %j', async (filter, expected) => {
		expect(await found(filter)).toEqual(expected);
	});

	it.each<[string, JsonValue]>([
		['MALFORMED_FILTER', 'id = a'],
		['UNSUPPORTED_FILTER', { $nor: [] }],
		['UNSUPPORTED_FILTER_FIELD_UNKNOWN', { 'info.nickname': 'x' }],
		['UNSUPPORTED_FILTER_FIELD_UNKNOWN', { 'info.emails.items.email': 'x' }],
		['UNSUPPORTED_FILTER_OPERATOR', { id: { $startsWith: 'a' } }],
		['UNSUPPORTED_FILTER_VALUE', { createdDate: { $gt: 'yesterday' } }],
		['UNSUPPORTED_FILTER_VALUE', { 'info.extendedFields.members.membershipStatus': 'ACTIVE' }],
		['UNSUPPORTED_FILTER_VALUE_TYPE', { 'primaryInfo.email': 3 }],
		['UNSUPPORTED_FILTER_VALUE_TYPE', { id: { $in: 'a' } }],
	])('answers 400 %s to %j', async (code, filter) => {
		const reply = await query({ query: { filter } });
		expect([reply.status, reply.code]).toEqual([400, code]);
	});

	it('searches names, addresses and phones for the exact text', async () => {
		expect(ids(await query({ search: 'zulu' }))).toEqual(['a']);
		expect(ids(await query({ search: 'second@example.com' }))).toEqual(['b']);
		expect(ids(await query({ search: 'second' }))).toEqual([]);
	});
});

describe('order and pages', () => {
	const sorted = async (fieldName: string, order: string) =>
		ids(await query({ query: { sort: [{ fieldName, order }] } }));

	it('sorts, with records without the value last', async () => {
		expect(await sorted('createdDate', 'DESC')).toEqual(['p', 'c', 'b', 'a']);
		expect(await sorted('info.name.last', 'ASC')).toEqual(['c', 'a', 'p', 'b']);
	});

	it('takes one sort object, in a list or bare', async () => {
		const sort = { fieldName: 'createdDate', order: 'ASC' };
		expect(ids(await query({ query: { sort } }))).toEqual(['a', 'b', 'c', 'p']);
		const two = await query({ query: { sort: [sort, sort] } });
		expect(two.at('details.validationError.fieldViolations[0].field')).toBe('query.sort');
	});

	it.each(['updatedDate', 'info.emails.email', 'nonsense'])(
		'does not sort by %s',
		async (fieldName) => {
			const reply = await query({ query: { sort: [{ fieldName }] } });
			expect([reply.status, reply.code]).toEqual([400, 'UNSUPPORTED_SORT_FIELD']);
		},
	);

	it('pages by offset and tells the totals', async () => {
		const sort = [{ fieldName: 'createdDate', order: 'ASC' }];
		const reply = await query({ query: { sort, paging: { limit: 3, offset: 2 } } });
		expect(ids(reply)).toEqual(['c', 'p']);
		expect(reply.at('pagingMetadata')).toEqual({
			count: 2,
			offset: 2,
			total: 4,
			tooManyToCount: false,
		});
	});

	it('gives 50 by default and refuses more than 1,000', async () => {
		const contacts = Array.from({ length: 1001 }, (_, index) => ({
			info: { name: { first: `N${index}` } },
		}));
		await world.wixControl('PUT', '/state', { contacts });
		expect(listAt(await query({}), 'contacts')).toHaveLength(50);
		expect(listAt(await world.contacts('GET', ''), 'contacts')).toHaveLength(50);
		expect(listAt(await query({ query: { paging: { limit: 1000 } } }), 'contacts')).toHaveLength(
			1000,
		);
		const over = await query({ query: { paging: { limit: 1001 } } });
		expect([over.status, over.code]).toEqual([400, 'ILLEGAL_LIMIT']);
		expect((await world.contacts('GET', '?paging.limit=1001')).code).toBe('ILLEGAL_LIMIT');
	});

	it('lists by parameters', async () => {
		const reply = await world.contacts(
			'GET',
			'?paging.limit=2&paging.offset=1&sort.fieldName=createdDate&sort.order=DESC&fieldsets=BASIC',
		);
		expect(ids(reply)).toEqual(['c', 'b']);
		expect(Object.keys(pick(reply.body, 'contacts[0].info') as JsonObject)).toEqual(['name']);
	});
});

describe('fields', () => {
	const shown = async (more: JsonObject) =>
		listAt(await query({ query: { filter: { id: 'a' }, ...more } }), 'contacts')[0] ?? {};

	it('shows everything by default', async () => {
		expect(Object.keys(await shown({}))).toEqual(
			expect.arrayContaining([
				'id',
				'revision',
				'createdDate',
				'updatedDate',
				'primaryInfo',
				'primaryEmail',
				'info',
			]),
		);
	});

	it('shows id, revision and what the fieldset holds', async () => {
		const basic = await shown({ fieldsets: ['BASIC'] });
		expect(Object.keys(basic).sort()).toEqual(['id', 'info', 'primaryInfo', 'revision']);
		const details = await shown({ fieldsets: ['COMMUNICATION_DETAILS'] });
		expect(Object.keys(details.info as JsonObject).sort()).toEqual([
			'addresses',
			'emails',
			'name',
			'phones',
		]);
		const extended = await shown({ fieldsets: ['EXTENDED'] });
		expect(pick(extended, 'info.extendedFields.items')).toMatchObject({
			'members.membershipStatus': 'APPROVED',
		});
	});

	it('adds fields to fieldsets, and finds an extended field by its dotted key', async () => {
		const part = await shown({
			fieldsets: ['BASIC'],
			fields: ['info.emails', 'info.extendedFields.members.membershipStatus'],
		});
		expect(part.info).toEqual({
			name: { first: 'Ada', last: 'Zulu' },
			emails: { items: [expect.objectContaining({ email: 'ada@example.com' })] },
			extendedFields: { items: { 'members.membershipStatus': 'APPROVED' } },
		});
		expect(await shown({ fields: ['primaryInfo.email'] })).toEqual({
			id: 'a',
			revision: 1,
			primaryInfo: { email: 'ada@example.com' },
		});
	});

	it('leaves the stored record whole after a partial view', async () => {
		await shown({ fields: ['info', 'info.name.first'] });
		const whole = await world.contacts('GET', '/a');
		expect(whole.at('contact.info.name')).toEqual({ first: 'Ada', last: 'Zulu' });
	});

	it('refuses an unknown fieldset and more than 100 fields', async () => {
		const unknown = await query({ query: { fieldsets: ['ALL'] } });
		expect(unknown.at('details.validationError.fieldViolations[0].field')).toBe('fieldsets');
		const many = await query({ query: { fields: Array.from({ length: 101 }, (_, n) => `f${n}`) } });
		expect(many.at('details.validationError.fieldViolations[0].field')).toBe('fields');
	});

	it('gets one contact, whole or in part', async () => {
		const whole = await world.contacts('GET', '/a');
		expect(whole.at('responseType')).toBe('REGULAR');
		const part = await world.contacts('GET', '/a?fields=primaryInfo,info.name.first');
		expect(part.body.contact).toEqual({
			id: 'a',
			revision: 1,
			primaryInfo: { email: 'ada@example.com' },
			info: { name: { first: 'Ada' } },
		});
		const unknown = await world.contacts('GET', '/nobody');
		expect([unknown.status, unknown.code]).toEqual([404, 'CONTACT_NOT_FOUND']);
	});
});

describe('credentials', () => {
	const list = (headers: Record<string, string>) =>
		send('GET', `${world.sandbox.wixUrl}/contacts/v4/contacts`, headers);

	it.each<[number, Record<string, string>]>([
		[200, wixHeaders],
		[401, { 'wix-site-id': 'site' }],
		[401, { ...wixHeaders, authorization: 'invalid' }],
		[403, { authorization: 'key' }],
		[403, { ...wixHeaders, authorization: 'forbidden' }],
		[403, { ...wixHeaders, 'wix-site-id': 'wrong-site' }],
	])('answers %i to %j, always with a request id', async (status, headers) => {
		const reply = await list(headers);
		expect(reply.status).toBe(status);
		expect(reply.headers.get('x-wix-request-id')).toMatch(/^\d+\.\d+$/);
	});

	it('answers a forbidden key and a wrong site with an empty body', async () => {
		expect((await list({ ...wixHeaders, authorization: 'forbidden' })).text).toBe('');
		expect((await list({ ...wixHeaders, 'wix-site-id': 'wrong-site' })).text).toBe('');
	});

	it('answers 404 where there is no route', async () => {
		expect((await send('GET', `${world.sandbox.wixUrl}/contacts/v9`, wixHeaders)).status).toBe(404);
	});
});
