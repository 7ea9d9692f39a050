import type { JsonObject } from '../../nodes/shared/contract/index';
import { idOf, listAt, send, startWorld, wixHeaders, type World } from './harness.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const behave = (switches: JsonObject) => world.wixControl('POST', '/behave', switches);
const create = (info: JsonObject, more: JsonObject = {}) =>
	world.contacts('POST', '', { info, ...more });
const email = (address: string): JsonObject => ({ emails: { items: [{ email: address }] } });
const full: JsonObject = {
	name: { first: 'Ada', last: 'Example' },
	...email('ada@example.com'),
	phones: { items: [{ phone: '1' }] },
	company: 'Example Ltd',
	jobTitle: 'Editor',
};
const updated = async (id: string, revision: number, info: JsonObject) =>
	(await world.contacts('PATCH', `/${id}`, { revision, info })).at('contact.info') as JsonObject;
const updatedV5 = async (id: string, revision: string, contact: JsonObject) =>
	(await world.v5('PATCH', `/contacts/${id}`, { contact: { revision, ...contact } })).at(
		'contact',
	) as JsonObject;

describe('clearBy', () => {
	it.each<['any' | 'emptyText' | 'null', boolean, boolean]>([
		['any', true, true],
		['emptyText', true, false],
		['null', false, true],
	])('%s: "" clears %s, null clears %s, in v4 and v5', async (clearBy, byText, byNull) => {
		await behave({ clearBy });
		const id = idOf(await create(full));
		const v4 = await updated(id, 1, { company: '', jobTitle: null, name: { last: '' } });
		expect([v4.company, v4.jobTitle]).toEqual([
			byText ? undefined : 'Example Ltd',
			byNull ? undefined : 'Editor',
		]);
		expect((v4.name as JsonObject).last).toBe(byText ? undefined : 'Example');
		const other = idOf(await create({ ...full, ...email('b@example.com') }));
		const v5 = await updatedV5(other, '1', { company: { name: '', jobTitle: null } });
		const expected = {
			...(byText ? {} : { name: 'Example Ltd' }),
			...(byNull ? {} : { jobTitle: 'Editor' }),
		};
		expect(v5.company).toEqual(Object.keys(expected).length > 0 ? expected : undefined);
	});
});

describe('emptyListClears and replaceParts', () => {
	it('an empty list clears, or changes nothing', async () => {
		const id = idOf(await create(full));
		await behave({ emptyListClears: false });
		expect((await updated(id, 1, { phones: { items: [] } })).phones).toMatchObject({
			items: [{ phone: '1' }],
		});
		await behave({ emptyListClears: true });
		expect((await updated(id, 2, { phones: { items: [] } })).phones).toEqual({});
	});

	it('a part of a name keeps the other one, or not', async () => {
		const id = idOf(await create(full));
		expect((await updated(id, 1, { name: { first: 'Eve' } })).name).toEqual({
			first: 'Eve',
			last: 'Example',
		});
		await behave({ replaceParts: true });
		expect((await updated(id, 2, { name: { first: 'Ada' } })).name).toEqual({ first: 'Ada' });
		const v5 = await updatedV5(id, '3', { company: { name: 'Other' } });
		expect(v5.company).toEqual({ name: 'Other' });
	});
});

describe('duplicates', () => {
	it('createsDuplicateToo: refuses and creates', async () => {
		await create(email('ada@example.com'));
		await behave({ createsDuplicateToo: true });
		expect((await create(email('ada@example.com'))).status).toBe(409);
		expect(listAt(await world.contacts('GET', ''), 'contacts')).toHaveLength(2);
	});

	it('forceSameEmail off: allowDuplicates helps only with numbers', async () => {
		await create({ ...email('ada@example.com'), phones: { items: [{ phone: '1' }] } });
		await behave({ forceSameEmail: false });
		const allowed = { allowDuplicates: true };
		expect((await create(email('ada@example.com'), allowed)).status).toBe(409);
		expect((await create({ phones: { items: [{ phone: '1' }] } }, allowed)).status).toBe(200);
	});

	it("memberExtraEmails off: a member's further addresses are locked, too", async () => {
		const member = await world.members('POST', '', { member: { loginEmail: 'm@example.com' } });
		const id = String(member.at('member.contactId'));
		const update = async (address: string) => {
			const contact = await world.contacts('GET', `/${id}`);
			return await world.contacts('PATCH', `/${id}`, {
				revision: contact.at('contact.revision') ?? null,
				info: {
					emails: { items: [{ email: 'm@example.com', primary: true }, { email: address }] },
				},
			});
		};
		expect((await update('n@example.com')).status).toBe(200);
		await behave({ memberExtraEmails: false });
		expect((await update('o@example.com')).code).toBe('CANNOT_UPDATE_MEMBER_EMAIL');
	});
});

