import { explain, makePlan, type JsonObject } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	brief,
	contact,
	inputOf,
	linked,
	seen,
	user,
	userUpdate,
	type Given,
	type Step,
} from './builders.mts';

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

export const json = (text: string) => JSON.parse(text) as JsonObject;
/** Anything, where a type asks for something. */
export const odd = (value: unknown) => value as never;

/** An object that holds itself. */
export const cyclic: JsonObject = { name: 'Ada' };
cyclic.self = cyclic;
cyclic.list = [cyclic];

/** Plans with hostile records beside a sound linked pair that was edited in Wix, and explains everybody. */
export function beside(given: Given) {
	const { wixRecords = [], users = [], links = [], ...more } = given;
	const made = makePlan(
		inputOf({
			...more,
			wixRecords: [...wixRecords, contact('sound', b)],
			users: [...users, user('sound', a)],
			links: [...links, linked('sound', 'sound', a)],
		}),
	);
	const outcome = seen(made.plan);
	for (const name of ['sound', 'odd', b]) explain(name, made);
	const isSound = ({ recordId }: Step) => recordId === 'sound';
	expect(brief(outcome.toUsers.filter(isSound))).toEqual([userUpdate('sound', a, b)]);
	expect(outcome.report.html).toMatch(/<\/html>$/);
	return outcome;
}
