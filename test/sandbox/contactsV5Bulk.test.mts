import type { JsonObject } from '../../nodes/shared/contract/index';
import { idOf, listAt, pick, startWorld, type Reply, type World } from './harness.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const bulk = (action: string, body: JsonObject) =>
	world.v5('POST', `/bulk/contacts/${action}`, body);
const emailOf = (number: number) => ({ email: { email: `c${number}@example.com` } });
const create = async (contact: JsonObject) =>
	idOf(await world.v5('POST', '/contacts', { contact }));
const outcomes = (reply: Reply) =>
	listAt(reply, 'results').map((result) => [
		pick(result, 'itemMetadata.originalIndex'),
		pick(result, 'itemMetadata.success'),
		pick(result, 'itemMetadata.error.code'),
	]);

describe('bulk create', () => {
	it('answers each item with its index and outcome, not atomic', async () => {
		const id = await create(emailOf(1));
		const reply = await bulk('create', {
			contacts: [emailOf(0), emailOf(1), {}, { email: { email: 'no address' } }],
			returnEntity: true,
		});
		expect(reply.status).toBe(200);
		expect(outcomes(reply)).toEqual([
			[0, true, undefined],
			[1, false, 'DUPLICATE_CONTACT_EXISTS'],
			[2, false, 'INSUFFICIENT_CONTACT_DATA'],
			[3, false, 'INVALID_ARGUMENT'],
		]);
		expect(reply.at('bulkActionMetadata')).toEqual({
			totalSuccesses: 1,
			totalFailures: 3,
			undetailedFailures: 0,
		});
		expect(reply.at('results[0].item.email.email')).toBe('c0@example.com');
		expect(reply.at('results[0].itemMetadata.id')).toBe(reply.at('results[0].item.id'));
		expect(reply.at('results[1].itemMetadata.error.data.matchingContactId')).toBe(id);
		expect(reply.at('results[1].itemMetadata.id')).toBeUndefined();
	});

	it('answers no entities unless asked, and takes 1 to 100', async () => {
		const contacts = Array.from({ length: 101 }, (_, number) => emailOf(number));
		expect((await bulk('create', { contacts })).status).toBe(400);
		expect((await bulk('create', { contacts: [] })).status).toBe(400);
		const reply = await bulk('create', { contacts: contacts.slice(0, 100) });
		expect(reply.at('bulkActionMetadata.totalSuccesses')).toBe(100);
		expect(reply.at('results[0].item')).toBeUndefined();
	});

	it('bulkValidation: one broken item refuses the whole call, nothing is written', async () => {
		await world.wixControl('POST', '/behave', { bulkValidation: 'request' });
		const reply = await bulk('create', { contacts: [emailOf(0), { email: { email: 'none' } }] });
		expect(reply.status).toBe(400);
		expect((await world.v5('POST', '/contacts/count', {})).at('count')).toBe(0);
	});

	it('bulkUnordered: only originalIndex tells the items apart', async () => {
		await world.wixControl('POST', '/behave', { bulkUnordered: true });
		const reply = await bulk('create', { contacts: [emailOf(0), {}] });
		expect(outcomes(reply)).toEqual([
			[1, false, 'INSUFFICIENT_CONTACT_DATA'],
			[0, true, undefined],
		]);
	});
});

