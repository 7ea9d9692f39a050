import type { JsonObject } from '../../nodes/shared/contract/index';
import { coded, wixClient, type WixClient } from './wixClient.mts';
import { startWorld, type World } from './harness.mts';

let world: World;
let client: WixClient;
beforeAll(async () => {
	world = await startWorld();
	client = wixClient(world.sandbox.wixUrl);
	await world.wixControl('PUT', '/state', { contacts, members });
});
afterAll(() => world.close());

const day = (number: number) => `2026-03-0${number}T12:00:00.000Z`;

const contacts: JsonObject[] = [
	{
		id: 'ada',
		createdDate: day(1),
		updatedDate: day(5),
		lastActivity: { activityDate: day(5), activityType: 'GENERAL' },
		info: {
			name: { first: 'Ada', last: 'Alder' },
			emails: {
				items: [{ email: 'ada@example.com', primary: true }, { email: 'alder@example.org' }],
			},
			phones: { items: [{ phone: '207 555 0142', countryCode: 'US', primary: true }] },
			addresses: {
				items: [
					{
						address: {
							addressLine: '1 Harbor Lane',
							city: 'Portland',
							subdivision: 'US-ME',
							country: 'US',
						},
					},
				],
			},
			company: 'Alder Ltd',
			jobTitle: 'Editor',
			birthdate: '1990-05-01',
			locale: 'en-us',
			labelKeys: { items: ['custom.vip', 'custom.newsletter'] },
			extendedFields: {
				items: { 'custom.crm-id': 'E-1', 'custom.seats': 3, 'custom.renewal-date': '2026-11-01' },
			},
		},
	},
	{
		id: 'bo',
		createdDate: day(2),
		updatedDate: day(4),
		lastActivity: { activityDate: day(4), activityType: 'GENERAL' },
		primaryEmail: {
			email: 'bo@example.com',
			subscriptionStatus: 'SUBSCRIBED',
			deliverabilityStatus: 'VALID',
		},
		info: {
			name: { first: 'Bo', last: 'Birch' },
			emails: { items: [{ email: 'bo@example.com', primary: true }] },
			birthdate: '2001-02-03',
			labelKeys: { items: ['custom.vip'] },
			extendedFields: { items: { 'custom.crm-id': 'F-2', 'custom.seats': 9 } },
		},
	},
	{ id: 'cy', createdDate: day(3), updatedDate: day(3), info: { name: { first: 'Cy' } } },
];
const members: JsonObject[] = [
	{
		id: 'm-ada',
		contactId: 'ada',
		loginEmail: 'ada@example.com',
		profile: { nickname: 'Ada', slug: 'ada' },
		privacyStatus: 'PUBLIC',
	},
	{
		id: 'm-bo',
		contactId: 'bo',
		loginEmail: 'bo@example.com',
		status: 'PENDING',
		profile: { nickname: 'Bo', slug: 'bo' },
	},
];

type Operator =
	'eq' | 'ne' | 'in' | 'exists' | 'startsWith' | 'gt' | 'ge' | 'lt' | 'le' | 'hasSome' | 'hasAll';

type ContactField = Parameters<ReturnType<WixClient['contacts']['queryContacts']>['exists']>[0];
type ContactMoment = Parameters<ReturnType<WixClient['contacts']['queryContacts']>['gt']>[0];
type ContactText = Parameters<ReturnType<WixClient['contacts']['queryContacts']>['startsWith']>[0];

/** The builder's types name some of the fields that the documentation lists; it sends any. */
function contactsWhere(field: string, operator: Operator, value: unknown) {
	const builder = client.contacts.queryContacts();
	switch (operator) {
		case 'eq':
		case 'ne':
		case 'in':
			return builder[operator](field as ContactField, value);
		case 'exists':
			return builder.exists(field as ContactField, value === true);
		case 'startsWith':
			return builder.startsWith(field as ContactText, String(value));
		case 'hasSome':
		case 'hasAll':
			return builder[operator](field, value as unknown[]);
		default:
			return builder[operator](field as ContactMoment, value);
	}
}

const textCases = (
	field: string,
	whole: string,
	found: string[],
	others: string[],
): [string, Operator, unknown, string[]][] => [
	[field, 'eq', whole, found],
	[field, 'ne', whole, others],
	[field, 'in', [whole, 'nothing'], found],
	[field, 'startsWith', whole.slice(0, -1), found],
];
const rangeCases = (
	field: string,
	[early, late]: [string | number, string | number],
	rest: string[],
): [string, Operator, unknown, string[]][] => [
	[field, 'eq', late, ['bo']],
	[field, 'ne', late, ['ada', ...rest]],
	[field, 'gt', early, ['bo']],
	[field, 'ge', early, ['ada', 'bo']],
	[field, 'lt', late, ['ada']],
	[field, 'le', late, ['ada', 'bo']],
];

