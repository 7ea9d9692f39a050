import { sandboxClock } from '../../control/clock.mts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;

/** After how long a message that was not taken goes out again, from one attempt to the next; then it is given up. */
export const resendDelays: readonly number[] = [
	minute,
	10 * minute,
	...[1, 2, 2, 2, 4, 4, 4, 8, 8, 12].map((hours) => hours * hour),
];

/** The longest that Node's timers can wait. */
const longestTimer = 2 ** 31 - 1;

export interface Waiting<T> {
	message: T;
	/** From 1 on. */
	attempt: number;
	/** By the sandbox's clock. */
	dueAt: number;
}

/** Messages to one receiver, sent one after the other when they are due by the sandbox's clock, and again when not taken. */
export class Outbox<T> {
	private waiting: Waiting<T>[] = [];
	private work: Promise<void> | undefined;
	private timer: NodeJS.Timeout | undefined;
	private isClosed = false;

	/** @param send whether the message was taken */
	constructor(private readonly send: (waiting: Waiting<T>) => Promise<boolean>) {}

	/** @param delayMs how long it is held back */
	add(message: T, delayMs = 0): void {
		this.insert({ message, attempt: 1, dueAt: sandboxClock.now() + delayMs });
		void this.settle();
	}

	/** Sends what is due. Settles when nothing is due any more. */
	async settle(): Promise<void> {
		do {
			this.work ??= this.sendDue().finally(() => {
				this.work = undefined;
				this.setTimer();
			});
			await this.work;
		} while (this.hasDue());
	}

	/** What is to be sent later. */
	pending(): readonly Waiting<T>[] {
		return this.waiting;
	}

	close(): void {
		this.isClosed = true;
		this.waiting = [];
		clearTimeout(this.timer);
	}

	private async sendDue(): Promise<void> {
		for (let next = this.takeDue(); next; next = this.takeDue()) {
			const isTaken = await this.send(next);
			const delay = resendDelays[next.attempt - 1];
			if (isTaken || delay === undefined || this.isClosed) continue;
			// From when it was due: a clock put forward by a day has gone through all the hours
			this.insert({ ...next, attempt: next.attempt + 1, dueAt: next.dueAt + delay });
		}
	}

	private hasDue(): boolean {
		const [first] = this.waiting;
		return first !== undefined && first.dueAt <= sandboxClock.now();
	}

	private takeDue(): Waiting<T> | undefined {
		return this.hasDue() ? this.waiting.shift() : undefined;
	}

	/** Behind all that are due before it or with it. */
	private insert(added: Waiting<T>): void {
		let [low, high] = [0, this.waiting.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if ((this.waiting[middle]?.dueAt ?? Infinity) <= added.dueAt) low = middle + 1;
			else high = middle;
		}
		this.waiting.splice(low, 0, added);
	}

	private setTimer(): void {
		clearTimeout(this.timer);
		const [first] = this.waiting;
		if (!first || this.isClosed) return;
		const wait = Math.min(Math.max(0, first.dueAt - sandboxClock.now()), longestTimer);
		this.timer = setTimeout(() => void this.settle(), wait);
		this.timer.unref();
	}
}
