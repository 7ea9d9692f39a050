import type { IDataObject } from 'n8n-workflow';

import { Api } from '../../shared/Api';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { readAllOf, type Listing } from '../../shared/listing';
import { isBlank } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { pathStep } from '../../shared/recordId';
import { createdUserIn, doneIn, readUserIn, writtenUserIn } from './answers';
import { hubBase } from './hub/base';
import { service } from './hub/service';
import { faultOfAccess, ownAccount, refusesOrder, survivorOf, usersListing } from './hub/users';
import { refusalOf } from './refusals';
import type { Output, UserSystem } from './UserSystem';
import { profileOf, textOr, valueAtPath } from './values';

const pathOf = (id: string) => `/users/${pathStep(id)}`;
const emails = 'profile(email(type,email,verified),unverifiedEmail(type,email,verified))';
const syncFields = `id,login,name,banned,guest,${emails}`;
const allFields = `id,type,aliases,login,name,banned,banReason,guest,creationTime,lastAccessTime,profile(avatar(type,url),email(type,email,verified),unverifiedEmail(type,email,verified),locale(language,name))`;

function listing(filters: IDataObject, output: Output, order?: string): Listing {
	const { query, includeGuests, includeBanned } = filters;
	const search = typeof query === 'string' ? query.trim() : '';
	return {
		...usersListing(output === 'full' ? allFields : syncFields, search, order),
		// A search for guests and banned users would depend on the server's version.
		wants: ({ guest, banned }) =>
			(includeGuests === true || guest !== true) && (includeBanned !== false || banned !== true),
	};
}

const isEmailPath = (path: string) => path === 'profile.email' || path === 'profile.email.email';

/** An address from an email object or from a plain string. */
const addressIn = (value: JsonValue | undefined): JsonValue =>
	(isJsonObject(value) ? value.email : value) ?? null;

/**
 * The body that puts `set` (path to value) into a user. The address is an object, alone in `profile`, and without
 * `verified`: to claim that nobody's proof is needed could hand the account to whoever controls that mailbox.
 */
function bodyFor(set: JsonObject): JsonObject {
	const body: JsonObject = {};
	for (const [path, value] of Object.entries(set)) {
		if (isEmailPath(path)) {
			body.profile = { email: { type: 'EmailJSON', email: String(value).trim() } };
		} else if (path === 'banned') {
			body.banned = value === true || value === 'true';
		} else {
			body[path] = String(value).trim();
		}
	}
	return body;
}

const fieldsOfAnswer = { fields: allFields };

const read = async (api: Api, id: string) =>
	readUserIn(
		await api.ask({ method: 'GET', path: pathOf(id), query: fieldsOfAnswer, repeatable: true }),
	);

/** YouTrack's users live in its JetBrains Hub. https://www.jetbrains.com/help/youtrack/devportal/HUB-REST-API_Users.html */
export const youTrack: UserSystem = {
	name: 'YouTrack',
	service,
	connect: async (caller) => {
		const { url } = await caller.getCredentials<{ url?: string }>(service.credential);
		return new Api(caller, service, hubBase(String(url ?? '')));
	},

	listing: (filters, output) => listing(filters, output, 'id'),
	listingAfter: (failure, filters, output) =>
		refusesOrder(failure) ? listing(filters, output) : undefined,
	faultOfAccess,
	isSearch: ({ query }) => !isBlank(query as JsonValue),
	filtersFor: (typed) => {
		const safe = typed.replace(/[{}"'()\p{Cc}]/gu, '').trim();
		return {
			includeGuests: true,
			query:
				safe === ''
					? ''
					: `nameStartsWith: {${safe}} or loginStartsWith: {${safe}} or email: {${safe}}`,
		};
	},
	faultForSearch: (text) =>
		// In the search's grammar braces mean something; the rest is in no address.
		/[{}"\s\p{Cc}]/u.test(text.trim()) ? 'holds braces, quotes or white space' : undefined,
	search: async (api, by, spellings) => {
		const query = spellings.map((spelling) => `${by}: {${spelling}}`).join(' or ');
		return await readAllOf(api, usersListing(syncFields, query));
	},
	ownId: async (api) => {
		const own = await ownAccount(api);
		return own.ok ? own.value?.id : undefined;
	},

	get: async (api, id) => {
		const found = await read(api, id);
		if (!found.ok || found.value !== undefined) return found;
		const denied = await faultOfAccess(api);
		if (denied !== undefined) return { ok: false, failure: denied };
		// Not every version answers the id of a merged user with the user who lives on.
		const survivor = await survivorOf(api, id);
		if (!survivor.ok) return survivor;
		return survivor.value === undefined ? found : await read(api, survivor.value);
	},
	// A directory record without a password.
	create: async (api, set) =>
		createdUserIn(
			await api.ask({
				method: 'POST',
				path: '/users',
				query: fieldsOfAnswer,
				body: bodyFor(set),
				repeatable: false,
			}),
		),
	update: async (api, { id }, set) =>
		writtenUserIn(
			await api.ask({
				method: 'POST',
				path: pathOf(String(id)),
				query: fieldsOfAnswer,
				body: bodyFor(set),
				repeatable: false,
			}),
		),
	deactivate: async (api, id) =>
		doneIn(
			await api.ask({
				method: 'POST',
				path: pathOf(id),
				query: fieldsOfAnswer,
				body: { banned: true },
				repeatable: false,
			}),
		),
	delete: async (api, id, successorId) =>
		doneIn(
			await api.ask({
				method: 'DELETE',
				path: pathOf(id),
				query: { successor: successorId },
				repeatable: false,
			}),
		),
	needsSuccessor: true,
	merge: async (api, ids) =>
		writtenUserIn(
			await api.ask({
				method: 'POST',
				path: '/users/merge',
				query: fieldsOfAnswer,
				body: ids.map((id) => ({ id })),
				repeatable: false,
			}),
		),

	writable: (path) => {
		if (isEmailPath(path)) return 'email';
		return ['login', 'name', 'banned'].includes(path) ? 'exact' : undefined;
	},
	writablePaths: 'profile.email, profile.email.email, login, name, banned',
	fields: { email: 'profile.email', login: 'login', name: 'name', banned: 'banned' },
	valueOf: (user, path) => {
		if (isEmailPath(path)) return addressIn(profileOf(user).email);
		return valueAtPath(user, path);
	},
	waitingEmailOf: (user) => addressIn(profileOf(user).unverifiedEmail),
	withIdentity: (set, identity) => {
		const address = String(set['profile.email.email'] ?? set['profile.email'] ?? '').trim();
		const login = String(set.login ?? (identity.login || address));
		return { login, name: identity.name || login, ...set };
	},
	isActive: ({ banned }) => banned !== true,
	short: (user) => ({
		id: String(user.id),
		login: textOr(user.login),
		name: textOr(user.name),
		email: textOr(addressIn(profileOf(user).email)),
		active: user.banned !== true,
	}),
	syncFields: (user) => {
		const { id, login, name, banned } = user;
		const { email, unverifiedEmail } = profileOf(user);
		const profile: IDataObject = {};
		if (email !== undefined) profile.email = email;
		if (unverifiedEmail !== undefined) profile.unverifiedEmail = unverifiedEmail;
		return { id, login, name, banned, profile };
	},
	refusalOf: (failure) =>
		refusalOf(failure, (code) => {
			if (code === 'license_users_number_exceeded') return 'later';
			if (code === 'notSearchable') return 'badValue';
			return code === 'must-be-unique' ? 'taken' : undefined;
		}),
};
