import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { atLeast } from '../../runtime/entries.mts';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { a, b, contact, linked, member, user } from '../engine/builders.mts';
import { runWorkflow } from './harness.mts';
import { email, kept, link, pair, rules, twoPeople } from './ruleParameters.mts';
import { match, people, tableRow } from './runMatch.mts';
import { rawItems } from './testNodes.mts';

describe('links that could not be read', () => {
	const failed = [{ error: 'Table not found' }];

	test('stop the node: without them everybody would be linked anew', async () => {
		const { error, newLinks } = await match({ ...twoPeople, links: failed });
		expect(error?.message).toBe('The links could not be read');
		expect(error?.description).toContain('nobody is linked or asked twice');
		expect(newLinks).toEqual([]);
	});

	test('are one item of the report where the node goes on', async () => {
		const on = { onError: 'continueRegularOutput' } as const;
		const { report, toUsers } = await match({ ...twoPeople, links: failed }, {}, on);
		expect(toUsers).toEqual([]);
		expect(report).toMatchObject([{ json: { error: 'The links could not be read' } }]);
	});
});

test('an expression that cannot be worked out stops the node with its own words', async () => {
	const { error } = await match(twoPeople, { bothEdited: "={{ $('Nowhere').first().json.x }}" });
	expect(error?.message).toBe("Referenced node doesn't exist");
});

test('inputs that nothing is connected to count as not listed', async () => {
	const create: INodeParameters = { createMissing: 'both' };
	const wix = people(contact('C1', a));
	const { toUsers, error } = await match({ wix }, create);
	expect([error, toUsers]).toEqual([undefined, []]);
	const listed = await match({ wix, users: [{}], links: [{}] }, create);
	expect(listed.toUsers.map(({ operation }) => operation)).toEqual(['create']);
});

describe('rows of another table than the Data Table', () => {
	const {
		id: _id,
		createdAt: _created,
		updatedAt: _updated,
		...row
	} = tableRow(linked('C1', 'U1', a), 1);

	test.each<[string, IDataObject]>([
		['no id', {}],
		['an id of their own', { id: 'r7', updatedAt: 7 }],
		['an empty one', { id: null }],
		['one that is no plain value', { id: { of: 'row' } }],
	])('with %s: linked as they say; n8n’s own columns go back as they came', async (_, columns) => {
		const { changedLinks, error } = await match({
			wix: people(contact('C1', b)),
			users: people(user('U1', a)),
			links: [{ ...row, ...columns }],
		});
		expect(error).toBeUndefined();
		const [{ json, pairedItem }] = atLeast(changedLinks, 1);
		expect([json.id, json.updatedAt]).toEqual([columns.id, columns.updatedAt]);
		expect(json.pending).toContain(`"from":"${a}","to":"${b}"`);
		expect(pairedItem).toContainEqual({ item: 0, input: 2 });
	});
});

describe('parameters that an expression gives', () => {
	test('only these records, as a list whose entries may hold commas', async () => {
		const { toUsers } = await match(
			{
				wix: people(contact('C1', a), contact('C2', b)),
				users: people(user('U1', 'old1@example.com'), user('U,2', 'old2@example.com')),
				links: [
					tableRow(linked('C1', 'U1', 'old1@example.com'), 1),
					tableRow(linked('C2', 'U,2', 'old2@example.com'), 2),
				],
			},
			{ onlyRecords: "={{ ['U,2'] }}" },
		);
		expect(toUsers.map(({ recordId }) => recordId)).toEqual(['U,2']);
	});

	test.each<[string, INodeParameters, string, string]>([
		['a set of rules that is none', { preset: 'all' }, "Rules: there is no 'all'", 'preset'],
		['of a prototype', { preset: 'toString' }, "Rules: there is no 'toString'", 'preset'],
		[
			'a field that an expression leaves empty',
			rules([link({ ...email, wix: '={{ null }}' })]),
			'Link rule 1: Wix field is empty',
			'linkRules.rule[0]',
		],
		[
			'a field that is missing',
			rules([link({ user: 'login', wix: null as never })]),
			'Wix field is empty',
			'linkRules',
		],
		[
			'a field that is no path',
			rules([link(email)], [kept(pair('info.company', 'org..name'))]),
			"Property rule 1: user field: 'org..name' is no path to a field",
			'propertyRules.rule[0].user',
		],
		[
			'a field below a plain one, some steps down',
			rules([link(email)], [kept(pair('info.company', 'org.name.short'))], {}),
			"the user field 'org.name.short' lies below 'org.name'",
			'propertyRules.rule[0]',
		],
		[
			'a field of Wix below a plain one',
			rules([link(email)], [kept(pair('contact.company.name', 'org.title'))], {
				wixEntity: 'member',
				flowId: 'mine',
			}),
			"the Wix field 'contact.company.name' lies below 'contact.company'",
			'propertyRules.rule[0]',
		],
	])('%s: named, and nothing is planned', async (_, parameters, words, parameter) => {
		const { error, newLinks } = await match(
			{
				wix: people({ ...contact('C1', a), contact: { company: 'Tidewater' } }),
				users: people(
					{ ...user('U1', a), org: { name: 'Tidewater' } },
					{ ...user('U2', b), org: 'x' },
				),
				links: [{}],
			},
			parameters,
		);
		expect(error?.message).toContain(words);
		expect(String(error?.context?.parameter)).toContain(parameter);
		expect(newLinks).toEqual([]);
	});

	test('no property rules: people are linked, and nothing else is planned', async () => {
		const custom = rules([link(email)], [], { flowId: 'mine', title: '', propertyRules: null });
		const { error, newLinks, toUsers } = await match(twoPeople, custom);
		expect([error, toUsers]).toEqual([undefined, []]);
		expect(newLinks).toHaveLength(2);
	});

	test('rules of members may name any field of theirs', async () => {
		const custom = rules(
			[link(pair('loginEmail', 'profile.email.email', 'email'))],
			[kept(pair('contact.company', 'name'))],
			{ wixEntity: 'member', flowId: 'mine' },
		);
		const { error, newLinks } = await match(
			{ wix: people(member('M1', a, 'C1')), users: people(user('U1', a)), links: [{}] },
			custom,
		);
		expect(error).toBeUndefined();
		expect(newLinks).toHaveLength(1);
	});
});

test('items without data are passed over', async () => {
	const raw = rawItems([
		{ pairedItem: { item: 0 } } as never,
		{ json: contact('C1', a) as IDataObject },
	]);
	const done = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Raw', type: 'test.raw' },
			{ name: 'Match', type: 'test.match', parameters: { preset: 'contactsAndUsers' } },
		],
		connections: {
			Start: { main: [[{ node: 'Raw', type: 'main', index: 0 }]] },
			Raw: { main: [[{ node: 'Match', type: 'main', index: 0 }]] },
		},
		nodeTypes: { 'test.raw': raw, 'test.match': new MatchAndMap() },
	});
	expect(done.error).toBeUndefined();
	expect(done.outputs.Match?.[1]).toMatchObject([{ json: { counts: { waitingForFullRun: 1 } } }]);
});
