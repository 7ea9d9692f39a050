import type { JsonObject } from '../../../shared/contract';
import { parsePath } from '../../../shared/paths';

/** The address is a plain text in Okta; the longer path is what the presets say. */
export const isEmailPath = (path: string): boolean =>
	path === 'profile.email' || path === 'profile.email.email';

/** The attribute of the profile that `path` names, own ones of the organization among them; undefined for what is none. */
export function attributeIn(path: string): string | undefined {
	if (isEmailPath(path)) return 'email';
	const [group, name = '', ...more] = parsePath(path) ?? [];
	if (group !== 'profile' || more.length > 0) return undefined;
	return /^[A-Za-z_]\w*$/.test(name) ? name : undefined;
}

/** The body that puts `set` (path to value) into a user, and leaves all else of the profile as it is. */
export function bodyFor(set: JsonObject): JsonObject {
	const profile: JsonObject = {};
	for (const [path, value] of Object.entries(set)) {
		const attribute = attributeIn(path);
		if (attribute !== undefined)
			profile[attribute] = typeof value === 'string' ? value.trim() : value;
	}
	return { profile };
}

const noLastName = '-';

/**
 * Okta demands a first and a last name, where there may be one name or none. The last word is the last name; for a single word
 * it is a hyphen, which nobody takes for a name. Without any name the login, up to its @, is the first name.
 */
export function namesFor(name: string, login: string): Record<string, string> {
	const words = name.trim().split(/\s+/);
	const [last = noLastName] = words.length > 1 ? words.splice(-1) : [];
	return {
		'profile.firstName': words.join(' ') || login.replace(/@.*$/, ''),
		'profile.lastName': last,
	};
}
