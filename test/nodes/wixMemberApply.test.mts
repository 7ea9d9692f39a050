import type { IDataObject } from 'n8n-workflow';

import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Change } from '../../nodes/shared/contracts';
import type { Fate } from './proxy.mts';
import {
	fastClock,
	linkOf,
	pendingIn,
	resultIn,
	startNodesWorld,
	type NodesWorld,
} from './world.mts';
import {
	contactFor,
	loginUpdate,
	member,
	memberPath,
	membersOf,
	memberUpdate,
	refusal,
	violation,
} from './wixMemberWorld.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, run, stored, all, writes, behind } = membersOf(() => world);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

const apply = async (changes: IDataObject[], more?: IDataObject) =>
	await run('applyChange', {}, changes, more);

const other = (operation: Change['operation'], more: Partial<Change> = {}): IDataObject => ({
	changeId: `${operation}-1`,
	flow: 'members',
	side: 'wix',
	operation,
	recordId: 'm1',
	expected: { loginEmail: 'a@example.com' },
	set: {},
	reason: 'vanished',
	link: linkOf({ flow: 'members', wixId: 'm1', userId: 'u1' }),
	...more,
});

const createOf = (loginEmail: string, more: Partial<Change> = {}): IDataObject =>
	other('create', {
		recordId: undefined as never,
		expected: {},
		set: { loginEmail },
		defaults: { 'contact.firstName': 'Ada', 'contact.lastName': 'Example', login: 'x' },
		reason: 'missing',
		link: linkOf({ flow: 'members', userId: 'u1' }, [
			{
				operation: 'create',
				property: 'loginEmail',
				side: 'wix',
				from: null,
				to: loginEmail,
				at: '2026-11-23T09:00:00.000Z',
				outcome: 'announced',
			},
		]),
		...more,
	});

const ada = async () =>
	await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);

describe('the login email', () => {
	test('is refused for good, for review, and nothing is sent', async () => {
		await ada();
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result).toMatchObject({ outcome: 'refused', recordId: 'm1' });
		expect(pendingIn(result)).toMatchObject([
			{
				property: 'loginEmail',
				to: 'new@example.com',
				outcome: 'refused',
				code: 'CANNOT_UPDATE_MEMBER_EMAIL',
			},
		]);
		expect(result.review).toMatchObject({
			flow: 'members',
			reason: 'refused',
			wixIds: ['m1'],
			userIds: ['u1'],
		});
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
				await world.wix.edit('m1-contact', 'info.name.first', 'Edited');
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
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'badValue' } });
		expect(result.message).toContain(words);
		expect(await writes()).toBe(0);
	});

	test('a member who is gone: gone, confirmed now', async () => {
		await put([]);
		const result = resultIn(await apply([loginUpdate('m1', 'a@example.com', 'new@example.com')]));
		expect(result).toMatchObject({ outcome: 'gone', link: { goneSide: 'wix' } });
	});
});

describe('verify', () => {
	test('found is present; 404 of Wix itself is gone; of anybody else it is not', async () => {
		await ada();
		expect(resultIn(await apply([other('verify')])).outcome).toBe('present');
		const page = { status: 404, body: '<html>', headers: { 'content-type': 'text/html' } };
		const missing = await behind(
			() => page,
			async () => await apply([other('verify')], { onError: 'continueRegularOutput' }),
		);
		expect(entryAt(missing.json, 0).outcome).not.toBe('gone');
		await put([]);
		expect(resultIn(await apply([other('verify')]))).toMatchObject({
			outcome: 'gone',
			link: { goneSide: 'wix', goneConfirmedAt: expect.stringContaining('2026-11-23') },
		});
	});
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
		expect(result).toMatchObject({ outcome: 'exists', recordId: 'm1' });
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
			await world.wix.behave({ duplicateStatus: status });
			let hasJoined = false;
			const result = await behind(
				async ({ method, url }) => {
					if (hasJoined || method !== 'POST' || url !== memberPath) return;
					hasJoined = true;
					await put([member('m7', 'ada@example.com')]);
				},
				async () => resultIn(await apply([createOf('ada@example.com')])),
			);
			expect(result).toMatchObject({ outcome: 'exists', recordId: 'm7' });
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
		const result = resultIn(await apply([other('delete')]));
		expect(result).toMatchObject({ outcome: 'applied', link: { state: 'unlinked' } });
		expect(await all()).toEqual([]);
		expect(resultIn(await apply([other('delete')])).outcome).toBe('gone');
	});

	test('leaves who was edited meanwhile', async () => {
		await put([member('m1', 'else@example.com')]);
		expect(resultIn(await apply([other('delete')])).outcome).toBe('stale');
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
			async () => resultIn(await apply([other('delete')])),
		);
		expect(result).toMatchObject({ outcome, review: { reason: 'refused', wixIds: ['m1'] } });
		expect(await all()).toHaveLength(1);
	});
});

test('a change for the users is refused, and the others go on', async () => {
	await ada();
	const { items } = await apply([{ ...other('verify'), side: 'users' }, other('verify')], {
		onError: 'continueRegularOutput',
	});
	expect(entryAt(items, 0).error?.message).toBe('This change is for Target Users, not for Wix CRM');
	expect(entryAt(items, 1).json.outcome).toBe('present');
});
