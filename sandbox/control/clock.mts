import type { JsonValue } from '../../nodes/shared/contracts';
import { isJsonObject } from '../../nodes/shared/paths';
import { ControlError } from './http.mts';

let ahead = 0;

/** The time by which limits, lags and paces go. A test puts it forward instead of waiting; dates of records are real. */
export const sandboxClock = {
	now: (): number => Date.now() + ahead,
	advance: (milliseconds: number): void => {
		ahead += milliseconds;
	},
};

/** `POST /sandbox/clock {advanceMs}`: puts the clock of all servers of this process forward. */
export function advanceBy(body: JsonValue | undefined): void {
	const advanceMs = isJsonObject(body) ? body.advanceMs : undefined;
	if (typeof advanceMs !== 'number' || !(advanceMs >= 0)) {
		throw new ControlError(400, 'Send {advanceMs}: milliseconds from 0 on.');
	}
	sandboxClock.advance(advanceMs);
}
