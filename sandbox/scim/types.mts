import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';

/** Where the API begins, below the root of the port. */
export const scimBasePath = '/scim/v2';

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const errorSchema = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** A user as the store keeps it: what RFC 7643 section 4.1 has, without the location, which the server adds. */
export type ScimUser = JsonObject & {
	id: string;
	userName: string;
	meta: JsonObject & { version: string };
};

/** The weak entity tag of the n-th state of a record, in the form of the RFC's examples. */
export const versionOf = (revision: number): string => `W/"${revision}"`;

export function revisionOf(user: ScimUser): number {
	return Number(/\d+/.exec(user.meta.version)?.[0] ?? 0);
}

/** The list of email objects; what is no object in it is left out. */
export function emailsOf(user: JsonObject): JsonObject[] {
	return Array.isArray(user.emails) ? user.emails.filter(isJsonObject) : [];
}

/** Where values that SCIM compares without regard to case are looked up. */
export const lookupKey = (attribute: 'userName' | 'email', value: JsonValue | undefined): string =>
	`${attribute} ${typeof value === 'string' ? value.toLowerCase() : ''}`;

/** What a user is found by: the user name and each address. */
export function keysOf(user: ScimUser): string[] {
	const addresses = emailsOf(user).map(({ value }) => lookupKey('email', value));
	return [...new Set([lookupKey('userName', user.userName), ...addresses])];
}

/**
 * Which of a user's addresses `profile.email` stands for: the one marked primary, else the only one, else the first of type
 * work (in any case), else the first; -1 when there is none.
 */
export function primaryIndex(emails: readonly JsonObject[]): number {
	const marked = emails.findIndex(({ primary }) => primary === true);
	if (marked >= 0 || emails.length < 2) return marked >= 0 ? marked : emails.length - 1;
	const work = emails.findIndex(({ type }) => String(type).toLowerCase() === 'work');
	return Math.max(work, 0);
}
