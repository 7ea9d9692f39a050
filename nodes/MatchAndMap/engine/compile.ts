import type { Comparison, DataFlow, Side } from '../../shared/contract';
import { isFilled } from '../../shared/isFilled';
import { fieldSteps, isSameField } from './contradictions';
import { PlanInputError } from './errors';
import { comparisons, compileProperties, type Property } from './properties';
import { requireName, requireOption, segmentsOf } from './requirements';

export type { Property } from './properties';

export interface CompiledPair {
	segments: Record<Side, string[]>;
	label: Record<Side, string>;
	compare: Comparison;
}

/** A rule has at least one. */
export type CompiledPairs = readonly [CompiledPair, ...CompiledPair[]];

export interface CompiledRule {
	pairs: CompiledPairs;
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

/**
 * Parses and checks the rules of a data flow.
 * @throws PlanInputError for a path that is malformed or reaches a prototype, an unknown option, or rules that contradict each other
 */
export function compileFlow(flow: DataFlow): CompiledFlow {
	requireName(flow?.id, "The data flow's id");
	if (!Array.isArray(flow.link) || flow.link.length === 0)
		throw new PlanInputError('At least one link rule is needed');
	if (!Array.isArray(flow.properties))
		throw new PlanInputError('The property rules must be a list');
	requireOption(flow.wixEntity, ['contact', 'member'], 'The Wix entity of the data flow');
	for (const paths of [flow.alsoHolds?.wix ?? [], flow.alsoHolds?.user ?? []]) {
		if (!Array.isArray(paths))
			throw new PlanInputError('The further address places must be lists of paths');
	}
	const properties = compileProperties(flow);
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

type LinkPair = DataFlow['link'][number]['pairs'][number];

function compileRule(pairs: LinkPair[], index: number): CompiledPairs {
	const name = `Link rule ${index + 1}`;
	if (!Array.isArray(pairs) || !isFilled(pairs))
		throw new PlanInputError(`${name} has no pair of fields`);
	const compilePair = (pair: LinkPair): CompiledPair => {
		requireOption(pair?.compare, comparisons, `${name}: comparison`);
		return {
			segments: {
				wix: segmentsOf(pair.wix, `${name}: Wix field`),
				users: segmentsOf(pair.user, `${name}: user field`),
			},
			label: { wix: pair.wix, users: pair.user },
			compare: pair.compare,
		};
	};
	const [first, ...more] = pairs;
	return [compilePair(first), ...more.map(compilePair)];
}

function sameProperty(
	[pair, ...more]: CompiledPairs,
	properties: readonly Property[],
): number | undefined {
	if (more.length > 0 || pair.compare !== 'email') return undefined;
	const index = properties.findIndex(
		({ keyOn, segments, compare, type }) =>
			compare === pair.compare &&
			type === 'string' &&
			keyOn.wix === pair.label.wix &&
			isSameField(fieldSteps(segments.users), fieldSteps(pair.segments.users)),
	);
	return index < 0 ? undefined : index;
}
