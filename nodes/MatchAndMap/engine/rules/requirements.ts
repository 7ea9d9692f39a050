import type { Comparison, LinkRule, Side } from '../../../shared/contract';
import { kindOf } from '../../../shared/normalize';
import { parsePath } from '../../../shared/paths';
import { faultAt, type FaultPlace } from './errors';

/** Two fields to compare, one of each side. */
export interface CompiledPair {
	readonly segments: Readonly<Record<Side, readonly string[]>>;
	/** The paths as they were entered. */
	readonly label: Readonly<Record<Side, string>>;
	readonly compare: Comparison;
}

const comparisons: readonly Comparison[] = ['exact', 'ignoreCase', 'email', 'phone'];
const longestShown = 80;
/** Far deeper than any record; keeps the comparison of paths short. */
const mostSteps = 100;

/** What a person entered, as a message quotes it. */
function quoted(value: unknown): string {
	if (typeof value !== 'string')
		return value === undefined || value === null ? 'nothing' : kindOf(value);
	return value.length > longestShown ? `'${value.slice(0, longestShown)}…'` : `'${value}'`;
}

/** @throws PlanInputError when `value` is none of `options` */
export function requireOption(value: unknown, options: readonly string[], at: FaultPlace): void {
	if (typeof value === 'string' && options.includes(value)) return;
	throw faultAt(at, ` must be one of ${options.join(', ')}; it is ${quoted(value)}`);
}

/**
 * @param lists whether the path may reach every item of a list (`[]`)
 * @returns the steps of a path
 * @throws PlanInputError for a path that is empty, malformed, or could reach a prototype
 */
export function segmentsOf(path: unknown, at: FaultPlace, lists = false): string[] {
	const segments = typeof path === 'string' ? parsePath(path) : undefined;
	const refused = (why: string) => faultAt(at, `: ${quoted(path)} ${why}`);
	if (segments === undefined)
		throw refused('is no path to a field; write one such as primaryInfo.email');
	if (segments.length > mostSteps) throw refused(`has more than ${mostSteps} steps`);
	if (!lists && segments.includes('[]'))
		throw refused('names a whole list; name one of its items, such as [0]');
	return segments;
}

/** @throws PlanInputError for an unknown comparison and for a path that is none */
export function compilePair(pair: LinkRule['pairs'][number], at: FaultPlace): CompiledPair {
	requireOption(pair?.compare, comparisons, { ...at, field: 'compare' });
	const { wix, user, compare } = pair;
	const segments = {
		wix: segmentsOf(wix, { ...at, field: 'wix' }),
		users: segmentsOf(user, { ...at, field: 'user' }),
	};
	return { segments, label: { wix, users: user }, compare };
}
