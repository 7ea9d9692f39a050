import type { Comparison, JsonObject, JsonValue } from '../../../shared/contract';
import { isJsonObject, parsePath, valueAt } from '../../../shared/paths';
import { entriesOf, pathOfPrimary, primaryOf, withPrimary, type ValueList } from './valueLists';

const coreSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';

/** Paths that stand for the one value of a list that counts. The presets ask for the first two. */
const listPaths: Readonly<Record<string, ValueList>> = {
	'profile.email': 'emails',
	'profile.email.email': 'emails',
	'emails[primary].value': 'emails',
	'phoneNumbers[primary].value': 'phoneNumbers',
};

const comparisons: Readonly<Record<ValueList, Comparison>> = {
	emails: 'email',
	phoneNumbers: 'phone',
};

const names = ['formatted', 'familyName', 'givenName', 'middleName'].map((part) => `name.${part}`);

/** RFC 7643 sections 4.1.1 and 3.1, without what holds lists or only the server writes. */
const plainPaths: ReadonlySet<string> = new Set([
	...['userName', 'displayName', 'nickName', 'title', 'externalId', 'active', 'userType'],
	...['locale', 'preferredLanguage', 'profileUrl', 'timezone'],
	...names,
]);

export const writablePaths = `${[...Object.keys(listPaths), ...plainPaths].join(', ')}, and those of an extension as ['urn:…:User'].name`;

const listAt = (path: string): ValueList | undefined =>
	Object.hasOwn(listPaths, path) ? listPaths[path] : undefined;

/** Schema and attribute of a path into an extension, such as `['urn:…:enterprise:2.0:User'].department`. */
function extensionAt(path: string): [schema: string, attribute: string] | undefined {
	const [schema, attribute, ...more] = parsePath(path) ?? [];
	if (schema === undefined || attribute === undefined || more.length > 0) return undefined;
	const isExtension = /^urn:[\w.:-]+$/i.test(schema) && /^[\w$-]+$/.test(attribute);
	return isExtension ? [schema, attribute] : undefined;
}

/** How values at `path` are compared; undefined when it cannot be written. */
export function comparisonAt(path: string): Comparison | undefined {
	const list = listAt(path);
	if (list !== undefined) return comparisons[list];
	// RFC 7643 section 8.7.1: two user names that differ in case are the same.
	if (path === 'userName') return 'ignoreCase';
	return plainPaths.has(path) || extensionAt(path) !== undefined ? 'exact' : undefined;
}

export function valueOf(user: JsonObject, path: string): JsonValue {
	const list = listAt(path);
	if (list !== undefined) return primaryOf(user, list);
	const segments = parsePath(path);
	return (segments && valueAt(user, segments)) ?? null;
}

/** One value to set: where it is in a user, and how a PATCH says it. */
interface Target {
	at: [attribute: string, part?: string];
	value: JsonValue;
	operation: JsonObject;
}

function asTyped(path: string, value: JsonValue): JsonValue {
	if (path === 'active') return String(value).trim().toLowerCase() === 'true';
	if (typeof value === 'string') return value.trim();
	return plainPaths.has(path) ? String(value) : value;
}

function placeOf(path: string): Target['at'] {
	const dot = path.indexOf('.');
	return dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)];
}

function targetOf(user: JsonObject, path: string, value: JsonValue): Target {
	const list = listAt(path);
	if (list !== undefined) {
		const entries = entriesOf(user, list);
		const text = String(value).trim();
		const whole = withPrimary(entries, text);
		const inPlace = pathOfPrimary(list, entries);
		const operation: JsonObject =
			inPlace === undefined
				? { op: entries.length === 0 ? 'add' : 'replace', path: list, value: whole }
				: { op: 'replace', path: inPlace, value: text };
		return { at: [list], value: whole, operation };
	}
	const extension = extensionAt(path);
	const typed = asTyped(path, value);
	const at = extension ?? placeOf(path);
	const asPath = extension === undefined ? path : extension.join(':');
	return { at, value: typed, operation: { op: 'replace', path: asPath, value: typed } };
}

/** By the place in a user, so that two paths to the same place are one change. */
function targetsOf(user: JsonObject, set: JsonObject): Target[] {
	const targets = new Map<string, Target>();
	for (const [path, value] of Object.entries(set)) {
		const target = targetOf(user, path, value);
		targets.set(target.at.join('\n'), target);
	}
	return [...targets.values()];
}

/** The operations of a PATCH (RFC 7644 section 3.5.2) that put `set` (path to value) into `user`. */
export function operationsFor(user: JsonObject, set: JsonObject): JsonObject[] {
	return targetsOf(user, set).map(({ operation }) => operation);
}

function put(user: JsonObject, { at: [first, second], value }: Target): JsonObject {
	if (second === undefined) return { ...user, [first]: value };
	const inner = user[first];
	const changed = { ...user, [first]: { ...(isJsonObject(inner) ? inner : {}), [second]: value } };
	if (!first.toLowerCase().startsWith('urn:')) return changed;
	const schemas = Array.isArray(user.schemas) ? user.schemas : [coreSchema];
	return { ...changed, schemas: schemas.includes(first) ? schemas : [...schemas, first] };
}

/** A copy of `user` that holds `set` (path to value). Everything else in it stays. */
export function withSet(user: JsonObject, set: JsonObject): JsonObject {
	return targetsOf(user, set).reduce(put, { ...user });
}

/** The body of a new user who holds `set`. */
export function newUser(set: JsonObject): JsonObject {
	return withSet({ schemas: [coreSchema], active: true }, set);
}

/** The body that replaces `user` as a whole, without what only the server writes. RFC 7644 section 3.5.1. */
export function replacementFor(user: JsonObject, set: JsonObject): JsonObject {
	const content = withSet(user, set);
	delete content.meta;
	delete content.groups;
	return content;
}

/** Some servers have texts where true or false should be. */
export const isActive = ({ active }: JsonObject): boolean =>
	String(active ?? true).toLowerCase() !== 'false';
