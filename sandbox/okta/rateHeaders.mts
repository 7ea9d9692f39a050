import type { Behaviour } from '../control/behaviour.mts';
import type { Headers } from '../control/http.mts';
import type { RateState } from '../control/limits.mts';

/** The server's own time: real, or as far ahead as the switch says. */
const serverNow = ({ serverClockAheadMs }: Behaviour) => Date.now() + serverClockAheadMs;

const resetAfter = (behaviour: Behaviour, milliseconds: number) =>
	String(Math.ceil((serverNow(behaviour) + milliseconds) / 1000));

/** `X-Rate-Limit-*` of any answer, `Reset` in seconds of the epoch by the clock that `Date` shows, and that `Date` where it is not the real one. */
export function rateHeaders(behaviour: Behaviour, rate: RateState): Headers {
	const isShifted = behaviour.serverClockAheadMs !== 0 && !behaviour.omitDate;
	return {
		...(isShifted ? { date: new Date(serverNow(behaviour)).toUTCString() } : {}),
		...(behaviour.rateLimitHeaders
			? {
					'x-rate-limit-limit': String(rate.limit),
					'x-rate-limit-remaining': String(rate.remaining),
					'x-rate-limit-reset': resetAfter(behaviour, rate.msLeft),
				}
			: {}),
	};
}

/** What a 429 has instead of them: nothing left until `Reset`, and `Retry-After` only by a switch. */
export const throttleHeaders = (behaviour: Behaviour, seconds: number): Headers => ({
	...(behaviour.rateLimitHeaders
		? {
				'x-rate-limit-remaining': '0',
				'x-rate-limit-reset': resetAfter(behaviour, seconds * 1000),
			}
		: {}),
	...(behaviour.rateLimitRetryAfter ? { 'retry-after': String(seconds) } : {}),
});
