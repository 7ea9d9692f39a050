import type { INodeProperties } from 'n8n-workflow';
import type { FaultPlace } from '../../nodes/MatchAndMap/engine/index';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { whichParameter } from '../../nodes/MatchAndMap/whichParameter';

const { properties } = new MatchAndMap().description;

/** The parameter at a path, as n8n goes through a node's description. */
function parameterAt(path: string): INodeProperties | undefined {
	let found: INodeProperties | undefined;
	let within: readonly INodeProperties[] = properties;
	for (const step of path.split('.')) {
		const [, rows] = /^(\w+)\[\d+\]$/.exec(step) ?? [];
		const options = found?.options ?? [];
		if (rows !== undefined) {
			const row = options.find(({ name }) => name === rows);
			if (row === undefined || !('values' in row)) return undefined;
			within = row.values;
			continue;
		}
		found = within.find(({ name }) => name === step);
		if (found === undefined) return undefined;
		within = found.type === 'collection' ? ((found.options ?? []) as INodeProperties[]) : [];
	}
	return found;
}

const rules = { link: 'Link Rules', properties: 'Property Rules' };
const policies: Array<[string, string, string]> = [
	['bothEdited', 'bothEdited', 'When Both Sides Were Edited'],
	['firstLink', 'firstLink', 'When a New Pair Differs'],
	['createMissing', 'createMissing', 'Create Missing Records'],
	['vanished', 'vanished', 'When a Record Is Gone'],
	['memberContacts', 'memberContacts', 'Contacts of Site Members'],
	['pendingDays', 'options.pendingDays', 'Days to Wait for a Value'],
	['writesPerRun', 'writesPerRun', 'Writes per Run'],
	['guard.records', 'options.guardRecords', 'Guard: Records'],
	['guard.percent', 'options.guardPercent', 'Guard: Percent'],
	['onlyRecords', 'onlyRecords', 'Only These People'],
	['approvedPlan', 'approvedPlan', 'Approved Plan'],
	['dryRun', 'dryRun', 'Preview Only'],
];

test.each<[FaultPlace, string, string]>([
	[{ list: 'link' }, 'linkRules', rules.link],
	[
		{ list: 'link', row: 1, field: 'pairs' },
		'linkRules.rule[1].pairs',
		`${rules.link}, row 2, All of These Match`,
	],
	...(
		[
			['wix', 'Field in Wix'],
			['user', 'Field of the User'],
			['compare', 'Same When'],
		] as const
	).map(([field, label]): [FaultPlace, string, string] => [
		{ list: 'link', row: 0, pair: 1, field },
		`linkRules.rule[0].pairs.pair[1].${field}`,
		`${rules.link}, row 1, pair 2, ${label}`,
	]),
	[{ list: 'properties' }, 'propertyRules', rules.properties],
	...(
		[
			['wix', 'Field in Wix'],
			['user', 'Field of the User'],
			['compare', 'Same When'],
			['type', 'Type'],
			['direction', 'Kept the Same'],
		] as const
	).map(([field, label]): [FaultPlace, string, string] => [
		{ list: 'properties', row: 2, field },
		`propertyRules.rule[2].${field}`,
		`${rules.properties}, row 3, ${label}`,
	]),
	...policies.map(([field, parameter, label]): [FaultPlace, string, string] => [
		{ list: 'policies', field },
		parameter,
		label,
	]),
	[{ list: 'flow' }, 'preset', 'Rules'],
	[{ list: 'flow', field: 'id' }, 'flowId', 'Name in the Links Table'],
	[{ list: 'flow', field: 'wixEntity' }, 'wixEntity', 'Wix Records Are'],
	[{ list: 'input', field: 'readFrom' }, 'readFrom', 'Rows Were Read From'],
])('%j is corrected at %s', (place, parameter, label) => {
	expect(whichParameter(place, properties)).toEqual({ parameter, label });
	expect(label.endsWith(parameterAt(parameter)?.displayName ?? 'nowhere')).toBe(true);
});

test.each<FaultPlace>([
	{ list: 'input', field: 'now' },
	{ list: 'flow', row: 0, field: 'alsoHolds.wix' },
	{ list: 'policies' },
])('%j is given by no parameter', (place) => {
	expect(whichParameter(place, properties)).toBeUndefined();
});
