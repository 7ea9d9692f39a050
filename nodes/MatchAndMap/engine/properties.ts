import type { Comparison, DataFlow, PropertyRule, Side } from '../../shared/contract';
import { fieldSteps, isSameField, refuseContradictions, type RuleField } from './contradictions';
import { PlanInputError } from './errors';
import type { ValueType } from './readings';
import { requireOption, segmentsOf } from './requirements';

/** One property: all rules that share a Wix path; the user paths `p` and `p.email` are one. */
export interface Property {
	/** The Wix path: key of `LinkRow.lastSynced` and of `Pending.property`. */
	key: string;
	/** The key that a change on each side carries. */
	keyOn: Record<Side, string>;
	segments: Record<Side, string[]>;
	compare: Comparison;
	type: ValueType;
	direction: PropertyRule['direction'];
	/** Nobody else on the same side may hold the value. */
	unique: boolean;
}

/** One property rule, its fields in one spelling each. */
interface ReadRule {
	index: number;
	property: Property;
	steps: Record<Side, readonly string[]>;
	/** Names the Wix field: rules with the same are one property. */
	name: string;
}

export const comparisons: readonly Comparison[] = ['exact', 'ignoreCase', 'email', 'phone'];
const types: readonly ValueType[] = ['string', 'number', 'boolean', 'date'];
const directions: ReadonlyArray<PropertyRule['direction']> = ['both', 'toUsers', 'toWix'];

const ruleName = (index: number) => `Property rule ${index + 1}`;

/**
 * The properties that the rules come to, in the order of the first rule of each.
 * @throws PlanInputError that starts with the rule which cannot be worked with, or contradicts an earlier one
 */
export function compileProperties({ properties, wixEntity }: DataFlow): Property[] {
	const rules = properties.map((rule, index) => readRule(rule, index, wixEntity));
	for (const side of ['wix', 'users'] as const)
		refuseContradictions(rules.map((rule) => fieldOn(rule, side)));
	const byName = new Map<string, ReadRule>();
	for (const rule of rules) {
		const first = byName.get(rule.name);
		byName.set(rule.name, first === undefined ? rule : united(first, rule));
	}
	return [...byName.values()].map(({ property }) => property);
}

function readRule(rule: PropertyRule, index: number, entity: DataFlow['wixEntity']): ReadRule {
	const name = ruleName(index);
	requireOption(rule?.compare, comparisons, `${name}: comparison`);
	requireOption(rule.type, types, `${name}: type`);
	requireOption(rule.direction, directions, `${name}: direction`);
	const { wix, user, compare, type, direction } = rule;
	const segments = {
		wix: segmentsOf(wix, `${name}: Wix field`),
		users: segmentsOf(user, `${name}: user field`),
	};
	const steps = { wix: wixSteps(segments.wix, entity), users: fieldSteps(segments.users) };
	const keyOn = { wix, users: user };
	const unique = compare === 'email';
	return {
		index,
		property: { key: wix, keyOn, segments, compare, type, direction, unique },
		steps,
		name: JSON.stringify(steps.wix),
	};
}

/** Contacts show, and take, their primary address and number under two names each. */
const sameInContacts = new Map([
	['primaryEmail.email', 'primaryInfo.email'],
	['primaryPhone.phone', 'primaryInfo.phone'],
]);

function wixSteps(segments: readonly string[], entity: DataFlow['wixEntity']): string[] {
	const steps = fieldSteps(segments);
	const same = entity === 'contact' ? sameInContacts.get(steps.join('.')) : undefined;
	return same?.split('.') ?? steps;
}

function fieldOn({ index, property, steps, name }: ReadRule, side: Side): RuleField {
	const { direction, keyOn } = property;
	return {
		rule: index,
		side,
		path: keyOn[side],
		steps: steps[side],
		isWritten: direction === 'both' || direction === (side === 'wix' ? 'toWix' : 'toUsers'),
		property: name,
		source: keyOn[side === 'wix' ? 'users' : 'wix'],
	};
}

/** Two rules of one property: it goes under the Wix path of the first and the longer of the two user paths. */
function united(first: ReadRule, second: ReadRule): ReadRule {
	const earlier = `property rule ${first.index + 1}`;
	const [one, two] = [first.property, second.property];
	if (!isSameField(first.steps.users, second.steps.users)) {
		throw new PlanInputError(
			`${ruleName(second.index)}: the Wix field '${two.key}' is kept in sync with the user field '${one.keyOn.users}' by ${earlier} already, and can go with one only; remove one of the two rules`,
		);
	}
	if (one.compare !== two.compare || one.type !== two.type || one.direction !== two.direction) {
		throw new PlanInputError(
			`${ruleName(second.index)}: type, comparison and direction must be those of ${earlier}, which is for the same field`,
		);
	}
	if (second.steps.users.length <= first.steps.users.length) return first;
	const property = {
		...one,
		keyOn: { ...one.keyOn, users: two.keyOn.users },
		segments: { ...one.segments, users: two.segments.users },
	};
	return { ...first, property, steps: { ...first.steps, users: second.steps.users } };
}
