import type { JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';

let ahead = 0;
const listeners = new Set<() => Promise<void>>();

/** The time by which limits, lags, paces and resends go. A test puts it forward instead of waiting; dates of records are real. */
export const sandboxClock = {
	now: (): number => Date.now() + ahead,
	/** Settles when what has become due by it is done. */
	advance: async (milliseconds: number): Promise<void> => {
		ahead += milliseconds;
		await Promise.all([...listeners].map((listener) => listener()));
	},
	/** Calls `listener` whenever the clock was put forward. @returns what ends that */
	onAdvance: (listener: () => Promise<void>): (() => void) => {
		listeners.add(listener);
		return () => void listeners.delete(listener);
	},
};

/** `POST /sandbox/clock {advanceMs}`: puts the clock of all servers of this process forward. */
export async function advanceBy(body: JsonValue | undefined): Promise<void> {
	const advanceMs = isJsonObject(body) ? body.advanceMs : undefined;
	if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) {
		throw new ControlError(400, 'Send {advanceMs}: milliseconds from 0 on.');
	}
	await sandboxClock.advance(advanceMs);
}
