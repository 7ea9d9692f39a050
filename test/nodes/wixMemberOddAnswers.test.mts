import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { valueOf } from '../../nodes/WixCrm/records/memberFields';
import type { Fate, Passing } from './proxy.mts';
import {
	byId,
	contactFor,
	member,
	memberPath,
	memberUpdate,
	memberWorld,
	otherChange,
	refusal,
} from './wixMemberWorld.mts';
import { resultIn } from './rows.mts';

/** Answers about members that hold less than was asked for, and looks that fail. */
const { run, apply, put, stored, all, ada, behind } = memberWorld();

const forbidden = refusal(403, 'PERMISSION_DENIED');

const createOf = (set: JsonObject): IDataObject =>
	otherChange('create', { set, link: { wixId: '', userId: 'u1' } });

test('an update whose answer leaves out the login email is followed by a read', async () => {
	await ada();
	const { json, error } = await behind(
		({ method }) =>
			method === 'PATCH'
				? { status: 200, body: '{"member":{"id":"m1","status":"OTHER"}}' }
				: undefined,
		async () =>
			await run('update', { memberId: byId('m1'), updateFields: { nickname: 'Countess' } }),
	);
	expect(error).toBeUndefined();
	expect(json).toMatchObject([{ id: 'm1', loginEmail: 'a@example.com' }]);
});

describe('a status that is changed, when the answer leaves out the login email', () => {
	const block = async (read: Fate) =>
		await behind(
			({ method }) => {
				if (method === 'POST')
					return { status: 200, body: '{"member":{"id":"m1","status":"BLOCKED"}}' };
				return read;
			},
			async () => await run('block', { memberId: byId('m1') }),
		);

	test.each<[string, Fate, JsonObject]>([
		['is read', undefined, { id: 'm1', loginEmail: 'a@example.com' }],
		['cannot be read', forbidden, { id: 'm1', status: 'BLOCKED' }],
		['is gone by then', refusal(404, 'MEMBER_NOT_FOUND'), { id: 'm1', status: 'BLOCKED' }],
	])('the member %s', async (_, read, expected) => {
		await ada();
		const { json, error } = await block(read);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([expected]);
	});
});

describe('before a member is created, nobody may hold the address', () => {
	const create = async (decide: (call: Passing) => Fate) =>
		resultIn(
			await behind(decide, async () => await apply([createOf({ loginEmail: 'n@example.com' })])),
		);

	test.each<[string, (call: Passing) => boolean]>([
		['by its login email', ({ url }) => url === `${memberPath}/query`],
		['by an address of its contact', ({ url }) => url === '/contacts/v4/contacts/query'],
		[
			'as the member of that contact',
			({ url, body }) => url === `${memberPath}/query` && body.includes('contactId'),
		],
	])('a look %s that fails is told, and nothing is created', async (_, fails) => {
		const emails = {
			items: [
				{ email: 'first@example.com', primary: true },
				{ email: 'n@example.com', primary: false },
			],
		};
		await put([], [contactFor('m1', 'first@example.com', { emails })]);
		const result = await create((call) => (fails(call) ? refusal(409, 'BUSY') : undefined));
		expect(result.outcome).toBe('failed');
		expect(result.message).toContain('409');
		expect(await all()).toEqual([]);
	});

	test('after a lost answer: the member is found by its address', async () => {
		await put([]);
		const result = await create((call) =>
			call.method === 'POST' && call.url === memberPath ? 'dropAfter' : undefined,
		);
		expect(result.outcome).toBe('exists');
		expect(await all()).toHaveLength(1);
	});
});

test('a created member that Wix answers without an id is found by its address', async () => {
	await put([]);
	let created = false;
	const result = resultIn(
		await behind(
			async (call) => {
				if (call.method !== 'POST' || call.url !== memberPath || created) return undefined;
				created = true;
				await put([member('m7', 'n@example.com')], [contactFor('m7', 'n@example.com')]);
				return { status: 200, body: '{"member":{"loginEmail":"n@example.com"}}' };
			},
			async () => await apply([createOf({ loginEmail: 'n@example.com' })]),
		),
	);
	expect(result).toMatchObject({ outcome: 'applied', recordId: 'm7' });
});

test('the first number of a member that has none is written alone', async () => {
	await put([]);
	const result = resultIn(
		await apply([createOf({ loginEmail: 'n@example.com', 'contact.phones[0]': '070 123' })]),
	);
	expect(result.outcome).toBe('applied');
	expect((await stored(String(result.recordId))).contact.phones).toEqual(['070 123']);
});

test('two extended fields at once are both written, beside what the contact has', async () => {
	const customFields = {
		'custom.other': { name: 'Other', value: 7 },
		'custom.empty': { name: 'Empty' },
	};
	await put([member('m1', 'a@example.com')], [contactFor('m1', 'a@example.com')]);
	let sent: JsonObject = {};
	await behind(
		(call) => {
			if (call.method === 'PATCH') {
				sent = JSON.parse(call.body) as JsonObject;
				return { status: 200, body: '{"member":{"id":"m1","loginEmail":"a@example.com"}}' };
			}
			if (call.method !== 'GET') return undefined;
			const found = { ...member('m1', 'a@example.com'), contact: { customFields } };
			return { status: 200, body: JSON.stringify({ member: found }) };
		},
		async () => {
			const at = (key: string) => `contact.customFields['${key}'].value`;
			const set = { [at('custom.crm-id')]: 'X1', [at('custom.seats')]: 3 };
			const expected = { [at('custom.crm-id')]: null, [at('custom.seats')]: null };
			return await apply([memberUpdate('m1', expected, set)]);
		},
	);
	expect(sent).toEqual({
		member: {
			contact: {
				customFields: {
					'custom.other': { value: 7 },
					'custom.crm-id': { value: 'X1' },
					'custom.seats': { value: 3 },
				},
			},
		},
	});
});

test('a member that cannot be blocked is told, and stays linked', async () => {
	await ada();
	const blocked = await behind(
		(call) => (call.url.endsWith('/block') ? forbidden : undefined),
		async () => await apply([otherChange('deactivate')]),
	);
	const result = resultIn(blocked);
	expect(result.outcome).not.toBe('applied');
	expect(result.message).toContain('m1');
	expect((await stored('m1')).status).not.toBe('BLOCKED');
});

test('postal addresses are compared without the ids of Wix; what is none stays as it is', () => {
	const contact = { addresses: [{ id: 'a1', city: 'Bergen' }, 'elsewhere'] };
	expect(valueOf({ contact }, 'contact.addresses')).toEqual([{ city: 'Bergen' }, 'elsewhere']);
});
