import type { INodeProperties } from 'n8n-workflow';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { defaultPolicies } from '../../nodes/shared/contracts';

const nodes = [new MatchAndMap(), new TargetUsers(), new WixCrm()].map(
	({ description }) => description,
);

function withInner(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).filter(
			(option): option is INodeProperties => 'displayName' in option && 'type' in option,
		);
		return [property, ...withInner(inner)];
	});
}

describe.each(nodes.map((description) => [description.name, description] as const))(
	'%s',
	(_, description) => {
		test('shows a parameter only on conditions that can come true', () => {
			const all = withInner(description.properties);
			const byName = new Map<string, INodeProperties[]>();
			for (const property of all)
				byName.set(property.name, [...(byName.get(property.name) ?? []), property]);
			for (const { name, displayOptions } of all) {
				for (const [condition, values] of Object.entries(displayOptions?.show ?? {})) {
					if (condition.startsWith('@')) continue;
					const candidates = byName.get(condition.replace(/^\//, '')) ?? [];
					expect([name, condition, candidates.length > 0]).toEqual([name, condition, true]);
					const known = candidates.flatMap((candidate) =>
						candidate.type === 'boolean'
							? [true, false]
							: (candidate.options ?? []).map((option) =>
									'value' in option ? option.value : undefined,
								),
					);
					for (const value of values ?? []) expect(known).toContain(value);
				}
			}
		});

		test('a list of options has its default among them', () => {
			for (const { name, type, options, default: byDefault } of withInner(description.properties)) {
				if (type !== 'options') continue;
				const values = (options ?? []).map((option) =>
					'value' in option ? option.value : undefined,
				);
				expect([name, values.includes(byDefault as string)]).toEqual([name, true]);
			}
		});
	},
);

test('Match & Map shows every policy of the contract with its default', () => {
	const all = new Map(
		withInner(nodes[0].properties).map((property) => [property.name, property.default]),
	);
	const shown = {
		...Object.fromEntries(Object.keys(defaultPolicies).map((name) => [name, all.get(name)])),
		guard: all.get('guard') === true && {
			records: all.get('guardRecords'),
			percent: all.get('guardPercent'),
		},
		onlyRecords: String(all.get('onlyRecords'))
			.split(',')
			.filter((name) => name !== ''),
	};
	expect(shown).toEqual(defaultPolicies);
});

test('Match & Map has its inputs and outputs in the order that templates rely on', () => {
	const names = (ends: unknown) =>
		(ends as Array<{ displayName: string }>).map(({ displayName }) => displayName);
	expect(names(nodes[0].inputs)).toEqual(['Wix', 'Users', 'Links']);
	expect(names(nodes[0].outputs)).toEqual(['Links', 'To Users', 'To Wix', 'Review', 'Report']);
});
