import { clock } from './clock';

const minute = 60_000;

/** The share of a minute's requests that may go out at once, so that a handful of requests need not wait. */
const burstShare = 1 / 18;

/** Spreads the requests of one run evenly over the minute; only its first few go out at once. */
export class Pacer {
	private readonly interval: number;

	private readonly slack: number;

	/** When the last request would have gone out, had all of them been evenly spaced; milliseconds. */
	private due = -Infinity;

	/** @param perMinute how many requests a minute may have; above 0 */
	constructor(perMinute: number) {
		this.interval = minute / perMinute;
		this.slack = Math.floor(perMinute * burstShare) * this.interval;
	}

	/** Waits until the next request may go out. */
	async turn(): Promise<void> {
		const now = clock.now();
		this.due = Math.max(this.due + this.interval, now);
		const wait = Math.ceil(this.due - this.slack - now);
		if (wait > 0) await clock.sleep(wait);
	}
}
