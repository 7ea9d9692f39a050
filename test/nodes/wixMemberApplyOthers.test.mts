import type { IDataObject } from 'n8n-workflow';

import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Fate } from './proxy.mts';
import { resultIn, updateOf } from './rows.mts';
import {
	contactFor,
	member,
	memberPath,
	memberWorld,
	otherChange,
	refusal,
	violation,
} from './wixMemberWorld.mts';

const { world, apply, ada, put, run, all, writes, behind } = memberWorld();

const createOf = (loginEmail: string): IDataObject =>
	otherChange('create', {
		set: { loginEmail },
		defaults: { 'contact.firstName': 'Ada', 'contact.lastName': 'Example', login: 'x' },
		link: { wixId: '', userId: 'u1' },
	});

describe('create', () => {
	test('makes the member with names, and the row gets its id', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		const [made] = atLeast(await all(), 1);
		expect(result).toMatchObject({
			outcome: 'applied',
			recordId: made.id,
			link: { wixId: made.id },
		});
		expect(made).toMatchObject({
			loginEmail: 'ada@example.com',
			contact: { firstName: 'Ada', lastName: 'Example' },
		});
	});

	test.each<[string, () => Promise<unknown>]>([
		['as the login email', async () => await put([member('m1', 'ADA@example.com')])],
		[
			'as another address of the contact',
			async () =>
				await put(
					[member('m1', 'first@example.com')],
					[
						contactFor('m1', 'first@example.com', {
							emails: {
								items: [
									{ email: 'first@example.com', primary: true },
									{ email: 'ada@example.com' },
								],
							},
						}),
					],
				),
		],
	])('who holds the address %s is not doubled', async (_, prepare) => {
		await prepare();
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result).toMatchObject({ outcome: 'exists', others: ['m1'] });
		expect(await writes()).toBe(0);
	});

	test('a contact without a member is no holder: the new member gets it', async () => {
		await put([], [contactFor('m1', 'ada@example.com')]);
		expect(resultIn(await apply([createOf('ada@example.com')])).outcome).toBe('applied');
		expect(entryAt(await all(), 0).contactId).toBe('m1-contact');
	});

	test.each([400, 409])(
		'a duplicate that the list did not show is found (HTTP %i)',
		async (status) => {
			await put([]);
			await world().wix.behave({ duplicateStatus: status });
			let hasJoined = false;
			const result = await behind(
				async ({ method, url }) => {
					if (hasJoined || method !== 'POST' || url !== memberPath) return;
					hasJoined = true;
					await put([member('m7', 'ada@example.com')]);
				},
				async () => resultIn(await apply([createOf('ada@example.com')])),
			);
			expect(result).toMatchObject({ outcome: 'exists', others: ['m7'] });
		},
	);

	test('after a lost answer nobody is doubled', async () => {
		await put([]);
		const result = await behind(
			({ method, url }) => (method === 'POST' && url === memberPath ? 'dropAfter' : undefined),
			async () => resultIn(await apply([createOf('ada@example.com')])),
		);
		expect(['applied', 'exists']).toContain(result.outcome);
		expect(await all()).toHaveLength(1);
	});
});

describe('delete', () => {
	test('deletes who still holds what was expected, and unlinks the row', async () => {
		await ada();
		const result = resultIn(await apply([otherChange('delete')]));
		expect(result).toMatchObject({ outcome: 'applied', link: { state: 'unlinked' } });
		expect(await all()).toEqual([]);
		expect(resultIn(await apply([otherChange('delete')])).outcome).toBe('gone');
	});

	test('leaves who was edited meanwhile', async () => {
		await put([member('m1', 'else@example.com')]);
		expect(resultIn(await apply([otherChange('delete')])).outcome).toBe('stale');
		expect(await all()).toHaveLength(1);
	});

	test.each<[string, Fate, string]>([
		['the owner', violation('OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN'), 'refused'],
		['a subscriber', violation('ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN'), 'refusedForNow'],
		['who may not be deleted by this key', refusal(403, 'PERMISSION_DENIED'), 'refusedForNow'],
	])('%s stays, for review', async (_, fate, outcome) => {
		await ada();
		await run('get', { memberId: { __rl: true, mode: 'id', value: 'm1' } });
		const result = await behind(
			({ method }) => (method === 'DELETE' ? fate : undefined),
			async () => resultIn(await apply([otherChange('delete')])),
		);
		expect(result).toMatchObject({ outcome, pending: [{ outcome }], recordId: 'm1' });
		expect(await all()).toHaveLength(1);
	});
});

test('a row of which the users ask something is handed on, and the others go on', async () => {
	await ada();
	const row = updateOf('users', 'u1', 'a@example.com', 'new@example.com');
	const run = await apply([row, otherChange('verify')]);
	expect(run.json[0]).toEqual(row);
	expect(resultIn(run, 1).outcome).toBe('present');
});
