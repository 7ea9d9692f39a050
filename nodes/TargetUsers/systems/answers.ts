import type { ApiAnswer, Attempt } from '../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { emptyAnswer, saysNotFound } from '../../shared/failures';
import { isJsonObject } from '../../shared/paths';
import type { Created } from './UserSystem';

const hasId = (body: JsonValue | undefined): body is JsonObject =>
	isJsonObject(body) && typeof body.id === 'string' && body.id !== '';

/** The user that was read; undefined where the system says that there is none. */
export function readUserIn(answer: Attempt<ApiAnswer>): Attempt<JsonObject | undefined> {
	if (!answer.ok) return saysNotFound(answer.failure) ? { ok: true, value: undefined } : answer;
	const { body } = answer.value;
	return hasId(body) ? { ok: true, value: body } : { ok: false, failure: emptyAnswer };
}

/** The user that a write answered; undefined where the answer is empty. */
export function writtenUserIn(answer: Attempt<ApiAnswer>): Attempt<JsonObject | undefined> {
	if (!answer.ok) return answer;
	return { ok: true, value: hasId(answer.value.body) ? answer.value.body : undefined };
}

/** The id of a new user is in the answer or at the end of the `Location` header, or is not told. */
export function createdUserIn(answer: Attempt<ApiAnswer>): Attempt<Created> {
	if (!answer.ok) return answer;
	const { body, headers } = answer.value;
	if (hasId(body)) return { ok: true, value: { id: String(body.id), user: body } };
	const id = /\/users\/([\w-]+)\/?(?:\?.*)?$/i.exec(String(headers.location ?? ''))?.[1];
	return { ok: true, value: { id } };
}

/** Nothing is wanted of the answer but that it went well. */
export function doneIn(answer: Attempt<ApiAnswer>): Attempt<undefined> {
	return answer.ok ? { ok: true, value: undefined } : answer;
}
