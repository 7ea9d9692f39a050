import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { byId, byUrl, contactOf, rows } from './wixRun.mts';
import { throughProxy } from './world.mts';
import { contactWorld } from './wixContactWorld.mts';

const { world, waits, run, putContacts: put, stored } = contactWorld();

describe('the fields of Create', () => {
	test('further addresses and numbers, postal addresses, extended fields and labels', async () => {
		const additionalFields = {
			email: 'ada@example.com',
			additionalEmails: rows({ email: 'ada@example.org', tag: 'HOME' }),
			additionalPhones: rows({ phone: '070 123', tag: 'MOBILE', countryCode: '' }),
			addresses: rows({
				tag: 'WORK',
				addressLine: '12 Harbour Street',
				city: 'Portland',
				country: 'US',
				subdivision: 'US-ME',
				addressLine2: '',
				postalCode: '',
			}),
			extendedFields: rows(
				{ key: 'custom.seats', value: '3' },
				{ key: 'custom.renewal-date', value: '2026-05-30T00:00:00Z' },
				{ key: 'custom.crm-id', value: ' X1 ' },
			),
			labelKeys: ['custom.vip'],
		};
		const { json, error, items } = await run('create', { additionalFields });
		expect(error).toBeUndefined();
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		const { info } = await stored(String(entryAt(json, 0).id));
		expect(info.emails).toMatchObject({
			items: [
				{ email: 'ada@example.com', primary: true },
				{ email: 'ada@example.org', tag: 'HOME' },
			],
		});
		expect(info.phones).toMatchObject({ items: [{ phone: '070 123', tag: 'MOBILE' }] });
		expect((info.addresses as IDataObject).items).toMatchObject([
			{
				tag: 'WORK',
				address: { addressLine: '12 Harbour Street', city: 'Portland', subdivision: 'US-ME' },
			},
		]);
		expect(info.extendedFields).toMatchObject({
			items: { 'custom.seats': 3, 'custom.renewal-date': '2026-05-30', 'custom.crm-id': 'X1' },
		});
		expect(info.labelKeys).toEqual({ items: ['custom.vip'] });
	});

	test.each([
		['custom.seats', 'many', "The extended field 'custom.seats' takes a number"],
		['custom.renewal-date', 'soon', "The extended field 'custom.renewal-date' takes a date"],
		['custom.nowhere', 'x', "This site has no extended field 'custom.nowhere'"],
	])(
		'an extended field %s cannot hold %j: refused before it is sent',
		async (key, value, words) => {
			const { error } = await run('create', {
				additionalFields: { firstName: 'Ada', extendedFields: rows({ key, value }) },
			});
			expect(error?.message).toContain(words);
			expect(error?.context?.itemIndex).toBe(0);
			expect((await world().wix.requests()).byRoute).not.toHaveProperty(
				'POST /contacts/v4/contacts',
			);
		},
	);

	test('the site’s extended fields are looked up once for all items', async () => {
		const additionalFields = {
			firstName: '={{ $json.name }}',
			extendedFields: rows({ key: 'custom.crm-id', value: '={{ $json.name }}' }),
		};
		const input = ['a', 'b', 'c'].map((name) => ({ name }));
		const { items } = await run('create', { additionalFields }, input);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([0, 1, 2].map((item) => ({ item })));
		expect((await world().wix.requests()).byRoute).toEqual({
			'GET /contacts/v4/extended-fields': 1,
			'POST /contacts/v4/contacts': 3,
		});
	});
});

