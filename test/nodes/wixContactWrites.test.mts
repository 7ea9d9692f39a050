import type { IDataObject } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { byId, contactOf, rows } from './wixRun.mts';
import { throughProxy } from './world.mts';
import { contactWorld } from './wixContactWorld.mts';

const { world, run, putContacts: put, stored, count } = contactWorld();

describe('Create or Update', () => {
	const upsert = async (email: string, additionalFields = {}, input?: IDataObject[]) =>
		await run('upsert', { email, additionalFields }, input);

	test('creates where nobody holds the address', async () => {
		const { json, items, error } = await upsert('ada@example.com', {
			firstName: 'Ada',
			labelKeys: ['custom.vip'],
		});
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ action: 'created', primaryInfo: { email: 'ada@example.com' } });
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect((await stored(String(entryAt(json, 0).id))).info).toMatchObject({
			name: { first: 'Ada' },
			labelKeys: { items: ['custom.vip'] },
		});
	});

	test('updates the contact that holds it, in whatever case, and leaves the rest', async () => {
		await put(contactOf('c1', 'Ada@Example.com', { company: 'X' }));
		const { json } = await upsert('ada@example.com', { lastName: 'New' });
		expect(json[0]).toMatchObject({ id: 'c1', action: 'updated' });
		expect((await stored('c1')).info).toMatchObject({
			name: { first: 'First-c1', last: 'New' },
			company: 'X',
			emails: { items: [{ email: 'Ada@Example.com' }] },
		});
		expect(await count()).toBe(1);
	});

	test('twice the same leaves one contact', async () => {
		const input = [{ to: 'ada@example.com' }, { to: 'ADA@example.com' }];
		const { json } = await upsert('={{ $json.to }}', { company: 'Tidewater' }, input);
		expect(json.map(({ action }) => action)).toEqual(['created', 'updated']);
		expect(await count()).toBe(1);
	});

	test('nothing else given: the contact comes as it is, and nothing is written', async () => {
		await put(contactOf('c1', 'ada@example.com'));
		const { json } = await upsert('ada@example.com');
		expect(json[0]).toMatchObject({ id: 'c1', action: 'unchanged' });
		expect((await world().wix.requests()).writes).toBe(0);
	});

	test('while queries lag behind, Wix names the contact and it is updated', async () => {
		await world().wix.behave({ queryLagMs: 3_600_000 });
		const created = await run('create', { additionalFields: { email: 'ada@example.com' } });
		const { json, error } = await upsert('ada@example.com', { firstName: 'Ada' });
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: entryAt(created.json, 0).id, action: 'updated' });
	});

	test('a contact in the way by another address is not the one that was meant', async () => {
		await put(contactOf('c1', 'other@example.org'));
		const { error } = await upsert('ada@example.com', {
			additionalEmails: rows({ email: 'other@example.org', tag: 'HOME' }),
		});
		expect(error?.message).toContain('DUPLICATE_CONTACT_EXISTS');
		expect(error?.message).toContain('c1');
		expect((await stored('c1')).revision).toBe(1);
	});

	test('several holders: the one with it as the primary address; else nobody is guessed', async () => {
		const two = (primary: string, other: string) => ({
			emails: {
				items: [
					{ email: primary, primary: true },
					{ email: other, primary: false },
				],
			},
		});
		await put(
			contactOf('c1', '', two('ada@example.com', 'a@example.org')),
			contactOf('c2', '', two('b@example.org', 'ada@example.com')),
			contactOf('c3', '', two('c@example.org', 'bo@example.com')),
			contactOf('c4', '', two('d@example.org', 'bo@example.com')),
		);
		expect(entryAt((await upsert('ada@example.com', { company: 'X' })).json, 0).id).toBe('c1');
		const { error } = await upsert('bo@example.com', { company: 'X' });
		expect(error?.message).toBe('2 contacts hold this address: c3, c4');
	});

	test('a creation whose answer was lost is not made twice', async () => {
		const { json, error } = await throughProxy(
			world(),
			'wix',
			({ method, url }) =>
				method === 'POST' && url.endsWith('/contacts') ? 'dropAfter' : undefined,
			async () => await upsert('ada@example.com', { firstName: 'Ada' }),
		);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ primaryInfo: { email: 'ada@example.com' } });
		expect(await count()).toBe(1);
	});

	test('no address, or one that is none, is refused before anything is sent', async () => {
		expect((await upsert("={{ '' }}")).error?.message).toContain("'Email'");
		expect((await upsert('nobody')).error?.message).toContain("'Email' is no email address");
		expect((await world().wix.requests()).total).toBe(0);
	});
});

describe('Merge', () => {
	const merge = async (target: string, sourceContactIds: string) =>
		await run('merge', { contactId: byId(target), sourceContactIds });

	test('the sources are in the target afterwards', async () => {
		await put(
			contactOf('c1', 'a@example.com'),
			contactOf('c2', 'b@example.com'),
			contactOf('c3', 'c@example.com'),
		);
		const { json, items, error } = await merge('c1', 'c2, c3');
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: 'c1', primaryInfo: { email: 'a@example.com' } });
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
		expect(valueNamed(await world().wix.state(), 'contacts').map(({ id }) => id)).toEqual(['c1']);
	});

	test('a merge whose answer was lost, and one under a conflict, are done once', async () => {
		await put(contactOf('c1', 'a@example.com'), contactOf('c2', 'b@example.com'));
		const { json, error } = await throughProxy(
			world(),
			'wix',
			async ({ url, nth }) => {
				if (!url.endsWith('/merge')) return;
				if (nth === 0) return void (await world().wix.edit('c1', 'info.company', 'Edited'));
				return 'dropAfter';
			},
			async () => await merge('c1', 'c2'),
		);
		expect(error).toBeUndefined();
		expect(json[0]).toMatchObject({ id: 'c1', info: { company: 'Edited' } });
		expect(await count()).toBe(1);
	});

	test.each([
		["={{ '' }}", "'Contacts to Merge Into It' is empty"],
		['c1', "'Contacts to Merge Into It' names the contact that stays"],
		['a,b,c,d,e,f', "'Contacts to Merge Into It' names 6 contacts"],
	])('%j is refused before anything is sent', async (sources, words) => {
		expect((await merge('c1', sources)).error?.message).toContain(words);
		expect((await world().wix.requests()).total).toBe(0);
	});

	test('a target that is not there is told', async () => {
		expect((await merge('gone-1', 'c2')).error?.message).toBe('Wix has no contact gone-1');
	});
});
