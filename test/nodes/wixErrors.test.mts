import type { IDataObject } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { byId, contactOf, runOn } from './wixRun.mts';
import { fastClock, startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

jest.setTimeout(60_000);

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await world.wix.put({ contacts: [contactOf('c1', 'a@example.com')], members: [] });
});
afterEach(() => clock.restore());

const run = runOn(() => world, 'contact');
const requestId = '1780473600.0241337';
const secret = 'mira@example.com';

const application = (code: string, data: IDataObject = {}) => ({
	message: `A text about ${secret}`,
	details: { applicationError: { code, description: `More about ${secret}`, data } },
});
const validation = (violation: IDataObject) => ({
	message: `INVALID_ARGUMENT: ${secret}`,
	details: { validationError: { fieldViolations: [{ description: secret, ...violation }] } },
});

/** Reads contact c1 from a server that answers `status` and `body`. */
async function failWith(status: number, body: unknown, more?: IDataObject) {
	return await throughProxy(
		world,
		'wix',
		({ nth }) =>
			// An answer of Wix's own comes first, so that the URL is known to be right.
			nth === 0
				? { status: 200, body: '{"contact":{"id":"c0","revision":1}}' }
				: {
						status,
						body: typeof body === 'string' ? body : JSON.stringify(body),
						headers: { 'x-wix-request-id': requestId },
					},
		async () =>
			await run(
				'get',
				{ contactId: byId('={{ $json.id }}') },
				[{ id: 'c0' }, { id: 'c1', mine: 7 }],
				more,
			),
	);
}

