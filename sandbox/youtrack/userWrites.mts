import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { hubError, invalidProperty, userNotFound } from './errors.mts';
import { addressIn, emailObject, profileOf, type User } from './types.mts';
import {
	bodyOf,
	checkDetails,
	checkLogin,
	checkName,
	emailOfDetails,
	sentEmail,
	type SentEmail,
} from './userInput.mts';
import { showUser } from './userReads.mts';
import type { UserStore } from './userStore.mts';

const usersPath = '/hub/api/rest/users';

function refuseTakenLogin(store: UserStore, login: string, ownId?: string): void {
	const owner = store.ownerOfLogin(login);
	if (owner === undefined || owner === ownId) return;
	throw hubError(
		store.behaviour.duplicateStatus,
		'must-be-unique',
		'User with this login already exists.',
		{
			error_developer_message: 'Value of property login has to be unique.',
			error_field: 'login',
		},
	);
}

export function createUser(store: UserStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const login = checkLogin(body.login);
	const name = body.name === undefined ? login : checkName(body.name);
	const details = checkDetails(body.details);
	const email = sentEmail(body) ?? emailOfDetails(details);
	refuseTakenLogin(store, login);
	if (store.behaviour.licenceFull) {
		throw hubError(
			400,
			'license_users_number_exceeded',
			'The number of users in the license is exceeded.',
		);
	}
	const id = store.mintId();
	const created: User = store.put({
		type: 'user',
		id,
		aliases: [],
		login,
		name,
		banned: body.banned === true,
		guest: false,
		profile: {
			avatar: { type: 'defaultavatar', url: `/hub/api/rest/avatar/${id}` },
			...(email ? { email: emailObject(email.email, email.verified) } : {}),
			locale: { language: 'en', name: 'en' },
		},
		details: details.map(({ type }) => ({ type: type ?? null, id: store.mintId() })),
		groups: [],
		creationTime: Date.now(),
	});
	return { ...ok(showUser(store, created, request)), headers: { location: `${usersPath}/${id}` } };
}

/** What becomes of the profile when an administrator sets another address without proof. */
function withEmail(store: UserStore, profile: JsonObject, sent: SentEmail | null): JsonObject {
	const before = profile.email;
	const rest = omit(profile, 'email', 'unverifiedEmail');
	if (sent === null) return rest;
	const unchanged = addressIn(before) === sent.email;
	if (unchanged && isJsonObject(before)) {
		return { ...rest, email: { ...before, verified: sent.verified || before.verified === true } };
	}
	if (store.behaviour.parkUnverified && !sent.verified) {
		const unverifiedEmail = emailObject(sent.email, false);
		return { ...rest, ...(before === undefined ? {} : { email: before }), unverifiedEmail };
	}
	return { ...rest, email: emailObject(sent.email, sent.verified) };
}

function changesOf(store: UserStore, user: User, body: JsonObject): Partial<User> {
	const changes: JsonObject = {};
	if (body.login !== undefined) {
		changes.login = checkLogin(body.login);
		refuseTakenLogin(store, checkLogin(body.login), user.id);
	}
	if (body.name !== undefined) changes.name = checkName(body.name);
	if (body.banned !== undefined) {
		if (typeof body.banned !== 'boolean') throw invalidProperty('banned', 'Expected a boolean.');
		changes.banned = body.banned;
	}
	for (const key of ['banReason', 'banBadge']) {
		const value = body[key];
		if (value !== undefined) changes[key] = value;
	}
	const email = sentEmail(body);
	if (email !== undefined) changes.profile = withEmail(store, profileOf(user), email);
	return changes as Partial<User>;
}

/** Partial update by POST. The answer is empty unless `fields` asks for something, and always with a switch. */
export function updateUser(store: UserStore, request: ApiRequest): Answer {
	const id = request.params.id ?? '';
	const user = store.users.get(id);
	if (!user) throw userNotFound(id);
	const changed = store.put({ ...user, ...changesOf(store, user, bodyOf(request)) } as User);
	if (!request.query.get('fields') || store.behaviour.emptyUpdates) return { status: 200 };
	return ok(showUser(store, changed, request));
}

/** Needs a successor, who takes over what the user owned. */
export function deleteUser(store: UserStore, request: ApiRequest): Answer {
	const id = request.params.id ?? '';
	const user = store.users.get(id);
	if (!user) throw userNotFound(id);
	const successor = request.query.get('successor') ?? '';
	if (successor === '') {
		throw hubError(400, 'Bad Request', 'Parameter successor is required to delete a user.');
	}
	if (successor === id || (!store.users.get(successor) && successor !== store.guest().id)) {
		throw hubError(400, 'Bad Request', `User ${successor} cannot be the successor.`);
	}
	store.remove(user);
	return { status: 200 };
}
