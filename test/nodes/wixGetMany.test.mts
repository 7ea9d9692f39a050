import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { filterFields } from '../../nodes/WixCrm/actions/contact/filterFields';
import { rows, runOn } from './wixRun.mts';
import { startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

let world: NodesWorld;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => await world.wix.reset());

const run = runOn(() => world, 'contact');
const list = async (parameters: INodeParameters) =>
	await run('getAll', { returnAll: true, ...parameters });
const ids = (json: IDataObject[]) => json.map(({ id }) => id);

const mira: JsonObject = {
	id: 'mira',
	createdDate: '2026-02-01T00:00:00.000Z',
	updatedDate: '2026-06-02T00:00:00.000Z',
	lastActivity: { activityDate: '2026-07-01T00:00:00.000Z', activityType: 'GENERAL' },
	primaryEmail: {
		email: 'mira@example.com',
		subscriptionStatus: 'SUBSCRIBED',
		deliverabilityStatus: 'VALID',
	},
	info: {
		name: { first: 'Mira', last: 'Zimmer' },
		company: 'Tidewater',
		jobTitle: 'Potter',
		birthdate: '1991-04-23',
		locale: 'en-us',
		emails: {
			items: [
				{ email: 'mira@example.com', primary: true },
				{ email: 'second@example.org', primary: false },
			],
		},
		phones: { items: [{ phone: '207-555-0123', countryCode: 'US', primary: true }] },
		addresses: {
			items: [
				{
					tag: 'HOME',
					address: {
						addressLine: '12 Harbour Street',
						city: 'Portland',
						subdivision: 'US-ME',
						country: 'US',
					},
				},
			],
		},
		labelKeys: { items: ['custom.vip', 'custom.newsletter'] },
		locations: { items: ['place-1'] },
		extendedFields: {
			items: { 'custom.seats': 3, 'custom.crm-id': 'X1', 'custom.renewal-date': '2026-05-30' },
		},
	},
};
const bo: JsonObject = {
	id: 'bo',
	createdDate: '2026-05-01T00:00:00.000Z',
	updatedDate: '2026-05-02T00:00:00.000Z',
	info: { name: { first: 'Bo' }, labelKeys: { items: ['custom.newsletter'] } },
};
const member: JsonObject = {
	id: 'member',
	createdDate: '2026-05-03T00:00:00.000Z',
	updatedDate: '2026-05-03T00:00:00.000Z',
	info: {
		name: { first: 'Ann' },
		emails: { items: [{ email: 'ann@example.com', primary: true }] },
	},
};

async function people(): Promise<void> {
	await world.wix.put({
		contacts: [mira, bo, member],
		members: [{ id: 'm1', loginEmail: 'ann@example.com', contactId: 'member', status: 'APPROVED' }],
	});
}

const filters: Record<string, [IDataObject[keyof IDataObject], string[]]> = {
	activityAfter: ['2026-06-30T00:00:00Z', ['mira']],
	activityBefore: ['2026-06-30T00:00:00Z', []],
	birthdateFrom: ['1991-04-23', ['mira']],
	birthdateTo: ['1991-04-23', []],
	city: ['port', ['mira']],
	company: ['Tide', ['mira']],
	country: ['SE, US', ['mira']],
	createdAfter: ['2026-05-01T00:00:00Z', ['bo', 'member']],
	createdBefore: ['2026-05-01T00:00:00Z', ['mira']],
	deliverability: [['VALID'], ['mira']],
	e164Phone: ['+12075550123', ['mira']],
	email: ['Second@example.org', ['mira']],
	emailStart: ['ann', ['member']],
	extendedFields: [rows({ key: 'custom.seats', operator: '$gte', value: '3' }), ['mira']],
	firstName: ['bo', ['bo']],
	hasEmail: [false, ['bo']],
	hasPhone: [true, ['mira']],
	ids: ['bo, member', ['bo', 'member']],
	jobTitle: ['Pot', ['mira']],
	label: ['custom.vip', ['mira']],
	labelsAll: [['custom.vip', 'custom.newsletter'], ['mira']],
	labelsAny: [
		['custom.vip', 'custom.newsletter'],
		['mira', 'bo'],
	],
	lastName: ['Zim', ['mira']],
	locale: ['en-us', ['mira']],
	locations: ['place-1', ['mira']],
	membership: [['APPROVED'], ['member']],
	phone: ['207-555-0123', ['mira']],
	search: ['second@example.org', ['mira']],
	smsSubscription: [['SUBSCRIBED'], []],
	street: ['12 Har', ['mira']],
	subdivision: ['US-ME', ['mira']],
	subscription: [['SUBSCRIBED'], ['mira']],
	updatedAfter: ['2026-06-01T00:00:00Z', ['mira']],
	updatedBefore: ['2026-06-01T00:00:00Z', ['bo', 'member']],
};

test.each(Object.entries(filters))('the filter %s', async (name, [value, wanted]) => {
	await people();
	const { json, error } = await list({ filters: { [name]: value } as INodeParameters });
	expect(error).toBeUndefined();
	expect(ids(json)).toEqual(wanted);
});

