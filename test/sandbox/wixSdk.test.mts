import * as contactsModule from '@wix/auto_sdk_crm_contacts';
import * as membersModule from '@wix/auto_sdk_members_members';
import { ApiKeyStrategy, createClient } from '@wix/sdk';
import { startWorld, type World } from './harness.mts';

/** Wix's own client; only the host of each call is turned to the sandbox. */
function wixClient(baseUrl: string, apiKey = 'key') {
	const { host } = new URL(baseUrl);
	const toSandbox: typeof fetch = (input, init) => {
		const url = new URL(input instanceof Request ? input.url : input);
		expect(url.origin).toBe('https://www.wixapis.com');
		url.protocol = 'http:';
		url.host = host;
		return fetch(url, init);
	};
	return createClient({
		auth: ApiKeyStrategy({ apiKey, siteId: 'site' }),
		modules: { contacts: contactsModule, members: membersModule },
		fetch: toSandbox,
	});
}

let world: World;
let client: ReturnType<typeof wixClient>;
beforeAll(async () => {
	world = await startWorld({ people: 120 });
	client = wixClient(world.sandbox.wixUrl);
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const newContact = (email: string) =>
	client.contacts.createContact({
		name: { first: 'Ada' },
		emails: { items: [{ email, tag: 'MAIN' }] },
	});

describe("Wix's own SDK as a client", () => {
	it('lists contacts', async () => {
		const { contacts, pagingMetadata } = await client.contacts.listContacts({
			paging: { limit: 7 },
		});
		expect(contacts).toHaveLength(7);
		expect(pagingMetadata).toMatchObject({ count: 7, offset: 0, total: 120 });
		expect(contacts?.[0]?._createdDate).toBeInstanceOf(Date);
	});

	it('queries through its builder and walks all pages', async () => {
		const all = new Set<string>();
		let page = await client.contacts.queryContacts().ascending('_createdDate').limit(50).find();
		for (;;) {
			for (const contact of page.items) all.add(String(contact._id));
			if (!page.hasNext()) break;
			page = await page.next();
		}
		expect(all.size).toBe(120);
	});

	it('finds by primary address', async () => {
		const created = await newContact('ada@example.com');
		const { items } = await client.contacts
			.queryContacts()
			.eq('primaryInfo.email', 'ada@example.com')
			.find();
		expect(items.map(({ _id }) => _id)).toEqual([created.contact?._id]);
	});

	it('creates, gets, updates and deletes', async () => {
		const { contact } = await newContact('ada@example.com');
		const id = String(contact?._id);
		const read = await client.contacts.getContact(id);
		expect(read).toMatchObject({ revision: 1, primaryInfo: { email: 'ada@example.com' } });
		const updated = await client.contacts.updateContact(
			id,
			{ emails: { items: [{ email: 'new@example.com', primary: true }] } },
			1,
		);
		expect(updated.contact).toMatchObject({
			revision: 2,
			primaryInfo: { email: 'new@example.com' },
		});
		await client.contacts.deleteContact(id);
		await expect(client.contacts.getContact(id)).rejects.toMatchObject({
			details: { applicationError: { code: 'CONTACT_NOT_FOUND' } },
		});
	});

	it('understands the errors: a duplicate, an old revision, a wrong key', async () => {
		const { contact } = await newContact('ada@example.com');
		await expect(newContact('ada@example.com')).rejects.toMatchObject({
			details: {
				applicationError: {
					code: 'DUPLICATE_CONTACT_EXISTS',
					data: { duplicateContactId: contact?._id },
				},
			},
		});
		await expect(
			client.contacts.updateContact(String(contact?._id), { company: 'X' }, 9),
		).rejects.toMatchObject({ details: { applicationError: { code: 'CONTACT_ALREADY_CHANGED' } } });
		const stranger = wixClient(world.sandbox.wixUrl, 'invalid');
		await expect(stranger.contacts.listContacts()).rejects.toMatchObject({
			details: { applicationError: { code: 401 } },
		});
	});

	it('reads members with the fieldset it asks for', async () => {
		const { members, metadata } = await client.members.listMembers({
			fieldsets: ['FULL'],
			paging: { limit: 5 },
		});
		expect(members).toHaveLength(5);
		expect(metadata).toMatchObject({ count: 5 });
		expect(members?.[0]?.loginEmail).toEqual(expect.stringContaining('@'));
		const one = await client.members.getMember(String(members?.[0]?._id));
		expect(one.loginEmail).toBeUndefined();
	});
});
