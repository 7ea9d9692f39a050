import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';

/** One call as a handler sees it. `query` holds every value of each query parameter, in order. */
export interface ApiRequest {
	method: string;
	path: string;
	params: Record<string, string>;
	query: URLSearchParams;
	body: JsonValue | undefined;
	header: (name: string) => string | undefined;
}

export type Headers = Record<string, string | string[]>;

/** What a handler answers: `body` or `list` is sent as JSON, `text` as it is, none of them as an empty body. */
export interface Answer {
	status: number;
	body?: JsonObject | undefined;
	/** A bare array, where the API answers no object. */
	list?: JsonValue[] | undefined;
	text?: string;
	contentType?: string;
	headers?: Headers | undefined;
}

export type Handler = (request: ApiRequest) => Answer | Promise<Answer>;

/** `path` is an express path such as `/contacts/v4/contacts/:id`; it is also the name of the route in the counts. */
export interface Route {
	method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
	path: string;
	handle: Handler;
	/** True for a call that changes nothing although it is no GET (a query by POST). */
	readOnly?: boolean;
	/** True where the body is a web form; the handler gets an object of texts. */
	form?: boolean;
}

/** Thrown by handlers to answer an error in the API's own envelope. */
export class ApiError extends Error {
	constructor(readonly answer: Answer) {
		super(`HTTP ${answer.status}`);
	}
}

/** Thrown where a call to the control surface itself is wrong; becomes a 400 or 404 with this message. */
export class ControlError extends Error {
	constructor(
		readonly status: 400 | 404,
		message: string,
	) {
		super(message);
	}
}

export const ok = (body: JsonObject): Answer => ({ status: 200, body });
