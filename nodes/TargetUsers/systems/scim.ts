import { Api } from '../../shared/Api';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { leavesOpen } from '../../shared/failures';
import { isBlank } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { createdUserIn, doneIn, readUserIn, writtenUserIn } from './answers';
import { refusalOf } from './refusals';
import {
	comparisonAt,
	isActive,
	newUser,
	valueOf,
	withSet,
	writablePaths,
} from './scim/attributes';
import { forgetEverybody, noteDeleted, noteWritten } from './scim/directory';
import { listing, modestPage } from './scim/listing';
import { searchUsers } from './scim/search';
import { scimBase, service } from './scim/service';
import { othersOf, primaryOf } from './scim/valueLists';
import { asScim, pathOf, readCall, writeUnread, writeUser } from './scim/writes';
import type { UserSystem } from './UserSystem';
import { typedText } from './values';

const accept = { Accept: 'application/scim+json, application/json' };

const textOr = (value: JsonValue | undefined): string | null =>
	typeof value === 'string' && value.trim() !== '' ? value : null;

function nameOf({ displayName, name }: JsonObject): string | null {
	const { formatted, givenName, familyName } = isJsonObject(name) ? name : {};
	const parts = [givenName, familyName].map(textOr).filter((part) => part !== null);
	return textOr(displayName) ?? textOr(formatted) ?? textOr(parts.join(' '));
}

/** What the presets read: SCIM keeps the address elsewhere. */
function profileOf(user: JsonObject): { email?: string } {
	const email = textOr(primaryOf(user, 'emails'));
	return email === null ? {} : { email };
}

const refusals = new Map([
	['invalidPath', 'refused'],
	['mutability', 'refused'],
	['noTarget', 'changed'],
	['uniqueness', 'taken'],
] as const);

/**
 * Users behind any server that speaks SCIM 2.0. https://www.rfc-editor.org/rfc/rfc7643, https://www.rfc-editor.org/rfc/rfc7644.
 * `profile.email` and `profile.email.email` are aliases: both stand for the primary address among `emails`.
 */
export const scim: UserSystem = {
	name: 'SCIM 2.0',
	service,
	connect: async (caller) => {
		const { baseUrl } = await caller.getCredentials<{ baseUrl?: string }>(service.credential);
		return new Api(caller, service, scimBase(String(baseUrl ?? '')), { headers: accept });
	},

	listing: (filters) => listing(filters),
	listingAfter: ({ kind, status = 0, code }, filters) => {
		if (kind !== 'status') return undefined;
		const isTyped = !isBlank(filters.typed as JsonValue);
		if (isTyped && [400, 501].includes(status)) return listing(filters, modestPage, '');
		return status === 400 && code !== 'invalidFilter' ? listing(filters, modestPage) : undefined;
	},
	isSearch: ({ filter, updatedAfter, typed }) =>
		[filter, updatedAfter, typed].some((value) => !isBlank(value as JsonValue)),
	filtersFor: (typed) => ({ typed }),
	search: searchUsers,

	get: async (api, id) => readUserIn(await api.ask(readCall(id))),
	create: async (api, set) => {
		const body = newUser(set);
		const made = createdUserIn(
			await api.ask({ method: 'POST', path: '/Users', headers: asScim, body, repeatable: false }),
		);
		const { id, user } = made.ok ? made.value : {};
		if (made.ok && id !== undefined) noteWritten(api, user ?? { ...body, id });
		else if (made.ok || leavesOpen(made.failure)) forgetEverybody(api);
		return made;
	},
	update: async (api, user, set) => {
		const written = writtenUserIn(await writeUser(api, user, set));
		if (written.ok) noteWritten(api, written.value ?? withSet(user, set));
		else if (leavesOpen(written.failure)) forgetEverybody(api);
		return written;
	},
	deactivate: async (api, id) => doneIn(await writeUnread(api, id, { active: false })),
	delete: async (api, id) => {
		const done = doneIn(await api.ask({ method: 'DELETE', path: pathOf(id), repeatable: false }));
		if (done.ok) noteDeleted(api, id);
		return done;
	},
	needsSuccessor: false,

	writable: comparisonAt,
	writablePaths,
	fields: {
		email: 'profile.email',
		login: 'userName',
		displayName: 'displayName',
		firstName: 'name.givenName',
		lastName: 'name.familyName',
		nickName: 'nickName',
		title: 'title',
		externalId: 'externalId',
		active: 'active',
	},
	valueOf,
	otherEmailsOf: (user) => othersOf(user, 'emails'),
	withIdentity: (set, identity) => {
		const address = Object.keys(set).find((path) => comparisonAt(path) === 'email') ?? '';
		const userName = typedText(set.userName ?? (identity.login || set[address]));
		const { name } = identity;
		const names: JsonObject = name === '' ? {} : { displayName: name, 'name.formatted': name };
		return { ...(userName === '' ? {} : { userName }), ...names, ...set };
	},
	isActive,
	stampsOf: ({ meta }) => {
		const { created, lastModified } = isJsonObject(meta) ? meta : {};
		return { created: textOr(created) ?? '', updated: textOr(lastModified) ?? '' };
	},
	short: (user) => ({
		id: String(user.id),
		login: textOr(user.userName),
		name: nameOf(user),
		email: textOr(primaryOf(user, 'emails')),
		active: isActive(user),
	}),
	withAliases: (user) =>
		user.profile === undefined ? { ...user, profile: profileOf(user) } : user,
	syncFields: (user) => {
		const { id, userName, displayName, active, emails } = user;
		return { id, userName, displayName, active, emails, profile: user.profile ?? profileOf(user) };
	},
	refusalOf: (failure) =>
		refusalOf(failure, (code) => [...refusals].find(([known]) => known === code)?.[1]),
};