describe('the fields of Update', () => {
	const held = {
		emails: { items: [{ id: 'e1', tag: 'MAIN', email: 'ada@example.com', primary: true }] },
		extendedFields: { items: { 'custom.crm-id': 'X1', 'custom.seats': 3 } },
	};

	test.each([false, true])(
		'extended fields that are not given stay, whether Wix merges or replaces them (replaces: %s)',
		async (replaceExtendedFields) => {
			await world().wix.behave({ replaceExtendedFields });
			await put(contactOf('c1', '', held));
			const { error } = await run('update', {
				contactId: byId('c1'),
				updateFields: {
					extendedFields: rows(
						{ key: 'custom.seats', value: '5' },
						{ key: 'custom.renewal-date', value: '2027-01-01' },
					),
				},
			});
			expect(error).toBeUndefined();
			expect((await stored('c1')).info.extendedFields).toMatchObject({
				items: { 'custom.crm-id': 'X1', 'custom.seats': 5, 'custom.renewal-date': '2027-01-01' },
			});
		},
	);

	test('an address that the contact has already is not added again, in whatever case', async () => {
		await put(contactOf('c1', '', held));
		const additionalEmails = rows(
			{ email: 'ADA@example.com', tag: 'HOME' },
			{ email: 'new@example.org', tag: 'HOME' },
		);
		await run('update', { contactId: byId('c1'), updateFields: { additionalEmails } });
		expect((await stored('c1')).info.emails).toMatchObject({
			items: [
				{ id: 'e1', email: 'ada@example.com', primary: true },
				{ email: 'new@example.org', tag: 'HOME' },
			],
		});
		expect(((await stored('c1')).info.emails as { items: unknown[] }).items).toHaveLength(2);
	});

	test.each(['dropAfter', 'dropBefore'] as const)(
		'an addition whose answer was lost is made once (%s)',
		async (fate) => {
			await put(contactOf('c1', '', held));
			const additionalPhones = rows({ phone: '+46 70 123', tag: 'MOBILE' });
			const { error } = await throughProxy(
				world(),
				'wix',
				({ method, nth }) => (method === 'PATCH' && nth === 0 ? fate : undefined),
				async () =>
					await run('update', { contactId: byId('c1'), updateFields: { additionalPhones } }),
			);
			expect(error).toBeUndefined();
			expect(((await stored('c1')).info.phones as { items: unknown[] }).items).toHaveLength(1);
			expect((await world().wix.requests()).byRoute['PATCH /contacts/v4/contacts/:id']).toBe(1);
		},
	);

	test('the contact can be named by its page in the dashboard', async () => {
		const id = '4f0c7a52-9d1e-4b7a-8a53-1c2d3e4f5a61';
		await put(contactOf(id, '', held));
		const page = `https://manage.wix.com/dashboard/1d2c3b4a-5f6e-4789-8a9b-0c1d2e3f4a5b/contacts/view/${id}?tab=1`;
		const { json } = await run('update', {
			contactId: byUrl(page),
			updateFields: { company: 'Tidewater' },
		});
		expect(json[0]).toMatchObject({ id, info: { company: 'Tidewater' } });
	});
});

describe('labels of a contact', () => {
	const change = async (operation: string, labelKeys: string[] | string, id = 'c1') =>
		await run(operation, { contactId: byId(id), labelKeys });

	test('are added beside those it has, and taken off', async () => {
		await put(contactOf('c1', 'a@example.com', { labelKeys: { items: ['custom.newsletter'] } }));
		const added = await change('addLabels', ['custom.vip']);
		expect(added.error).toBeUndefined();
		expect(added.json[0]).toMatchObject({ id: 'c1' });
		expect(entryAt(added.items, 0).pairedItem).toEqual({ item: 0 });
		expect((await stored('c1')).info.labelKeys).toEqual({
			items: ['custom.newsletter', 'custom.vip'],
		});
		const removed = await change('removeLabels', ['custom.newsletter']);
		expect(removed.error).toBeUndefined();
		expect((await stored('c1')).info.labelKeys).toEqual({ items: ['custom.vip'] });
	});

	test('a lost answer is asked for again: twice is once', async () => {
		await put(contactOf('c1', 'a@example.com'));
		const { error } = await throughProxy(
			world(),
			'wix',
			({ nth }) => (nth === 0 ? 'dropAfter' : undefined),
			async () => await change('addLabels', ['custom.vip']),
		);
		expect(error).toBeUndefined();
		expect((await stored('c1')).info.labelKeys).toEqual({ items: ['custom.vip'] });
		expect(waits()).toEqual([2_000]);
	});

	test('no label, and a contact that is not there, are told', async () => {
		expect((await change('addLabels', '={{ [] }}')).error?.message).toContain('is empty');
		expect((await world().wix.requests()).total).toBe(0);
		const { error } = await change('removeLabels', ['custom.vip'], 'gone-1');
		expect(error?.message).toBe('Wix has no contact gone-1');
		expect(error?.description).toMatch(/request id [\w.-]+/);
	});
});
