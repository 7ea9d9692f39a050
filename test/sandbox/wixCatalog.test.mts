import type { JsonObject } from '../../nodes/shared/contract/index';
import { idOf, listAt, send, startWorld, type World } from './harness.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const labels = (method: string, path = '', body?: JsonObject) =>
	world.wix(method, `/contacts/v4/labels${path}`, body);
const fields = (method: string, path = '', body?: JsonObject) =>
	world.wix(method, `/contacts/v4/extended-fields${path}`, body);
const contactWith = async (info: JsonObject) =>
	idOf(await world.contacts('POST', '', { info: { name: { first: 'Ada' }, ...info } }));

describe('labels', () => {
	it('are found or made, read, renamed and deleted; contacts lose a deleted one', async () => {
		const made = await labels('POST', '', { displayName: 'Big Client' });
		expect(made.body).toMatchObject({
			newLabel: true,
			label: {
				key: 'custom.big-client',
				labelType: 'USER_DEFINED',
				namespaceDisplayName: 'Custom',
			},
		});
		expect((await labels('POST', '', { displayName: 'Big Client' })).at('newLabel')).toBe(false);
		const id = await contactWith({ labelKeys: { items: ['custom.big-client'] } });
		const renamed = await labels('PATCH', '/custom.big-client', { label: { displayName: 'Key' } });
		expect(renamed.at('label')).toMatchObject({ key: 'custom.big-client', displayName: 'Key' });
		expect((await labels('GET', '/custom.big-client')).at('label.displayName')).toBe('Key');
		expect((await labels('DELETE', '/custom.big-client')).status).toBe(200);
		expect((await labels('GET', '/custom.big-client')).status).toBe(404);
		const contact = await world.contacts('GET', `/${id}`);
		expect(contact.at('contact.info.labelKeys')).toBeUndefined();
		expect(contact.at('contact.revision')).toBe(2);
	});

	it('of the system stay as they are, and names have limits', async () => {
		const key = '/contacts.contacted-me';
		expect((await labels('DELETE', key)).status).toBe(428);
		expect((await labels('PATCH', key, { label: { displayName: 'X' } })).status).toBe(428);
		expect((await labels('POST', '', { displayName: 'x'.repeat(181) })).status).toBe(400);
		expect((await labels('PATCH', '/custom.vip', {})).status).toBe(400);
	});

	it('keys are not derived from names where they collide, nor by the switch', async () => {
		await labels('PATCH', '/custom.vip', { label: { displayName: 'Very Important' } });
		expect((await labels('POST', '', { displayName: 'VIP' })).at('label.key')).not.toBe(
			'custom.vip',
		);
		await world.wixControl('POST', '/behave', { suffixedKeys: true });
		const made = await fields('POST', '', { displayName: 'Shoe Size', dataType: 'NUMBER' });
		expect(made.at('field.key')).toMatch(/^custom\.shoe-size-.+$/);
	});

	it('have a quota', async () => {
		await world.wixControl('POST', '/behave', { quotaReached: true });
		const label = await labels('POST', '', { displayName: 'One more' });
		expect([label.status, label.code]).toEqual([428, 'LABELS_QUOTA_REACHED']);
		const field = await fields('POST', '', { displayName: 'One more', dataType: 'TEXT' });
		expect(field.code).toBe('FIELDS_QUOTA_EXCEEDED');
		expect((await labels('POST', '', { displayName: 'VIP' })).status).toBe(200);
	});

	it('are listed by type and queried by name', async () => {
		const own = await labels('GET', '?labelType=USER_DEFINED&paging.limit=1');
		expect(own.at('metadata')).toMatchObject({ count: 1, total: 2 });
		const query = { filter: { displayName: { $startsWith: 'V' } } };
		const found = await labels('POST', '/query', { query });
		expect(listAt(found, 'labels').map(({ key }) => key)).toEqual(['custom.vip']);
		const sort = [{ fieldName: 'nothing' }];
		expect((await labels('POST', '/query', { query: { sort } })).code).toBe('INVALID_SORT');
	});

	it('leave a contact by DELETE with a JSON body or with parameters', async () => {
		const id = await contactWith({ labelKeys: { items: ['custom.vip', 'custom.newsletter'] } });
		const body = { labelKeys: ['custom.vip'] };
		const reply = await world.contacts('DELETE', `/${id}/labels`, body);
		expect(reply.at('contact.info.labelKeys.items')).toEqual(['custom.newsletter']);
		expect((await world.contacts('DELETE', `/${id}/labels`)).status).toBe(400);
		await world.wixControl('POST', '/behave', { unlabelBy: 'query' });
		expect((await world.contacts('DELETE', `/${id}/labels`, body)).status).toBe(400);
		const path = `/${id}/labels?labelKeys=custom.newsletter&labelKeys=custom.vip`;
		const byUrl = await world.contacts('DELETE', path);
		expect(byUrl.at('contact.info.labelKeys')).toBeUndefined();
		await world.wixControl('POST', '/behave', { unlabelBy: 'body' });
		expect((await world.contacts('DELETE', path)).status).toBe(400);
	});
});

