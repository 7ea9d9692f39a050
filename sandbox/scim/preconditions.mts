import type { Answer, ApiRequest } from '../control/http.mts';
import { scimAnswer } from './errors.mts';
import type { UserStore } from './userStore.mts';

const tagsOf = (header: string): string[] => header.split(',').map((tag) => tag.trim());

function holds(header: string | undefined, version: string): boolean | undefined {
	if (header === undefined) return undefined;
	return tagsOf(header).some((tag) => tag === '*' || tag === version);
}

/**
 * `If-Match` and `If-None-Match` of RFC 7644 section 3.14, which scimmy leaves to its host: the answer of a call whose condition is
 * not met. Undefined where it is, or where the server has no versions.
 */
export function unmetCondition(store: UserStore, request: ApiRequest): Answer | undefined {
	const user = store.users.get(request.params.id ?? '');
	if (!user || !store.behaviour.scimVersions) return undefined;
	const { version } = user.meta;
	if (holds(request.header('if-match'), version) === false) {
		return scimAnswer(412, 'The user has another version than If-Match says.');
	}
	const isKnown = holds(request.header('if-none-match'), version) === true;
	if (isKnown && request.method === 'GET') return { status: 304, headers: { etag: version } };
	return undefined;
}
