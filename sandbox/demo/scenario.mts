import type { JsonValue } from '../../nodes/shared/contract/index';
import { SetupError } from '../../runtime/setupError.mts';

/** Wix, or whichever system the users live in. */
export type ServerName = 'wix' | 'users';

/**
 * Somebody who fits a role, chosen from the people that are linked when the step begins; nobody is chosen twice in a day.
 * linkedPair: one address, and no member's contact. secondAddress: another address that nobody else has. member: a member, or
 * a contact that belongs to one. apart: the two sides differ; chosen again even after an earlier part.
 */
export interface Pick {
	pick: 'linkedPair' | 'secondAddress' | 'member' | 'apart';
	/** Leave this many of them out. */
	n?: number;
	/** Without anybody like that the step's edits of this person are left out, instead of ending the demo. */
	optional?: boolean;
}

/** The address that a person of this step has before the step's edits. */
export interface AddressOf {
	addressOf: string;
	server?: ServerName;
	which?: 'primary' | 'second';
}

/** The record an edit is about: by its id, by its address, or by a name from the step's `people`. */
export interface Target {
	server: ServerName;
	id?: string;
	email?: string;
	person?: string;
}

export type Edit = Target &
	(
		| { path: string; value: JsonValue | AddressOf }
		| { delete: true }
		| { mergeInto: Omit<Target, 'server'> }
	);

export interface Step {
	title: string;
	people?: Record<string, Pick> | undefined;
	edits: Edit[];
	/** Exactly so many runs; nothing: until a run has nothing left to do. */
	runs?: number;
}

const ROLES = new Set(['linkedPair', 'secondAddress', 'member', 'apart']);

/** Reads a scenario file: a JSON list of steps. Throws SetupError that names the step and what is wrong with it. */
export function parseScenario(text: string, file: string): Step[] {
	let content: unknown;
	try {
		content = JSON.parse(text, namedNow);
	} catch (error) {
		throw new SetupError(`${file} is no JSON: ${(error as Error).message}`);
	}
	if (!Array.isArray(content)) throw new SetupError(`${file} must be a list of steps.`);
	content.forEach((step: unknown, index) => {
		const fault = stepFault(step);
		if (fault) throw new SetupError(`${file}, step ${index + 1}: ${fault}.`);
	});
	return content as Step[];
}

/** The users' server was called by the only system there was. */
function namedNow(key: string, value: unknown): unknown {
	return key === 'server' && value === 'youtrack' ? 'users' : value;
}

function stepFault(step: unknown): string | undefined {
	if (!isObject(step)) return 'it must be an object with title and edits';
	if (typeof step.title !== 'string') return '"title" must be a text';
	if (!Array.isArray(step.edits)) return '"edits" must be a list (it may be empty)';
	if (step.runs !== undefined && !Number.isInteger(step.runs)) return '"runs" must be a number';
	const people = step.people ?? {};
	if (!isObject(people)) return '"people" must be an object of names';
	for (const [name, pick] of Object.entries(people)) {
		if (!isObject(pick) || !ROLES.has(String(pick.pick))) {
			return `person "${name}" must have a "pick" of ${[...ROLES].join(', ')}`;
		}
	}
	for (const [index, edit] of step.edits.entries()) {
		const fault = editFault(edit, people);
		if (fault) return `edit ${index + 1}: ${fault}`;
	}
	return undefined;
}

function editFault(edit: unknown, people: Record<string, unknown>): string | undefined {
	if (!isObject(edit)) return 'it must be an object';
	if (edit.server !== 'wix' && edit.server !== 'users') return '"server" must be wix or users';
	if (!['id', 'email', 'person'].some((key) => typeof edit[key] === 'string')) {
		return 'it needs an "id", an "email" or a "person"';
	}
	if (typeof edit.person === 'string' && !(edit.person in people)) {
		return `"${edit.person}" is not among the step's "people"`;
	}
	if (edit.delete === true || isObject(edit.mergeInto)) return undefined;
	if (typeof edit.path === 'string' && 'value' in edit) return undefined;
	return 'it needs "path" and "value", "delete": true, or "mergeInto"';
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
