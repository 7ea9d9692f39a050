import type { Comparison, DataFlow, PropertyRule, Side } from '../../shared/contracts';
import { parsePath } from '../../shared/paths';
import { PlanInputError } from './errors';
import type { ValueType } from './readings';

/** One property: all rules that share a Wix path; the user paths `p` and `p.email` are one. */
export interface Property {
	/** The Wix path: key of `Link.lastSynced` and of `Pending.property`. */
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

export interface CompiledPair {
	segments: Record<Side, string[]>;
	label: Record<Side, string>;
	compare: Comparison;
}

export interface CompiledRule {
	pairs: CompiledPair[];
	/** The property with the very field and comparison of the rule's only pair: its key is the rule's. */
	sameAs: number | undefined;
}

/** A data flow with its paths parsed and its rules checked. */
export interface CompiledFlow {
	flow: DataFlow;
	properties: Property[];
	rules: CompiledRule[];
	alsoHolds: Record<Side, string[][]>;
}

const comparisons: readonly Comparison[] = ['exact', 'ignoreCase', 'email', 'phone'];
const types: ReadonlyArray<ValueType> = ['string', 'number', 'boolean', 'date'];
const directions: ReadonlyArray<PropertyRule['direction']> = ['both', 'toUsers', 'toWix'];

/**
 * Parses and checks the rules of a data flow.
 * @throws PlanInputError for a path that is malformed or reaches a prototype, an unknown option, or rules that contradict each other
 */
export function compileFlow(flow: DataFlow): CompiledFlow {
	requireText(flow?.id, "The data flow's id");
	if (!Array.isArray(flow.link) || flow.link.length === 0)
		throw new PlanInputError('At least one link rule is needed');
	if (!Array.isArray(flow.properties))
		throw new PlanInputError('The property rules must be a list');
	requireOption(flow.wixEntity, ['contact', 'member'], 'The Wix entity of the data flow');
	for (const paths of [flow.alsoHolds?.wix ?? [], flow.alsoHolds?.user ?? []]) {
		if (!Array.isArray(paths))
			throw new PlanInputError('The further address places must be lists of paths');
	}
	const properties = compileProperties(flow.properties);
	return {
		flow,
		properties,
		rules: flow.link.map((rule, index) => {
			const pairs = compileRule(rule?.pairs, index);
			return { pairs, sameAs: sameProperty(pairs, properties) };
		}),
		alsoHolds: {
			wix: (flow.alsoHolds?.wix ?? []).map((path) =>
				segmentsOf(path, 'Further address place (Wix)', true),
			),
			users: (flow.alsoHolds?.user ?? []).map((path) =>
				segmentsOf(path, 'Further address place (user)', true),
			),
		},
	};
}

function compileRule(pairs: DataFlow['link'][number]['pairs'], index: number): CompiledPair[] {
	const name = `Link rule ${index + 1}`;
	if (!Array.isArray(pairs) || pairs.length === 0)
		throw new PlanInputError(`${name} has no pair of fields`);
	return pairs.map((pair) => {
		requireOption(pair?.compare, comparisons, `${name}: comparison`);
		return {
			segments: {
				wix: segmentsOf(pair.wix, `${name}: Wix field`),
				users: segmentsOf(pair.user, `${name}: user field`),
			},
			label: { wix: pair.wix, users: pair.user },
			compare: pair.compare,
		};
	});
}

function sameProperty(
	[pair, ...more]: readonly CompiledPair[],
	properties: readonly Property[],
): number | undefined {
	if (more.length > 0 || pair.compare !== 'email') return undefined;
	const index = properties.findIndex(
		({ keyOn, compare, type }) =>
			compare === pair.compare &&
			type === 'string' &&
			keyOn.wix === pair.label.wix &&
			isSameField(keyOn.users, pair.label.users),
	);
	return index < 0 ? undefined : index;
}

function compileProperties(rules: readonly PropertyRule[]): Property[] {
	const byKey = new Map<string, Property>();
	rules.forEach((rule, index) => {
		const name = `Property rule ${index + 1}`;
		const property = compileProperty(rule, name);
		for (const other of byKey.values()) {
			if (other.key !== property.key && isSameField(other.keyOn.users, property.keyOn.users)) {
				throw inSyncAlready(name, `user field '${rule.user}'`, other.key);
			}
		}
		const known = byKey.get(property.key);
		byKey.set(property.key, known === undefined ? property : united(known, property, name));
	});
	return [...byKey.values()];
}

const inSyncAlready = (name: string, field: string, other: string) =>
	new PlanInputError(
		`${name}: the ${field} is kept in sync with '${other}' already; remove one of the two rules`,
	);

function compileProperty(rule: PropertyRule, name: string): Property {
	requireOption(rule?.compare, comparisons, `${name}: comparison`);
	requireOption(rule.type, types, `${name}: type`);
	requireOption(rule.direction, directions, `${name}: direction`);
	return {
		key: rule.wix,
		keyOn: { wix: rule.wix, users: rule.user },
		segments: {
			wix: segmentsOf(rule.wix, `${name}: Wix field`),
			users: segmentsOf(rule.user, `${name}: user field`),
		},
		compare: rule.compare,
		type: rule.type,
		direction: rule.direction,
		unique: rule.compare === 'email',
	};
}

/** `profile.email` and `profile.email.email` are one field: the address, in an object or plain. */
function isSameField(left: string, right: string): boolean {
	return left === right || left === `${right}.email` || right === `${left}.email`;
}

function united(first: Property, second: Property, name: string): Property {
	if (!isSameField(first.keyOn.users, second.keyOn.users)) {
		throw inSyncAlready(name, `Wix field '${first.key}'`, first.keyOn.users);
	}
	const same =
		first.compare === second.compare &&
		first.type === second.type &&
		first.direction === second.direction;
	if (!same)
		throw new PlanInputError(
			`${name}: type, comparison and direction must be those of the rule for the same field`,
		);
	return second.keyOn.users.length > first.keyOn.users.length ? second : first;
}

function segmentsOf(path: string, name: string, lists = false): string[] {
	const segments = typeof path === 'string' ? parsePath(path) : undefined;
	if (segments === undefined) {
		throw new PlanInputError(
			`${name}: '${String(path)}' is no path to a field; write one such as primaryInfo.email`,
		);
	}
	if (!lists && segments.includes('[]')) {
		throw new PlanInputError(
			`${name}: '${path}' names a whole list; name one of its items, such as [0]`,
		);
	}
	return segments;
}

function requireText(value: unknown, name: string): void {
	if (typeof value !== 'string' || value.trim() === '')
		throw new PlanInputError(`${name} must not be empty`);
}

/** @throws PlanInputError when `value` is none of `options` */
export function requireOption(value: unknown, options: readonly string[], name: string): void {
	if (typeof value !== 'string' || !options.includes(value)) {
		throw new PlanInputError(`${name} must be one of ${options.join(', ')}`);
	}
}
