import type { IDataObject } from 'n8n-workflow';

import { Api } from '../../shared/Api';
import type { Service } from '../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../shared/contracts';
import { asCode, asId } from '../../shared/failures';
import { isBlank } from '../../shared/normalize';
import { isJsonObject, parsePath, valueAt } from '../../shared/paths';
import { readAllOf, type OffsetListing } from '../../shared/listing';
import { createdUserIn, doneIn, readUserIn, writtenUserIn } from './answers';
import { refusalOf } from './refusals';
import type { Output, UserSystem } from './UserSystem';

/** The Hub's error shape: `{error, error_description, error_field?, error_children?}`. Descriptions may hold names, so they are not passed on. */
const service: Service = {
	name: 'YouTrack',
	credential: 'youTrackHubApi',
	secret: 'permanent token',
	permissions:
		'Check that the token’s scope includes YouTrack Administration, and that its owner may read and update users.',
	meanings: {
		addressesHidden: 'YouTrack shows no address of any user to this token',
		license_users_number_exceeded: 'The licence of YouTrack has no free seat',
		'must-be-unique': 'Another user of YouTrack has this login or address',
		notSearchable:
			'The address holds braces, quotes or white space, with which YouTrack cannot look it up',
	},
	remedies: {
		addressesHidden:
			'Give the owner of the token the permission Read User Details, or take a token of an administrator. Where no user has an address yet, switch on Accept Hidden Addresses.',
		license_users_number_exceeded: 'Ban or delete a user, or extend the licence.',
		'must-be-unique': 'Change or merge one of them.',
		notSearchable: 'Correct it on the Wix side.',
	},
	readError: (body) => {
		if (typeof body.error !== 'string') return undefined;
		const children = Array.isArray(body.error_children) ? body.error_children : [];
		const child = children.find(isJsonObject);
		return {
			code: asCode(body.error),
			field: asCode(body.error_field) ?? asCode(child?.error_field),
			otherId: asId(body.error_entity_id),
		};
	},
};

/**
 * The Hub's REST base for what a person pastes: a cloud address, a server with a context path, with or without /hub or a
 * slash at the end. An address that ends in /api/rest is taken as it is. The credential's test says the same.
 */
export function hubBase(url: string): string {
	return url
		.trim()
		.replace(/^(?!https?:\/\/)/i, 'https://')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.replace(/(?<!\/api\/rest)$/, '/hub/api/rest')
		.replace('/hub/hub/', '/hub/');
}

const pathOf = (id: string) => `/users/${encodeURIComponent(id)}`;
const emails = 'profile(email(type,email,verified),unverifiedEmail(type,email,verified))';
const syncFields = `id,login,name,banned,guest,${emails}`;
const allFields = `id,type,aliases,login,name,banned,banReason,guest,creationTime,lastAccessTime,profile(avatar(type,url),email(type,email,verified),unverifiedEmail(type,email,verified),locale(language,name))`;

/** The Hub's largest page is not documented; this size is asked for. */
const largestPage = 100;

/** `order`: not every version permits to order by id. */
function listing(filters: IDataObject, output: Output, order?: string): OffsetListing {
	const { query, includeGuests, includeBanned } = filters;
	const search = typeof query === 'string' ? query.trim() : '';
	return {
		noun: 'users',
		largestPage,
		pageIn: ({ body }) => {
			if (!isJsonObject(body)) return undefined;
			const { users, total, top } = body;
			return {
				records: Array.isArray(users) ? users.filter(isJsonObject) : [],
				...(typeof total === 'number' ? { total } : {}),
				...(typeof top === 'number' && top > 0 ? { size: top } : {}),
			};
		},
		page: ({ limit, offset }) => ({
			method: 'GET',
			path: '/users',
			query: {
				// The total comes only where it is asked for.
				fields: `total,${output === 'full' ? allFields : syncFields}`,
				$skip: offset,
				$top: limit,
				...(search === '' ? {} : { query: search }),
				...(order === undefined ? {} : { orderBy: order }),
			},
			repeatable: true,
		}),
		// A search for guests and banned users would depend on the server's version.
		wants: ({ guest, banned }) =>
			(includeGuests === true || guest !== true) && (includeBanned !== false || banned !== true),
	};
}

const isEmailPath = (path: string) => path === 'profile.email' || path === 'profile.email.email';

/** An address from an e-mail object or from a plain string. */
const addressIn = (value: JsonValue | undefined): JsonValue =>
	(isJsonObject(value) ? value.email : value) ?? null;

const profileOf = (user: JsonObject): JsonObject =>
	isJsonObject(user.profile) ? user.profile : {};

const textOr = (value: JsonValue | undefined): string | null =>
	typeof value === 'string' && value !== '' ? value : null;

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

/** YouTrack's users live in its JetBrains Hub. https://www.jetbrains.com/help/youtrack/devportal/HUB-REST-API_Users.html */
export const youTrack: UserSystem = {
	name: 'YouTrack',
	service,
	connect: async (caller) => {
		const { url } = await caller.getCredentials<{ url?: string }>(service.credential);
		return new Api(caller, service, hubBase(String(url ?? '')));
	},

	listing: (filters, output) => listing(filters, output, 'id'),
	listingAfter: ({ kind, status }, filters, output) =>
		kind === 'status' && status === 400 ? listing(filters, output) : undefined,
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
		return await readAllOf(api, listing({ query, includeGuests: true }, 'syncFields'));
	},
	ownId: async (api) => {
		const query = { fields: 'id' };
		const me = readUserIn(
			await api.ask({ method: 'GET', path: '/users/me', query, repeatable: true }),
		);
		return me.ok && me.value ? String(me.value.id) : undefined;
	},

	get: async (api, id) =>
		readUserIn(
			await api.ask({ method: 'GET', path: pathOf(id), query: fieldsOfAnswer, repeatable: true }),
		),
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
		const segments = parsePath(path);
		return (segments && valueAt(user, segments)) ?? null;
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
	// Which status and code a duplicate has is not documented: 400 or 409, `must-be-unique` or the like.
	refusalOf: (failure) =>
		refusalOf(failure, (code) => {
			if (/license/i.test(code)) return 'later';
			if (code === 'notSearchable') return 'badValue';
			return /unique|already.?exists|duplicate/i.test(code) ? 'taken' : undefined;
		}),
};
