import { idOf } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { emails, contactCalls } from './contactCalls.mts';
import { freshWorld } from './freshWorld.mts';

const world = freshWorld();
const { create, ada } = contactCalls(world);

describe('create', () => {
	it('answers the whole contact: revision 1, minted ids, mirrors, empty wrappers', async () => {
		const reply = await create({
			name: { first: 'Ada' },
			...emails({ email: 'ada@example.com' }, { email: 'ada@example.org', tag: 'HOME' }),
		});
		expect(reply.status).toBe(200);
		expect(reply.body.contact).toMatchObject({
			revision: 1,
			primaryInfo: { email: 'ada@example.com' },
			primaryEmail: { email: 'ada@example.com', subscriptionStatus: 'NOT_SET' },
			info: {
				name: { first: 'Ada' },
				emails: {
					items: [
						{ id: expect.any(String), tag: 'UNTAGGED', email: 'ada@example.com', primary: true },
						{ id: expect.any(String), tag: 'HOME', email: 'ada@example.org', primary: false },
					],
				},
				phones: {},
				addresses: {},
			},
		});
		expect(reply.at('contact.primaryPhone')).toBeUndefined();
		expect(reply.at('contact.info.company')).toBeUndefined();
		expect(reply.at('contact.info.name.last')).toBeUndefined();
	});

	it('keeps the primary flag and the item ids that are sent', async () => {
		const reply = await create(
			emails({ email: 'a@example.com' }, { id: 'kept', email: 'b@example.com', primary: true }),
		);
		expect(reply.at('contact.primaryInfo.email')).toBe('b@example.com');
		expect(reply.at('contact.info.emails.items[1].id')).toBe('kept');
	});

	it('fills e164Phone only when number and country fit', async () => {
		const reply = await create({
			phones: { items: [{ phone: '207 555 0142', countryCode: 'US' }, { phone: '020 7946 0018' }] },
		});
		expect(reply.at('contact.info.phones.items[0].e164Phone')).toBe('+12075550142');
		expect(reply.at('contact.primaryPhone.e164Phone')).toBe('+12075550142');
		expect(reply.at('contact.info.phones.items[1].e164Phone')).toBeUndefined();
	});

	it('refuses an address that another contact has, in any case, and names it', async () => {
		const first = await ada();
		const reply = await create(emails({ email: 'ADA@example.com' }));
		expect([reply.status, reply.code]).toEqual([409, 'DUPLICATE_CONTACT_EXISTS']);
		expect(reply.at('details.applicationError.data')).toEqual({
			duplicateContactId: idOf(first),
			duplicateEmail: 'ADA@example.com',
		});
	});

	it('lets a duplicate pass with allowDuplicates', async () => {
		await ada();
		const reply = await create(emails({ email: 'ada@example.com' }), { allowDuplicates: true });
		expect(reply.status).toBe(200);
	});

	it('looks at the phone only when there is no address', async () => {
		const phones = { items: [{ phone: '020 7946 0018' }] };
		const first = await create({ phones });
		const alone = await create({ phones });
		expect(alone.at('details.applicationError.data')).toEqual({
			duplicateContactId: idOf(first),
			duplicatePhone: '020 7946 0018',
		});
		const withAddress = await create({ phones, ...emails({ email: 'b@example.com' }) });
		expect(withAddress.status).toBe(200);
	});

	it.each([
		['nothing to know the person by', {}, 'INSUFFICIENT_CONTACT_DATA'],
		[
			'two primaries',
			emails({ email: 'a@example.com', primary: true }, { email: 'b@example.com', primary: true }),
			'CANNOT_HAVE_MULTIPLE_PRIMARY_INFO',
		],
		[
			'a number where a text field is',
			{ name: { first: 'A' }, extendedFields: { items: { 'custom.crm-id': 3 } } },
			'INVALID_EXTENDED_FIELD_VALUE',
		],
		[
			'an unknown extended field',
			{ name: { first: 'A' }, extendedFields: { items: { 'custom.nowhere': 'x' } } },
			'INVALID_EXTENDED_FIELD_VALUE',
		],
	])('refuses %s', async (_, info, code) => {
		const reply = await create(info as JsonObject);
		expect([reply.status, reply.code]).toEqual([400, code]);
	});

	it.each([
		['no @', 'nobody', 'FORMAT'],
		['more than 320 characters', `${'a'.repeat(320)}@example.com`, 'MAX_LENGTH'],
		['a number', 42, 'TYPE'],
	])('refuses an address with %s as a field violation', async (_, email, rule) => {
		const reply = await create(emails({ email }));
		expect(reply.status).toBe(400);
		expect(reply.at('details.validationError.fieldViolations[0]')).toMatchObject({
			field: 'info.emails.items[0].email',
			violatedRule: rule,
		});
	});

	it('refuses a label that does not exist, and a body that is no JSON', async () => {
		const label = await create({ name: { first: 'A' }, labelKeys: { items: ['custom.nope'] } });
		expect(label.at('details.validationError.fieldViolations[0].field')).toBe('info.labelKeys');
		const broken = await fetch(`${world().sandbox.wixUrl}/contacts/v4/contacts`, {
			method: 'POST',
			headers: { authorization: 'key', 'wix-site-id': 'site' },
			body: '{"info":',
		});
		expect(broken.status).toBe(400);
	});
});

