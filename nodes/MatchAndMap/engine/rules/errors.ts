import type { PropertyRule } from '../../../shared/contract';

/** What a fault is about. Rows, and the pairs of a link rule, count from 0. */
export interface FaultPlace {
	readonly list: 'link' | 'properties' | 'policies' | 'flow' | 'input';
	readonly row?: number;
	readonly pair?: number;
	/** Its name in the row, the policies (`guard.records`), the data flow (`alsoHolds.wix`) or the input. */
	readonly field?: string;
}

/**
 * Thrown for rules or policies that cannot be worked with, never for data. The message names the rule and the remedy for a person;
 * a program asks `at`.
 */
export class PlanInputError extends Error {
	constructor(
		message: string,
		readonly at: FaultPlace,
	) {
		super(message);
		this.name = 'PlanInputError';
	}
}

/** Fields that a message calls otherwise. */
const names: Readonly<Record<string, string>> = {
	wix: 'Wix field',
	user: 'user field',
	compare: 'comparison',
	id: "The data flow's id",
	wixEntity: 'The Wix entity of the data flow',
	'alsoHolds.wix': 'Further address place (Wix)',
	'alsoHolds.user': 'Further address place (user)',
	'guard.records': "Policy 'guard': records",
	'guard.percent': "Policy 'guard': percent",
};

function nameOf({ list, row = 0, field = '' }: FaultPlace): string {
	const name = names[field] ?? (list === 'policies' ? `Policy '${field}'` : field);
	if (list === 'link') return `Link rule ${row + 1}: ${name}`;
	return list === 'properties' ? `Property rule ${row + 1}: ${name}` : name;
}

/** A fault of a whole property rule; its field is where a person begins to correct it. */
export const propertyFault = (row: number, field: keyof PropertyRule, why: string) =>
	new PlanInputError(`Property rule ${row + 1}: ${why}`, { list: 'properties', row, field });

/** A fault whose message is the name of its field and `words`. */
export const faultAt = (at: FaultPlace, words: string) =>
	new PlanInputError(`${nameOf(at)}${words}`, at);