describe('lists', () => {
	it('defaultSort and omitTotal', async () => {
		await world.wixControl('PUT', '/state', {
			contacts: ['a', 'b'].map((id) => ({ id, primaryInfo: { email: `${id}@example.com` } })),
		});
		const ids = async () => listAt(await world.contacts('GET', ''), 'contacts').map(({ id }) => id);
		expect(await ids()).toEqual(['a', 'b']);
		await behave({ defaultSort: 'createdDesc', omitTotal: true });
		expect(await ids()).toEqual(['b', 'a']);
		const page = await world.contacts('POST', '/query', { query: {} });
		expect(page.at('pagingMetadata')).toEqual({ count: 2, offset: 0, tooManyToCount: false });
	});

	it('consistencyToken: who sends it back sees the own writes in spite of the lag', async () => {
		await behave({ queryLagReads: 9, consistencyToken: true });
		const created = await create(email('ada@example.com'));
		const token = created.headers.get('x-wix-consistent') ?? '';
		const list = (headers: Record<string, string>) =>
			send('GET', `${world.sandbox.wixUrl}/contacts/v4/contacts`, { ...wixHeaders, ...headers });
		expect(listAt(await list({}), 'contacts')).toEqual([]);
		expect(listAt(await list({ 'x-wix-consistent': token }), 'contacts')).toHaveLength(1);
		await create(email('eve@example.com'));
		expect(listAt(await list({ 'x-wix-consistent': token }), 'contacts')).toHaveLength(1);
		await behave({ consistencyToken: false });
		expect(listAt(await list({ 'x-wix-consistent': token }), 'contacts')).toEqual([]);
	});
});

describe('throttling', () => {
	const throttle = (switches: JsonObject) =>
		behave(switches).then(() => world.wixControl('POST', '/limits', { requestsPerMinute: 1 }));

	it.each<[string, JsonObject, string | null, string]>([
		['as JSON with Retry-After', {}, '60', '"message":"Too many requests"'],
		['without Retry-After', { throttleRetryAfter: false }, null, '"message"'],
		['as a web page', { throttleBody: 'html' }, '60', '<html>'],
		['with an empty body', { throttleBody: 'empty' }, '60', ''],
	])('%s', async (_what, switches, retryAfter, text) => {
		await throttle(switches);
		expect((await world.contacts('GET', '')).status).toBe(200);
		const reply = await world.contacts('GET', '');
		expect(reply.status).toBe(429);
		expect(reply.headers.get('retry-after')).toBe(retryAfter);
		expect(text === '' ? reply.text : reply.text.includes(text)).toBe(text === '' ? '' : true);
	});

	it('ends when the clock is put forward', async () => {
		await throttle({});
		await world.contacts('GET', '');
		expect((await world.contacts('GET', '')).status).toBe(429);
		await world.wixControl('POST', '/clock', { advanceMs: 60_000 });
		expect((await world.contacts('GET', '')).status).toBe(200);
		expect((await world.wixControl('POST', '/clock', {})).status).toBe(400);
	});
});

describe('answers laid ready', () => {
	const lay = (plan: JsonObject) => world.wixControl('POST', '/answer', plan);
	const path = '/contacts/v4/contacts';

	it('stand in for the API as often as said, and nothing is done', async () => {
		await lay({
			method: 'POST',
			path,
			status: 428,
			body: { message: 'No.', details: { applicationError: { code: 'ODD' } } },
			headers: { 'retry-after': '3' },
			skip: 1,
			times: 2,
		});
		const replies = [];
		for (const name of ['a', 'b', 'c', 'd']) replies.push(await create({ name: { first: name } }));
		expect(replies.map(({ status }) => status)).toEqual([200, 428, 428, 200]);
		expect(replies[1]?.code).toBe('ODD');
		expect(replies[1]?.headers.get('retry-after')).toBe('3');
		expect(listAt(await world.contacts('GET', ''), 'contacts')).toHaveLength(2);
	});

	it('may be text or empty, concern other methods not, and end with a reset', async () => {
		await lay({ method: 'GET', path, status: 502, text: 'bad gateway' });
		expect((await create({ name: { first: 'a' } })).status).toBe(200);
		expect((await world.contacts('GET', '')).text).toBe('bad gateway');
		await lay({ method: 'GET', path, status: 500 });
		await world.wixControl('POST', '/reset', {});
		expect((await world.contacts('GET', '')).status).toBe(200);
		expect((await lay({ method: 'GET' })).status).toBe(400);
	});
});

describe('what contacts may not go', () => {
	it('a billed one, and a user of the account', async () => {
		await world.wixControl('PUT', '/state', {
			contacts: [
				{ id: 'billed', primaryInfo: { email: 'b@example.com' }, billingSubscription: true },
				{ id: 'owned', primaryInfo: { email: 'o@example.com' } },
			],
			members: [{ id: 'm', loginEmail: 'o@example.com', contactId: 'owned', role: 'OWNER' }],
		});
		const v4 = async (id: string) => (await world.contacts('DELETE', `/${id}`)).code;
		expect(await v4('billed')).toBe('CANNOT_DELETE_CONTACT_WITH_BILLING_SUBSCRIPTION');
		expect(await v4('owned')).toBe('CANNOT_DELETE_MEMBER_OWNER_OR_CONTRIBUTOR');
		const v5 = await world.v5('DELETE', '/contacts/owned?deleteMember=true');
		expect([v5.status, v5.code]).toEqual([428, 'CANNOT_DELETE_WIX_USERS_MEMBER']);
	});
});
