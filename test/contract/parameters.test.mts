import { Expression, type INodeProperties } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { defaultPolicies } from '../../nodes/shared/contract/index';

const nodes = [new MatchAndMap(), new TargetUsers(), new WixCrm()].map(
	({ description }) => description,
);

function withInner(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'displayName' in option && 'type' in option ? [option] : [];
		});
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
			for (const property of withInner(description.properties)) {
				const { name, type, options, typeOptions, default: byDefault } = property;
				if (type !== 'options' || typeOptions?.loadOptionsMethod !== undefined) continue;
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
		withInner(entryAt(nodes, 0).properties).map((property) => [property.name, property.default]),
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
	expect(names(entryAt(nodes, 0).inputs)).toEqual(['Wix', 'Users', 'Links', 'Review']);
	expect(names(entryAt(nodes, 0).outputs)).toEqual([
		'New Links',
		'Report',
		'Review',
		'Changed Links',
	]);
});

describe('Match & Map names a folded row of rules by its fields', () => {
	const byName = new Map(
		withInner(entryAt(nodes, 0).properties).map((property) => [property.name, property]),
	);
	const titled = (parameter: string, value: unknown, index = 0) => {
		const expression = byName.get(parameter)?.typeOptions?.fixedCollection?.itemTitle ?? '';
		return Expression.resolveWithoutWorkflow(expression.slice(1), {
			$collection: { item: { value, index, properties: [] } },
		});
	};
	const pair = (wix: string, user: string) => ({ wix, user, compare: 'exact' });

	test.each([
		['one pair', { pair: [pair('email', 'profile.email.email')] }, 'email = profile.email.email'],
		['two pairs', { pair: [pair('a.b', 'c'), pair('d', 'e')] }, 'a.b = c and d = e'],
		['a pair that is not filled in yet', { pair: [pair('', '')] }, '… = …'],
		['no pair', {}, 'Link rule 3'],
	])('link rules: %s', (_, pairs, title) => {
		expect(titled('linkRules', { pairs }, 2)).toBe(title);
	});

	test('of fields whose paths are too long for the box only the ends are named', () => {
		const phone = pair('info.phones.items[primary].phone', 'profile.phone');
		expect(titled('linkRules', { pairs: { pair: [pair('info.name.first', 'name'), phone] } })).toBe(
			'first = name and phone = phone',
		);
		expect(titled('pairs', phone)).toBe('phone = phone');
		const long = pair('a'.repeat(60), 'b');
		expect(titled('pairs', long)).toBe(`${'a'.repeat(45)}…`);
	});

	test.each([
		['both', 'a ⇄ b'],
		['toUsers', 'a → b'],
		['toWix', 'a ← b'],
		[undefined, 'a = b'],
	])('property rules: %s', (direction, title) => {
		expect(titled('propertyRules', { ...pair('a', 'b'), direction })).toBe(title);
	});
});

/** The editor shows two lines below an option, some 50 characters each in a panel of the usual width. */
test('Match & Map says what follows from an option in as much as the editor shows', () => {
	for (const { name, options = [] } of withInner(entryAt(nodes, 0).properties)) {
		const said = options.flatMap((option) =>
			'value' in option ? [String(option.description ?? '')] : [],
		);
		expect([name, said.filter((text) => text.length > 100)]).toEqual([name, []]);
	}
});

test('the choices of a rule take no expression, so that no field can be dropped on them', () => {
	const rules = entryAt(nodes, 0).properties.filter(({ name }) =>
		/^(link|property)Rules$/.test(name),
	);
	const choices = withInner(rules).filter(({ type }) => type === 'options');
	expect(choices.map(({ name }) => name).sort()).toEqual([
		'compare',
		'compare',
		'direction',
		'type',
	]);
	expect(choices.map(({ noDataExpression }) => noDataExpression)).toEqual(Array(4).fill(true));
});

test('the fields of rules can be dragged from the input panel, and the rows sorted', () => {
	const rules = entryAt(nodes, 0).properties.filter(({ name }) =>
		/^(link|property)Rules$/.test(name),
	);
	expect(rules.map(({ typeOptions }) => typeOptions?.sortable)).toEqual([true, true]);
	const paths = withInner(rules).filter(({ name }) => name === 'wix' || name === 'user');
	expect(paths.map(({ requiresDataPath }) => requiresDataPath)).toEqual(Array(4).fill('single'));
});

test('a section of five fields or more is in the order of its labels', () => {
	for (const { options = [] } of withInner(nodes.flatMap(({ properties }) => properties))) {
		for (const option of options) {
			if (!('values' in option) || option.values.length < 5) continue;
			const labels = option.values.map(({ displayName }) => displayName);
			expect(labels).toEqual([...labels].sort());
		}
	}
});

test.each([
	[{ preset: 'contactsAndUsers' }, 'Wix Contacts and Users'],
	[{ preset: 'membersAndUsers' }, 'Wix Members and Users'],
	[{ preset: 'custom', title: 'Agents' }, 'Agents'],
])('Match & Map says below its name which rules it has: %j', ($parameter, subtitle) => {
	const expression = (entryAt(nodes, 0).subtitle ?? '').slice(1);
	expect(Expression.resolveWithoutWorkflow(expression, { $parameter })).toBe(subtitle);
});
