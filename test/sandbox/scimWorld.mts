import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/startSandbox.mts';
import { listAt, send, type Reply } from './harness.mts';

type HeaderMap = Record<string, string>;

export const userSchema = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const patchSchema = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

export interface ScimWorld {
	sandbox: Sandbox;
	/** Below the base path, with a bearer token. */
	scim: (method: string, path: string, body?: JsonValue, headers?: HeaderMap) => Promise<Reply>;
	create: (user: JsonObject) => Promise<Reply>;
	patch: (id: string, operations: JsonObject[], headers?: HeaderMap) => Promise<Reply>;
	/** The user names of one page, in order; the query as text, such as `count=2`. */
	names: (query?: string) => Promise<unknown[]>;
	/** The user names that a filter finds. */
	found: (filter: string) => Promise<unknown[]>;
	control: (method: string, path: string, body?: JsonValue) => Promise<Reply>;
	behave: (switches: JsonObject) => Promise<Reply>;
	/** Puts in these users; each needs only the part that matters. */
	populate: (users: JsonObject[]) => Promise<Reply>;
	close: () => Promise<void>;
}

export const filterQuery = (filter: string): string => `filter=${encodeURIComponent(filter)}`;

export async function startScim(options: SandboxOptions = {}): Promise<ScimWorld> {
	const sandbox = await startSandbox(options);
	const root = new URL(sandbox.scimUrl).origin;
	const scim: ScimWorld['scim'] = (method, path, body, headers) =>
		send(
			method,
			sandbox.scimUrl + path,
			{ authorization: 'Bearer token', 'content-type': 'application/scim+json', ...headers },
			body,
		);
	const control: ScimWorld['control'] = (method, path, body) =>
		send(method, `${root}/sandbox${path}`, {}, body);
	const names: ScimWorld['names'] = async (query = '') =>
		listAt(await scim('GET', `/Users?${query}`), 'Resources').map(({ userName }) => userName);
	return {
		sandbox,
		scim,
		create: (user) => scim('POST', '/Users', { schemas: [userSchema], ...user }),
		patch: (id, operations, headers) =>
			scim('PATCH', `/Users/${id}`, { schemas: [patchSchema], Operations: operations }, headers),
		names,
		found: (filter) => names(filterQuery(filter)),
		control,
		behave: (switches) => control('POST', '/behave', switches),
		populate: (users) => control('PUT', '/state', { users }),
		close: () => sandbox.close(),
	};
}

/** Status and code of an error. */
export const codeOf = (reply: Reply): unknown[] => [reply.status, reply.body.scimType];

export const ada: JsonObject = {
	id: 'a1',
	userName: 'Ada',
	name: { givenName: 'Ada', familyName: 'Lovelace' },
	displayName: 'Ada Lovelace',
	emails: [
		{ value: 'home@example.org', type: 'home' },
		{ value: 'Ada@example.com', type: 'work', primary: true },
	],
};

export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

/** Without an id: the server gives her one. */
export const grace: JsonObject = {
	schemas: [userSchema, enterprise],
	userName: 'ghopper',
	externalId: 'navy-17',
	name: { formatted: 'Rear Admiral Grace Hopper', familyName: 'Hopper', givenName: 'Grace' },
	emails: [
		{ value: 'grace@example.com', type: 'work', primary: true },
		{ value: 'grace@example.org', type: 'home' },
	],
	addresses: [
		{ type: 'work', streetAddress: '1 Harbor Lane', locality: 'Portland', country: 'US' },
		{ type: 'home', locality: 'Arlington', country: 'US' },
	],
	[enterprise]: { department: 'Compilers', employeeNumber: '701984' },
};

export const bob: JsonObject = {
	id: 'b2',
	userName: 'bob@example.com',
	active: false,
	emails: [{ value: 'bob@example.com' }],
};
