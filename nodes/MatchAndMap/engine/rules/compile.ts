import type { DataFlow, LinkRule, PlanInput, Policies, Side } from '../../../shared/contract';
import { isSameField } from './contradictions';
import { faultAt, PlanInputError } from './errors';
import { checkNow, checkPolicies } from './policies';
import { compileProperties, type Property } from './properties';
import { compilePair, requireOption, segmentsOf, type CompiledPair } from './requirements';

/** All pairs have to match; there is at least one. */
export interface CompiledRule {
	readonly pairs: readonly CompiledPair[];
	/** The property with the very field and comparison of the rule's only pair: its key is the rule's. */
	readonly sameAs: number | undefined;
}

type Paths = ReadonlyArray<readonly string[]>;

/**
 * What a run is told to do. Invariants: all of it was checked, and nobody changes anything of it. `links` has an entry for each
 * rule of `flow.link`, in that order, and at least one. No two of `properties` share a Wix path, and none writes what another one
 * writes, reads or reaches through; a property is known by its place in the list. No path reaches a prototype, and only those of
 * `alsoHolds` fan out over lists.
 */
export interface Rules {
	readonly flow: DataFlow;
	readonly properties: readonly Property[];
	readonly links: readonly CompiledRule[];
	readonly alsoHolds: Readonly<Record<Side, Paths>>;
	readonly policies: Policies;
	readonly now: string;
	readonly nowMs: number;
	/** A time from before the rows were read: a lease that runs beyond it is not over. */
	readonly readFromMs: number;
}

type Told = Pick<PlanInput, 'dataFlow' | 'policies' | 'now' | 'readFrom'>;

/**
 * @throws PlanInputError for a path that is malformed or reaches a prototype, an unknown option, a number or time that is none, and
 * for rules that contradict each other
 */
export function compile({ dataFlow: flow, policies, now, readFrom }: Told): Rules {
	const id = { list: 'flow', field: 'id' } as const;
	if (typeof flow?.id !== 'string' || flow.id.trim() === '')
		throw faultAt(id, ' must not be empty');
	if (flow.id !== flow.id.trim()) throw faultAt(id, ' must not begin or end with white space');
	if (!Array.isArray(flow.link) || flow.link.length === 0)
		throw new PlanInputError('At least one link rule is needed', { list: 'link' });
	if (!Array.isArray(flow.properties))
		throw new PlanInputError('The property rules must be a list', { list: 'properties' });
	requireOption(flow.wixEntity, ['contact', 'member'], { list: 'flow', field: 'wixEntity' });
	const properties = compileProperties(flow);
	return {
		flow,
		properties,
		links: flow.link.map((rule, row) => compileRule(rule?.pairs, row, properties)),
		alsoHolds: { wix: furtherPlaces(flow, 'wix'), users: furtherPlaces(flow, 'user') },
		policies: checkPolicies(policies),
		now,
		nowMs: checkNow(now, 'now'),
		readFromMs: checkNow(readFrom, 'readFrom'),
	};
}

function furtherPlaces({ alsoHolds }: DataFlow, name: 'wix' | 'user'): Paths {
	const at = { list: 'flow', field: `alsoHolds.${name}` } as const;
	const paths = alsoHolds?.[name] ?? [];
	if (!Array.isArray(paths))
		throw new PlanInputError('The further address places must be lists of paths', at);
	return paths.map((path, row) => segmentsOf(path, { ...at, row }, true));
}

function compileRule(
	entered: LinkRule['pairs'],
	row: number,
	properties: readonly Property[],
): CompiledRule {
	const none = `Link rule ${row + 1} has no pair of fields`;
	if (!Array.isArray(entered) || entered.length === 0)
		throw new PlanInputError(none, { list: 'link', row, field: 'pairs' });
	const pairs = entered.map((each, pair) => compilePair(each, { list: 'link', row, pair }));
	return { pairs, sameAs: sameProperty(pairs, properties) };
}

function sameProperty([pair, ...more]: readonly CompiledPair[], properties: readonly Property[]) {
	if (pair?.compare !== 'email' || more.length > 0) return undefined;
	const index = properties.findIndex(
		({ keyOn, segments, compare, type }) =>
			compare === 'email' &&
			type === 'string' &&
			keyOn.wix === pair.label.wix &&
			isSameField(segments.users, pair.segments.users),
	);
	return index < 0 ? undefined : index;
}
