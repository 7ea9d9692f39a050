import type { Api } from '../../../shared/Api';
import type { ApiAnswer, ApiFailure, Attempt, Call } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { isJsonObject } from '../../../shared/paths';
import { readUserIn } from '../answers';
import { oncePerRun } from '../oncePerRun';
import { operationsFor, replacementFor } from './attributes';
import { emptyAnswer } from '../../../shared/failures';
import { pathStep } from '../../../shared/recordId';

export const pathOf = (id: string) => `/Users/${pathStep(id)}`;

const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export const asScim = { 'Content-Type': 'application/scim+json' };

/** What the server says of itself (RFC 7643 section 5). Without an answer PATCH is tried. */
const waysOf = oncePerRun(async (api: Api): Promise<{ patch: boolean }> => {
	const answer = await api.ask({
		method: 'GET',
		path: '/ServiceProviderConfig',
		// Not worth waiting for, nor a reason to give up: servers without it are common.
		repeatable: false,
		standsAlone: true,
	});
	const config = answer.ok && isJsonObject(answer.value.body) ? answer.value.body : {};
	const supported = isJsonObject(config.patch) ? config.patch.supported : undefined;
	return { patch: String(supported).toLowerCase() !== 'false' };
});

/** Codes of servers that know PATCH, but not this kind of path. */
const unknownPaths: ReadonlyArray<string | undefined> = [
	undefined,
	...['invalidFilter', 'invalidPath', 'invalidSyntax', 'noTarget', 'notImplemented'],
];

const hasNoPatch = ({ kind, status = 0 }: ApiFailure): boolean =>
	kind === 'status' && [405, 501].includes(status);

/** Whether to try PUT: it was not carried out, and another way of saying it may be. */
const isNotUnderstood = (failure: ApiFailure): boolean =>
	hasNoPatch(failure) ||
	(failure.status === 404 && !failure.enveloped) ||
	(failure.kind === 'status' && failure.status === 400 && unknownPaths.includes(failure.code));

/** Only the version that was read is written over, where the server keeps versions (RFC 7644 section 3.14). */
function headersFor({ meta }: JsonObject): Record<string, string> {
	const version = isJsonObject(meta) ? meta.version : undefined;
	const isThere = typeof version === 'string' && version !== '';
	return { ...asScim, ...(isThere ? { 'If-Match': version } : {}) };
}

export const readCall = (id: string): Call => ({
	method: 'GET',
	path: pathOf(id),
	repeatable: true,
});

const callFor = (user: JsonObject) => ({
	path: pathOf(String(user.id)),
	headers: headersFor(user),
	repeatable: false,
});

/** undefined where the server takes no PATCH, or not this one. */
async function patch(
	api: Api,
	user: JsonObject,
	set: JsonObject,
): Promise<Attempt<ApiAnswer> | undefined> {
	const ways = await waysOf(api);
	if (!ways.patch) return undefined;
	const body = { schemas: [patchSchema], Operations: operationsFor(user, set) };
	const patched = await api.ask({ ...callFor(user), method: 'PATCH', body });
	if (patched.ok || !isNotUnderstood(patched.failure)) return patched;
	if (hasNoPatch(patched.failure)) ways.patch = false;
	return undefined;
}

const replace = async (api: Api, user: JsonObject, set: JsonObject) =>
	await api.ask({ ...callFor(user), method: 'PUT', body: replacementFor(user, set) });

/** Puts `set` (path to value) into `user`, who has just been read. */
export async function writeUser(
	api: Api,
	user: JsonObject,
	set: JsonObject,
): Promise<Attempt<ApiAnswer>> {
	return (await patch(api, user, set)) ?? (await replace(api, user, set));
}

/** As `writeUser`, for somebody who has not been read: whatever else was changed meanwhile does not matter to `set`. */
export async function writeUnread(
	api: Api,
	id: string,
	set: JsonObject,
): Promise<Attempt<ApiAnswer>> {
	const patched = await patch(api, { id }, set);
	if (patched !== undefined) return patched;
	const answer = await api.ask(readCall(id));
	if (!answer.ok) return answer;
	const found = readUserIn(answer);
	if (!found.ok || found.value === undefined) return { ok: false, failure: emptyAnswer };
	return await replace(api, found.value, set);
}
