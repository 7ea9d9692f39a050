import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { contactFor, member } from './wixMemberWorld.mts';
import { byId, contactOf, rows, runOn } from './wixRun.mts';
import { throughProxy } from './world.mts';
import { contactWorld } from './wixContactWorld.mts';

const { world, run, put, putContacts, stored } = contactWorld();
const onMembers = runOn(world, 'member');

/** An expression about a field that the item does not have, or that holds null. */
const nothing = '={{ null }}';

test.each<[string, string, INodeParameters, string]>([
	['contact', 'upsert', { email: nothing }, "The parameter 'Email'"],
	['label', 'create', { displayName: nothing }, "The parameter 'Name' is empty"],
	['site', 'getAll', { accountId: nothing }, "The parameter 'Account ID' is empty"],
	[
		'contact',
		'update',
		{ contactId: byId('c1'), updateFields: { firstName: '' } },
		'There is nothing to update',
	],
])('%s, %s: what is left empty is named, and nothing is sent', async (...given) => {
	const [resource, operation, parameters, message] = given;
	const { error } = await world().wixCrm({ resource, operation, ...parameters });
	expect(error?.message).toContain(message);
	expect(error?.context?.itemIndex).toBe(0);
	expect((await world().wix.requests()).total).toBe(0);
});

describe('rows of a form that are left empty', () => {
	test('change nothing of a contact', async () => {
		await putContacts(contactOf('c1', 'a@example.com'));
		const { error } = await run('update', {
			contactId: byId('c1'),
			updateFields: {
				company: 'Tidewater',
				additionalEmails: rows({ email: '', tag: 'HOME' }),
				additionalPhones: rows({ phone: ' ', tag: 'HOME' }),
				addresses: rows({ tag: 'HOME', city: '' }),
				extendedFields: rows({ key: '', value: 'x' }, { key: nothing, value: 'y' }),
			},
		});
		expect(error).toBeUndefined();
		const { info } = await stored('c1');
		expect(info.company).toBe('Tidewater');
		expect(info.emails).toMatchObject({ items: [{ email: 'a@example.com' }] });
		expect([info.phones, info.addresses].map((list) => (list as IDataObject)?.items ?? [])).toEqual(
			[[], []],
		);
		expect(JSON.stringify(info.extendedFields ?? {})).not.toMatch(/"x"|"y"/);
	});

	test('change nothing of a member, whose credential names no site', async () => {
		await put([], []);
		const credential = valueNamed(world().credentials, 'wixCrmApi');
		const { siteId: _siteId, ...rest } = credential;
		world().credentials.wixCrmApi = rest;
		const headers: JsonObject = {};
		const { json, error } = await throughProxy(
			world(),
			'wix',
			(call) => {
				Object.assign(headers, call.headers);
				if (call.method === 'POST' && call.url === '/members/v1/members')
					return { status: 200, body: `{"member":{"id":"m9",${call.body.slice(11)}` };
				return { status: 200, body: '{"members":[],"metadata":{}}' };
			},
			async () =>
				await onMembers('create', {
					loginEmail: 'a@example.com',
					additionalFields: {
						customFields: { field: [{ key: '', value: 'x' }] },
						nickname: 'Ada',
					},
				}),
		);
		world().credentials.wixCrmApi = credential;
		expect(error).toBeUndefined();
		expect(json).toEqual([{ id: 'm9', loginEmail: 'a@example.com', profile: { nickname: 'Ada' } }]);
	});

	test('are no condition of Get Many', async () => {
		await putContacts(contactOf('c1', 'a@example.com'), contactOf('c2', 'b@example.com'));
		const { json } = await run('getAll', {
			filters: {
				extendedFields: rows({ key: '', operator: '$eq', value: 'x' }),
				emailStart: 'b@',
			},
		});
		expect(json.map(({ id }) => id)).toEqual(['c2']);
	});
});