describe('bulk update, upsert and delete', () => {
	it('update: each item under its own revision', async () => {
		const ids = [await create(emailOf(0)), await create(emailOf(1))];
		const contacts = [
			{ contact: { id: ids[0] ?? '', revision: '1', locale: 'en-us' } },
			{ contact: { id: ids[1] ?? '', revision: '7', locale: 'en-us' } },
			{ contact: { id: 'nobody', revision: '1', locale: 'en-us' } },
		];
		const reply = await bulk('update', { contacts, returnEntity: true });
		expect(outcomes(reply)).toEqual([
			[0, true, undefined],
			[1, false, 'CONTACT_ALREADY_CHANGED'],
			[2, false, 'CONTACT_NOT_FOUND'],
		]);
		expect(reply.at('results[0].item')).toMatchObject({ revision: '2', locale: 'en-us' });
		expect(reply.at('results[1].itemMetadata.id')).toBe(ids[1]);
	});

	it('update: the fault "conflict" strikes one item', async () => {
		const ids = await Promise.all([0, 1, 2].map((number) => create(emailOf(number))));
		await world.wixControl('POST', '/faults', { rate: 1, kinds: ['conflict'] });
		const contacts = ids.map((id) => ({ contact: { id, revision: '1', locale: 'en-us' } }));
		const reply = await bulk('update', { contacts });
		await world.wixControl('POST', '/faults', { rate: 0 });
		expect(outcomes(reply)).toEqual([
			[0, true, undefined],
			[1, false, 'CONTACT_ALREADY_CHANGED'],
			[2, true, undefined],
		]);
	});

	it('upsert: tells what it did', async () => {
		await create(emailOf(0));
		const contacts = [{ contact: emailOf(0) }, { contact: emailOf(1) }];
		const reply = await bulk('upsert', { contacts });
		expect(listAt(reply, 'results').map(({ action }) => action)).toEqual(['UPDATED', 'CREATED']);
	});

	it('delete: a member only together with its membership', async () => {
		const id = await create(emailOf(0));
		const member = await world.members('POST', '', { member: { loginEmail: 'm@example.com' } });
		const memberContact = String(member.at('member.contactId'));
		const reply = await bulk('delete', { contactIds: [id, memberContact, 'nobody'] });
		expect(outcomes(reply)).toEqual([
			[0, true, undefined],
			[1, false, 'CANNOT_DELETE_MEMBER'],
			[2, false, 'CONTACT_NOT_FOUND'],
		]);
		const again = await bulk('delete', { contactIds: [memberContact], deleteMembers: true });
		expect(outcomes(again)).toEqual([[0, true, undefined]]);
	});

	it('update-tags: assigns and takes away', async () => {
		const id = await create(emailOf(0));
		const tags = (...tagIds: string[]) => ({ privateTags: { tagIds } });
		const body = { contactIds: [id], assignTags: tags('a', 'b'), returnEntity: true };
		const reply = await bulk('update-tags', body);
		expect(reply.at('results[0].item.tags')).toEqual(tags('a', 'b'));
		const single = await world.v5('POST', `/contacts/${id}/update-tags`, {
			unassignTags: tags('a'),
		});
		expect(single.at('contact.tags')).toEqual(tags('b'));
		const none = await world.v5('POST', `/contacts/${id}/update-tags`, {});
		expect(none.code).toBe('EMPTY_ASSIGN_AND_UNASSIGN_LISTS');
	});
});

