import type { IDataObject } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import { valueAt } from '../../nodes/shared/paths';
import type { JsonObject, LinkRow } from '../../nodes/shared/contract/index';
import { a, b, contact, linked, user } from '../engine/builders.mts';
import { match, people, tableRow, type Inputs } from './runMatch.mts';
import { pair, email, link, kept, rules, twoPeople } from './ruleParameters.mts';

const withPhones = (id: string, phones: JsonObject[], more: JsonObject = {}): IDataObject => {
	const made = contact(id, null);
	return { ...made, info: { ...(made.info as JsonObject), phones: { items: phones } }, ...more };
};
const linksOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => json as unknown as LinkRow);
const pairsOf = (items: Array<{ json: IDataObject }>) =>
	linksOf(items).map(({ wixId, userId }) => [wixId, userId]);

test('as they come, custom rules link by email and keep it the same', async () => {
	const { newLinks, error } = await match(twoPeople, { preset: 'custom' });
	expect(error).toBeUndefined();
	expect(pairsOf(newLinks).sort()).toEqual([
		['C1', 'U1'],
		['C2', 'U2'],
	]);
	expect(linksOf(newLinks).map(({ flow }) => flow)).toEqual(['custom', 'custom']);
	expect(JSON.parse(entryAt(linksOf(newLinks), 0).lastSynced)).toEqual({
		'primaryInfo.email': expect.any(String),
	});
});

test('the name in the links table is the flow of the rows; the title is not, and heads the report', async () => {
	const { newLinks, facts } = await match(
		twoPeople,
		rules([link(email)], [], { flowId: 'agents-2', title: 'Agents & customers' }),
	);
	expect(entryAt(linksOf(newLinks), 0).flow).toBe('agents-2');
	expect(facts.html).toContain('<h1>Agents &amp; customers</h1>');
});

test('under the name of the preset its links are gone on with', async () => {
	const given = { ...twoPeople, links: [tableRow(linked('C1', 'U1', b), 1)] };
	const { toWix, toUsers } = await match(
		{ ...given, wix: people(contact('C1', a)), users: people(user('U1', b)) },
		rules([link(email)], [kept(email)], { flowId: 'contacts' }),
	);
	expect(toWix).toEqual([]);
	expect(toUsers.map(({ set }) => set)).toEqual([{ 'profile.email.email': a }]);
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
		const { newLinks } = await match(given, rules([byNameAndCompany, link(email)]));
		expect(pairsOf(newLinks).sort()).toEqual([
			['C1', 'U1'],
			['C2', 'U2'],
			['C3', 'U3'],
		]);
		const byName = await match(given, rules([link(pair('info.name.first', 'name'))]));
		expect(byName.newLinks).toEqual([]);
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
		expect(pairsOf((await by('info.phones.items[primary].phone')).newLinks)).toEqual([
			['C1', 'U1'],
		]);
		expect(pairsOf((await by('info.phones.items[1].phone')).newLinks)).toEqual([['C1', 'U1']]);
		expect((await by('info.phones.items[0].phone')).newLinks).toEqual([]);
	});

	test('a field with dots in its name, as n8n writes it when it is dragged', async () => {
		const wix = people({
			id: 'C1',
			info: { extendedFields: { items: { 'custom.agent': 'A7' } } },
		});
		const path = "info.extendedFields.items['custom.agent']";
		const { newLinks } = await match(
			{ wix, users: people({ ...user('U1', null), login: 'A7' }), links: [{}] },
			rules([link(pair(path, 'login'))]),
		);
		expect(pairsOf(newLinks)).toEqual([['C1', 'U1']]);
	});

	test('a path through a plain value is no fault: there is nothing there', async () => {
		const { newLinks, facts, error } = await match(
			twoPeople,
			rules([link(pair('primaryInfo.email.deep.er', 'name'))]),
		);
		expect(error).toBeUndefined();
		expect(newLinks).toEqual([]);
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
	expect(toUsers.map(({ set }) => set)).toEqual([{ name: 'Ada', org: 'North' }]);
	expect(facts.changes.map(({ property }) => property).sort()).toEqual([
		'info.company',
		'info.name.first',
	]);
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