/** Each code of the reference, with words that its message and what is to be done must hold. */
const codes: Array<[code: string, status: number, what: RegExp, todo: RegExp]> = [
	['INSUFFICIENT_CONTACT_DATA', 400, /no name, no email and no phone/, /needs a name/],
	['CANNOT_HAVE_MULTIPLE_PRIMARY_INFO', 400, /More than one .* primary/, /only one/],
	['INVALID_EXTENDED_FIELD_VALUE', 400, /extended field/, /number, a date/],
	['DUPLICATE_CONTACT_EXISTS', 409, /Another contact holds/, /change or merge/],
	['CONTACT_ID_ALREADY_EXISTS', 409, /a contact with this ID/, /Leave out the ID/],
	['INSUFFICIENT_UPDATE_CONTACT_DATA', 400, /nothing to change/, /at least one field/],
	['CONTACT_ALREADY_CHANGED', 409, /changed by somebody else/, /run again/],
	['CANNOT_UPDATE_MEMBER_EMAIL', 428, /email of a site member/, /member’s account/],
	['UNSUPPORTED_SORT_FIELD', 400, /does not sort/, /'Sort'/],
	['ILLEGAL_LIMIT', 400, /More results/, /'Limit'/],
	['MALFORMED_FILTER', 400, /does not understand the filter/, /'Filters'/],
	['UNSUPPORTED_FILTER', 400, /these filters together/, /Filter node/],
	['UNSUPPORTED_FILTER_FIELD', 400, /does not filter by this field/, /Filter node/],
	['UNSUPPORTED_FILTER_FIELD_UNKNOWN', 400, /no such field to filter/, /from the list/],
	['UNSUPPORTED_FILTER_OPERATOR', 400, /does not compare this field/, /another comparison/],
	['UNSUPPORTED_FILTER_VALUE', 400, /does not know this value/, /one of the values/],
	['UNSUPPORTED_FILTER_VALUE_TYPE', 400, /wrong kind/, /number for a number field/],
	['INVALID_SORT', 400, /does not sort/, /'Sort'/],
	['FAILED_PRECONDITION', 428, /in a state in which/, /dashboard/],
	['ILLEGAL_MERGE', 400, /does not merge/, /one to five/],
	['CANNOT_DELETE_MEMBER', 428, /belongs to a site member/, /delete the member first/],
	['CANNOT_DELETE_CONTACT_WITH_BILLING_SUBSCRIPTION', 428, /subscription/, /Cancel/],
	['CANNOT_DELETE_MEMBER_OWNER_OR_CONTRIBUTOR', 428, /owner or a collaborator/, /role/],
	['CANNOT_DELETE_WIX_USERS_MEMBER', 428, /owner or a collaborator/, /role/],
	['UNAUTHORIZED_DELETE_MEMBER', 403, /may not delete/, /permission to manage members/],
	['CANNOT_DELETE_SITE_MEMBERS', 400, /belong to site members/, /members first/],
	['FAILED_DELETE_CONTACT_AFTER_MEMBER_DELETION', 500, /member was deleted/, /only the contact/],
	['NEITHER_FILTER_NOR_SEARCH', 400, /which contacts are meant/, /never sent/],
	['LABELS_QUOTA_REACHED', 400, /as many labels/, /Delete labels/],
	['FIELDS_QUOTA_EXCEEDED', 400, /as many extended fields/, /Delete fields/],
	['EMPTY_ASSIGN_AND_UNASSIGN_LISTS', 400, /no label/, /at least one label/],
	['CANNOT_CHANGE_EXTERNAL_ID', 400, /only once/, /Leave out the external ID/],
	['EMAIL_REQUIRED', 400, /no primary/, /primary email/],
	['PHONE_REQUIRED', 400, /no primary/, /primary phone/],
	['DUPLICATE_EMAIL', 400, /same email .* twice/, /Leave out one/],
	['DUPLICATE_PHONE', 400, /same phone number .* twice/, /Leave out one/],
	['DUPLICATE_ADDRESS', 400, /same postal address .* twice/, /Leave out one/],
	['DUPLICATE_ADDRESS_ID', 400, /the same ID/, /Leave out the ID/],
	['MULTIPLE_DEFAULT_ADDRESSES', 400, /default one/, /only one/],
	['INVALID_TIME_ZONE', 400, /time zone/, /Europe\/Stockholm/],
	['INVALID_BIRTHDATE', 400, /no day/, /1991-04-23/],
	['INVALID_IMAGE_URL', 400, /picture/, /anybody can open/],
	['UNAUTHORIZED_UPDATE_MEMBER', 403, /may not change/, /permission to manage members/],
	['CANNOT_UPDATE_MEMBER', 428, /left as it is/, /change the member/],
	['CANNOT_MERGE_SOURCE_MEMBER', 400, /belongs to a site member/, /swap/],
	['INVALID_CONTACT_MERGE', 400, /does not merge/, /each once/],
	['SOURCE_NOT_FOUND', 400, /not there/, /Check the IDs/],
	['NO_IDENTIFIER_PROVIDED', 400, /which contact is meant/, /Give an email/],
	['OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN', 400, /owner or a collaborator/, /role/],
	['ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN', 400, /active subscription/, /Cancel/],
	['ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN', 400, /active subscription/, /Cancel/],
	['MEMBER_SELF_BLOCK_FORBIDDEN', 400, /this very member/, /cannot block itself/],
	['OWNER_MEMBER_BLOCK_FORBIDDEN', 400, /owner of the site/, /Leave the owner out/],
	['MEMBER_TO_MEMBER_BLOCKED', 403, /blocked the other/, /Lift the block/],
	['SLUG_ALREADY_EXISTS', 400, /address of the profile page/, /another one/],
];

test.each(codes)('%s is told in plain words', async (code, status, what, todo) => {
	const { error } = await failWith(status, application(code));
	const { message = '', description } = error ?? {};
	expect(message).toMatch(what);
	expect(description).toMatch(todo);
	expect(message).toContain('Contact c1');
	expect(message).toContain(`code ${code}`);
	expect(message).toContain(`request id ${requestId}`);
	expect(error?.context?.itemIndex).toBe(1);
	expect(`${message} ${description}`).not.toContain(secret);
});

const rules: Array<[rule: IDataObject, field: RegExp, todo: RegExp]> = [
	[{ field: 'contact.email', violatedRule: 'FORMAT' }, /field contact\.email/, /misspelt/],
	[{ field: 'info.name.first', violatedRule: 'MAX_LENGTH' }, /longer than Wix allows/, /Shorten/],
	[{ field: 'info.emails', violatedRule: 'MAX_SIZE' }, /field info\.emails/, /Take entries out/],
	[{ field: 'info.tag', violatedRule: 'ENUM' }, /none of those/, /Choose one/],
	[{ field: 'revision', violatedRule: 'REQUIRED_FIELD' }, /missing/, /Fill in/],
	[
		{ field: 'member.contact', violatedRule: 'OTHER', ruleName: 'INVALID_CUSTOM_FIELD_URL' },
		/no URL/,
		/https:\/\//,
	],
];

