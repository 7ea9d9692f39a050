import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import { valueAt } from '../../nodes/shared/paths';
import type { JsonObject, Link } from '../../nodes/shared/contracts';
import { contact, linked, user } from '../engine/builders.mts';
import { match, people, tableRow, type Inputs } from './runMatch.mts';

const a = 'a@example.com';
const b = 'b@example.com';

interface Rule {
	wix?: string;
	user?: string;
	compare?: string;
	direction?: string;
	type?: string;
}

const pair = (wix: string, userField: string, compare = 'exact') => ({
	wix,
	user: userField,
	compare,
});
const email = pair('primaryInfo.email', 'profile.email.email', 'email');
const link = (...pairs: Rule[]) => ({ pairs: { pair: pairs } });
const kept = (rule: Rule) => ({ type: 'string', compare: 'exact', direction: 'both', ...rule });

const rules = (
	linkRules: Array<ReturnType<typeof link>>,
	properties: Rule[] = [],
	more: INodeParameters = {},
) =>
	({
		preset: 'custom',
		linkRules: { rule: linkRules },
		propertyRules: { rule: properties },
		...more,
	}) as unknown as INodeParameters;

const withPhones = (id: string, phones: JsonObject[], more: JsonObject = {}): IDataObject => {
	const made = contact(id, null);
	return { ...made, info: { ...(made.info as JsonObject), phones: { items: phones } }, ...more };
};
const linksOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => json.link as unknown as Link);
const pairsOf = (items: Array<{ json: IDataObject }>) =>
	linksOf(items).map(({ wixId, userId }) => [wixId, userId]);

const twoPeople: Inputs = {
	wix: people(contact('C1', a), contact('C2', b)),
	users: people(user('U2', b), user('U1', a)),
	links: [{}],
};

test('as they come, custom rules link by email and keep it the same', async () => {
	const { links, error } = await match(twoPeople, { preset: 'custom' });
	expect(error).toBeUndefined();
	expect(pairsOf(links).sort()).toEqual([
		['C1', 'U1'],
		['C2', 'U2'],
	]);
	expect(linksOf(links).map(({ flow }) => flow)).toEqual(['custom', 'custom']);
	expect(JSON.parse(entryAt(linksOf(links), 0).lastSynced)).toEqual({
		'primaryInfo.email': expect.any(String),
	});
});

test('the name in the links table is the flow of the rows; the title is not, and heads the report', async () => {
	const { links, facts } = await match(
		twoPeople,
		rules([link(email)], [], { flowId: 'agents-2', title: 'Agents & customers' }),
	);
	expect(entryAt(linksOf(links), 0).flow).toBe('agents-2');
	expect(facts.html).toContain('<h1>Agents &amp; customers</h1>');
});

test('under the name of the preset its links are gone on with', async () => {
	const given = { ...twoPeople, links: [tableRow(linked('C1', 'U1', b), 1)] };
	const { toWix, toUsers } = await match(
		{ ...given, wix: people(contact('C1', a)), users: people(user('U1', b)) },
		rules([link(email)], [kept(email)], { flowId: 'contacts' }),
	);
	expect(toWix).toEqual([]);
	expect(toUsers.map(({ json }) => json.set)).toEqual([{ 'profile.email.email': a }]);
});

