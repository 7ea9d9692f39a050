import { coded, wixClient, type WixClient } from './wixClient.mts';
import { brokenPromises, promisedPaths } from './wixPromises.mts';
import { startWorld, type World } from './harness.mts';

const types = 'auto_sdk_crm_contacts-v-5';

let world: World;
let client: WixClient;
beforeAll(async () => {
	world = await startWorld({ people: 60 });
	client = wixClient(world.sandbox.wixUrl);
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const newContact = (email: string, first = 'Ada') =>
	client.contactsV5.createContact({ name: { first }, email: { email } });

describe("Wix's own client: the tour of contacts v5", () => {
	it('creates, reads, updates under a revision, deletes', async () => {
		const created = await newContact('Ada@Example.com');
		const id = String(created._id);
		expect(created).toMatchObject({ revision: '1', email: { email: 'ada@example.com' } });
		expect(created._createdDate).toBeInstanceOf(Date);
		const updated = await client.contactsV5.updateContact(id, {
			revision: '1',
			company: { name: 'Example Ltd' },
			additionalEmails: [{ email: 'ada@example.org' }],
		});
		expect(updated).toMatchObject({
			revision: '2',
			name: { first: 'Ada' },
			company: { name: 'Example Ltd' },
			additionalEmails: [{ email: 'ada@example.org' }],
		});
		const v4 = await client.contacts.getContact(id);
		expect(v4).toMatchObject({ revision: 2, info: { company: 'Example Ltd' } });
		await client.contactsV5.deleteContact(id);
		await expect(client.contactsV5.getContact(id)).rejects.toMatchObject(
			coded('CONTACT_NOT_FOUND'),
		);
	});

	it('is told of a duplicate and of an old revision', async () => {
		const { _id } = await newContact('ada@example.com');
		await expect(newContact('ada@example.com')).rejects.toMatchObject(
			coded('DUPLICATE_CONTACT_EXISTS', { matchingContactId: _id, matchType: 'EMAIL' }),
		);
		await expect(
			client.contactsV5.updateContact(String(_id), { revision: '9', locale: 'en-us' }),
		).rejects.toMatchObject(coded('CONTACT_ALREADY_CHANGED'));
	});

	it('upserts and finds matches', async () => {
		const first = await client.contactsV5.upsertContact({ email: { email: 'ada@example.com' } });
		expect(first.action).toBe('CREATED');
		const second = await client.contactsV5.upsertContact(
			{ email: { email: 'ada@example.com' }, name: { first: 'Ada' } },
			{ upsertMode: 'APPEND' },
		);
		expect(second).toMatchObject({ action: 'UPDATED', contact: { name: { first: 'Ada' } } });
		const { contacts = [] } = await client.contactsV5.findMatchingContacts({
			email: 'ada@example.com',
		});
		expect(contacts.map(({ _id }) => _id)).toEqual([first.contact?._id]);
	});

	it('queries by its builder, all pages by cursor', async () => {
		await newContact('ada@example.com');
		const found = await client.contactsV5
			.queryContacts()
			.in('email.email', ['ada@example.com', 'nobody@example.com'])
			.find();
		expect(found.items).toHaveLength(1);
		const all = new Set<string>();
		let page = await client.contactsV5.queryContacts().ascending('_createdDate').limit(25).find();
		for (;;) {
			for (const { _id } of page.items) all.add(String(_id));
			if (!page.hasNext()) break;
			page = await page.next();
		}
		expect(all.size).toBe(61);
	});

	it('queries each field with each operator that its types have', async () => {
		const { _id, _createdDate } = await client.contactsV5.createContact({
			email: { email: 'ada@example.com' },
			phone: { phone: '207 555 0199' },
			externalId: 'E-1',
		});
		const id = String(_id);
		const since = _createdDate ?? new Date(0);
		const builder = () => client.contactsV5.queryContacts();
		const queries = [
			builder().eq('_id', id),
			builder().in('_id', [id]),
			builder().eq('_createdDate', since),
			builder().ge('_createdDate', since).le('_createdDate', since),
			builder().gt('_updatedDate', new Date(since.getTime() - 1)),
			builder()
				.lt('_createdDate', new Date(since.getTime() + 1))
				.eq('externalId', 'E-1'),
			builder().eq('email.email', 'ADA@example.com'),
			builder().in('phone.phone', ['207 555 0199']),
			builder().exists('externalId', true),
		];
		for (const query of queries) {
			const { items } = await query.find();
			expect(items.map((item) => item._id)).toEqual([id]);
		}
		const refused = builder()
			.eq('name.first' as '_id', 'Ada')
			.find();
		await expect(refused).rejects.toThrow('not declared as filterable');
	});

	it('searches and counts', async () => {
		await newContact('ada@example.com', 'Zebulon');
		const filter = { 'name.first': { $startsWith: 'Zebu' } };
		const { contacts = [], pagingMetadata } = await client.contactsV5.searchContacts({
			filter,
			sort: [{ fieldName: 'name.first', order: 'DESC' }],
		});
		expect(contacts.map(({ name }) => name?.first)).toEqual(['Zebulon']);
		expect(pagingMetadata).toMatchObject({ count: 1, hasNext: false, total: 1 });
		const text = { search: { expression: 'zebulon' } };
		expect((await client.contactsV5.searchContacts(text)).contacts).toHaveLength(1);
		expect((await client.contactsV5.countContacts({ filter })).count).toBe(1);
	});

	it('writes in bulk and tells the outcomes apart', async () => {
		const created = await client.contactsV5.bulkCreateContacts(
			[{ email: { email: 'a@example.com' } }, {}, { email: { email: 'b@example.com' } }],
			{ returnEntity: true },
		);
		const { results = [], bulkActionMetadata } = created;
		expect(bulkActionMetadata).toMatchObject({ totalSuccesses: 2, totalFailures: 1 });
		expect(results[1]?.itemMetadata?.error?.code).toBe('INSUFFICIENT_CONTACT_DATA');
		const ids = results.flatMap(({ item }) => item?._id ?? []);
		const updated = await client.contactsV5.bulkUpdateContacts([
			{ contact: { _id: ids[0] ?? '', revision: '1', locale: 'en-us' } },
			{ contact: { _id: ids[1] ?? '', revision: '5', locale: 'en-us' } },
		]);
		expect(updated.results?.map(({ itemMetadata }) => itemMetadata?.error?.code)).toEqual([
			undefined,
			'CONTACT_ALREADY_CHANGED',
		]);
		const upserted = await client.contactsV5.bulkUpsertContacts([
			{ contact: { email: { email: 'a@example.com' } } },
			{ contact: { email: { email: 'c@example.com' } } },
		]);
		expect(upserted.results?.map(({ action }) => action)).toEqual(['UPDATED', 'CREATED']);
		const deleted = await client.contactsV5.bulkDeleteContacts(ids);
		expect(deleted.bulkActionMetadata?.totalSuccesses).toBe(2);
		for (const [name, answer] of Object.entries({
			bulkCreateContacts: created,
			bulkUpdateContacts: updated,
			bulkUpsertContacts: upserted,
			bulkDeleteContacts: deleted,
		})) {
			expect(brokenPromises(answer, promisedPaths(types, name))).toEqual([]);
		}
	});

	it('tags and merges', async () => {
		const target = await newContact('a@example.com');
		const source = await newContact('b@example.com');
		const tagged = await client.contactsV5.updateContactTags(String(target._id), {
			assignTags: { privateTags: { tagIds: ['t'] } },
		});
		expect(tagged.contact?.tags?.privateTags?.tagIds).toEqual(['t']);
		const merged = await client.contactsV5.mergeContacts(String(target._id), '2', {
			sourceContactIds: [String(source._id)],
		});
		expect(merged.contact).toMatchObject({
			revision: '3',
			additionalEmails: [{ email: 'b@example.com' }],
		});
	});

	it('gets what the types promise, from leads and members alike', async () => {
		const { contacts = [] } = await client.contacts.listContacts({ paging: { limit: 60 } });
		const paths = promisedPaths(types, 'getContact');
		expect(paths).toContain('memberInfo.status');
		for (const { _id } of contacts) {
			const contact = await client.contactsV5.getContact(String(_id));
			expect(brokenPromises(contact, paths)).toEqual([]);
		}
		const created = await newContact('ada@example.com');
		expect(brokenPromises(created, promisedPaths(types, 'createContact'))).toEqual([]);
	});
});
