import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { validationError } from './errors.mts';
import type { Contact } from './types.mts';

const fieldsets: Record<string, string[]> = {
	BASIC: ['primaryInfo', 'info.name'],
	COMMUNICATION_DETAILS: [
		'primaryInfo',
		'info.name',
		'info.emails',
		'info.phones',
		'info.addresses',
	],
	EXTENDED: ['primaryInfo', 'info.name', 'info.extendedFields'],
	FULL: [],
};
const maxFields = 100;

type Projection = (contact: Contact) => JsonObject;

/** Where `path` leads: each part is a key, `items` may be left out, and the key of an extended field may hold dots. */
function resolve(container: JsonValue | undefined, path: string): string[] | undefined {
	if (!isJsonObject(container)) return undefined;
	if (Object.hasOwn(container, path)) return [path];
	const dot = path.indexOf('.');
	const head = dot < 0 ? path : path.slice(0, dot);
	if (dot > 0 && Object.hasOwn(container, head)) {
		const rest = resolve(container[head], path.slice(dot + 1));
		if (rest) return [head, ...rest];
	}
	const inside = isJsonObject(container.items) ? resolve(container.items, path) : undefined;
	return inside ? ['items', ...inside] : undefined;
}

function copyPath(from: JsonObject, to: JsonObject, keys: readonly string[]): void {
	const [key, ...rest] = keys;
	if (key === undefined) return;
	const value = from[key];
	if (value === undefined) return;
	if (rest.length === 0 || !isJsonObject(value)) {
		to[key] = value;
		return;
	}
	const existing = to[key];
	const inner = isJsonObject(existing) ? existing : {};
	to[key] = inner;
	copyPath(value, inner, rest);
}

/** What `fields` and `fieldsets` together leave of a contact; `id` and `revision` always. Neither given: everything. */
export function projection(fields: readonly string[], sets: readonly string[]): Projection {
	if (fields.length > maxFields) {
		throw validationError('fields', `has more than ${maxFields} items`, 'MAX_SIZE');
	}
	const unknown = sets.find((set) => !Object.hasOwn(fieldsets, set));
	if (unknown !== undefined) {
		throw validationError(
			'fieldsets',
			`must be one of ${Object.keys(fieldsets).join(', ')}`,
			'ENUM',
		);
	}
	if (sets.includes('FULL') || fields.length + sets.length === 0) return (contact) => contact;
	const paths = new Set([...sets.flatMap((set) => fieldsets[set] ?? []), ...fields]);
	return (contact) => {
		const part: JsonObject = { id: contact.id, revision: contact.revision };
		for (const path of paths) {
			const keys = resolve(contact, path);
			if (keys) copyPath(contact, part, keys);
		}
		return part;
	};
}