describe('link rules', () => {
	test('all pairs of a rule have to match; the rules are tried from top to bottom', async () => {
		const named = (id: string, first: string, company: string, address: string): IDataObject => {
			const made = contact(id, address);
			return { ...made, info: { name: { first, last: 'X' }, company } };
		};
		const given: Inputs = {
			wix: [
				named('C1', 'Ada', 'North', 'x@example.com'),
				named('C2', 'Ada', 'South', 'y@example.com'),
				named('C3', 'Eve', 'North', a),
			],
			users: people(
				{ ...user('U1', null), name: 'Ada', login: 'NORTH' },
				{ ...user('U2', null), name: 'Ada', login: 'south' },
				{ ...user('U3', a), name: 'Nobody', login: 'x' },
			),
			links: [{}],
		};
		const byNameAndCompany = link(
			pair('info.name.first', 'name'),
			pair('info.company', 'login', 'ignoreCase'),
		);
		const { links } = await match(given, rules([byNameAndCompany, link(email)]));
		expect(pairsOf(links).sort()).toEqual([
			['C1', 'U1'],
			['C2', 'U2'],
			['C3', 'U3'],
		]);
		const byName = await match(given, rules([link(pair('info.name.first', 'name'))]));
		expect(byName.links).toEqual([]);
		expect(byName.review.map(({ json }) => json.reason)).toEqual(['ambiguous']);
	});

	test('an item of a list, by its place or as the primary one', async () => {
		const phones = [
			{ phone: '+1 555 0100', primary: false },
			{ phone: '+1 555 0199', primary: true },
		];
		const given: Inputs = {
			wix: [withPhones('C1', phones)],
			users: people({ ...user('U1', null), phone: '+15550199' }),
			links: [{}],
		};
		const by = (path: string) => match(given, rules([link(pair(path, 'phone', 'phone'))]));
		expect(pairsOf((await by('info.phones.items[primary].phone')).links)).toEqual([['C1', 'U1']]);
		expect(pairsOf((await by('info.phones.items[1].phone')).links)).toEqual([['C1', 'U1']]);
		expect((await by('info.phones.items[0].phone')).links).toEqual([]);
	});

	test('a field with dots in its name, as n8n writes it when it is dragged', async () => {
		const wix = people({
			id: 'C1',
			info: { extendedFields: { items: { 'custom.agent': 'A7' } } },
		});
		const path = "info.extendedFields.items['custom.agent']";
		const { links } = await match(
			{ wix, users: people({ ...user('U1', null), login: 'A7' }), links: [{}] },
			rules([link(pair(path, 'login'))]),
		);
		expect(pairsOf(links)).toEqual([['C1', 'U1']]);
	});

	test('a path through a plain value is no fault: there is nothing there', async () => {
		const { links, facts, error } = await match(
			twoPeople,
			rules([link(pair('primaryInfo.email.deep.er', 'name'))]),
		);
		expect(error).toBeUndefined();
		expect(links).toEqual([]);
		expect(facts.withoutKey.wix).toBe(2);
	});
});

test('property rules: names in one direction, a company in both', async () => {
	const made = contact('C1', a);
	const wix = { ...made, info: { name: { first: 'Ada', last: 'X' }, company: 'North' } };
	const row = tableRow(
		linked('C1', 'U1', null, {
			flow: 'custom',
			lastSynced: JSON.stringify({ 'info.name.first': 'Ada', 'info.company': 'South' }),
		}),
		1,
	);
	const users = people({ ...user('U1', a), name: 'Eve', org: 'South' });
	const { toUsers, facts } = await match(
		{ wix: people(wix), users, links: [row] },
		rules(
			[link(email)],
			[
				kept({ wix: 'info.name.first', user: 'name', direction: 'toUsers' }),
				kept({ wix: 'info.company', user: 'org' }),
			],
		),
	);
	expect(toUsers.map(({ json }) => json.set)).toEqual([{ name: 'Ada', org: 'North' }]);
	expect(facts.changes.map(({ property }) => property).sort()).toEqual([
		'info.company',
		'info.name.first',
	]);
});