test('a condition without an operator asks for what is equal', async () => {
	const seats = (count: number) => ({ extendedFields: { items: { 'custom.seats': count } } });
	await putContacts(
		contactOf('c1', 'a@example.com', seats(3)),
		contactOf('c2', 'b@example.com', seats(4)),
	);
	const { json } = await run('getAll', {
		filters: { extendedFields: rows({ key: 'custom.seats', operator: nothing, value: '4' }) },
	});
	expect(json.map(({ id }) => id)).toEqual(['c2']);
});

test('members come in the order of their creation where only its direction is given', async () => {
	const ids = ['m1', 'm2', 'm3'];
	await put(
		ids.map((id) => contactFor(id, `${id}@example.com`)),
		ids.map((id, index) =>
			member(id, `${id}@example.com`, {
				createdDate: `2026-01-0${((index * 2) % 3) + 1}T00:00:00Z`,
			}),
		),
	);
	const order = async (sort: INodeParameters) =>
		(await onMembers('getAll', { sort })).json.map(({ id }) => id);
	expect(await order({ order: 'DESC' })).toEqual(['m2', 'm3', 'm1']);
	expect(await order({ order: 'ASC' })).toEqual(['m1', 'm3', 'm2']);
});

describe('a postal address', () => {
	const add = async (address: IDataObject) =>
		await run('update', { contactId: byId('c1'), updateFields: { addresses: rows(address) } });
	const cities = async () => {
		const { addresses } = (await stored('c1')).info as { addresses?: IDataObject };
		return ((addresses?.items ?? []) as IDataObject[]).map(
			({ address }) => (address as IDataObject | undefined)?.city ?? null,
		);
	};

	test('is added once, with or without a tag, beside one that Wix shows without its parts', async () => {
		await putContacts(
			contactOf('c1', 'a@example.com', { addresses: { items: [{ id: 'a1', tag: 'HOME' }] } }),
		);
		for (const address of [
			{ city: 'Portland', country: 'US', tag: nothing },
			{ city: 'Portland', country: 'US', tag: nothing },
			{ city: 'Portland', country: 'US', tag: 'WORK' },
			{ city: 'Bergen', tag: 'WORK' },
		])
			expect((await add(address)).error).toBeUndefined();
		expect(await cities()).toEqual([null, 'Portland', 'Bergen']);
	});
});

describe('an extended field', () => {
	const set = async (value: string) =>
		await run('update', {
			contactId: byId('c1'),
			updateFields: { extendedFields: rows({ key: 'custom.crm-id', value }) },
		});
	const held = async () =>
		((await stored('c1')).info.extendedFields as IDataObject | undefined)?.items;

	test('is cleared by a value that is empty', async () => {
		const before = { 'custom.crm-id': 'X1', 'custom.seats': 2 };
		await putContacts(contactOf('c1', 'a@example.com', { extendedFields: { items: before } }));
		expect((await set(nothing)).error).toBeUndefined();
		expect(await held()).toMatchObject({ 'custom.seats': 2 });
		expect(JSON.stringify(await held())).not.toContain('X1');
	});

	test.each([
		['example.com', 'takes a whole URL'],
		['https://example.com/a', undefined],
		['HTTP://example.com', undefined],
	])('of the type URL takes %j: fault %j', async (value, fault) => {
		await putContacts(contactOf('c1', 'a@example.com'));
		const field = { key: 'custom.crm-id', dataType: 'URL', fieldType: 'USER_DEFINED' };
		const { error } = await throughProxy(
			world(),
			'wix',
			({ url }) =>
				url.startsWith('/contacts/v4/extended-fields')
					? { status: 200, body: JSON.stringify({ fields: [field], metadata: {} }) }
					: undefined,
			async () => await set(value),
		);
		if (fault === undefined) expect(await held()).toMatchObject({ 'custom.crm-id': value });
		else expect(error?.message).toContain(`'custom.crm-id' ${fault}`);
	});
});

test('a whole run fails at once where no operation fits, in each item that goes on', async () => {
	const { json } = await world().wixCrm(
		{ resource: 'contact', operation: 'nothing' },
		[{ id: 1 }, { id: 2 }],
		{ onError: 'continueRegularOutput' },
	);
	expect(json).toHaveLength(2);
	expect(entryAt(json, 1).error).toContain("There is no operation 'nothing'");
});
