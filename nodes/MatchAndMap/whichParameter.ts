import type { INodeProperties } from 'n8n-workflow';

/** Where a person corrects what a PlanInputError names: the parameter's path for n8n, and its label. */
export interface Place {
	parameter: string;
	label: string;
}

const ruleLists: Readonly<Record<string, string>> = {
	link: 'linkRules',
	property: 'propertyRules',
};

const starts: ReadonlyArray<[start: string, parameter: string]> = [
	['Rules:', 'preset'],
	['Link rules:', 'linkRules'],
	['At least one link rule', 'linkRules'],
	['Name in the Links Table:', 'flowId'],
	['The Wix entity', 'wixEntity'],
];

/** The parameter that the message of a PlanInputError speaks of; undefined when it names none. */
export function whichParameter(
	message: string,
	properties: readonly INodeProperties[],
): Place | undefined {
	const rule = /^(link|property) rule (\d+)/i.exec(message);
	if (rule !== null) {
		const list = ruleLists[rule[1].toLowerCase()];
		const label = labelOf(list, properties);
		return {
			parameter: `${list}.rule[${Number(rule[2]) - 1}]`,
			label: `${label}, row ${rule[2]}`,
		};
	}
	const policy = /^Policy '(\w+)'(?:: (\w+))?/.exec(message);
	if (policy !== null) return policyPlace(policy[1], policy[2] ?? '', properties);
	const name = starts.find(([start]) => message.startsWith(start))?.[1];
	return name === undefined ? undefined : { parameter: name, label: labelOf(name, properties) };
}

function policyPlace(name: string, part: string, properties: readonly INodeProperties[]): Place {
	const full = part === '' ? name : `${name}${part[0].toUpperCase()}${part.slice(1)}`;
	const isTopLevel = properties.some((property) => property.name === full);
	return {
		parameter: isTopLevel ? full : `options.${full}`,
		label: labelOf(full, properties),
	};
}

function labelOf(name: string, properties: readonly INodeProperties[]): string {
	for (const property of properties) {
		if (property.name === name) return property.displayName;
		const inner = (property.options ?? []).find(
			(option): option is INodeProperties => 'type' in option && option.name === name,
		);
		if (inner !== undefined) return inner.displayName;
	}
	return name;
}