describe('delete, merge, labels', () => {
	it('deletes for good', async () => {
		const contact = await ada();
		const path = `/${idOf(contact)}`;
		expect((await world().contacts('DELETE', path)).body).toEqual({});
		expect((await world().contacts('GET', path)).code).toBe('CONTACT_NOT_FOUND');
		expect((await world().contacts('DELETE', path)).code).toBe('CONTACT_NOT_FOUND');
	});

	it('merges: the target keeps its own, lists are joined, the old id reads as the target', async () => {
		const target = await create({
			name: { first: 'Ada' },
			...emails({ email: 'ada@example.com' }),
		});
		const source = await create({
			name: { first: 'Augusta', last: 'Example' },
			...emails({ email: 'augusta@example.com' }),
		});
		const merged = await world().contacts('POST', `/${idOf(target)}/merge`, {
			targetContactRevision: 1,
			sourceContactIds: [idOf(source)],
		});
		expect(merged.at('contact.info.name')).toEqual({ first: 'Ada', last: 'Example' });
		expect(merged.at('contact.primaryInfo.email')).toBe('ada@example.com');
		expect(merged.at('contact.info.emails.items[1].email')).toBe('augusta@example.com');
		const old = await world().contacts('GET', `/${idOf(source)}`);
		expect([old.at('responseType'), old.at('contact.id')]).toEqual(['MERGED', idOf(target)]);
		const patch = await world().contacts('PATCH', `/${idOf(source)}`, {
			revision: 1,
			info: { company: 'X' },
		});
		expect(patch.code).toBe('CONTACT_NOT_FOUND');
	});

	it('refuses a merge with itself, with a wrong revision, or of an unknown contact', async () => {
		const target = await ada();
		const merge = (revision: number, id: string) =>
			world().contacts('POST', `/${idOf(target)}/merge`, {
				targetContactRevision: revision,
				sourceContactIds: [id],
			});
		expect((await merge(1, idOf(target))).code).toBe('ILLEGAL_MERGE');
		expect((await merge(9, 'other')).code).toBe('CONTACT_ALREADY_CHANGED');
		expect((await merge(1, 'nobody')).code).toBe('CONTACT_NOT_FOUND');
	});

	it('adds and removes labels without a revision', async () => {
		const path = `/${idOf(await ada())}/labels`;
		const added = await world().contacts('POST', path, { labelKeys: ['custom.vip'] });
		expect(added.at('contact.info.labelKeys.items')).toEqual(['custom.vip']);
		expect(added.at('contact.revision')).toBe(2);
		const removed = await world().contacts('DELETE', path, { labelKeys: ['custom.vip'] });
		expect(removed.at('contact.info.labelKeys')).toBeUndefined();
		const unknown = await world().contacts('POST', path, { labelKeys: ['custom.nope'] });
		expect(unknown.at('details.validationError.fieldViolations[0].field')).toBe('labelKeys');
	});
});
