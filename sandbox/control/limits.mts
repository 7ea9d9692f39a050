import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';

const windowMs = 60_000;
/** What an API that tells its limit shows while none is set: too many to be met, so that no client slows down. */
const freeRequestsPerMinute = 100_000;

/** Where the window of a minute stands. */
export interface RateState {
	limit: number;
	remaining: number;
	/** Milliseconds until the next window begins. */
	msLeft: number;
}

/** Calls allowed in a fixed window of one minute, which begins with its first call. */
export class RateLimit {
	private requestsPerMinute: number | undefined;
	private windowStart = 0;
	private used = 0;

	/** `{requestsPerMinute}`; 0 or null: no limit. */
	configure(body: JsonValue | undefined): void {
		const limit = isJsonObject(body) ? body.requestsPerMinute : undefined;
		if (limit !== null && (typeof limit !== 'number' || limit < 0)) {
			throw new ControlError(400, 'Send {requestsPerMinute}: a number, 0 for no limit.');
		}
		this.requestsPerMinute = limit === null || limit === 0 ? undefined : limit;
		this.windowStart = 0;
		this.used = 0;
	}

	off(): void {
		this.requestsPerMinute = undefined;
	}

	/** Seconds to wait when this call is one too many; undefined when it may pass. */
	retryAfter(now: number): number | undefined {
		if (now - this.windowStart >= windowMs) {
			this.windowStart = now;
			this.used = 0;
		}
		this.used++;
		if (this.requestsPerMinute === undefined || this.used <= this.requestsPerMinute) {
			return undefined;
		}
		return Math.max(1, Math.ceil((this.windowStart + windowMs - now) / 1000));
	}

	state(now: number): RateState {
		const limit = this.requestsPerMinute ?? freeRequestsPerMinute;
		return {
			limit,
			remaining: Math.max(0, limit - this.used),
			msLeft: Math.max(0, this.windowStart + windowMs - now),
		};
	}
}