describe('query', () => {
	const query = (body: JsonObject) => world.v5('POST', '/contacts/query', { query: body });
	const people = (count: number) =>
		world.wixControl('PUT', '/state', {
			contacts: Array.from({ length: count }, (_, number) => ({
				id: `c${number}`,
				primaryInfo: { email: `c${number}@example.com` },
				info: { name: { first: `N${number % 2}` } },
			})),
		});
	const oldestFirst = [{ fieldName: 'createdDate', order: 'ASC' }];

	it('walks by cursor, 50 a page by default, 100 at most, newest first', async () => {
		await people(120);
		const first = await query({});
		expect(listAt(first, 'contacts')).toHaveLength(50);
		expect(first.at('contacts[0].id')).toBe('c119');
		expect(first.at('pagingMetadata')).toMatchObject({ count: 50, hasNext: true });
		expect(first.at('pagingMetadata.total')).toBeUndefined();
		expect((await query({ cursorPaging: { limit: 101 } })).status).toBe(400);
		const seen: unknown[] = [];
		let cursor: string | undefined;
		do {
			const page = await query(
				cursor
					? { cursorPaging: { limit: 100, cursor } }
					: { cursorPaging: { limit: 100 }, sort: oldestFirst },
			);
			seen.push(...listAt(page, 'contacts').map(({ id }) => id));
			cursor = page.at('pagingMetadata.cursors.next') as string | undefined;
		} while (cursor);
		expect(seen).toEqual(Array.from({ length: 120 }, (_, number) => `c${number}`));
	});

	it('neither repeats nor skips a record when others go while it walks', async () => {
		await people(6);
		const first = await query({ cursorPaging: { limit: 2 }, sort: oldestFirst });
		await world.wixControl('POST', '/delete', { id: 'c0' });
		const cursor = first.at('pagingMetadata.cursors.next') ?? '';
		const second = await query({ cursorPaging: { limit: 2, cursor } });
		expect(listAt(second, 'contacts').map(({ id }) => id)).toEqual(['c2', 'c3']);
	});

	it('refuses a cursor with a filter beside it, and one that is none', async () => {
		await people(3);
		const first = await query({ cursorPaging: { limit: 1 } });
		const cursor = first.at('pagingMetadata.cursors.next') ?? '';
		const twice = await query({ cursorPaging: { cursor }, filter: { id: 'c0' } });
		expect(twice.status).toBe(400);
		expect((await query({ cursorPaging: { cursor: 'x' } })).status).toBe(400);
	});

	it.each<[string, JsonObject, string[]]>([
		['id $in', { id: { $in: ['c1', 'c2'] } }, ['c1', 'c2']],
		['email.email $eq', { 'email.email': 'c1@example.com' }, ['c1']],
		['email.email $exists', { 'email.email': { $exists: false } }, []],
		['createdDate $gt', { createdDate: { $gt: '2026-01-01T00:00:00.001Z' } }, ['c2']],
	])('filters by %s', async (_what, filter, ids) => {
		await people(3);
		const reply = await query({ filter, sort: oldestFirst });
		expect(listAt(reply, 'contacts').map(({ id }) => id)).toEqual(ids);
	});

	it('refuses fields that only Search knows, and falling dates by a switch', async () => {
		const refused = await query({ filter: { 'name.first': 'N1' } });
		expect(refused.status).toBe(400);
		expect(refused.text).toContain('not declared as filterable');
		const sort = [{ fieldName: 'updatedDate', order: 'DESC' }];
		expect((await query({ sort })).status).toBe(200);
		await world.wixControl('POST', '/behave', { v5DescSort: false });
		expect((await query({ sort })).status).toBe(400);
		expect((await query({ sort: [{ fieldName: 'email.email' }] })).status).toBe(400);
	});

	it('Search knows more fields and free text, and counts on the first page', async () => {
		await people(4);
		const search = (body: JsonObject) => world.v5('POST', '/contacts/search', { search: body });
		const sort = [{ fieldName: 'email.email', order: 'DESC' }];
		const reply = await search({ filter: { 'name.first': 'N1' }, sort });
		expect(listAt(reply, 'contacts').map(({ id }) => id)).toEqual(['c3', 'c1']);
		expect(reply.at('pagingMetadata.total')).toBe(2);
		const found = await search({ search: { expression: 'C2@', fields: ['email.email'] } });
		expect(listAt(found, 'contacts').map(({ id }) => id)).toEqual(['c2']);
		const counted = await world.v5('POST', '/contacts/count', { filter: { 'name.first': 'N0' } });
		expect(counted.at('count')).toBe(2);
	});

	it('Search finds new members by their sign-up', async () => {
		await world.members('POST', '', { member: { loginEmail: 'm@example.com' } });
		await people(0);
		await world.members('POST', '', { member: { loginEmail: 'n@example.com' } });
		const filter = { 'memberInfo.signupDate': { $gt: '2026-01-01T00:00:00.000Z' } };
		const reply = await world.v5('POST', '/contacts/search', { search: { filter } });
		expect(listAt(reply, 'contacts').map((contact) => pick(contact, 'email.email'))).toEqual([
			'n@example.com',
		]);
	});

	it('lags like every query', async () => {
		await world.wixControl('POST', '/behave', { queryLagReads: 1 });
		await create(emailOf(0));
		expect(listAt(await query({}), 'contacts')).toEqual([]);
		expect(listAt(await query({}), 'contacts')).toHaveLength(1);
	});
});

describe('merge', () => {
	it('previews without writing, then merges', async () => {
		const [target, source] = [
			await create(emailOf(0)),
			await create({ ...emailOf(1), externalId: 'E' }),
		];
		const merge = (more: JsonObject) =>
			world.v5('POST', `/contacts/${target}/merge`, {
				targetContactRevision: '1',
				sourceContactIds: [source],
				...more,
			});
		const preview = await merge({ preview: true });
		expect(preview.at('contact.additionalEmails')).toEqual([{ email: 'c1@example.com' }]);
		expect((await world.v5('GET', `/contacts/${source}`)).status).toBe(200);
		const merged = await merge({});
		expect(merged.body.contact).toMatchObject({ revision: '2', externalId: 'E' });
		expect((await world.v5('GET', `/contacts/${source}`)).status).toBe(404);
		expect((await merge({ targetContactRevision: '2' })).code).toBe('SOURCE_NOT_FOUND');
	});
});
