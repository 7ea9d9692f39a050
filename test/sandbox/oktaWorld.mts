import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/startSandbox.mts';
import { send, type Reply } from './harness.mts';

type HeaderMap = Record<string, string>;

export interface OktaWorld {
	sandbox: Sandbox;
	url: string;
	/** Below `/api/v1/users`, as the owner of an SSWS token. */
	users: (method: string, path: string, body?: JsonValue, headers?: HeaderMap) => Promise<Reply>;
	control: (method: string, path: string, body?: JsonValue) => Promise<Reply>;
	behave: (switches: JsonObject) => Promise<Reply>;
	/** Puts in these users, each with a profile of which only the given part matters. */
	populate: (users: JsonObject[]) => Promise<Reply>;
	close: () => Promise<void>;
}

export async function startOkta(options: SandboxOptions = {}): Promise<OktaWorld> {
	const sandbox = await startSandbox(options);
	const url = sandbox.oktaUrl;
	const control: OktaWorld['control'] = (method, path, body) =>
		send(method, `${url}/sandbox${path}`, {}, body);
	return {
		sandbox,
		url,
		users: (method, path, body, headers) =>
			send(method, `${url}/api/v1/users${path}`, { authorization: 'SSWS token', ...headers }, body),
		control,
		behave: (switches) => control('POST', '/behave', switches),
		populate: (users) => control('PUT', '/state', { users }),
		close: () => sandbox.close(),
	};
}

export const adasProfile: JsonObject = {
	login: 'ada@login.example',
	email: 'ada@example.com',
	firstName: 'Ada',
	lastName: 'Example',
};

/** The rows of an answer that is a bare list. */
export const rowsOf = (reply: Reply): JsonObject[] => {
	const rows: unknown = JSON.parse(reply.text);
	if (!Array.isArray(rows)) throw new Error(`There is no list: ${reply.text.slice(0, 200)}`);
	return rows as JsonObject[];
};

export const idsOf = (reply: Reply): string[] => rowsOf(reply).map(({ id }) => String(id));

/** What an error says: status, code, and what its causes are. */
export const refusalOf = (reply: Reply): [status: number, code: unknown, causes: unknown] => {
	const { errorCode, errorCauses } = reply.body;
	const causes = Array.isArray(errorCauses)
		? errorCauses.map((cause) => (cause as JsonObject).errorSummary)
		: errorCauses;
	return [reply.status, errorCode, causes];
};

/** The link of one relation in the header `Link`. */
export const linkOf = (reply: Reply, relation: string): string | undefined =>
	new RegExp(`<([^>]*)>; rel="${relation}"`).exec(reply.headers.get('link') ?? '')?.[1];

/** Follows `next` from page to page and gives the ids of each. */
export async function walk(first: Reply, between?: () => Promise<unknown>): Promise<string[][]> {
	const pages = [idsOf(first)];
	for (let next = linkOf(first, 'next'); next && pages.length < 100;) {
		await between?.();
		const page = await send('GET', next, { authorization: 'SSWS token' });
		pages.push(idsOf(page));
		next = linkOf(page, 'next');
	}
	return pages;
}
