import { Api } from '../../shared/Api';
import type { ApiAnswer, Attempt } from '../../shared/apiTypes';
import { checkedBaseUrl } from '../../shared/baseUrl';
import type { JsonObject } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { createdUserIn, doneIn, readUserIn, writtenUserIn } from './answers';
import { oktaBase } from './okta/base';
import { attributeIn, bodyFor, isEmailPath, namesFor } from './okta/profile';
import {
	alreadyActiveCode,
	clientService,
	duplicateCode,
	tokenService,
	unknownPathCode,
	wrongStatusCode,
} from './okta/service';
import { findUsers, isRestricted, listing, listingByStatus, searchForPicker } from './okta/users';
import { refusalOf } from './refusals';
import type { UserSystem } from './UserSystem';
import { refusalWith } from '../../shared/failures';
import { pathStep } from '../../shared/recordId';
import { profileOf, textOr, valueAtPath } from './values';

const pathOf = (id: string) => `/users/${pathStep(id)}`;

const noSuchUser = refusalWith(404, 'E0000007');

/** The version in which each user was read. */
const versions = new WeakMap<JsonObject, string>();

/** Okta takes a login, the beginning of one, and `me` for an id, too: who is found by these was not asked for. */
async function read(api: Api, id: string): Promise<Attempt<JsonObject | undefined>> {
	const answer = await api.ask({ method: 'GET', path: pathOf(id), repeatable: true });
	if (!answer.ok) return answer.failure.code === unknownPathCode ? answer : readUserIn(answer);
	const found = readUserIn(answer);
	if (!found.ok) return found;
	if (found.value?.id !== id) return { ok: true, value: undefined };
	const version = answer.value.headers.etag;
	if (typeof version === 'string') versions.set(found.value, version);
	return found;
}

/** As `read`, where the user has to be there. */
async function readPresent(api: Api, id: string): Promise<Attempt<JsonObject>> {
	const found = await read(api, id);
	if (!found.ok) return found;
	return found.value === undefined
		? { ok: false, failure: noSuchUser }
		: { ok: true, value: found.value };
}

async function post(
	api: Api,
	user: JsonObject,
	set: JsonObject,
	version: string | undefined,
): Promise<Attempt<ApiAnswer>> {
	return await api.ask({
		method: 'POST',
		path: pathOf(String(user.id)),
		body: bodyFor(set),
		headers: version === undefined ? {} : { 'If-Match': version },
		repeatable: false,
	});
}

async function deactivate(api: Api, { id, status }: JsonObject): Promise<Attempt<undefined>> {
	if (status === 'DEPROVISIONED') return { ok: true, value: undefined };
	return doneIn(
		await api.ask({
			method: 'POST',
			path: `${pathOf(String(id))}/lifecycle/deactivate`,
			query: { sendEmail: false },
			repeatable: false,
		}),
	);
}

