import { entryAt } from '../../runtime/entries.mts';
import { resultIn } from './rows.mts';
import {
	contactFor,
	loginUpdate,
	member,
	memberUpdate,
	memberWorld,
	otherChange,
} from './wixMemberWorld.mts';

const { world, apply, ada, put, stored, writes, behind } = memberWorld();

describe('the login email', () => {
	test('is refused for good, for review, and nothing is sent', async () => {
		await ada();
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result).toMatchObject({ outcome: 'refused', recordId: 'm1' });
		expect(result.pending).toMatchObject([
			{
				property: 'loginEmail',
				to: 'new@example.com',
				outcome: 'refused',
				code: 'CANNOT_UPDATE_MEMBER_EMAIL',
			},
		]);
		expect(result.history).toMatchObject([{ flow: 'members', wixId: 'm1', userId: 'u1' }]);
		expect(result.message).toContain('member m1, loginEmail');
		expect(result.message).toContain('Change it in the member’s account');
		expect(result.message).not.toContain('@example');
		expect(await writes()).toBe(0);
		expect((await stored('m1')).loginEmail).toBe('a@example.com');
	});

	test('already there is no refusal', async () => {
		await put([member('m1', 'NEW@example.com')]);
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result.outcome).toBe('already');
	});

	test('edited by somebody meanwhile is stale, not refused', async () => {
		await put([member('m1', 'other@example.com')]);
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result.outcome).toBe('stale');
		expect(result.link).toBeUndefined();
	});

	test('does not keep the other values of the same change from being written', async () => {
		await ada();
		const change = memberUpdate(
			'm1',
			{ loginEmail: 'a@example.com', 'contact.firstName': 'First-m1' },
			{ loginEmail: 'new@example.com', 'contact.firstName': 'Ada' },
		);
		const result = resultIn(await apply([change]));
		expect(result.outcome).toBe('refused');
		expect(await stored('m1')).toMatchObject({
			loginEmail: 'a@example.com',
			contact: { firstName: 'Ada' },
		});
	});
});

describe('update', () => {
	test.each<[string, string, string, string]>([
		['contact.firstName', 'First-m1', 'Ada', 'firstName'],
		['contact.company', 'Old', 'Tidewater', 'company'],
		['contact.birthdate', '1990-01-01', '1991-04-23', 'birthdate'],
	])('writes %s and reads it back', async (path, from, to, name) => {
		await put(
			[member('m1', 'a@example.com')],
			[contactFor('m1', 'a@example.com', { company: 'Old', birthdate: '1990-01-01' })],
		);
		const run1 = await apply([memberUpdate('m1', { [path]: from }, { [path]: to })]);
		expect(resultIn(run1)).toMatchObject({ outcome: 'applied' });
		expect((await stored('m1')).contact[name]).toBe(to);
		const again = await apply([memberUpdate('m1', { [path]: from }, { [path]: to })]);
		expect(resultIn(again).outcome).toBe('already');
		expect(await writes()).toBe(1);
	});

	test('the first phone number moves in place; the others stay', async () => {
		const phones = {
			items: ['111', '222'].map((phone, index) => ({ phone, primary: index === 0 })),
		};
		await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com', { phones })]);
		const path = 'contact.phones[0]';
		const result = resultIn(
			await apply([memberUpdate('m1', { [path]: '111' }, { [path]: '333' })]),
		);
		expect(result.outcome).toBe('applied');
		expect((await stored('m1')).contact.phones).toEqual(['333', '222']);
	});

	test('a custom field is written by its key', async () => {
		await ada();
		const path = "contact.customFields['custom.crm-id'].value";
		const result = resultIn(
			await apply([memberUpdate('m1', { [path]: null }, { [path]: 'EX-9' })]),
		);
		expect(result.outcome).toBe('applied');
		expect((await stored('m1')).contact.customFields).toMatchObject({
			'custom.crm-id': { value: 'EX-9' },
		});
	});

	test('a member who is edited between the read and the write is looked at again after a lost answer', async () => {
		await ada();
		const path = 'contact.firstName';
		const result = await behind(
			async ({ method }) => {
				if (method !== 'PATCH') return undefined;
				await world().wix.edit('m1-contact', 'info.name.first', 'Edited');
				return 'dropBefore';
			},
			async () =>
				resultIn(await apply([memberUpdate('m1', { [path]: 'First-m1' }, { [path]: 'Ada' })])),
		);
		expect(result.outcome).toBe('stale');
		expect((await stored('m1')).contact.firstName).toBe('Edited');
	});

	test('a lost answer to a write that was carried out is applied, once', async () => {
		await ada();
		const path = 'contact.firstName';
		const result = await behind(
			({ method }) => (method === 'PATCH' ? 'dropAfter' : undefined),
			async () =>
				resultIn(await apply([memberUpdate('m1', { [path]: 'First-m1' }, { [path]: 'Ada' })])),
		);
		expect(result.outcome).toBe('applied');
		expect(await writes()).toBe(1);
	});

	test.each([
		['status', 'Approve'],
		['privacyStatus', 'created'],
		['contact.emails[0]', 'follow the login email'],
		['createdDate', 'no such field'],
		['__proto__.x', 'no path'],
	])('%s cannot be written: badValue, in words', async (path, words) => {
		await ada();
		const result = resultIn(await apply([memberUpdate('m1', { [path]: null }, { [path]: 'x' })]));
		expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
		expect(result.message).toContain(words);
		expect(await writes()).toBe(0);
	});

	test('a member who is gone: gone, confirmed now', async () => {
		await put([]);
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result).toMatchObject({ outcome: 'gone', found: 'gone' });
	});
});

describe('verify', () => {
	test('found is present; 404 of Wix itself is gone; of anybody else it is not', async () => {
		await ada();
		expect(resultIn(await apply([otherChange('verify')])).outcome).toBe('present');
		const page = { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } };
		const missing = await behind(
			() => page,
			async () => await apply([otherChange('verify')], { onError: 'continueRegularOutput' }),
		);
		expect(entryAt(missing.json, 0).outcome).not.toBe('gone');
		await put([]);
		expect(resultIn(await apply([otherChange('verify')]))).toMatchObject({
			outcome: 'gone',
			found: 'gone',
			foundAt: expect.stringContaining('2026-11-23'),
		});
	});
});
