import { idOf } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { emails, contactCalls } from './contactCalls.mts';
import { freshWorld } from './freshWorld.mts';

const world = freshWorld();
const { create, ada } = contactCalls(world);

describe('update', () => {
	it('changes what is sent, one revision more, and leaves the rest', async () => {
		const before = await ada();
		const reply = await world().contacts('PATCH', `/${idOf(before)}`, {
			revision: 1,
			info: { name: { last: 'Lovelace' }, phones: { items: [{ phone: '020 7946 0018' }] } },
		});
		expect(reply.status).toBe(200);
		expect(reply.at('contact.revision')).toBe(2);
		expect(reply.at('contact.info.name')).toEqual({ first: 'Ada', last: 'Lovelace' });
		expect(reply.at('contact.info.emails')).toEqual(before.at('contact.info.emails'));
		expect(
			String(reply.at('contact.updatedDate')) >= String(before.at('contact.updatedDate')),
		).toBe(true);
	});

	it('replaces a list as a whole', async () => {
		const before = await ada();
		const reply = await world().contacts('PATCH', `/${idOf(before)}`, {
			revision: 1,
			info: emails({ email: 'only@example.com' }),
		});
		expect(reply.at('contact.info.emails.items')).toEqual([
			{ id: expect.any(String), tag: 'UNTAGGED', email: 'only@example.com', primary: true },
		]);
		expect(reply.at('contact.info.emails.items[0].id')).not.toBe(
			before.at('contact.info.emails.items[0].id'),
		);
		expect(reply.at('contact.primaryInfo.email')).toBe('only@example.com');
	});

	it('empties a list and a text, and leaves both out of the answer', async () => {
		const before = await create({
			name: { first: 'Ada' },
			company: 'Example Ltd',
			...emails({ email: 'ada@example.com' }),
		});
		const reply = await world().contacts('PATCH', `/${idOf(before)}`, {
			revision: 1,
			info: { company: '', emails: { items: [] } },
		});
		expect(reply.at('contact.info.emails')).toEqual({});
		expect(reply.at('contact.info.company')).toBeUndefined();
		expect(reply.at('contact.primaryInfo')).toBeUndefined();
	});

	it('ignores the read-only mirrors', async () => {
		const before = await ada();
		const reply = await world().contacts('PATCH', `/${idOf(before)}`, {
			revision: 1,
			primaryInfo: { email: 'other@example.com' },
			info: { company: 'X', primaryInfo: { email: 'other@example.com' } },
		});
		expect(reply.at('contact.primaryInfo.email')).toBe('ada@example.com');
	});

	it('merges own extended fields key by key and ignores the system ones', async () => {
		const before = await create({
			name: { first: 'Ada' },
			extendedFields: { items: { 'custom.crm-id': 'A1', 'custom.seats': 2 } },
		});
		const reply = await world().contacts('PATCH', `/${idOf(before)}`, {
			revision: 1,
			info: {
				extendedFields: { items: { 'custom.seats': 3, 'contacts.displayByFirstName': 'No' } },
			},
		});
		expect(reply.at('contact.info.extendedFields.items')).toMatchObject({
			'custom.crm-id': 'A1',
			'custom.seats': 3,
			'contacts.displayByFirstName': 'Ada',
		});
	});

	it.each([
		[
			'a revision of yesterday',
			409,
			'CONTACT_ALREADY_CHANGED',
			{ revision: 7, info: { company: 'X' } },
		],
		['nothing to update', 400, 'INSUFFICIENT_UPDATE_CONTACT_DATA', { revision: 1, info: {} }],
		[
			'a contact that would be left with nothing',
			400,
			'INSUFFICIENT_CONTACT_DATA',
			{ revision: 1, info: { name: { first: '', last: '' }, emails: { items: [] } } },
		],
		[
			'two primaries',
			400,
			'CANNOT_HAVE_MULTIPLE_PRIMARY_INFO',
			{
				revision: 1,
				info: emails(
					{ email: 'a@example.com', primary: true },
					{ email: 'b@example.com', primary: true },
				),
			},
		],
	])('refuses %s', async (_, status, code, body) => {
		const contact = await ada();
		const reply = await world().contacts('PATCH', `/${idOf(contact)}`, body as JsonObject);
		expect([reply.status, reply.code]).toEqual([status, code]);
		const after = await world().contacts('GET', `/${idOf(contact)}`);
		expect(after.body.contact).toEqual(contact.body.contact);
	});

	it('refuses an address of another contact, but not one it has already', async () => {
		const first = await ada();
		const second = await create(emails({ email: 'bob@example.com' }));
		const info = emails({ email: 'ada@example.com' });
		const path = `/${idOf(second)}`;
		const refused = await world().contacts('PATCH', path, { revision: 1, info });
		expect([refused.status, refused.code]).toEqual([409, 'DUPLICATE_CONTACT_EXISTS']);
		expect(refused.at('details.applicationError.data.duplicateContactId')).toBe(idOf(first));
		const allowed = await world().contacts('PATCH', path, {
			revision: 1,
			info,
			allowDuplicates: true,
		});
		expect(allowed.status).toBe(200);
		const again = await world().contacts('PATCH', path, { revision: 2, info });
		expect(again.status).toBe(200);
	});

	it('frees an address that is given up', async () => {
		const first = await ada();
		const info = emails({ email: 'new@example.com' });
		await world().contacts('PATCH', `/${idOf(first)}`, { revision: 1, info });
		expect((await ada()).status).toBe(200);
	});

	it('needs a revision, and a contact', async () => {
		const contact = await ada();
		const without = await world().contacts('PATCH', `/${idOf(contact)}`, {
			info: { company: 'X' },
		});
		expect(without.at('details.validationError.fieldViolations[0].field')).toBe('revision');
		const unknown = await world().contacts('PATCH', '/nobody', {
			revision: 1,
			info: { company: 'X' },
		});
		expect([unknown.status, unknown.code]).toEqual([404, 'CONTACT_NOT_FOUND']);
	});
});
