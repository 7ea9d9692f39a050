import { isJsonObject } from '../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../control/http.mts';
import { notInThisStatus, oktaError } from './errors.mts';
import type { User } from './types.mts';
import { wantedUser } from './userReads.mts';
import { activatedStatus } from './userWrites.mts';
import type { UserStore } from './userStore.mts';

function refused(why: string) {
	return oktaError(400, 'E0000001', `Api validation failed: ${why}`, [why]);
}

const hasPassword = (user: User) =>
	isJsonObject(user.credentials) && 'password' in user.credentials;

/** Nothing where Okta mails the link itself; otherwise the link for the caller to pass on. */
function activationAnswer(store: UserStore, request: ApiRequest, sendsEmail: boolean): Answer {
	if (sendsEmail) return ok({});
	const activationToken = store.mintId('');
	const origin = `http://${request.header('host') ?? ''}`;
	return ok({ activationUrl: `${origin}/welcome/${activationToken}`, activationToken });
}

/** From `STAGED` or `DEPROVISIONED`; mails the link unless `sendEmail=false`. */
export function activate(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status !== 'STAGED' && user.status !== 'DEPROVISIONED') {
		throw oktaError(403, 'E0000016', 'Activation failed because the user is already active');
	}
	const status = activatedStatus(store, hasPassword(user));
	store.change(user, { status, activated: new Date().toISOString() });
	return activationAnswer(store, request, request.query.get('sendEmail') !== 'false');
}

/** Starts the activation anew, from `PROVISIONED` or `RECOVERY`; mails the link only with `sendEmail=true`. */
export function reactivate(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status !== 'PROVISIONED' && user.status !== 'RECOVERY') throw notInThisStatus();
	store.change(user, { status: 'PROVISIONED' });
	return activationAnswer(store, request, request.query.get('sendEmail') === 'true');
}

/** From any status but `DEPROVISIONED`. `sendEmail` mails an administrator, which shows nowhere here. */
export function deactivate(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status === 'DEPROVISIONED') throw notInThisStatus();
	store.change(user, { status: 'DEPROVISIONED' });
	return ok({});
}

/** From `ACTIVE` only; 400 E0000001 otherwise. */
export function suspend(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status !== 'ACTIVE') throw refused('Cannot suspend a user that is not active');
	store.change(user, { status: 'SUSPENDED' });
	return ok({});
}

/** From `SUSPENDED` only, back to `ACTIVE`; 400 E0000001 otherwise. */
export function unsuspend(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status !== 'SUSPENDED') throw refused('Cannot unsuspend a user that is not suspended');
	store.change(user, { status: 'ACTIVE' });
	return ok({});
}

/** `DELETE /users/{id}`: only deactivates at first; erases a user that is `DEPROVISIONED`. */
export function deleteUser(store: UserStore, request: ApiRequest): Answer {
	const user = wantedUser(store, request);
	if (user.status === 'DEPROVISIONED') store.users.delete(user.id);
	else store.change(user, { status: 'DEPROVISIONED' });
	return { status: 204 };
}
