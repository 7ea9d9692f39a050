import type { Api } from '../../../shared/Api';
import type { ApiFailure, Attempt } from '../../../shared/apiTypes';
import type { RecordStore, Refusal } from '../../../shared/applyChange/RecordStore';
import type { JsonObject } from '../../../shared/contracts';
import { explainMatter, leavesOpen, saysNotFound } from '../../../shared/failures';
import { isBlank } from '../../../shared/normalize';
import { comparisonOf, faultOfPath, parkedValueOf, valueOf } from './hubUser';
import {
	createUser,
	deleteUser,
	faultForSearch,
	readUser,
	usersHolding,
	usersWithLogin,
	writeUser,
} from './hubUsers';

/** A failure that was found before anything was sent. */
const notSearchable: ApiFailure = {
	kind: 'status',
	status: 400,
	code: 'notSearchable',
	enveloped: true,
	firstContact: false,
};

/** Which status and code a duplicate has is not documented: 400 or 409, `must-be-unique` or the like. */
export function refusalOf(failure: ApiFailure): Refusal {
	const code =
		failure.code ?? (failure.status === undefined ? failure.kind : `HTTP_${failure.status}`);
	const otherIds = failure.otherId === undefined ? [] : [failure.otherId];
	const as = (kind: Refusal['kind']): Refusal => ({ kind, code, otherIds });
	if (leavesOpen(failure)) return as('unclear');
	if (/license/i.test(code)) return as('later');
	if (/unique|already.?exists|duplicate/i.test(code)) return as('taken');
	if (failure.status === 409) return as('taken');
	if (saysNotFound(failure)) return as('gone');
	if (failure.status === 403 && failure.enveloped) return as('later');
	if (failure.status === 400 && failure.enveloped) return as('badValue');
	return as('failed');
}

/** Login and name of a new user: given ones, else the address, so that the login is unique. */
export function identityOf(set: JsonObject, defaults: JsonObject): JsonObject {
	const address = String(set['profile.email.email'] ?? set['profile.email'] ?? '').trim();
	const login = isBlank(defaults.login) ? address : String(defaults.login).trim();
	const name = isBlank(defaults.name) ? login : String(defaults.name).trim();
	return { login, name };
}

export function hubStore(api: Api, successorId: string): RecordStore {
	const create: RecordStore['create'] = async (set, defaults) => {
		const identity = identityOf(set, defaults);
		const made = await createUser(api, { ...identity, ...set });
		if (made.ok) return { ok: true, value: made.value.id };
		if (refusalOf(made.failure).kind !== 'taken') return made;
		const login = String(identity.login);
		if (faultForSearch(login) !== undefined) return made;
		const sameLogin = await usersWithLogin(api, login);
		const other = sameLogin.ok ? sameLogin.value[0]?.id : undefined;
		return { ok: false, failure: { ...made.failure, otherId: other ? String(other) : undefined } };
	};

	const holdersOf: RecordStore['holdersOf'] = async (address): Promise<Attempt<string[]>> => {
		if (faultForSearch(address) !== undefined) return { ok: false, failure: notSearchable };
		const holders = await usersHolding(api, address);
		return holders.ok ? { ok: true, value: holders.value.map(({ id }) => String(id)) } : holders;
	};

	return {
		side: 'users',
		noun: 'user',
		comparisonOf,
		faultOfPath,
		valueOf,
		parkedValueOf,
		read: async (id) => await readUser(api, id, 'full'),
		write: async (user, set) => await writeUser(api, String(user.id), set),
		create,
		holdersOf,
		faultOfRemoval: (operation) =>
			operation === 'delete' && successorId === ''
				? "the parameter 'Successor' is empty. Choose the user who takes over what deleted users owned"
				: undefined,
		isDeactivated: (user) => user.banned === true,
		remove: async (id, operation) => {
			if (operation === 'delete') return await deleteUser(api, id, successorId);
			const banned = await writeUser(api, id, { banned: true });
			return banned.ok ? { ok: true, value: undefined } : banned;
		},
		refusalOf,
		explain: (failure) =>
			failure === notSearchable
				? 'the address holds braces, quotes or white space, with which YouTrack cannot look it up: correct it on the Wix side'
				: explainMatter(api.service, failure),
	};
}
