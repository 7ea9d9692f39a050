import type { IDataObject, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { customRuleParameters } from '../../nodes/MatchAndMap/parameters/customRules';
import { optionParameters } from '../../nodes/MatchAndMap/parameters/options';
import { policyParameters } from '../../nodes/MatchAndMap/parameters/policies';
import { runParameters } from '../../nodes/MatchAndMap/parameters/run';

/** Every parameter of Match & Map that an example may name, those inside rule rows and options, too. */
function inside(parameter: INodeProperties): INodeProperties[] {
	const parts = (parameter.options ?? []) as Array<
		Partial<INodeProperties> & { values?: INodeProperties[] }
	>;
	const nested = parts.flatMap(
		(part) => part.values ?? ('type' in part ? [part as INodeProperties] : []),
	);
	return [parameter, ...nested.flatMap(inside)];
}

export const policies = policyParameters;
export const options = (entryAt(optionParameters, 0).options ?? []) as INodeProperties[];

export const ofTheRun = runParameters;

const all = [
	...customRuleParameters,
	...policyParameters,
	...runParameters,
	...optionParameters,
].flatMap(inside);

/** The parameter that people see under this name. @throws for one that the node does not have */
export function parameterCalled(label: string): INodeProperties {
	const found = all.find(({ displayName }) => displayName === label);
	if (found === undefined) throw new Error(`Match & Map has no parameter '${label}'`);
	return found;
}

/** What the parameter `label` holds when a person chose or typed `text`. @throws for a choice that is not there */
export function valueOf(label: string, text: string): IDataObject[string] {
	const { type, options: choices = [] } = parameterCalled(label);
	if (type === 'boolean') return text === 'On';
	if (type === 'number') return Number(text);
	if (type !== 'options') return text;
	const choice = (choices as INodePropertyOptions[]).find(({ name }) => name === text);
	if (choice === undefined) throw new Error(`'${label}' has no choice '${text}'`);
	return choice.value;
}

/** The choices of a list, as people see them. */
export const choicesOf = ({ options: choices = [] }: INodeProperties): string[] =>
	choices.map(({ name }) => name);
