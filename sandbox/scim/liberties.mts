import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Behaviour } from '../control/behaviour.mts';
import type { Answer, ApiRequest, Route } from '../control/http.mts';
import { omit } from '../control/objects.mts';
import { scimAnswer } from './errors.mts';
import { emailsOf } from './types.mts';

/** A call that lists users, with or without a filter. */
export const isList = (route: Route): boolean =>
	route.path === '/Users' || route.path.endsWith('.search');

/** What a server with these switches refuses before it looks at anything. */
export function refused(
	route: Route,
	{ query, body }: ApiRequest,
	{ scimConfig, scimPatch, scimFilter }: Behaviour,
): Answer | undefined {
	if (route.path === '/ServiceProviderConfig' && scimConfig === 'missing') {
		return scimAnswer(404, 'There is no ServiceProviderConfig.');
	}
	if (route.method === 'PATCH' && scimPatch !== 'supported') {
		return scimAnswer(Number(scimPatch), 'This server has no PATCH.');
	}
	const isSearch = route.readOnly && isJsonObject(body) && body.filter !== undefined;
	const isFiltered = isSearch || (route.method === 'GET' && query.has('filter'));
	if (!isList(route) || !isFiltered) return undefined;
	if (scimFilter === 'refused') {
		return scimAnswer(400, 'This server has no filters.', 'invalidFilter');
	}
	return scimFilter === '501' ? scimAnswer(501, 'This server has no filters.') : undefined;
}

function withoutFlags(user: JsonValue): JsonValue {
	if (!isJsonObject(user) || !Array.isArray(user.emails)) return user;
	return { ...user, emails: emailsOf(user).map((email) => omit(email, 'primary')) };
}

function asListed(
	body: JsonObject,
	startIndex: number,
	{ scimEmptyResources }: Behaviour,
): JsonObject {
	const list: JsonObject = { ...body, startIndex };
	const isEmpty = Array.isArray(body.Resources) && body.Resources.length === 0;
	return isEmpty && scimEmptyResources === 'absent' ? omit(list, 'Resources') : list;
}

/** The answer as the switches have a server give it; `startIndex` is that of the page, where it is one. */
export function asSwitched(
	route: Route,
	answer: Answer,
	startIndex: number | undefined,
	behaviour: Behaviour,
): Answer {
	const { body } = answer;
	if (!body || answer.status >= 400) return answer;
	if (route.method === 'PATCH' && behaviour.scimPatchAnswer === 204) {
		return { status: 204, headers: answer.headers };
	}
	const listed = startIndex === undefined ? body : asListed(body, startIndex, behaviour);
	if (behaviour.scimPrimaryFlags) return { ...answer, body: listed };
	const { Resources: users } = listed;
	const bare = Array.isArray(users)
		? { ...listed, Resources: users.map(withoutFlags) }
		: withoutFlags(listed);
	return { ...answer, body: bare as JsonObject };
}

/** An error as the switches have it: the code of a duplicate, the status as a number. */
export function asSwitchedError(answer: Answer, behaviour: Behaviour): Answer {
	const { body, status: given } = answer;
	if (given < 400 || !body) return answer;
	const isDuplicate = given === 409 && body.scimType === 'uniqueness';
	const status = isDuplicate ? behaviour.duplicateStatus : given;
	const kept = isDuplicate && !behaviour.scimDuplicateType ? omit(body, 'scimType') : body;
	return {
		...answer,
		status,
		body: { ...kept, status: behaviour.scimStatusNumber ? status : String(status) },
	};
}
