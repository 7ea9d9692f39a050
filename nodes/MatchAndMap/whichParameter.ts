import type { INodeProperties } from 'n8n-workflow';
import type { FaultPlace } from './engine/index';

/** Where a person corrects what a PlanInputError is about: the parameter's path for n8n, and its label. */
export interface Place {
	parameter: string;
	label: string;
}

/** Parameters that are called otherwise than the list or the field that they give. */
const names: Readonly<Record<string, string>> = {
	link: 'linkRules',
	properties: 'propertyRules',
	flow: 'preset',
	id: 'flowId',
	'guard.records': 'guardRecords',
	'guard.percent': 'guardPercent',
};

/** The parameter that a fault is about; undefined for what no parameter gives. */
export function whichParameter(
	{ list, row, pair, field }: FaultPlace,
	parameters: readonly INodeProperties[],
): Place | undefined {
	const isRule = list === 'link' || list === 'properties';
	const name = isRule ? list : (field ?? list);
	const found = find(names[name] ?? name, parameters);
	if (found === undefined || !isRule) return found;
	const { parameter, label } = found;
	const parts: Array<[path: string, label: string]> = [[parameter, label]];
	if (row !== undefined) parts.push([`.rule[${row}]`, `row ${row + 1}`]);
	if (pair !== undefined) parts.push([`.pairs.pair[${pair}]`, `pair ${pair + 1}`]);
	if (field !== undefined) parts.push([`.${field}`, find(field, parameters)?.label ?? field]);
	return {
		parameter: parts.map(([path]) => path).join(''),
		label: parts.map(([, text]) => text).join(', '),
	};
}

/** A parameter by its name, wherever it stands. Its path is whole for all but those in rows. */
function find(
	name: string,
	parameters: readonly INodeProperties[],
	path: readonly string[] = [],
): Place | undefined {
	for (const parameter of parameters) {
		const own = [...path, parameter.name];
		if (parameter.name === name) return { parameter: own.join('.'), label: parameter.displayName };
		const inner = (parameter.options ?? []).flatMap((option) => {
			if ('values' in option) return option.values;
			return 'type' in option ? [option] : [];
		});
		const found = find(name, inner, own);
		if (found !== undefined) return found;
	}
	return undefined;
}
