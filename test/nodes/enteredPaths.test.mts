import type { IDataObject, INodeParameters } from 'n8n-workflow';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { contact, user } from '../engine/builders.mts';
import { match, people, type Inputs } from './runMatch.mts';

const a = 'a@example.com';

const twoPeople: Inputs = {
	wix: people(contact('C1', a), contact('C2', 'b@example.com')),
	users: people(user('U2', 'b@example.com'), user('U1', a)),
	links: [{}],
};

/** Custom rules with one link rule of one pair; what is given replaces its parts. */
const linkedBy = (pair: IDataObject, properties: IDataObject[] = []) =>
	({
		preset: 'custom',
		linkRules: {
			rule: [
				{
					pairs: {
						pair: [
							{ wix: 'primaryInfo.email', user: 'profile.email.email', compare: 'email', ...pair },
						],
					},
				},
			],
		},
		propertyRules: { rule: properties },
	}) as unknown as INodeParameters;

const kept = (rule: IDataObject): IDataObject => ({
	type: 'string',
	compare: 'exact',
	direction: 'toUsers',
	wix: 'info.company',
	user: 'company',
	...rule,
});

describe('a path as n8n writes it when a field is dragged onto the parameter', () => {
	test.each([
		['schema, table or JSON view', 'primaryInfo.email'],
		['set to Expression', '={{ $json.primaryInfo.email }}'],
		['set to Expression, in brackets', '={{ $json["primaryInfo"][\'email\'] }}'],
		['of another node', "={{ $('Get Wix (all)').item.json.primaryInfo.email }}"],
		['of the first item of another node', '={{ $("It\'s Wix").first().json.primaryInfo.email }}'],
		['typed with its braces', '{{ $json.primaryInfo.email }}'],
		['typed with where it is read from', ' $json.primaryInfo.email '],
		['an expression that makes a path', "={{ 'primaryInfo' + '.email' }}"],
	])('%s', async (_, wix) => {
		const { newLinks, error } = await match(twoPeople, linkedBy({ wix }));
		expect(error).toBeUndefined();
		expect(newLinks).toHaveLength(2);
	});

	test('an item of a list', async () => {
		const phones = { phones: { items: [{ phone: '1' }, { phone: '22' }] } };
		const given: Inputs = {
			wix: people({ ...contact('C1', null), info: phones as unknown as JsonObject }),
			users: people({ ...user('U1', null), phone: '22' }),
			links: [{}],
		};
		const pair = { wix: 'info.phones.items[1].phone', user: 'phone', compare: 'phone' };
		expect((await match(given, linkedBy(pair))).newLinks).toHaveLength(1);
	});
});

describe('an expression that gives the value of a record is refused, and its value told to nobody', () => {
	test.each([
		['a call', '={{ $json.primaryInfo.email.toLowerCase() }}'],
		['text around it', '=x{{ $json.primaryInfo.email }}'],
		['an alternative', '={{ $json.primaryInfo.email || $json.id }}'],
		['an input', '={{ $input.first().json.primaryInfo.email }}'],
		['braces in fixed text', 'x.{{ $json.primaryInfo.email }}'],
	])('%s', async (_, wix) => {
		const { error, newLinks } = await match(twoPeople, linkedBy({ wix }));
		expect(error?.message).toMatch(/^Link rule 1: Wix field is an expression/);
		expect(error?.description).toBe(
			"Correct the parameter 'Link Rules, row 1, pair 1, Field in Wix' of the node",
		);
		expect(JSON.stringify([error?.message, error?.description])).not.toContain('example.com');
		expect(newLinks).toEqual([]);
	});
});

test('an empty path says what to do', async () => {
	const { error } = await match(twoPeople, linkedBy({ user: '  ' }));
	expect(error?.message).toMatch(/^Link rule 1: user field is empty: drag a field/);
});

test.each([
	[
		'the field of a property rule',
		linkedBy({}, [kept({}), kept({ user: ' ' })]),
		'propertyRules.rule[1].user',
		'Property Rules, row 2, Field of the User',
	],
	[
		'its comparison',
		linkedBy({}, [kept({ compare: 'soundsLike' })]),
		'propertyRules.rule[0].compare',
		'Property Rules, row 1, Same When',
	],
])('%s is named, and no item is blamed', async (_, parameters, parameter, label) => {
	const { error } = await match(twoPeople, parameters);
	expect(error?.context?.parameter).toBe(parameter);
	expect(error?.description).toBe(`Correct the parameter '${label}' of the node`);
	expect(error?.context?.itemIndex).toBeUndefined();
});

describe('a rule that writes below a plain value', () => {
	const withCompany = (company: unknown): Inputs => ({
		...twoPeople,
		users: people(
			{ ...user('U1', a), company } as never,
			{ ...user('U2', 'b@example.com'), company: null } as never,
		),
	});
	const deep = [kept({ user: 'company.name.short' })];

	test('is refused before planning', async () => {
		const { error, newLinks } = await match(withCompany('North'), linkedBy({}, deep));
		expect(error?.message).toContain(
			"Property rule 1: the user field 'company.name.short' lies below 'company'",
		);
		expect(error?.context?.parameter).toBe('propertyRules.rule[0].user');
		expect(newLinks).toEqual([]);
	});

	test.each([
		['where one record has the object', { name: { short: 'N' } }, deep],
		['where nobody has it yet', undefined, deep],
		['where it is only read', 'North', [kept({ user: 'company.name.short', direction: 'toWix' })]],
	])('is taken %s', async (_, company, rules) => {
		const { error } = await match(withCompany(company), linkedBy({}, rules));
		expect(error).toBeUndefined();
	});

	test('an address that a system keeps plain is none', async () => {
		const given: Inputs = {
			...twoPeople,
			users: people({ id: 'U1', profile: { email: a } }),
		};
		const rule = kept({
			wix: 'primaryInfo.email',
			user: 'profile.email.email',
			compare: 'email',
			direction: 'both',
		});
		const { error, newLinks } = await match(given, linkedBy({}, [rule]));
		expect(error).toBeUndefined();
		expect(newLinks).toHaveLength(1);
	});
});