test.each(rules)('a value that breaks the rule %j names its field', async (rule, what, todo) => {
	const { error } = await failWith(400, validation(rule));
	expect(error?.message).toMatch(what);
	expect(error?.message).toContain(String(rule.field));
	expect(error?.description).toMatch(todo);
	expect(`${error?.message} ${error?.description}`).not.toContain(secret);
});

const statuses: Array<[number, unknown, RegExp, RegExp]> = [
	[400, { message: 'x', details: {} }, /refused the request/, /Check the values/],
	[401, { message: 'x', details: {} }, /does not accept the API key/, /new API key/],
	[403, '', /does not permit this/, /site ID in the credential/],
	[404, application('CONTACT_NOT_FOUND'), /Wix has no contact c1/, /Check the ID/],
	[409, { message: 'x', details: {} }, /there already, or was changed/, /Look at the record/],
	[428, { message: 'x', details: {} }, /in a state in which/, /Look at the record/],
	[429, 'Slow down', /too many requests/, /later/],
	[500, '', /could not process/, /later/],
	[503, '<html>', /could not process/, /later/],
	[504, { message: 'x', details: {} }, /could not process/, /later/],
];

test.each(statuses)('HTTP %i without a known code', async (status, body, what, todo) => {
	const { error } = await failWith(status, body);
	expect(error?.message).toMatch(what);
	expect(error?.description).toMatch(todo);
	expect(`${error?.message} ${error?.description}`).toContain(`request id ${requestId}`);
});

test('a duplicate names the other contact, in the shape of either version', async () => {
	for (const data of [{ duplicateContactId: 'other-1' }, { matchingContactId: 'other-1' }]) {
		const { error } = await throughProxy(
			world,
			'wix',
			({ method }) =>
				method === 'PATCH'
					? { status: 409, body: JSON.stringify(application('DUPLICATE_CONTACT_EXISTS', data)) }
					: undefined,
			async () => await run('update', { contactId: byId('c1'), updateFields: { company: 'X' } }),
		);
		expect(error?.message).toContain('contact other-1 holds it');
	}
});

describe('an item that fails', () => {
	test('keeps its data beside the error when errors stay on the regular output', async () => {
		const { items, json, error } = await failWith(428, application('CANNOT_DELETE_MEMBER'), {
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(json[1]).toMatchObject({
			id: 'c1',
			mine: 7,
			error: expect.stringContaining('CANNOT_DELETE_MEMBER') as string,
		});
		expect(entryAt(items, 1).pairedItem).toEqual({ item: 1 });
	});

	test('keeps its data in the error output', async () => {
		const { outputs } = await failWith(428, application('CANNOT_DELETE_MEMBER'), {
			onError: 'continueErrorOutput',
		});
		expect(entryAt(valueNamed(outputs, 'Node'), 0).map(({ json }) => json.id)).toEqual(['c0']);
		expect(entryAt(entryAt(valueNamed(outputs, 'Node'), 1), 0).json).toMatchObject({
			id: 'c1',
			mine: 7,
		});
		expect(entryAt(entryAt(valueNamed(outputs, 'Node'), 1), 0).pairedItem).toEqual({ item: 1 });
	});

	test('one of 1,000 leaves 999 done', async () => {
		const input = Array.from({ length: 1_000 }, (_, index) => ({
			name: `n${index}`,
			email: index === 500 ? 'nobody' : `p${index}@example.com`,
		}));
		const { json, items, error } = await run(
			'create',
			{ additionalFields: { firstName: '={{ $json.name }}', email: '={{ $json.email }}' } },
			input,
			{ onError: 'continueRegularOutput' },
		);
		expect(error).toBeUndefined();
		expect(json).toHaveLength(1_000);
		expect(json.filter((one) => one.error !== undefined)).toEqual([
			{ name: 'n500', email: 'nobody', error: expect.stringContaining("'Email'") as string },
		]);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_, item) => ({ item })));
		// The one that was there, and 999 new ones.
		expect((await world.wix.state()).contacts).toHaveLength(1_000);
	});
});