test('every filter of the node is tried above', () => {
	expect(Object.keys(filters).sort()).toEqual(filterFields.map(({ name }) => name).sort());
});

test('filters join; those left empty are left out', async () => {
	await people();
	const both = { label: 'custom.newsletter', labelsAll: ['custom.vip'], city: '', ids: [] };
	expect(ids((await list({ filters: both })).json)).toEqual(['mira']);
	const two = { createdAfter: '2026-03-01T00:00:00Z', createdBefore: '2026-05-02T00:00:00Z' };
	expect(ids((await list({ filters: two })).json)).toEqual(['bo']);
});

test.each([
	[[{ key: 'custom.crm-id', operator: '$startsWith', value: 'X' }], ['mira']],
	[[{ key: 'custom.renewal-date', operator: '$lt', value: '2026-05-30' }], []],
	[
		[
			{ key: 'custom.seats', operator: '$ne', value: '3' },
			{ key: 'custom.seats', operator: '$ne', value: '4' },
		],
		['bo', 'member'],
	],
])('conditions on extended fields: %j', async (item, wanted) => {
	await people();
	const { json, error } = await list({ filters: { extendedFields: rows(...item) } });
	expect(error).toBeUndefined();
	expect(ids(json)).toEqual(wanted);
});

test.each([
	['extendedFields', rows({ key: 'custom.gone', operator: '$eq', value: 'x' }), "'custom.gone'"],
	['extendedFields', rows({ key: 'custom.seats', operator: '$eq', value: 'x' }), 'takes a number'],
	['birthdateFrom', 'young', "'Birthdate After' is no date"],
	['updatedBefore', 'later', "'Updated Before' is no date"],
])('a filter that cannot be is refused with its name: %s', async (name, value, words) => {
	const { error } = await list({ filters: { [name]: value } as INodeParameters });
	expect(error?.message).toContain(words);
	expect(error?.context?.itemIndex).toBe(0);
});

test.each([0, -1, 1.5, 'many'])('the limit %j is refused', async (limit) => {
	const { error } = await run('getAll', {
		returnAll: false,
		limit: `={{ ${JSON.stringify(limit)} }}`,
	});
	expect(error?.message).toContain("'Limit'");
	expect((await world.wix.requests()).total).toBe(0);
});

describe('Output', () => {
	test('simplified: ten flat fields, the same for every contact', async () => {
		await people();
		const { json } = await list({ output: 'simplified' });
		expect(json.map((one) => Object.keys(one).length)).toEqual([10, 10, 10]);
		expect(json[0]).toEqual({
			id: 'mira',
			firstName: 'Mira',
			lastName: 'Zimmer',
			email: 'mira@example.com',
			phone: '207-555-0123',
			company: 'Tidewater',
			jobTitle: 'Potter',
			createdDate: '2026-02-01T00:00:00.000Z',
			updatedDate: '2026-06-02T00:00:00.000Z',
			labelKeys: ['custom.vip', 'custom.newsletter'],
		});
		expect(json[1]).toMatchObject({ id: 'bo', email: null, company: null });
	});

	test('selected fields: those, the ID and the revision, and nothing else', async () => {
		await people();
		const output = {
			output: 'selected',
			fields: ['info.company', 'info.extendedFields', 'primaryInfo'],
		};
		const wanted = {
			id: 'mira',
			revision: 1,
			primaryInfo: { email: 'mira@example.com', phone: '207-555-0123' },
			info: { company: 'Tidewater', extendedFields: { items: { 'custom.seats': 3 } } },
		};
		const { json } = await list(output);
		expect(json[0]).toMatchObject(wanted);
		expect(Object.keys(entryAt(json, 0)).sort()).toEqual(['id', 'info', 'primaryInfo', 'revision']);
		expect(Object.keys(entryAt(json, 0).info as object).sort()).toEqual([
			'company',
			'extendedFields',
		]);
		const one = await run('get', {
			contactId: { __rl: true, mode: 'id', value: 'mira' },
			...output,
		});
		expect(one.json[0]).toEqual(json[0]);
	});

	test('only what is needed is asked for', async () => {
		await people();
		const asked: string[] = [];
		await throughProxy(
			world,
			'wix',
			({ body }) => void asked.push(body),
			async () => await list({ output: 'simplified' }),
		);
		expect(JSON.parse(entryAt(asked, 0))).toMatchObject({
			query: { fieldsets: ['BASIC'], sort: [{ fieldName: 'createdDate', order: 'ASC' }] },
		});
	});
});

test.each([
	[{ fieldName: 'info.birthdate', order: 'DESC' }, 'mira'],
	[{ extendedField: 'custom.seats', order: 'DESC' }, 'mira'],
	[{ fieldName: 'info.name.first' }, 'member'],
	[{ order: 'DESC' }, 'member'],
])('sorts by %j', async (sort, first) => {
	await people();
	const { json, error } = await list({ sort: sort as INodeParameters });
	expect(error).toBeUndefined();
	expect(entryAt(json, 0).id).toBe(first);
});