describe("Wix's own client: queries of contacts v4, each field with each operator", () => {
	it.each([
		...textCases('_id', 'ada', ['ada'], ['bo', 'cy']).slice(0, 3),
		['_id', 'exists', true, ['ada', 'bo', 'cy']],
		...textCases('info.locale', 'en-us', ['ada'], ['bo', 'cy']).slice(0, 3),
		...[
			['primaryInfo.email', 'ada@example.com'],
			['primaryEmail.email', 'ada@example.com'],
			['info.emails.email', 'alder@example.org'],
			['info.name.first', 'Ada'],
			['info.name.last', 'Alder'],
			['info.company', 'Alder Ltd'],
			['info.jobTitle', 'Editor'],
			['primaryInfo.phone', '207 555 0142'],
			['primaryPhone.e164Phone', '+12075550142'],
			['info.phones.phone', '207 555 0142'],
			['info.addresses.street', '1 Harbor Lane'],
			['info.addresses.city', 'Portland'],
			['info.extendedFields.custom.crm-id', 'E-1'],
		].flatMap(([field = '', whole = '']) => textCases(field, whole, ['ada'], ['bo', 'cy'])),
		['info.company', 'exists', false, ['bo', 'cy']],
		['primaryInfo.email', 'exists', true, ['ada', 'bo']],
		['info.addresses.country', 'eq', 'US', ['ada']],
		['info.addresses.subdivision', 'in', ['US-ME'], ['ada']],
		['primaryEmail.subscriptionStatus', 'eq', 'SUBSCRIBED', ['bo']],
		['primaryEmail.deliverabilityStatus', 'in', ['VALID'], ['bo']],
		['info.labelKeys', 'hasSome', ['custom.vip', 'custom.newsletter'], ['ada', 'bo']],
		['info.labelKeys', 'hasAll', ['custom.vip', 'custom.newsletter'], ['ada']],
		['info.extendedFields.members.membershipStatus', 'eq', 'PENDING', ['bo']],
		['info.extendedFields.emailSubscriptions.effectiveEmail', 'exists', true, ['ada', 'bo']],
		['info.extendedFields.custom.renewal-date', 'ge', '2026-11-01', ['ada']],
		...rangeCases('info.birthdate', ['1990-05-01', '2001-02-03'], ['cy']),
		...rangeCases('info.extendedFields.custom.seats', [3, 9], ['cy']),
		['_createdDate', 'gt', day(2), ['cy']],
		['_createdDate', 'le', day(1), ['ada']],
		['_updatedDate', 'ge', day(4), ['ada', 'bo']],
		['lastActivity.activityDate', 'lt', day(5), ['bo']],
	] as [string, Operator, unknown, string[]][])('%s %s %j', async (field, operator, value, ids) => {
		const { items } = await contactsWhere(field, operator, value).ascending('_createdDate').find();
		expect(items.map(({ _id }) => _id)).toEqual(ids);
	});

	it.each<[string, Operator, unknown, string]>([
		['info.shoeSize', 'eq', '41', 'UNSUPPORTED_FILTER_FIELD_UNKNOWN'],
		['info.locale', 'startsWith', 'en', 'UNSUPPORTED_FILTER_OPERATOR'],
		['_createdDate', 'gt', 'yesterday', 'UNSUPPORTED_FILTER_VALUE'],
		['info.company', 'eq', 5, 'UNSUPPORTED_FILTER_VALUE_TYPE'],
	])('refuses %s %s %j: %s', async (field, operator, value, code) => {
		await expect(contactsWhere(field, operator, value).find()).rejects.toMatchObject(coded(code));
	});

	it('sorts both ways, pages, and refuses what cannot be done', async () => {
		const builder = client.contacts.queryContacts();
		const page = await builder.descending('info.name.first').limit(2).find();
		expect(page.items.map(({ _id }) => _id)).toEqual(['cy', 'bo']);
		expect((await page.next()).items.map(({ _id }) => _id)).toEqual(['ada']);
		await expect(
			client.contacts
				.queryContacts()
				.ascending('info.locale' as 'info.company')
				.find(),
		).rejects.toMatchObject(coded('UNSUPPORTED_SORT_FIELD'));
		await expect(client.contacts.queryContacts().limit(1001).find()).rejects.toMatchObject(
			coded('ILLEGAL_LIMIT'),
		);
	});
});

type MemberField = Parameters<ReturnType<WixClient['members']['queryMembers']>['eq']>[0];
type MemberText = Parameters<ReturnType<WixClient['members']['queryMembers']>['gt']>[0];

describe("Wix's own client: queries of members, each field with each operator", () => {
	const texts = (field: string, first: string, second: string) =>
		[
			[field, 'eq', first, ['m-ada']],
			[field, 'ne', first, ['m-bo']],
			[field, 'in', [first, 'nobody'], ['m-ada']],
			[field, 'exists', true, ['m-ada', 'm-bo']],
			[field, 'startsWith', first.slice(0, -1), ['m-ada']],
			[field, 'gt', first, ['m-bo']],
			[field, 'ge', first, ['m-ada', 'm-bo']],
			[field, 'lt', second, ['m-ada']],
			[field, 'le', second, ['m-ada', 'm-bo']],
		] as [string, Operator, unknown, string[]][];

	it.each([
		...texts('_id', 'm-ada', 'm-bo'),
		...texts('loginEmail', 'ada@example.com', 'bo@example.com'),
		...texts('contactId', 'ada', 'bo'),
		...texts('contact.firstName', 'Ada', 'Bo'),
		...texts('contact.lastName', 'Alder', 'Birch'),
		...texts('profile.nickname', 'Ada', 'Bo'),
		...texts('profile.slug', 'ada', 'bo'),
		['status', 'eq', 'APPROVED', ['m-ada']],
		['status', 'eq', 'ACTIVE', []],
		['status', 'in', ['PENDING', 'BLOCKED'], ['m-bo']],
		['privacyStatus', 'ne', 'PUBLIC', ['m-bo']],
	] as [string, Operator, unknown, string[]][])('%s %s %j', async (field, operator, value, ids) => {
		const builder = client.members.queryMembers({ fieldsets: ['FULL'] });
		const asked =
			operator === 'eq' || operator === 'ne' || operator === 'in'
				? builder[operator](field as MemberField, value)
				: operator === 'exists'
					? builder.exists(field as MemberField, true)
					: builder[operator as 'gt'](field as MemberText, value);
		const { items } = await asked.find();
		expect(items.map(({ _id }) => _id)).toEqual(ids);
	});
});
