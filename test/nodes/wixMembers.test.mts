import type { IDataObject } from 'n8n-workflow';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { byId, contactFor, member, memberWorld } from './wixMemberWorld.mts';

const { world, put, run, stored, writes, behind } = memberWorld();

describe('Update', () => {
	const update = async (updateFields: IDataObject, id = 'm1') =>
		await run('update', { memberId: byId(id), updateFields: updateFields as never });

	test('changes what is given and keeps the rest', async () => {
		await put(
			[member('m1', 'a@example.com')],
			[contactFor('m1', 'a@example.com', { company: 'Old', jobTitle: 'Pilot' })],
		);
		const { json, error } = await update({ firstName: 'Ada', company: 'Tidewater', title: 'Dr' });
		expect(error).toBeUndefined();
		const expected: JsonObject = {
			contact: expect.objectContaining({
				firstName: 'Ada',
				lastName: 'Last',
				company: 'Tidewater',
				jobTitle: 'Pilot',
			}),
			profile: expect.objectContaining({ nickname: 'nick-m1', title: 'Dr' }),
		};
		expect(json[0]).toMatchObject(expected);
		expect(await stored('m1')).toMatchObject(expected);
		expect(await writes()).toBe(1);
	});

	test('replaces phones and addresses as a whole', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		await update({ phones: ['111', '222'] });
		await update({ phones: ['333'], addresses: { address: [{ city: 'Portland' }] } });
		expect((await stored('m1')).contact).toMatchObject({
			phones: ['333'],
			addresses: [{ city: 'Portland' }],
		});
	});

	test('addresses that are there already are not written again, whatever ids Wix gave them', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		const addresses = { address: [{ addressLine: '1 Harbor Lane', city: 'Portland' }] };
		await update({ addresses });
		await update({ addresses });
		expect(await writes()).toBe(1);
	});

	test('sends a custom field beside those that are there, because Wix may drop what is left out', async () => {
		await put([member('m1', 'a@example.com')]);
		const contact = { customFields: { 'custom.other': { name: 'Other', value: 7 } } };
		const shown = { status: 200, body: JSON.stringify({ member: { id: 'm1', contact } }) };
		const sent = await behind(
			({ method, url }) => (method === 'GET' && url.includes('/m1') ? shown : undefined),
			async ({ calls }) => {
				await update({ customFields: { field: [{ key: 'custom.crm-id', value: 'EX-2' }] } });
				return calls.find(({ method }) => method === 'PATCH')?.body ?? '';
			},
		);
		expect(JSON.parse(sent)).toMatchObject({
			member: {
				contact: {
					customFields: { 'custom.other': { value: 7 }, 'custom.crm-id': { value: 'EX-2' } },
				},
			},
		});
	});

	test('writes a custom field by its key', async () => {
		await put(
			[member('m1', 'a@example.com')],
			[
				contactFor('m1', 'a@example.com', {
					extendedFields: { items: { 'custom.crm-id': 'EX-1' } },
				}),
			],
		);
		const sent = await behind(
			() => undefined,
			async ({ calls }) => {
				await update({ customFields: { field: [{ key: 'custom.crm-id', value: 'EX-2' }] } });
				return calls.find(({ method }) => method === 'PATCH')?.body ?? '';
			},
		);
		expect(JSON.parse(sent)).toEqual({
			member: { contact: { customFields: { 'custom.crm-id': { value: 'EX-2' } } } },
		});
		expect((await stored('m1')).contact.customFields).toMatchObject({
			'custom.crm-id': { value: 'EX-2' },
		});
	});

	test('writes nothing that is there already', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		const { json } = await update({ firstName: 'First-m1' });
		expect(json[0]).toMatchObject({ id: 'm1' });
		expect(await writes()).toBe(0);
	});

	test('nothing to update and a member who is not there are told apart', async () => {
		await put([]);
		expect((await update({ firstName: '' })).error?.message).toBe('There is nothing to update');
		expect((await update({ firstName: 'A' })).error?.message).toBe('Wix has no member m1');
	});

	test('after a lost answer nothing is written over what somebody edited meanwhile', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		const { error } = await behind(
			async ({ method }) => {
				if (method !== 'PATCH') return undefined;
				await world().wix.edit('m1-contact', 'info.name.first', 'Edited');
				return 'dropBefore';
			},
			async () => await update({ firstName: 'Ada' }),
		);
		expect(error?.message).toBe('Member m1 was edited at the same time');
		expect((await stored('m1')).contact.firstName).toBe('Edited');
	});
});

describe('Delete', () => {
	test('deletes the member; the contact stays', async () => {
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
		const { json } = await run('delete', { memberId: byId('m1') });
		expect(json).toEqual([{ id: 'm1', deleted: true }]);
		const { contacts, members } = await world().wix.state();
		expect([members, contacts.map(({ id }) => id)]).toEqual([[], ['m1-contact']]);
	});

	test('a member who is gone after a lost answer was deleted by it; one who never was there was not', async () => {
		await put([member('m1', 'a@example.com')]);
		const { json } = await behind(
			({ method, nth }) => (method === 'DELETE' && nth === 0 ? 'dropAfter' : undefined),
			async () => await run('delete', { memberId: byId('m1') }),
		);
		expect(json).toEqual([{ id: 'm1', deleted: true }]);
		const { error } = await run('delete', { memberId: byId('m1') });
		expect(error?.message).toBe('Wix has no member m1');
	});
});
