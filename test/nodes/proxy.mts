import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Passing {
	method: string;
	/** Path and query. */
	url: string;
	body: string;
	headers: Record<string, string>;
	/** How many calls of this method came before this one. */
	nth: number;
}

/** What happens to a call: an own answer, a lost one (before or after the work was done), or whatever the server says. */
export type Fate =
	| { status: number; body?: string; headers?: Record<string, string> }
	| 'dropBefore'
	| 'dropAfter'
	| undefined
	| void;

export interface Proxy {
	url: string;
	calls: Passing[];
	close(): Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts).toString('utf8');
}

/** Of the server's answer. */
const passedHeaders = ['content-type', 'x-wix-request-id', 'x-okta-request-id', 'link', 'etag'];

function headersOf(request: IncomingMessage): Record<string, string> {
	const {
		host: _host,
		connection: _connection,
		'content-length': _length,
		...rest
	} = request.headers;
	return Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, String(value)]));
}

/**
 * Stands between a node and a server, and lets a test decide call by call. `decide` may also do something first, such as
 * an edit by a person between the node's read and its write.
 */
export async function startProxy(
	target: string,
	decide: (call: Passing) => Fate | Promise<Fate>,
): Promise<Proxy> {
	const calls: Passing[] = [];
	const handle = async (request: IncomingMessage, response: ServerResponse) => {
		const method = request.method ?? 'GET';
		const body = await readBody(request);
		const nth = calls.filter((call) => call.method === method).length;
		const call = { method, url: request.url ?? '', body, headers: headersOf(request), nth };
		calls.push(call);
		const fate = await decide(call);
		if (fate === 'dropBefore') return void response.destroy();
		if (typeof fate === 'object') {
			response.writeHead(fate.status, { 'content-type': 'application/json', ...fate.headers });
			return void response.end(fate.body ?? '');
		}
		const answer = await fetch(target + call.url, {
			method,
			headers: headersOf(request),
			...(body === '' ? {} : { body }),
		});
		const text = await answer.text();
		if (fate === 'dropAfter') return void response.destroy();
		const passed = passedHeaders.map((name) => [name, answer.headers.get(name)] as const);
		response.writeHead(
			answer.status,
			Object.fromEntries(passed.flatMap(([name, value]) => (value ? [[name, value]] : []))),
		);
		response.end(text);
	};
	const server = createServer((request, response) => {
		handle(request, response).catch((error: unknown) => {
			response.writeHead(599);
			response.end(String(error));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		calls,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
