import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { throughProxy } from './world.mts';
import { contactOf, byId } from './wixRun.mts';
import { contactWorld } from './wixContactWorld.mts';

const { world, run, put, stored } = contactWorld();

describe('Create', () => {
	test('with names, address and phone', async () => {
		await put([]);
		const additionalFields = {
			firstName: 'Ada',
			lastName: 'Example',
			email: ' ada@example.com ',
			phone: '+46 70 123',
			company: 'X',
		};
		const { json, error } = await run('create', { additionalFields });
		expect(error).toBeUndefined();
		const made = await stored(String(entryAt(json, 0).id));
		expect(made).toMatchObject({
			primaryInfo: { email: 'ada@example.com', phone: '+46 70 123' },
			info: { name: { first: 'Ada', last: 'Example' }, company: 'X' },
		});
	});

	test('an address that is held already is refused and names the contact that holds it', async () => {
		await put([contactOf('c1', 'ada@example.com')]);
		const { error } = await run('create', { additionalFields: { email: 'ada@example.com' } });
		expect(error?.message).toContain('c1');
		expect(error?.message).not.toContain('ada@');
		expect(error?.description).toContain('Allow Duplicates');
	});

	test('a duplicate is made where that is wanted', async () => {
		await put([contactOf('c1', 'ada@example.com')]);
		const { error } = await run('create', {
			additionalFields: { email: 'ada@example.com', allowDuplicates: true },
		});
		expect(error).toBeUndefined();
		expect((await world().wix.state()).contacts).toHaveLength(2);
	});

	test('nothing filled in, and an address that is none, are refused before anything is sent', async () => {
		const empty = await run('create', { additionalFields: {} });
		expect(empty.error?.message).toBe('The new contact has no field at all');
		const wrong = await run('create', { additionalFields: { email: 'nobody' } });
		expect(wrong.error?.message).toContain("'Email' is no email address");
		expect((await world().wix.requests()).total).toBe(0);
	});

	test('a lost answer is not answered with a second contact', async () => {
		await put([]);
		await world().wix.faults({ rate: 1, kinds: ['resetAfter'] });
		const { error } = await run('create', { additionalFields: { email: 'ada@example.com' } });
		expect(error?.description).toContain('look for it in Wix before running again');
		expect((await world().wix.state()).contacts).toHaveLength(1);
	});
});

describe('Update', () => {
	test('a new address replaces the primary item in place; other addresses and fields stay', async () => {
		const items = [
			{ id: 'i1', tag: 'HOME', email: 'other@example.org', primary: false },
			{ id: 'i2', tag: 'WORK', email: 'old@example.com', primary: true },
		];
		await put([{ id: 'c1', info: { name: { first: 'Ada' }, company: 'X', emails: { items } } }]);
		const updateFields = { email: 'new@example.com', lastName: 'Example' };
		const { json, error } = await run('update', { contactId: byId('c1'), updateFields });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: 'c1', revision: 2 });
		const { info } = await stored('c1');
		expect(info.emails).toEqual({ items: [items[0], { ...items[1], email: 'new@example.com' }] });
		expect(info).toMatchObject({ name: { first: 'Ada', last: 'Example' }, company: 'X' });
	});

	test('an address that the contact has already becomes the primary one', async () => {
		const items = [
			{ id: 'i1', tag: 'HOME', email: 'Other@example.org', primary: false },
			{ id: 'i2', tag: 'WORK', email: 'old@example.com', primary: true },
		];
		await put([{ id: 'c1', info: { name: { first: 'Ada' }, emails: { items } } }]);
		await run('update', { contactId: byId('c1'), updateFields: { email: 'other@EXAMPLE.org' } });
		expect((await stored('c1')).info.emails).toEqual({
			items: [
				{ ...items[0], primary: true },
				{ ...items[1], primary: false },
			],
		});
	});

	test('a conflict is sent again while what it replaces is unchanged', async () => {
		await put([contactOf('c1', 'old@example.com')]);
		// Seed chosen freely: with this rate some of the writes conflict, and the node gets through.
		await world().wix.faults({ rate: 0.5, kinds: ['conflict'], seed: 3 });
		const { error } = await run('update', {
			contactId: byId('c1'),
			updateFields: { email: 'new@example.com' },
		});
		expect(error).toBeUndefined();
		expect(await stored('c1')).toMatchObject({ primaryInfo: { email: 'new@example.com' } });
	});

	test('an edit by a person between read and write is not written over', async () => {
		await put([contactOf('c1', 'old@example.com')]);
		const { error } = await throughProxy(
			world(),
			'wix',
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth === 0)
					await world().wix.edit('c1', 'primaryInfo.email', 'person@example.com');
			},
			async () =>
				await run('update', { contactId: byId('c1'), updateFields: { email: 'new@example.com' } }),
		);
		expect(error?.message).toBe('Contact c1 was edited at the same time');
		expect(await stored('c1')).toMatchObject({ primaryInfo: { email: 'person@example.com' } });
	});

	test('an address of a member’s contact: the refusal is told with Wix’s code and no address', async () => {
		await put(
			[contactOf('c1', 'm@example.com')],
			[{ id: 'm1', loginEmail: 'm@example.com', contactId: 'c1' }],
		);
		const { error } = await run('update', {
			contactId: byId('c1'),
			updateFields: { email: 'n@example.com' },
		});
		expect(error?.message).toContain('CANNOT_UPDATE_MEMBER_EMAIL');
		expect(error?.message).toContain('Contact c1');
		expect(`${error?.message} ${error?.description}`).not.toContain('@');
	});
});

describe('Delete', () => {
	test('deletes and says so', async () => {
		await put([contactOf('c1', 'a@example.com'), contactOf('c2', 'b@example.com')]);
		const { json, items } = await run('delete', { contactId: byId('c1') });
		expect(json).toEqual([{ id: 'c1', deleted: true }]);
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(valueNamed(await world().wix.state(), 'contacts').map(({ id }) => id)).toEqual(['c2']);
	});

	test('a contact that is not there is told', async () => {
		await put([]);
		const { error } = await run('delete', { contactId: byId('c1') });
		expect(error?.message).toBe('Wix has no contact c1');
	});

	test('a deletion whose answer was lost counts as done', async () => {
		await put([contactOf('c1', 'a@example.com')]);
		const { json, error } = await throughProxy(
			world(),
			'wix',
			({ method, nth }) => (method === 'DELETE' && nth === 0 ? 'dropAfter' : undefined),
			async () => await run('delete', { contactId: byId('c1') }),
		);
		expect(error).toBeUndefined();
		expect(json).toEqual([{ id: 'c1', deleted: true }]);
	});
});
