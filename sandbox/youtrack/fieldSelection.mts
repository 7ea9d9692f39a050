import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { hubError } from './errors.mts';

/** A parsed `fields` parameter; an empty tree selects the whole value. */
export interface FieldTree {
	[name: string]: FieldTree;
}

const malformed = (text: string) =>
	hubError(400, 'Bad Request', `The fields parameter cannot be read near "${text.slice(0, 20)}".`);

function branch(tree: FieldTree, path: readonly string[]): FieldTree {
	let node = tree;
	for (const name of path)
		node = Object.hasOwn(node, name) ? (node[name] ??= {}) : (node[name] = {});
	return node;
}

/** Parses both styles, also mixed: `id,profile(email(email,verified))` and `id,profile/email/email`. */
export function parseFields(text: string): FieldTree {
	const root: FieldTree = Object.create(null) as FieldTree;
	const open: FieldTree[] = [root];
	const tokens = text.match(/[(),]|[^(),\s]+/g) ?? [];
	let last: FieldTree | undefined;
	for (const token of tokens) {
		const current = open[open.length - 1];
		if (!current) throw malformed(text);
		if (token === ',') {
			last = undefined;
		} else if (token === '(') {
			if (!last) throw malformed(text);
			open.push(last);
			last = undefined;
		} else if (token === ')') {
			last = open.pop();
			if (open.length === 0) throw malformed(text);
		} else {
			if (last) throw malformed(token);
			last = branch(current, token.split('/').filter(Boolean));
		}
	}
	if (open.length !== 1) throw malformed(text);
	return root;
}

function pick(value: JsonValue, tree: FieldTree): JsonValue {
	if (Array.isArray(value)) return value.map((entry) => pick(entry, tree));
	if (!isJsonObject(value) || Object.keys(tree).length === 0) return value;
	return select(value, tree);
}

/** The selected part of `record`; `type` tells what an object is and always comes along. */
export function select(record: JsonObject, tree: FieldTree): JsonObject {
	const part: JsonObject = record.type === undefined ? {} : { type: record.type };
	for (const [name, inner] of Object.entries(tree)) {
		if (!Object.hasOwn(record, name)) continue;
		const value = record[name];
		if (value !== undefined) part[name] = pick(value, inner);
	}
	return part;
}

function shorten(entry: JsonValue): JsonValue {
	if (!isJsonObject(entry)) return entry;
	const { type, id, name } = entry;
	return JSON.parse(JSON.stringify({ type, id, name })) as JsonObject;
}

/** Without `fields`: all immediate fields, related objects shortened to type, id and name. The profile is part of the user. */
export function shortForm(record: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(record).map(([name, value]) => [
			name,
			Array.isArray(value) ? value.map(shorten) : value,
		]),
	);
}