describe('rules that cannot be worked with end the node before planning, the parameter named', () => {
	const cases: Array<[string, INodeParameters, string, string]> = [
		[
			'two fields into one',
			rules([link(email)], [kept({ ...email, user: 'login' }), kept({ ...email, user: 'name' })]),
			'Property rule 2',
			'propertyRules.rule[1]',
		],
		[
			'one field inside another',
			rules(
				[link(email)],
				[
					kept({ wix: 'info.company', user: 'org.name' }),
					kept({ wix: 'info.jobTitle', user: 'org' }),
				],
			),
			'Property rule 2',
			'propertyRules.rule[1]',
		],
		[
			'one item of a list, written in two ways',
			rules(
				[link(email)],
				[
					kept({ wix: 'info.company', user: 'orgs[0]' }),
					kept({ wix: 'info.jobTitle', user: 'orgs.0' }),
				],
			),
			"'orgs.0'",
			'propertyRules.rule',
		],
		[
			'a Wix field that can only be read',
			rules(
				[link(email)],
				[kept({ wix: 'info.phones.items[primary].phone', user: 'phone', compare: 'phone' })],
			),
			'primaryInfo.phone',
			'propertyRules.rule[0]',
		],
		[
			'an unknown comparison',
			rules([link(email), link({ ...email, compare: 'soundsLike' })]),
			'Link rule 2',
			'linkRules.rule[1]',
		],
		[
			'an unknown direction',
			rules([link(email)], [kept({ ...email, direction: 'sideways' })]),
			'Property rule 1',
			'propertyRules.rule[0]',
		],
		[
			'a path to a prototype',
			rules([link(pair('__proto__.x', 'name'))]),
			"Link rule 1: Wix field: '__proto__.x'",
			'linkRules.rule[0]',
		],
		[
			'a path to a prototype in brackets',
			rules([link(pair("info['__proto__'].x", 'name'))]),
			'Link rule 1',
			'linkRules.rule[0]',
		],
		[
			'a malformed name in the links table',
			rules([link(email)], [], { flowId: 'my rules' }),
			'Name in the Links Table',
			'flowId',
		],
		[
			'the name of a preset of other records',
			rules([link(email)], [], { flowId: 'members' }),
			"'members' holds links of Wix members",
			'flowId',
		],
		['a policy', { bothEdited: 'newest' }, "Policy 'bothEdited'", 'bothEdited'],
		['an option', { options: { pendingDays: -1 } }, "Policy 'pendingDays'", 'options.pendingDays'],
		[
			'a limit of the guard',
			{ options: { guardPercent: -1 } },
			"Policy 'guard': percent",
			'options.guardPercent',
		],
	];

	test.each(cases)('%s', async (_, parameters, message, parameter) => {
		const { error, links } = await match(twoPeople, parameters);
		expect(error?.message).toContain(message);
		expect(error?.context?.parameter).toContain(parameter);
		expect(error?.description).toMatch(/^Correct the parameter '[A-Z][^']+' of the node$/);
		expect(links).toEqual([]);
	});

	test('a Wix field that can only be read may go to the user', async () => {
		const readOnly = kept({
			wix: 'info.phones.items[primary].phone',
			user: 'phone',
			compare: 'phone',
			direction: 'toUsers',
		});
		const { error } = await match(twoPeople, rules([link(email)], [readOnly]));
		expect(error).toBeUndefined();
	});

	test.each([
		['a link rule without a pair', rules([link()]), 'Link rule 1 has no pair'],
		[
			'four pairs',
			rules([link(email), link(email, pair('a', 'a'), pair('b', 'b'), pair('c', 'c'))]),
			'Link rule 2 has 4 pairs of fields; at most 3',
		],
		['an empty path', rules([link(pair('', 'name'))]), 'Link rule 1: Wix field'],
	])('%s', async (_, parameters, message) => {
		const { error, links } = await match(twoPeople, parameters);
		expect(error?.message).toContain(message);
		expect(links).toEqual([]);
	});

	test('without a link rule n8n does not start the node', async () => {
		await expect(match(twoPeople, rules([]))).rejects.toThrow("'Match' node has issues");
	});
});

describe('the item of a list that is the primary one', () => {
	const at = (items: unknown) => valueAt({ items } as JsonObject, ['items', '[primary]', 'phone']);

	test.each([
		['the flagged one', [{ phone: '1' }, { phone: '2', primary: true }], '2'],
		[
			'the first of two flagged ones',
			[
				{ phone: '1', primary: true },
				{ phone: '2', primary: true },
			],
			'1',
		],
		[
			'only true counts',
			[
				{ phone: '1', primary: 'true' },
				{ phone: '2', primary: 1 },
			],
			undefined,
		],
		['none of plain values', ['primary', null, 3], undefined],
		['nothing in an object', { primary: { phone: '1' } }, undefined],
		['no inherited flag', [Object.create({ primary: true, phone: '1' })], undefined],
	])('%s', (_, items, expected) => expect(at(items)).toBe(expected));
});
