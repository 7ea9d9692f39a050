import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Express } from 'express';
import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Answer } from '../control/http.mts';

export interface InnerCall {
	method: string;
	/** Path without the query, from the root. */
	path: string;
	query: Record<string, string | number>;
	headers: Record<string, string>;
	body: JsonValue | undefined;
}

/** Never connected: the messages need one to exist. */
const socket = new Socket();

function requestOf({ method, path, query, headers, body }: InnerCall): IncomingMessage {
	const request = new IncomingMessage(socket);
	// An own property: Express 5 parses the URL anew each time `query` is read, and scimmy-routers sets numbers in it.
	Object.defineProperty(request, 'query', { value: query });
	return Object.assign(request, { method, url: path, headers, body });
}

function answerOf(response: ServerResponse, content: unknown): Answer {
	const text = Buffer.isBuffer(content) || typeof content === 'string' ? String(content) : '';
	const parsed = text === '' ? undefined : (JSON.parse(text) as JsonValue);
	return { status: response.statusCode, ...(isJsonObject(parsed) ? { body: parsed } : {}) };
}

/** Hands a call to an express app within the process, with a body that is parsed already, and gives what the app answers. */
export function inject(app: Express, call: InnerCall): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const request = requestOf(call);
		const response = new ServerResponse(request);
		response.end = (content?: unknown) => {
			resolve(answerOf(response, content));
			return response;
		};
		app(request as never, response as never, reject);
	});
}
