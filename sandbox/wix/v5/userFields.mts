import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import type { Catalog } from '../catalog.mts';
import { validationError } from '../errors.mts';

/** The namespace of the fields that the site defined itself. */
export const userFields = '_user_fields';
const customPrefix = 'custom.';

/** v5 names a site's own field with underscores where the v4 key has hyphens. */
export const v5FieldKey = (v4Key: string): string =>
	v4Key.slice(customPrefix.length).replaceAll('-', '_');

/** The site's own fields among the v4 ones, by their v5 keys. */
export function userFieldsOf(v4Fields: JsonObject): JsonObject {
	return Object.fromEntries(
		Object.entries(v4Fields)
			.filter(([key]) => key.startsWith(customPrefix))
			.map(([key, value]) => [v5FieldKey(key), value]),
	);
}

/** Sent `extendedFields` by their v4 keys; throws for a field that the site does not have. Other namespaces are left alone. */
export function v4FieldsOf(catalog: Catalog, extendedFields: JsonValue | undefined): JsonObject {
	const namespaces = isJsonObject(extendedFields) ? extendedFields.namespaces : undefined;
	const sent = isJsonObject(namespaces) ? namespaces[userFields] : undefined;
	if (!isJsonObject(sent)) return {};
	const keys = new Map(
		[...catalog.fields.keys()]
			.filter((key) => key.startsWith(customPrefix))
			.map((key) => [v5FieldKey(key), key]),
	);
	return Object.fromEntries(
		Object.entries(sent).map(([key, value]) => {
			const known = keys.get(key);
			if (known) return [known, value];
			const field = `contact.extendedFields.namespaces.${userFields}.${key}`;
			throw validationError(field, 'is not a field of this site', 'OTHER');
		}),
	);
}
