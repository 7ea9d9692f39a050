import { coded, wixClient, type WixClient } from './wixClient.mts';
import { brokenPromises, promisedPaths } from './wixPromises.mts';
import { startWorld, type World } from './harness.mts';

const types = 'auto_sdk_crm_contacts';

let world: World;
let client: WixClient;
beforeAll(async () => {
	world = await startWorld({ people: 120 });
	client = wixClient(world.sandbox.wixUrl);
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const newContact = (email: string, first = 'Ada') =>
	client.contacts.createContact({ name: { first }, emails: { items: [{ email, tag: 'MAIN' }] } });
const idOf = ({ contact }: { contact?: { _id?: string | null } }) => String(contact?._id);

describe("Wix's own client: the tour of contacts v4", () => {
	it('lists', async () => {
		const { contacts = [], pagingMetadata } = await client.contacts.listContacts({
			paging: { limit: 7 },
		});
		expect(contacts).toHaveLength(7);
		expect(pagingMetadata).toMatchObject({ count: 7, offset: 0, total: 120 });
		expect(contacts[0]?._createdDate).toBeInstanceOf(Date);
	});

	it('walks all pages through the builder of queries', async () => {
		const all = new Set<string>();
		let page = await client.contacts.queryContacts().ascending('_createdDate').limit(50).find();
		for (;;) {
			for (const contact of page.items) all.add(String(contact._id));
			if (!page.hasNext()) break;
			page = await page.next();
		}
		expect(all.size).toBe(120);
	});

	it('creates, reads, updates under a revision, deletes', async () => {
		const created = await newContact('ada@example.com');
		const id = idOf(created);
		expect(await client.contacts.getContact(id)).toMatchObject({
			revision: 1,
			primaryInfo: { email: 'ada@example.com' },
		});
		const updated = await client.contacts.updateContact(
			id,
			{ emails: { items: [{ email: 'new@example.com', primary: true }] } },
			1,
		);
		expect(updated.contact).toMatchObject({
			revision: 2,
			primaryInfo: { email: 'new@example.com' },
			info: { name: { first: 'Ada' } },
		});
		await client.contacts.deleteContact(id);
		await expect(client.contacts.getContact(id)).rejects.toMatchObject(coded('CONTACT_NOT_FOUND'));
	});

	it('is told of a duplicate, an old revision, a broken field and a wrong key', async () => {
		const id = idOf(await newContact('ada@example.com'));
		await expect(newContact('ada@example.com')).rejects.toMatchObject(
			coded('DUPLICATE_CONTACT_EXISTS', { duplicateContactId: id }),
		);
		await expect(client.contacts.updateContact(id, { company: 'X' }, 9)).rejects.toMatchObject(
			coded('CONTACT_ALREADY_CHANGED'),
		);
		await expect(client.contacts.updateContact(id, {}, 1)).rejects.toMatchObject(
			coded('INSUFFICIENT_UPDATE_CONTACT_DATA'),
		);
		await expect(newContact('no address')).rejects.toMatchObject({
			details: { validationError: { fieldViolations: [{ violatedRule: 'FORMAT' }] } },
		});
		const stranger = wixClient(world.sandbox.wixUrl, 'invalid');
		await expect(stranger.contacts.listContacts()).rejects.toMatchObject(coded(401));
	});

	it('labels and unlabels, the latter by DELETE', async () => {
		const { label, newLabel } = await client.labels.findOrCreateLabel('Big Client');
		expect(newLabel).toBe(true);
		const key = String(label?.key);
		const id = idOf(await newContact('ada@example.com'));
		const labeled = await client.contacts.labelContact(id, [key, 'custom.vip']);
		expect(labeled.contact?.info?.labelKeys?.items).toEqual([key, 'custom.vip']);
		const { items } = await client.contacts
			.queryContacts()
			.hasAll('info.labelKeys', [key, 'custom.vip'])
			.find();
		expect(items.map(({ _id }) => _id)).toEqual([id]);
		const unlabeled = await client.contacts.unlabelContact(id, [key]);
		expect(unlabeled.contact?.info?.labelKeys?.items).toEqual(['custom.vip']);
	});

	it('reads, renames, queries and deletes labels', async () => {
		await client.labels.findOrCreateLabel('Big Client');
		const key = 'custom.big-client';
		expect(await client.labels.renameLabel(key, { displayName: 'Key Client' })).toMatchObject({
			key,
			displayName: 'Key Client',
			labelType: 'USER_DEFINED',
		});
		const { items } = await client.labels.queryLabels().eq('displayName', 'Key Client').find();
		expect(items).toHaveLength(1);
		const before = (await client.labels.listLabels()).metadata?.total ?? 0;
		await client.labels.deleteLabel(key);
		expect((await client.labels.listLabels()).metadata?.total).toBe(before - 1);
		await expect(client.labels.getLabel(key)).rejects.toMatchObject(coded('LABEL_NOT_FOUND'));
	});

	it('makes an extended field and writes a value into it', async () => {
		const { field } = await client.extendedFields.findOrCreateExtendedField('Shoe Size', 'NUMBER');
		const key = String(field?.key);
		expect(await client.extendedFields.getExtendedField(key)).toMatchObject({
			dataType: 'NUMBER',
			fieldType: 'USER_DEFINED',
		});
		const created = await client.contacts.createContact({
			name: { first: 'Ada' },
			extendedFields: { items: { [key]: 41 } },
		});
		expect(created.contact?.info?.extendedFields?.items).toMatchObject({ [key]: 41 });
		const listed = await client.extendedFields.listExtendedFields({ fieldType: 'USER_DEFINED' });
		expect(listed.fields?.map((entry) => entry.key)).toContain(key);
	});

	it('previews a merge, merges, and reads the survivor under the old id', async () => {
		const target = idOf(await newContact('ada@example.com'));
		const source = idOf(await newContact('eve@example.com', 'Eve'));
		const sources = { sourceContactIds: [source] };
		const preview = await client.contacts.previewMergeContacts(target, sources);
		expect(preview.contact?.info?.emails?.items).toHaveLength(2);
		const merged = await client.contacts.mergeContacts(target, 1, sources);
		expect(merged.contact).toMatchObject({ _id: target, revision: 2 });
		expect((await client.contacts.getContact(source))._id).toBe(target);
	});
});

describe('what the types of contacts v4 promise', () => {
	it('the check sees a promise that is broken', () => {
		const paths = promisedPaths(types, 'createContact');
		expect(paths).toContain('contact.revision');
		const items = [{ tag: 'MAIN', email: 'a@example.com' }, { tag: 'MAIN' }];
		const contact = { _id: 'c', info: { emails: { items } } };
		expect(brokenPromises({ contact }, paths)).toEqual([
			'contact.revision',
			'contact.info.emails.items.${number}.email',
		]);
	});

	const emptyLists = ['info.emails.items', 'info.phones.items', 'info.addresses.items'];

	it.each(['wrapper', 'items', 'absent'])(
		'is kept (empty lists: %s), but for lists that a sample of the documentation has empty',
		async (shape) => {
			await world.wixControl('POST', '/behave', { emptyLists: shape });
			const { contacts = [] } = await client.contacts.listContacts({ paging: { limit: 60 } });
			const allowed = shape === 'wrapper' ? emptyLists : [];
			for (const { _id } of contacts) {
				const contact = await client.contacts.getContact(String(_id));
				const broken = brokenPromises(contact, promisedPaths(types, 'getContact'));
				expect(broken.filter((path) => !allowed.includes(path))).toEqual([]);
			}
			const created = await newContact('ada@example.com');
			const broken = brokenPromises(created, promisedPaths(types, 'createContact'));
			expect(broken.length > 0).toBe(shape === 'wrapper');
		},
	);

	it.each([
		['listContacts', () => client.contacts.listContacts()],
		[
			'updateContact',
			async () => client.contacts.updateContact(await anyId(), { company: 'X' }, 1),
		],
		['labelContact', async () => client.contacts.labelContact(await anyId(), ['custom.vip'])],
	])('is kept by %s', async (name, call) => {
		await world.wixControl('POST', '/behave', { emptyLists: 'items' });
		expect(brokenPromises(await call(), promisedPaths(types, name))).toEqual([]);
	});
	const anyId = async () => idOf(await newContact('any@example.com'));

	it.each([
		['listLabels', () => client.labels.listLabels()],
		['findOrCreateLabel', () => client.labels.findOrCreateLabel('New')],
		['getLabel', () => client.labels.getLabel('custom.vip')],
	])('is kept by %s', async (name, call) => {
		expect(brokenPromises(await call(), promisedPaths('auto_sdk_crm_labels', name))).toEqual([]);
	});

	it('is kept by listExtendedFields', async () => {
		const listed = await client.extendedFields.listExtendedFields();
		const paths = promisedPaths('auto_sdk_crm_extended-fields', 'listExtendedFields');
		expect(brokenPromises(listed, paths)).toEqual([]);
	});
});
