import type { INodeProperties } from 'n8n-workflow';

/** Where a person corrects what a PlanInputError names: the parameter's path for n8n, and its label. */
export interface Place {
	parameter: string;
	label: string;
}

/** Fields of a rule as messages call them, by their names among the parameters. */
const ruleFields: Readonly<Record<string, string>> = {
	'wix field': 'wix',
	'user field': 'user',
	comparison: 'compare',
	type: 'type',
	direction: 'direction',
};

const starts: ReadonlyArray<[start: string, parameter: string]> = [
	['Rules:', 'preset'],
	["'readFrom'", 'readFrom'],
	['At least one link rule', 'linkRules'],
	['Name in the Links Table:', 'flowId'],
	['The Wix entity', 'wixEntity'],
];

/** The parameter that the message of a PlanInputError speaks of; undefined when it names none. */
export function whichParameter(
	message: string,
	properties: readonly INodeProperties[],
): Place | undefined {
	const [, kind, row, field = ''] =
		/^(link|property) rule (\d+)(?:: (Wix field|user field|comparison|type|direction)\b)?/i.exec(
			message,
		) ?? [];
	if (kind !== undefined && row !== undefined) return rulePlace(kind, row, field, properties);
	const [, policy, part = ''] = /^Policy '(\w+)'(?:: (\w+))?/.exec(message) ?? [];
	if (policy !== undefined) return policyPlace(policy, part, properties);
	const name = starts.find(([start]) => message.startsWith(start))?.[1];
	return name === undefined ? undefined : { parameter: name, label: labelOf(name, properties) };
}

function rulePlace(
	kind: string,
	row: string,
	field: string,
	properties: readonly INodeProperties[],
): Place {
	const list = kind.toLowerCase() === 'link' ? 'linkRules' : 'propertyRules';
	const name = ruleFields[field.toLowerCase()];
	const parameter = `${list}.rule[${Number(row) - 1}]`;
	const label = `${labelOf(list, properties)}, row ${row}`;
	if (name === undefined) return { parameter, label };
	return {
		// Which pair of a link rule is meant is not said
		parameter: list === 'linkRules' ? parameter : `${parameter}.${name}`,
		label: `${label}, ${labelOf(name, properties)}`,
	};
}

function policyPlace(name: string, part: string, properties: readonly INodeProperties[]): Place {
	const full = `${name}${part.charAt(0).toUpperCase()}${part.slice(1)}`;
	const isTopLevel = properties.some((property) => property.name === full);
	return {
		parameter: isTopLevel ? full : `options.${full}`,
		label: labelOf(full, properties),
	};
}

function labelOf(name: string, properties: readonly INodeProperties[]): string {
	return labelWithin(name, properties) ?? name;
}

function labelWithin(name: string, properties: readonly INodeProperties[]): string | undefined {
	for (const property of properties) {
		if (property.name === name) return property.displayName;
		const inner = (property.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'type' in option ? [option] : [];
		});
		const label = labelWithin(name, inner);
		if (label !== undefined) return label;
	}
	return undefined;
}
