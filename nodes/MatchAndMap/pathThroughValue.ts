import type { JsonObject, PropertyRule, Side } from '../shared/contract';
import { isScalar } from '../shared/normalize';
import { parsePath, valueAt } from '../shared/paths';
import { isWritten, propertyFault } from './engine/index';

const sides = [
	{ side: 'wix', field: 'wix' },
	{ side: 'users', field: 'user' },
] as const;

/**
 * A rule that writes below a field which holds a plain value in the records, and an object in none, could never be
 * carried out. Linear in the records, and done with the first one that has the object.
 * @throws PlanInputError about the rule and its field
 */
export function refusePathsThroughValues(
	rules: readonly PropertyRule[],
	records: Readonly<Record<Side, readonly JsonObject[]>>,
): void {
	rules.forEach((rule, row) => {
		for (const { side, field } of sides) {
			if (!isWritten(rule.direction, side)) continue;
			const through = fieldInTheWay(records[side], parentOf(rule[field], rule.compare));
			if (through === undefined) continue;
			throw propertyFault(
				row,
				field,
				`the ${side === 'wix' ? 'Wix' : 'user'} field '${rule[field]}' lies below '${through}', which holds a plain value and no further fields; name '${through}' or another field`,
			);
		}
	});
}

/** The steps that lead to a field; of an address, which some systems keep plain, those that lead to what may hold it. */
function parentOf(path: string, compare: PropertyRule['compare']): string[] {
	const steps = parsePath(path) ?? [];
	const mayBePlain = compare === 'email' && steps[steps.length - 1] === 'email';
	return steps.slice(0, mayBePlain ? -2 : -1);
}

function fieldInTheWay(records: readonly JsonObject[], parent: readonly string[]) {
	if (parent.length === 0) return undefined;
	const ways = parent.map((_, index) => parent.slice(0, index + 1));
	let through: string | undefined;
	for (const record of records) {
		const value = valueAt(record, parent);
		if (typeof value === 'object' && value !== null) return undefined;
		through ??= plainAt(record, ways);
	}
	return through;
}

/** The first of these ways, each a step longer than the one before, at whose end is a plain value. */
function plainAt(record: JsonObject, ways: readonly string[][]): string | undefined {
	const plain = ways.find((way) => {
		const value = valueAt(record, way);
		return isScalar(value) && value !== null && value !== '';
	});
	return plain?.join('.');
}
