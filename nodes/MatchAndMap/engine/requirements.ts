import { kindOf } from '../../shared/normalize';
import { parsePath } from '../../shared/paths';
import { PlanInputError } from './errors';

const longestShown = 80;

/** Far deeper than any record; keeps the comparison of paths short. */
const mostSteps = 100;

/** What a person entered, as a message quotes it. */
function quoted(value: unknown): string {
	if (typeof value !== 'string')
		return value === undefined || value === null ? 'nothing' : kindOf(value);
	return value.length > longestShown ? `'${value.slice(0, longestShown)}…'` : `'${value}'`;
}

/** @throws PlanInputError when `value` is no text, or only white space, or has white space around it */
export function requireName(value: unknown, name: string): void {
	if (typeof value !== 'string' || value.trim() === '')
		throw new PlanInputError(`${name} must not be empty`);
	if (value !== value.trim())
		throw new PlanInputError(`${name} must not begin or end with white space`);
}

/** @throws PlanInputError when `value` is none of `options` */
export function requireOption(value: unknown, options: readonly string[], name: string): void {
	if (typeof value === 'string' && options.includes(value)) return;
	throw new PlanInputError(`${name} must be one of ${options.join(', ')}; it is ${quoted(value)}`);
}

/**
 * @param lists whether the path may reach every item of a list (`[]`)
 * @returns the steps of a path
 * @throws PlanInputError for a path that is empty, malformed, or could reach a prototype
 */
export function segmentsOf(path: unknown, name: string, lists = false): string[] {
	const segments = typeof path === 'string' ? parsePath(path) : undefined;
	if (segments === undefined) {
		throw new PlanInputError(
			`${name}: ${quoted(path)} is no path to a field; write one such as primaryInfo.email`,
		);
	}
	if (segments.length > mostSteps)
		throw new PlanInputError(`${name}: ${quoted(path)} has more than ${mostSteps} steps`);
	if (!lists && segments.includes('[]')) {
		throw new PlanInputError(
			`${name}: ${quoted(path)} names a whole list; name one of its items, such as [0]`,
		);
	}
	return segments;
}
