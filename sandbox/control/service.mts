import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import type { Behaviour } from './behaviour.mts';
import type { Answer, ApiRequest, Headers, Route } from './http.mts';
import type { RateState } from './limits.mts';

/** A control call that only this server has; `path` is below `/sandbox`. */
export interface ControlCall {
	method: 'get' | 'post';
	path: string;
	/** Throws ControlError where the call is wrong. */
	handle: (body: JsonObject) => JsonObject | Promise<JsonObject>;
}

/** What the common server needs to know of one product's API. */
export interface Service {
	/** As printed in `ready <name> <url>`. */
	name: string;
	routes: Route[];
	/** A path in front of the API under which it answers, too: a server with a context path. */
	optionalPrefix?: string;
	/** The same, where it is part of the address that people know the server by. */
	basePath?: string;
	/** Throws ApiError when the credentials do not do. */
	authorize: (request: ApiRequest) => void;
	/** The API's own envelope for errors of the whole server: 400, 404, 429, 500, 503. */
	failure: (status: number, message: string) => Answer;
	/** Headers of every API answer. */
	headers: (rate: RateState) => Headers;
	/** What a 429 tells of the seconds to wait, where it is not `Retry-After` with the switch `throttleRetryAfter`. */
	throttleHeaders?: (seconds: number) => Headers;
	/** Somebody else changes the record right before this call does; undefined where calls cannot conflict. */
	provokeConflict?: (request: ApiRequest) => void;
	canConflict: (route: Route) => boolean;

	setBehaviour: (behaviour: Behaviour) => void;
	state: () => JsonObject;
	replaceState: (state: JsonObject) => void;
	/** Undefined for an unknown id. */
	edit: (id: string, path: string, value: JsonValue) => JsonObject | undefined;
	/** False for an unknown id. */
	remove: (id: string) => boolean;
	merge: (targetId: string, sourceIds: string[]) => JsonObject;
	/** The seed people again. */
	reset: () => void;
	controls?: ControlCall[];
	/** Ends what the server does by itself. */
	close?: () => void;
}
