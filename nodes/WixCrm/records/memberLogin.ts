import type { Api } from '../../shared/Api';
import type { ApiFailure, Attempt, Call } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';
import { pathStep } from '../../shared/recordId';
import { asDuplicate, readMember } from './memberCalls';
import { loginNotPermitted, mailNotPermitted } from './memberFailures';

/** Found in Wix's own client for members (`changeLoginEmail`), which says nothing of API keys. */
const changePath = (id: string) => `/api/v1/members/${pathStep(id)}/change-login-email`;

const mailPath = '/identity/members/v1/auth/members/send-set-password-email';

/** For calls that not every API key may make: 401, 403 and 404 then say this, and nothing of the key or the member. */
function asNotPermitted(failure: ApiFailure, code: string): ApiFailure {
	const { status, requestId } = failure;
	if (status === undefined || ![401, 403, 404].includes(status)) return failure;
	return { kind: 'status', status, code, requestId, enveloped: true, firstContact: false };
}

/**
 * Changes the login email of a member who has just been read, so that 404 is about the endpoint. Answers the member as
 * Wix shows it afterwards: the endpoint itself answers an older shape.
 */
export async function changeLogin(
	api: Api,
	id: string,
	newEmail: string,
): Promise<Attempt<JsonObject | undefined>> {
	const call: Call = {
		method: 'PATCH',
		path: changePath(id),
		body: { newEmail },
		repeatable: false,
		standsAlone: true,
	};
	const answer = await api.ask(call);
	if (answer.ok) return await readMember(api, id);
	const failure = await asDuplicate(api, newEmail, answer.failure);
	return { ok: false, failure: asNotPermitted(failure, loginNotPermitted) };
}

/** Whether Wix accepted to send the member a link that sets a password. Never sent twice: after a lost answer it stays open. */
export async function sendSetPassword(
	api: Api,
	email: string,
	hideIgnoreMessage: boolean,
): Promise<Attempt<boolean>> {
	const call: Call = {
		method: 'POST',
		path: mailPath,
		body: { email, ...(hideIgnoreMessage ? { hideIgnoreMessage } : {}) },
		repeatable: false,
		standsAlone: true,
	};
	const answer = await api.ask(call);
	if (!answer.ok) return { ok: false, failure: asNotPermitted(answer.failure, mailNotPermitted) };
	const { body } = answer.value;
	return { ok: true, value: isJsonObject(body) && body.accepted === true };
}
