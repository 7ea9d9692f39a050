import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/startSandbox.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject, parsePath, valueAt } from '../../nodes/shared/paths';

export interface Reply {
	status: number;
	body: JsonObject;
	text: string;
	headers: Headers;
	/** The value at a path of the body, such as `contact.info.emails.items[0].email`. */
	at: (path: string) => JsonValue | undefined;
	/** The code of a Wix application error, or Hub's `error`. */
	code: JsonValue | undefined;
}

function parse(text: string): JsonObject {
	try {
		const value = JSON.parse(text) as JsonValue;
		return isJsonObject(value) ? value : {};
	} catch {
		return {};
	}
}

export const pick = (value: JsonObject, path: string): JsonValue | undefined =>
	valueAt(value, parsePath(path) ?? []);

export async function send(
	method: string,
	url: string,
	headers: Record<string, string>,
	body?: JsonValue,
): Promise<Reply> {
	const response = await fetch(url, {
		method,
		headers: { 'content-type': 'application/json', ...headers },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
	const text = await response.text();
	const parsed = parse(text);
	const at = (path: string) => pick(parsed, path);
	return {
		status: response.status,
		body: parsed,
		text,
		headers: response.headers,
		at,
		code: at('details.applicationError.code') ?? at('error'),
	};
}

export const wixHeaders = { authorization: 'key', 'wix-site-id': 'site' };
export const hubHeaders = { authorization: 'Bearer token' };

export type Call = (method: string, path: string, body?: JsonValue) => Promise<Reply>;

export interface World {
	sandbox: Sandbox;
	/** Calls below the contacts, e.g. `wix('PATCH', '/<id>', body)`. */
	contacts: Call;
	/** Below `/contacts/v5`: `v5('POST', '/contacts', body)`, `v5('POST', '/bulk/contacts/create', body)`. */
	v5: Call;
	/** Any other path of the Wix server. */
	wix: Call;
	members: Call;
	users: Call;
	wixControl: Call;
	hubControl: Call;
	close: () => Promise<void>;
}

export async function startWorld(options: SandboxOptions = {}): Promise<World> {
	const sandbox = await startSandbox(options);
	const caller =
		(base: string, headers: Record<string, string>): Call =>
		(method, path, body) =>
			send(method, base + path, headers, body);
	return {
		sandbox,
		contacts: caller(`${sandbox.wixUrl}/contacts/v4/contacts`, wixHeaders),
		v5: caller(`${sandbox.wixUrl}/contacts/v5`, wixHeaders),
		wix: caller(sandbox.wixUrl, wixHeaders),
		members: caller(`${sandbox.wixUrl}/members/v1/members`, wixHeaders),
		users: caller(`${sandbox.youTrackUrl}/hub/api/rest/users`, hubHeaders),
		wixControl: caller(`${sandbox.wixUrl}/sandbox`, {}),
		hubControl: caller(`${sandbox.youTrackUrl}/sandbox`, {}),
		close: () => sandbox.close(),
	};
}

export const idOf = (reply: Reply): string =>
	String(reply.at('contact.id') ?? reply.at('member.id') ?? reply.at('id'));

export const listAt = (reply: Reply, path: string): JsonObject[] => {
	const list = reply.at(path);
	if (!Array.isArray(list))
		throw new Error(`There is no list at ${path}: ${reply.text.slice(0, 200)}`);
	return list.filter(isJsonObject);
};
