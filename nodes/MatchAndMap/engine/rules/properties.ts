import type { Comparison, DataFlow, PropertyRule, Side } from '../../../shared/contract';
import { fieldSteps, isSameField, refuseContradictions, type RuleFields } from './contradictions';
import { propertyFault } from './errors';
import { compilePair, requireOption } from './requirements';

/**
 * One property: all rules that share a Wix path; the user paths `p` and `p.email` are one. Invariants: `key` is `keyOn.wix` of its
 * first rule, and no other property's; `segments` are the steps of `keyOn`, side by side; an address is `unique`, nothing else is.
 */
export interface Property {
	/** The Wix path: key of `LinkRow.lastSynced` and of `Pending.property`. */
	readonly key: string;
	/** The key that a change on each side carries. */
	readonly keyOn: Readonly<Record<Side, string>>;
	readonly segments: Readonly<Record<Side, readonly string[]>>;
	readonly compare: Comparison;
	readonly type: PropertyRule['type'];
	readonly direction: PropertyRule['direction'];
	/** Nobody else on the same side may hold the value. */
	readonly unique: boolean;
}

interface ReadRule extends RuleFields {
	readonly property: Property;
}

const types: ReadonlyArray<Property['type']> = ['string', 'number', 'boolean', 'date'];
const directions: ReadonlyArray<Property['direction']> = ['both', 'toUsers', 'toWix'];

/**
 * The properties that the rules come to, in the order of the first rule of each.
 * @throws PlanInputError for a rule which cannot be worked with, or contradicts an earlier one
 */
export function compileProperties({ properties, wixEntity }: DataFlow): Property[] {
	const rules = properties.map((rule, row) => readRule(rule, row, wixEntity));
	for (const side of ['wix', 'users'] as const) refuseContradictions(rules, side);
	const byName = new Map<string, ReadRule>();
	for (const rule of rules) {
		const first = byName.get(rule.name);
		byName.set(rule.name, first === undefined ? rule : united(first, rule));
	}
	return [...byName.values()].map(({ property }) => property);
}

function readRule(rule: PropertyRule, row: number, entity: DataFlow['wixEntity']): ReadRule {
	const at = { list: 'properties', row } as const;
	const { segments, label: keyOn, compare } = compilePair(rule, at);
	const { type, direction } = rule;
	requireOption(type, types, { ...at, field: 'type' });
	requireOption(direction, directions, { ...at, field: 'direction' });
	const steps = { wix: wixSteps(segments.wix, entity), users: fieldSteps(segments.users) };
	const unique = compare === 'email';
	const property = { key: keyOn.wix, keyOn, segments, compare, type, direction, unique };
	return { row, name: JSON.stringify(steps.wix), steps, property };
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

/** Two rules of one property: it goes under the Wix path of the first and the longer of the two user paths. */
function united(first: ReadRule, second: ReadRule): ReadRule {
	const earlier = `property rule ${first.row + 1}`;
	const [one, two] = [first.property, second.property];
	if (!isSameField(one.segments.users, two.segments.users)) {
		throw propertyFault(
			second.row,
			'wix',
			`the Wix field '${two.key}' is kept in sync with the user field '${one.keyOn.users}' by ${earlier} already, and can go with one only; remove one of the two rules`,
		);
	}
	const unlike = (['type', 'compare', 'direction'] as const).find(
		(name) => one[name] !== two[name],
	);
	if (unlike !== undefined) {
		const why = `type, comparison and direction must be those of ${earlier}, which is for the same field`;
		throw propertyFault(second.row, unlike, why);
	}
	if (two.segments.users.length <= one.segments.users.length) return first;
	const property = {
		...one,
		keyOn: { ...one.keyOn, users: two.keyOn.users },
		segments: { ...one.segments, users: two.segments.users },
	};
	return { ...first, property };
}
