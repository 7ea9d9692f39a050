import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt } from '../../shared/apiTypes';
import { waitBeforeRetry } from '../../shared/backoff';
import type { JsonObject } from '../../shared/contract';
import { emptyAnswer, leavesOpen } from '../../shared/failures';
import { asDuplicate, membersWithLogin, postMember } from './memberCalls';
import { loginTaken, refusalOf } from './memberFailures';
import { memberFor } from './memberFields';
import { awaitTurn } from './memberPace';

const mostCreates = 4;

/** A new member, not sooner than a second after the last one on this site. */
export async function createMember(
	api: Api,
	site: string,
	set: JsonObject,
	privacyStatus?: string,
): Promise<Attempt<JsonObject | undefined>> {
	await awaitTurn(site);
	const loginEmail = String(set.loginEmail).trim();
	const member: JsonObject = { loginEmail, ...memberFor({}, set) };
	if (privacyStatus !== undefined) member.privacyStatus = privacyStatus;
	const made = await postMember(api, member);
	if (made.ok) return made;
	return { ok: false, failure: await asDuplicate(api, loginEmail, made.failure) };
}

export type Created =
	| { outcome: 'created'; member: JsonObject }
	/** `otherId` of the failure: who has the login email already. `isOpen`: it may have been created all the same. */
	| { outcome: 'failed'; failure: ApiFailure; isOpen: boolean };

/** Found before anything was sent. */
const taken: ApiFailure = {
	kind: 'status',
	code: loginTaken,
	enveloped: true,
	firstContact: false,
};

/**
 * Creates a member unless somebody has the login email. After a lost answer it looks first: who is there then, and was
 * not before, is the member that the lost call made.
 */
export async function createOnce(
	api: Api,
	site: string,
	set: JsonObject,
	privacyStatus?: string,
): Promise<Created> {
	const failed = (failure: ApiFailure): Created => ({
		outcome: 'failed',
		failure,
		isOpen: leavesOpen(failure),
	});
	for (let creates = 0; ; creates++) {
		const holders = await membersWithLogin(api, String(set.loginEmail));
		if (!holders.ok) return failed(holders.failure);
		const holder = holders.value.at(0);
		if (holder !== undefined && creates > 0) return { outcome: 'created', member: holder };
		if (holder !== undefined) return failed({ ...taken, otherId: String(holder.id) });

		const made = await createMember(api, site, set, privacyStatus);
		if (made.ok && made.value !== undefined) return { outcome: 'created', member: made.value };
		const failure = made.ok ? emptyAnswer : made.failure;
		const { kind } = refusalOf(failure);
		const mayBeOurs = kind === 'taken' && creates > 0;
		const again = mayBeOurs || kind === 'unclear';
		if (!again || creates + 1 >= mostCreates) return failed(failure);
		await waitBeforeRetry(creates + 1, failure.retryAfter);
	}
}