describe('extended fields', () => {
	it('are made with a type that values must fit, and leave the contacts when deleted', async () => {
		await fields('POST', '', { displayName: 'Home Page', dataType: 'URL' });
		const write = (value: string) =>
			world.contacts('POST', '', {
				info: {
					name: { first: 'Ada' },
					extendedFields: { items: { 'custom.home-page': value } },
				},
			});
		expect((await write('not a page')).code).toBe('INVALID_EXTENDED_FIELD_VALUE');
		const id = idOf(await write('https://example.com'));
		expect((await fields('DELETE', '/custom.home-page')).status).toBe(200);
		const contact = await world.contacts('GET', `/${id}`);
		expect(contact.at("contact.info.extendedFields.items['custom.home-page']")).toBeUndefined();
		expect((await fields('POST', '', { displayName: 'X', dataType: 'COLOUR' })).status).toBe(400);
	});

	it('hold values in v5 under other keys, and refuse fields the site has not', async () => {
		const id = await contactWith({});
		const update = (revision: string, values: JsonObject) =>
			world.v5('PATCH', `/contacts/${id}`, {
				contact: { revision, extendedFields: { namespaces: { _user_fields: values } } },
			});
		expect((await update('1', { crm_id: 'E-1', seats: 3 })).status).toBe(200);
		await update('2', { seats: 4 });
		const items = (await world.contacts('GET', `/${id}`)).at('contact.info.extendedFields.items');
		expect(items).toMatchObject({ 'custom.crm-id': 'E-1', 'custom.seats': 4 });
		expect((await update('3', { unknown: 1 })).status).toBe(400);
		await world.wixControl('POST', '/behave', { replaceExtendedFields: true });
		const replaced = await update('3', { seats: 5 });
		expect(replaced.at('contact.extendedFields.namespaces._user_fields')).toEqual({ seats: 5 });
	});
});

describe('merge', () => {
	it('previews in v4 without a change', async () => {
		const [target, source] = [
			await contactWith({ emails: { items: [{ email: 'a@example.com' }] } }),
			await contactWith({ emails: { items: [{ email: 'b@example.com' }] }, company: 'B Ltd' }),
		];
		const body = { sourceContactIds: [source] };
		const preview = await world.contacts('POST', `/${target}/preview-merge`, body);
		expect(preview.at('contact.info.company')).toBe('B Ltd');
		expect(listAt(preview, 'contact.info.emails.items')).toHaveLength(2);
		expect((await world.contacts('GET', `/${source}`)).at('responseType')).toBe('REGULAR');
		expect((await world.contacts('GET', `/${target}`)).at('contact.revision')).toBe(1);
	});
});

describe('bulk jobs of v4', () => {
	const job = async (name: string, body: JsonObject) => {
		const started = await world.wix('POST', `/contacts/v4/bulk/contacts/${name}`, body);
		const id = started.at('jobId');
		return id === undefined
			? started
			: await world.wix('GET', `/contacts/v4/bulk/jobs/${String(id)}`);
	};

	it('change what the filter finds, and everything for an empty one', async () => {
		const ids = [await contactWith({ company: 'A' }), await contactWith({ company: 'B' })];
		const filter = { id: { $in: [ids[0] ?? ''] } };
		await job('update', { filter, info: { company: 'C' } });
		await job('add-remove-labels', { filter: {}, labelKeysToAdd: ['custom.vip'] });
		const [first, second] = await Promise.all(ids.map((id) => world.contacts('GET', `/${id}`)));
		expect(first?.at('contact.info.company')).toBe('C');
		expect(second?.at('contact.info')).toMatchObject({
			company: 'B',
			labelKeys: { items: ['custom.vip'] },
		});
		expect((await job('delete', {})).code).toBe('NEITHER_FILTER_NOR_SEARCH');
		await world.members('POST', '', { member: { loginEmail: 'm@example.com' } });
		const deleted = await job('delete', { filter: {} });
		expect(deleted.at('job')).toMatchObject({
			status: 'COMPLETED',
			totalItems: 3,
			successTotal: 2,
			failedTotal: 1,
		});
		expect(listAt(await world.contacts('GET', ''), 'contacts')).toHaveLength(1);
	});
});

describe('sites', () => {
	const sites = (body: JsonObject, headers: Record<string, string> = { 'wix-account-id': 'any' }) =>
		send(
			'POST',
			`${world.sandbox.wixUrl}/site-list/v2/sites/query`,
			{
				authorization: 'key',
				...headers,
			},
			body,
		);

	it('answer to an account, not to a site', async () => {
		expect((await sites({})).status).toBe(200);
		expect((await sites({}, { 'wix-site-id': 'site' })).status).toBe(403);
		const wrong = await sites({}, { 'wix-account-id': 'wrong-account' });
		expect([wrong.status, wrong.text]).toEqual([403, '']);
	});

	it('walk by cursor in `metadata`, those without a website only when asked for', async () => {
		const namespace = { $in: ['WIX', 'HEADLESS'] };
		const sort = [{ fieldName: 'createdDate', order: 'DESC' }];
		const first = await sites({
			query: { filter: { namespace }, sort, cursorPaging: { limit: 100 } },
		});
		expect(first.at('metadata')).toMatchObject({ count: 100, hasNext: true });
		const cursor = first.at('metadata.cursors.next') ?? '';
		const second = await sites({ query: { cursorPaging: { limit: 100, cursor } } });
		expect(second.at('metadata')).toEqual({ count: 20, cursors: {}, hasNext: false });
		const ids = [...listAt(first, 'sites'), ...listAt(second, 'sites')].map(({ id }) => id);
		expect(new Set(ids).size).toBe(120);
		const plain = await sites({ query: { cursorPaging: { limit: 100 } } });
		expect(new Set(listAt(plain, 'sites').map((site) => site.namespace))).toEqual(new Set(['WIX']));
		expect((await sites({ query: { cursorPaging: { limit: 101 } } })).status).toBe(400);
	});
});
