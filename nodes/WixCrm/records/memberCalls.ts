import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt, Call } from '../../shared/apiTypes';
import { waitBeforeRetry } from '../../shared/backoff';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { emptyAnswer, leavesOpen, saysNotFound } from '../../shared/failures';
import { comparisonKey } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { pathStep } from '../../shared/recordId';
import { loginTaken, refusalOf } from './memberFailures';
import { queryMembers } from './memberPages';

export const members = '/members/v1/members';
export const pathOf = (id: string) => `${members}/${pathStep(id)}`;

const mostTries = 4;

export function memberIn(body: JsonValue | undefined): JsonObject | undefined {
	return isJsonObject(body) && isJsonObject(body.member) ? body.member : undefined;
}

/** The member as Wix holds it right now, with everything: only the fieldset FULL is sure to show the login email. */
export async function readMember(api: Api, id: string): Promise<Attempt<JsonObject | undefined>> {
	const call: Call = {
		method: 'GET',
		path: pathOf(id),
		query: { fieldsets: 'FULL' },
		repeatable: true,
	};
	const answer = await api.ask(call);
	if (!answer.ok) {
		return saysNotFound(answer.failure) ? { ok: true, value: undefined } : answer;
	}
	const member = memberIn(answer.value.body);
	return member ? { ok: true, value: member } : { ok: false, failure: emptyAnswer };
}

/** A write may answer a smaller fieldset than it is read with: then the member is read once more. */
async function whole(api: Api, answered: JsonObject | undefined): Promise<JsonObject | undefined> {
	if (answered === undefined || answered.loginEmail !== undefined) return answered;
	const again = await readMember(api, String(answered.id));
	return again.ok ? (again.value ?? answered) : answered;
}

async function send(api: Api, call: Call): Promise<Attempt<JsonObject | undefined>> {
	const answer = await api.ask(call);
	if (!answer.ok) return answer;
	return { ok: true, value: await whole(api, memberIn(answer.value.body)) };
}

/** `member` holds only what changes: Wix keeps the rest. There is no revision. */
export async function patchMember(
	api: Api,
	id: string,
	member: JsonObject,
): Promise<Attempt<JsonObject | undefined>> {
	return await send(api, {
		method: 'PATCH',
		path: pathOf(id),
		body: { member },
		repeatable: false,
	});
}

export async function postMember(
	api: Api,
	member: JsonObject,
): Promise<Attempt<JsonObject | undefined>> {
	return await send(api, { method: 'POST', path: members, body: { member }, repeatable: false });
}

/** The member’s contact stays. */
export async function deleteMember(api: Api, id: string): Promise<Attempt<undefined>> {
	const answer = await api.ask({ method: 'DELETE', path: pathOf(id), repeatable: false });
	return answer.ok ? { ok: true, value: undefined } : answer;
}

/**
 * Members who sign in with `address`. Whether Wix's `$in` heeds case is not documented, so the usual spellings are all
 * asked for and the hits compared here.
 */
export async function membersWithLogin(api: Api, address: string): Promise<Attempt<JsonObject[]>> {
	const wanted = comparisonKey(address, 'email');
	const spellings = [...new Set([address.trim(), address.trim().toLowerCase(), wanted])];
	const query = { filter: { loginEmail: { $in: spellings } } };
	const page = await queryMembers(api, query, { limit: 100, offset: 0 });
	if (!page.ok) return page;
	const holds = (member: JsonObject) => comparisonKey(member.loginEmail, 'email') === wanted;
	return { ok: true, value: page.value.filter(holds) };
}

/**
 * What a refused login email means: which status and code a duplicate has is not documented, so after 400 and 409 it is
 * looked up whether somebody has the address.
 */
export async function asDuplicate(
	api: Api,
	address: string,
	failure: ApiFailure,
): Promise<ApiFailure> {
	if (failure.status !== 400 && failure.status !== 409) return failure;
	const holders = await membersWithLogin(api, address);
	const holder = holders.ok ? holders.value.at(0) : undefined;
	const isOne = holder !== undefined || refusalOf(failure).kind === 'taken';
	if (!isOne) return failure;
	return { ...failure, code: loginTaken, ...(holder ? { otherId: String(holder.id) } : {}) };
}

export type StatusChange = 'approve' | 'block' | 'disconnect';

const statusAfter: Record<StatusChange, string> = {
	approve: 'APPROVED',
	block: 'BLOCKED',
	disconnect: 'OFFLINE',
};

/**
 * After a lost answer the member's status tells whether the change was made. Undefined when there is no such member.
 * @param most tries; 1 for a caller that looks and tries again itself
 */
export async function changeStatus(
	api: Api,
	id: string,
	change: StatusChange,
	most = mostTries,
): Promise<Attempt<JsonObject | undefined>> {
	const call: Call = {
		method: 'POST',
		path: `${pathOf(id)}/${change}`,
		body: {},
		repeatable: false,
	};
	for (let tries = 1; ; tries++) {
		const changed = await send(api, call);
		if (changed.ok) return changed.value === undefined ? await readMember(api, id) : changed;
		const { failure } = changed;
		if (saysNotFound(failure)) return { ok: true, value: undefined };
		if (!leavesOpen(failure) || tries >= most) return changed;
		await waitBeforeRetry(tries, failure.retryAfter);
		const now = await readMember(api, id);
		if (!now.ok || now.value === undefined || now.value.status === statusAfter[change]) return now;
	}
}
