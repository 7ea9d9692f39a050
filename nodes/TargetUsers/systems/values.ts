import type { JsonObject, JsonValue } from '../../shared/contract';
import { isJsonObject, parsePath, valueAt } from '../../shared/paths';

/** The part of a user that YouTrack and Okta keep the address in. */
export const profileOf = (user: JsonObject): JsonObject =>
	isJsonObject(user.profile) ? user.profile : {};

/** null for what is no text, and for an empty one. */
export const textOr = (value: JsonValue | undefined): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

/** The value at a data path; null where there is none. */
export function valueAtPath(user: JsonObject, path: string): JsonValue {
	const segments = parsePath(path);
	return (segments && valueAt(user, segments)) ?? null;
}

/** A text or number that a person typed or a rule gave, as text; '' for anything else. */
export const typedText = (value: unknown): string =>
	typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
