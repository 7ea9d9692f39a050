import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Answer, ApiRequest } from '../control/http.mts';
import { notInThisStatus, oktaError } from './errors.mts';
import { bodyOf, checkProfile, sentProfile } from './profile.mts';
import { oktaProvider, profileOf, userType, type User } from './types.mts';
import { answerUser, etagOf, wantedUser } from './userReads.mts';
import type { UserStore } from './userStore.mts';

const sendsPassword = (body: JsonObject): boolean =>
	isJsonObject(body.credentials) && isJsonObject(body.credentials.password);

/** What the user shows of its credentials: that there is a password, never which. */
const credentialsOf = (hasPassword: boolean): JsonObject => ({
	...(hasPassword ? { password: {} } : {}),
	provider: oktaProvider,
});

/** The status that activation leads to: with a password at once `ACTIVE`, without one after the person's first sign-in. */
export const activatedStatus = (store: UserStore, hasPassword: boolean): string =>
	hasPassword ? 'ACTIVE' : store.behaviour.activatesTo;

/** `POST /users?activate=`: `true` is the default, `false` leaves the user `STAGED`. */
export function createUser(store: UserStore, request: ApiRequest): Answer {
	const body = bodyOf(request);
	const profile = sentProfile(body) ?? {};
	checkProfile(store, profile);
	const isActivated = request.query.get('activate') !== 'false';
	const hasPassword = sendsPassword(body);
	const now = new Date().toISOString();
	const created: User = store.put({
		id: store.mintId('00u'),
		status: isActivated ? activatedStatus(store, hasPassword) : 'STAGED',
		created: now,
		activated: isActivated ? now : null,
		statusChanged: isActivated ? now : null,
		lastLogin: null,
		lastUpdated: now,
		passwordChanged: hasPassword ? now : null,
		type: userType,
		profile,
		credentials: credentialsOf(hasPassword),
	});
	return answerUser(store, created, request);
}

/** 412 when the user is no longer in the version that the request expects. Okta's error code of that is not documented. */
function checkVersion(store: UserStore, user: User, request: ApiRequest): void {
	const expected = request.header('if-match');
	if (!store.behaviour.oktaETags || expected === undefined || expected === '*') return;
	const versions = expected.split(',').map((version) => version.trim());
	if (versions.includes(etagOf(user))) return;
	throw oktaError(412, 'E0000001', 'The user is not in the version that If-Match expects.');
}

/**
 * Whether this user takes updates: a deprovisioned one does only with an option of the organization that is off by default. Okta's
 * documentation says no more than that its profile is not updated, so the call may be done in vain or refused.
 */
function takesUpdates(store: UserStore, user: User): boolean {
	const { deactivatedUpdates } = store.behaviour;
	if (user.status !== 'DEPROVISIONED' || deactivatedUpdates === 'done') return true;
	if (deactivatedUpdates === 'refused') throw notInThisStatus();
	return false;
}

function write(store: UserStore, request: ApiRequest, withKept: boolean): Answer {
	const user = wantedUser(store, request);
	const body = bodyOf(request);
	checkVersion(store, user, request);
	const sent = sentProfile(body);
	const profile = withKept ? { ...profileOf(user), ...sent } : (sent ?? {});
	if (sent || !withKept) checkProfile(store, profile, user);
	if (!takesUpdates(store, user)) return answerUser(store, user, request);
	const newPassword = sendsPassword(body)
		? { credentials: credentialsOf(true), passwordChanged: new Date().toISOString() }
		: {};
	return answerUser(store, store.change(user, { profile, ...newPassword }), request);
}

/** `POST /users/{id}`: what is not sent stays. */
export const updateUser = (store: UserStore, request: ApiRequest): Answer =>
	write(store, request, true);

/** `PUT /users/{id}`: what is not sent in the profile is cleared. */
export const replaceUser = (store: UserStore, request: ApiRequest): Answer =>
	write(store, request, false);
