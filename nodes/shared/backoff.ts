import { clock } from './clock';

/** Waits before the second, third, … try. Wix names no rate and no header, so these are chosen to outlast its minute. */
const waits = [2_000, 8_000, 30_000];
const longestWait = 60_000;

/** A longer wait than this is not sat out: the run ends with a message, and a later run goes on. */
const longestRetryAfter = 300_000;

/** How many tries a request has when the service is known to be there. */
export const mostTries = waits.length + 2;

/** The wait that a `Retry-After` header asks for (seconds or a date), in milliseconds; undefined when there is none. */
export function retryAfter(header: unknown): number | undefined {
	if (typeof header !== 'string' && typeof header !== 'number') return undefined;
	const text = String(header).trim();
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
	const date = Date.parse(text);
	return Number.isNaN(date) ? undefined : Math.max(0, date - clock.now());
}

/**
 * Waits after the failed try number `tries` (1 for the first): what the service asked for, else 2, 8, 30, 60 s, each with
 * up to a quarter on top, so that parallel runs do not come back at once. False, without waiting, when it asks for too long,
 * or the wait would end after `deadline` (milliseconds since 1970).
 */
export async function waitBeforeRetry(
	tries: number,
	askedFor?: number,
	deadline = Infinity,
): Promise<boolean> {
	if (askedFor !== undefined && askedFor > longestRetryAfter) return false;
	const base = askedFor ?? waits[tries - 1] ?? longestWait;
	const wait = Math.round(base * (1 + clock.random() / 4));
	if (clock.now() + wait > deadline) return false;
	await clock.sleep(wait);
	return true;
}
