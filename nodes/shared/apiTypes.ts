import type {
	IDataObject,
	IExecuteFunctions,
	IHookFunctions,
	IHttpRequestMethods,
	ILoadOptionsFunctions,
	IPollFunctions,
} from 'n8n-workflow';

import type { JsonObject, JsonValue } from './contract';

export type Caller = IExecuteFunctions | ILoadOptionsFunctions | IPollFunctions | IHookFunctions;

export interface Call {
	method: IHttpRequestMethods;
	/** Below the service's base URL, with a leading slash. */
	path: string;
	query?: IDataObject | undefined;
	body?: JsonObject | JsonObject[] | undefined;
	/** Beside those of the credential and of the run. */
	headers?: Readonly<Record<string, string>>;
	/** Whether doing it twice is the same as doing it once: reads and queries. Others are repeated by those who can look first. */
	repeatable: boolean;
	/** A refusal of the credential (401) is about this call alone: it is one that not every credential may make. */
	standsAlone?: boolean;
}

/**
 * Why a call brought nothing. network: no answer. page: a web page or other text where data should be. cut: JSON that ends
 * early. status: the service's own refusal. Holds codes, field names and ids only, so that it may be shown to anybody.
 */
export interface ApiFailure {
	kind: 'network' | 'page' | 'cut' | 'status';
	status?: number | undefined;
	code?: string | undefined;
	field?: string | undefined;
	/** Of another record that stands in the way. */
	otherId?: string | undefined;
	requestId?: string | undefined;
	/** Milliseconds that the service asks to wait. */
	retryAfter?: number | undefined;
	/** Whether the body was the service's own error envelope. */
	enveloped: boolean;
	/** True while nothing in this run has ever been answered properly: then the URL is likely wrong. */
	firstContact: boolean;
}

export interface ApiAnswer {
	body: JsonValue | undefined;
	headers: IDataObject;
}

export type Attempt<T> = { ok: true; value: T } | { ok: false; failure: ApiFailure };

export interface Service {
	/** As people call it, for messages. */
	name: string;
	credential: string;
	/** What the credential's secret is called there. */
	secret: string;
	/** What is missing when the service says 403. */
	permissions: string;
	/** The answer header, in lower case, by which the service knows one call. */
	requestIdIn?: string;
	/** How long the service wants to be left alone after an answer with these headers, in milliseconds; beside `Retry-After`. */
	pauseIn?(headers: IDataObject, status: number): number | undefined;
	/** The credential holds a token that n8n renews after a refusal. */
	renewsToken?: boolean;
	/** Errors may come with a status of success; then what `readError` reads is one all the same. */
	mayFailWith200?: boolean;
	/** Names, in lower case, of answer headers that later calls send back. */
	echoed?: readonly string[];
	/** By error code: what happened, as the beginning of a sentence. Codes without an entry are told by their status. */
	meanings?: Readonly<Record<string, string>>;
	/** By error code: what a person can do about it, in one sentence. */
	remedies: Readonly<Record<string, string>>;
	/**
	 * The codes in an error body; undefined when the body is not in the service's error shape. A `status` among them counts
	 * instead of that of the answer.
	 */
	readError(
		body: JsonObject,
		status: number,
	): Pick<ApiFailure, 'code' | 'field' | 'otherId' | 'status'> | undefined;
}
