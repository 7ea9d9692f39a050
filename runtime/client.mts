import { setTimeout as wait } from 'node:timers/promises';
import type { Owner } from './environment.mts';

const READ_TRIES = 10;
const BROWSER_ID = 'n8n-nodes-wix-user-sync-demo';

export class N8nAnswerError extends Error {
	override name = 'N8nAnswerError';

	constructor(
		readonly status: number,
		call: string,
		text: string,
	) {
		super(`n8n answered ${status} to ${call}: ${text}`);
	}
}

/** Calls to one n8n: the editor's own (`/rest`, by cookie) and the public ones (`/api/v1`, by key). */
export interface N8nCalls {
	rest<T>(method: string, path: string, body?: unknown): Promise<T>;
	api<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Logs the owner in and makes a key for the public API. */
export async function connect(url: string, owner: Owner, label = 'demo'): Promise<N8nCalls> {
	const login = await send(
		`${url}/rest/login`,
		'POST',
		{ 'browser-id': BROWSER_ID },
		{
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		},
	);
	const cookie = login.headers
		.getSetCookie()
		.map((line) => line.split(';')[0])
		.join('; ');
	const rest = async <T,>(method: string, path: string, body?: unknown): Promise<T> => {
		const headers = { 'browser-id': BROWSER_ID, cookie };
		const answer = await send(`${url}/rest${path}`, method, headers, body);
		return ((await answer.json()) as { data: T }).data;
	};

	const scopes = await rest<string[]>('GET', '/api-keys/scopes');
	const key = await rest<{ rawApiKey: string }>('POST', '/api-keys', {
		label: `${label} ${Date.now()}`,
		scopes,
		expiresAt: null,
	});
	const api = async <T,>(method: string, path: string, body?: unknown): Promise<T> => {
		const headers = { 'X-N8N-API-KEY': key.rawApiKey };
		const answer = await send(`${url}/api/v1${path}`, method, headers, body);
		const text = await answer.text();
		return (text === '' ? undefined : JSON.parse(text)) as T;
	};
	return { rest, api };
}

/**
 * A busy n8n lets idle connections time out while it works and resets them afterwards: reading is tried again,
 * anything else is not.
 */
async function send(
	url: string,
	method: string,
	headers: Record<string, string>,
	body?: unknown,
): Promise<Response> {
	const request = {
		method,
		headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
		body: body === undefined ? null : JSON.stringify(body),
	};
	const answer = await fetchAgain(url, request, method === 'GET' ? READ_TRIES : 1);
	if (answer.ok) return answer;
	const path = new URL(url).pathname;
	throw new N8nAnswerError(answer.status, `${method} ${path}`, (await answer.text()).slice(0, 500));
}

async function fetchAgain(url: string, request: RequestInit, tries: number): Promise<Response> {
	for (let left = tries - 1; ; left--) {
		try {
			return await fetch(url, request);
		} catch (error) {
			if (left <= 0) throw error;
			await wait(500);
		}
	}
}
