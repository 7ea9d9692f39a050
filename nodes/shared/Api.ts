import type { IDataObject, IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { ApiAnswer, ApiFailure, Attempt, Call, Caller, Service } from './apiTypes';
import { mostTries, retryAfter, waitBeforeRetry } from './backoff';
import { checkedBaseUrl } from './baseUrl';
import { budgetOf, checkBudget, type CallBudget } from './callBudget';
import { clock } from './clock';
import type { JsonValue } from './contract';
import { asId, leavesOpen, refusalOfPath, throttledFor, toNodeApiError } from './failures';
import type { Pacer } from './pacer';
import { isJsonObject } from './paths';

/** How long one request may take, in milliseconds; a test can shorten it. */
export const timeLimit = { milliseconds: 60_000 };

/** Tries for a service that has not answered properly once: its URL is more likely wrong than its server busy. */
const firstContactTries = 3;

/** No pause that a service asks for is longer than this, in milliseconds. */
const longestPause = 300_000;

/** After so many calls in a row that were given up, the rest of the run does not wait for the service any more. */
const mostGivenUp = 3;

function parse(text: string): JsonValue | undefined {
	try {
		return JSON.parse(text) as JsonValue;
	} catch {
		return undefined;
	}
}

/** What all calls of a run have in common. */
export interface ApiSettings {
	/** Sent with every call, beside what the credential adds. */
	headers?: Readonly<Record<string, string>>;
	/** Without one, calls go out as fast as they are answered. */
	pacer?: Pacer;
}

/** The one place that sends requests: authentication, back-off, and failures put into one shape. One for each run of a node. */
export class Api {
	private hasAnswered = false;

	private givenUp = 0;

	private down: ApiFailure | undefined;

	private readonly echoes: Record<string, string> = {};

	/** Until when the service wants to be left alone, by the clock; milliseconds. */
	private pausedUntil = 0;

	private tokenIsNew = false;

	private readonly baseUrl: string;

	private readonly budget: CallBudget;

	/**
	 * The caller looks at the record before each try of a write: one that would go out after a wait is given back instead, as
	 * throttled, so that what a person did meanwhile is seen.
	 */
	looksFirst = false;

	/** A write that would go out at this time or later is given back, as throttled; milliseconds since 1970. */
	writesUntil = Infinity;

	/** What the service's clock showed with its last answer that says so; milliseconds since 1970. */
	serverTime: number | undefined;

	/** The id by which the service knows its last answer, for messages about an answer that was no failure in itself. */
	lastRequestId: string | undefined;

	constructor(
		readonly caller: Caller,
		readonly service: Service,
		baseUrl: string,
		private readonly settings: ApiSettings = {},
	) {
		this.baseUrl = checkedBaseUrl(caller.getNode(), service.name, baseUrl);
		this.budget = budgetOf(caller);
	}

	/** Sends `call`, again where that is safe. 429 was not carried out, so any call is sent again after it. */
	async ask(call: Call): Promise<Attempt<ApiAnswer>> {
		if (this.down !== undefined) return { ok: false, failure: this.down };
		const refused = refusalOfPath(call.path);
		if (refused !== undefined) return { ok: false, failure: refused };
		const outcome = await this.persist(call);
		const isLockedOut = !outcome.ok && outcome.failure.status === 401 && call.standsAlone !== true;
		if (isLockedOut) this.down = outcome.failure;
		if (outcome.ok || !leavesOpen(outcome.failure)) {
			this.givenUp = 0;
			return outcome;
		}
		// Another call may still go through: only those that were tried long enough tell.
		if (!call.repeatable) return outcome;
		this.givenUp++;
		const isNotThere = outcome.failure.firstContact && outcome.failure.kind !== 'status';
		if (isNotThere || this.givenUp >= mostGivenUp) this.down = outcome.failure;
		return outcome;
	}

	private async persist(call: Call): Promise<Attempt<ApiAnswer>> {
		for (let tries = 1; ; tries++) {
			const outcome = await this.once(call);
			if (outcome.ok) return outcome;
			const { failure } = outcome;
			const mayWait = call.repeatable || !this.looksFirst;
			const again = failure.status === 429 ? mayWait : call.repeatable && leavesOpen(failure);
			const most =
				failure.firstContact && failure.kind !== 'status' ? firstContactTries : mostTries;
			if (!again || tries >= most || this.isCancelled()) return outcome;
			const { deadline } = this.budget;
			if (!(await waitBeforeRetry(tries, failure.retryAfter, deadline))) return outcome;
		}
	}

	/** As `ask`, but throws a NodeApiError that names `subject`. */
	async request(call: Call, itemIndex: number, subject?: string): Promise<JsonValue | undefined> {
		const answer = await this.ask(call);
		if (!answer.ok) throw this.toError(answer.failure, itemIndex, subject);
		return answer.value.body;
	}

	toError(failure: ApiFailure, itemIndex: number, subject?: string) {
		return toNodeApiError(this.caller.getNode(), this.service, failure, itemIndex, subject);
	}

	private isCancelled(): boolean {
		const signal =
			'getExecutionCancelSignal' in this.caller
				? this.caller.getExecutionCancelSignal()
				: undefined;
		return signal?.aborted ?? false;
	}

	/** Keeps what the service wants to see again, such as a mark that lets later reads show earlier writes. */
	private remember(headers: IN8nHttpFullResponse['headers']): void {
		for (const name of this.service.echoed ?? []) {
			const value = headers[name];
			if (typeof value === 'string' && value !== '') this.echoes[name] = value;
		}
	}

	private async once(call: Call): Promise<Attempt<ApiAnswer>> {
		const pause = Math.max(0, this.pausedUntil - clock.now());
		checkBudget(this.caller, this.service.name, this.budget, pause);
		if (pause > 0 && this.looksFirst && !call.repeatable) {
			return { ok: false, failure: throttledFor(pause) };
		}
		if (pause > 0) await clock.sleep(pause);
		await this.settings.pacer?.turn();
		const isInTime = call.repeatable || clock.isBefore(this.writesUntil);
		if (!isInTime) return { ok: false, failure: throttledFor(0) };
		const response = await this.sendRenewing(call);
		const firstContact = !this.hasAnswered;
		this.lastRequestId = undefined;
		if (response === undefined) {
			return { ok: false, failure: { kind: 'network', enveloped: false, firstContact } };
		}
		const { statusCode: status, headers } = response;
		const text = typeof response.body === 'string' ? response.body : '';
		const body = parse(text);
		const requestId = this.requestIdIn(headers);
		this.lastRequestId = requestId;
		this.remember(headers);
		const date = Date.parse(String(headers.date));
		if (!Number.isNaN(date)) this.serverTime = date;
		const asked = this.service.pauseIn?.(headers as IDataObject, status);
		if (asked !== undefined) this.pausedUntil = clock.now() + Math.min(asked, longestPause);
		const error = isJsonObject(body) ? this.service.readError(body, status) : undefined;
		const isError = error !== undefined && this.service.mayFailWith200 === true;
		const succeeded = status >= 200 && status < 300 && !isError;
		if (succeeded && (text.trim() === '' || body !== undefined)) {
			this.hasAnswered = true;
			return { ok: true, value: { body, headers: headers as IDataObject } };
		}
		const base = { status, requestId, firstContact };
		const saysItself = status >= 500 || [401, 403, 408, 429].includes(status);
		if (text.trim() !== '' && body === undefined && !saysItself) {
			const kind = /^\s*[[{"]/.test(text) ? 'cut' : 'page';
			return { ok: false, failure: { ...base, kind, enveloped: false } };
		}
		const saysNothing = status >= 500 || [401, 403, 429].includes(status);
		if (error !== undefined && !saysNothing) this.hasAnswered = true;
		const failure: ApiFailure = {
			...base,
			...error,
			kind: 'status',
			enveloped: error !== undefined,
			retryAfter: retryAfter(headers['retry-after']) ?? (status === 429 ? asked : undefined),
		};
		return { ok: false, failure };
	}

	private requestIdIn(headers: IN8nHttpFullResponse['headers']): string | undefined {
		const text = String(headers[this.service.requestIdIn ?? ''] ?? '');
		return asId(text.replace(/\./g, '-')) === undefined ? undefined : text;
	}

	/**
	 * n8n renews an expired token only for a call that it sees fail. A refusal is therefore met with the same call once more,
	 * told to fail; 401 was not carried out.
	 */
	private async sendRenewing(call: Call): Promise<IN8nHttpFullResponse | undefined> {
		const response = await this.send(call);
		const isRefused = response?.statusCode === 401 && this.service.renewsToken === true;
		const isLastTry = this.tokenIsNew;
		// A long run can see a token end more than once.
		this.tokenIsNew = isRefused;
		if (!isRefused || isLastTry) return response;
		return (await this.send(call, false)) ?? response;
	}

	/** undefined when there was no answer at all, or a failure where these are not `ignored`. */
	private async send(call: Call, ignored = true): Promise<IN8nHttpFullResponse | undefined> {
		const options: IHttpRequestOptions = {
			method: call.method,
			url: this.baseUrl + call.path,
			...(call.query && { qs: call.query }),
			arrayFormat: 'repeat',
			...(call.body && { body: call.body }),
			headers: {
				Accept: 'application/json',
				...this.settings.headers,
				...this.echoes,
				...call.headers,
			},
			encoding: 'text',
			returnFullResponse: true,
			ignoreHttpStatusErrors: ignored,
			sendCredentialsOnCrossOriginRedirect: false,
			timeout: timeLimit.milliseconds,
		};
		try {
			return (await this.caller.helpers.httpRequestWithAuthentication.call(
				this.caller,
				this.service.credential,
				options,
			)) as IN8nHttpFullResponse;
		} catch {
			return undefined;
		}
	}
}