/** Okta's users. https://developer.okta.com/docs/api/openapi/okta-management/management/tag/User/ */
export const okta: UserSystem = {
	name: 'Okta',
	service: tokenService,
	connect: async (caller) => {
		const { url, authentication, tokenUrl } = await caller.getCredentials<{
			url?: string;
			authentication?: string;
			tokenUrl?: string;
		}>(tokenService.credential);
		const service = authentication === 'oAuth2' ? clientService : tokenService;
		const issuer = String(tokenUrl ?? '').trim();
		if (service === clientService && issuer !== '')
			checkedBaseUrl(caller.getNode(), 'Okta’s token', issuer);
		return new Api(caller, service, oktaBase(String(url ?? '')));
	},

	listing,
	listingAfter: ({ kind, status }, filters) =>
		kind === 'status' && status === 400 && !isRestricted(filters) ? listingByStatus() : undefined,
	isSearch: isRestricted,
	filtersFor: (typed) => (typed === '' ? {} : { search: searchForPicker(typed) }),
	search: async (api, by, spellings) =>
		await findUsers(api, by, spellings, async (id) => await read(api, id)),

	get: read,
	create: async (api, set, { activate }) =>
		createdUserIn(
			await api.ask({
				method: 'POST',
				path: '/users',
				query: { activate: activate === true },
				body: bodyFor(set),
				repeatable: false,
			}),
		),
	update: async (api, user, set) => {
		const version = versions.get(user);
		const answer = await post(api, user, set, version);
		if (answer.ok || answer.failure.status !== 412) return writtenUserIn(answer);
		const now = await read(api, String(user.id));
		const isSame = now.ok && now.value?.lastUpdated === user.lastUpdated;
		// A gateway that compresses answers may have changed the version on its way here.
		return writtenUserIn(isSame ? await post(api, user, set, undefined) : answer);
	},
	activate: async (api, id, { sendEmail }) => {
		const found = await readPresent(api, id);
		if (!found.ok) return found;
		const status = String(found.value.status);
		const isNew = ['STAGED', 'DEPROVISIONED'].includes(status);
		if (!isNew && status !== 'SUSPENDED') return { ok: true, value: undefined };
		const answer = await api.ask({
			method: 'POST',
			path: `${pathOf(id)}/lifecycle/${isNew ? 'activate' : 'unsuspend'}`,
			query: isNew ? { sendEmail: sendEmail === true } : undefined,
			repeatable: isNew,
		});
		if (!answer.ok) {
			const isDone = answer.failure.code === alreadyActiveCode;
			return isDone ? { ok: true, value: undefined } : answer;
		}
		const { body } = answer.value;
		const link = isJsonObject(body) ? textOr(body.activationUrl) : null;
		return { ok: true, value: link === null ? undefined : { activationUrl: link } };
	},
	deactivate: async (api, id) => {
		const found = await readPresent(api, id);
		return found.ok ? await deactivate(api, found.value) : found;
	},
	// Okta erases only who is deactivated already.
	delete: async (api, id) => {
		const found = await readPresent(api, id);
		if (!found.ok) return found;
		const deactivated = await deactivate(api, found.value);
		if (!deactivated.ok) return deactivated;
		return doneIn(
			await api.ask({
				method: 'DELETE',
				path: pathOf(id),
				query: { sendEmail: false },
				repeatable: false,
			}),
		);
	},
	needsSuccessor: false,

	writable: (path) => {
		const attribute = attributeIn(path);
		if (attribute === undefined) return undefined;
		return attribute === 'email' || attribute === 'secondEmail' ? 'email' : 'exact';
	},
	writablePaths: 'profile.email, profile.login and all other attributes of the profile',
	fields: {
		email: 'profile.email',
		login: 'profile.login',
		firstName: 'profile.firstName',
		lastName: 'profile.lastName',
		mobilePhone: 'profile.mobilePhone',
		secondEmail: 'profile.secondEmail',
	},
	valueOf: (user, path) => {
		if (isEmailPath(path)) return profileOf(user).email ?? null;
		return valueAtPath(user, path);
	},
	otherEmailsOf: (user) => [profileOf(user).secondEmail ?? null],
	withIdentity: (set, identity) => {
		const address = String(set['profile.email.email'] ?? set['profile.email'] ?? '').trim();
		const login = String(set['profile.login'] ?? (identity.login || address));
		const all: JsonObject = { 'profile.login': login, ...set };
		for (const [path, name] of Object.entries(namesFor(identity.name, login))) {
			if (isBlank(all[path])) all[path] = name;
		}
		return all;
	},
	isActive: ({ status }) => status !== 'DEPROVISIONED' && status !== 'SUSPENDED',
	stampsOf: ({ created, lastUpdated }) => ({
		created: textOr(created) ?? '',
		updated: textOr(lastUpdated) ?? '',
	}),
	short: (user) => {
		const { login, email, displayName, firstName, lastName } = profileOf(user);
		const names = [firstName, lastName].map(textOr).filter((name) => name !== null);
		return {
			id: String(user.id),
			login: textOr(login),
			name: textOr(displayName) ?? textOr(names.join(' ')),
			email: textOr(email),
			active: okta.isActive(user),
		};
	},
	syncFields: (user) => {
		const { id, status } = user;
		const profile = profileOf(user);
		const kept = Object.values(okta.fields).map((path) => path.replace('profile.', ''));
		const entries = Object.entries(profile).filter(([attribute]) => kept.includes(attribute));
		return { id, status, profile: Object.fromEntries(entries) };
	},
	refusalOf: (failure) =>
		refusalOf(failure, (code) => {
			if (code === duplicateCode) return 'taken';
			if (code === wrongStatusCode) return 'later';
			// These are about the call, not about the user or the value.
			const isOurs = ['E0000003', unknownPathCode, alreadyActiveCode, 'E0000031'].includes(code);
			return isOurs ? 'failed' : undefined;
		}),
};
