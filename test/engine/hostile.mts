import {
	contactsAndUsers,
	defaultPolicies,
	type JsonObject,
	type PlanInput,
} from '../../nodes/MatchAndMap/engine/index';
import { now, type Given } from './builders.mts';

/** An object with `levels` objects in each other: too deep to walk by calls that call themselves. */
export function nested(levels: number): JsonObject {
	let inner: JsonObject = {};
	for (let level = 0; level < levels; level++) inner = { inner };
	return inner;
}

/** Whether any object now has what the tests try to smuggle into all of them. */
export function pollutes(): boolean {
	const plain = {} as Record<string, unknown>;
	return 'polluted' in plain || 'isAdmin' in plain || Object.keys(Object.prototype).length > 0;
}

/** What `run` plans from, complete, for `explain`. */
export const whole = (given: Given): PlanInput => ({
	dataFlow: contactsAndUsers,
	wixRecords: [],
	users: [],
	links: [],
	memberContactIds: [],
	complete: { wix: true, users: true },
	now,
	...given,
	policies: { ...defaultPolicies, ...given.policies },
});
