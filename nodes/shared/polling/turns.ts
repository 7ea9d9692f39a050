import type { IPollFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { hash53 } from '../hash';
import type { Memory } from './memory';

/** So long after a poll n8n may still be saving what it left behind, in milliseconds. */
const savingTime = 10_000;

/** The last poll of a node in this process. */
interface Turn {
	isGoingOn: boolean;
	/** What it began with, where it left something else behind. */
	from?: number | undefined;
	endedAt: number;
}

const turns = new Map<string, Turn>();

const markOf = (remembered: unknown) =>
	remembered === undefined ? undefined : hash53(JSON.stringify(remembered), 3);

/**
 * Lets a node poll once at a time; the others deliver nothing and leave everything to the next poll. n8n itself does not see to
 * that: polls overlap where one takes longer than the interval, and with durable polling those that fell due while n8n was down
 * begin together, each with the same memory, so that all of them would deliver the same.
 */
export async function inTurn<T>(
	context: IPollFunctions,
	memory: Memory,
	poll: () => Promise<T[]>,
): Promise<T[]> {
	const { id, parameters } = context.getNode();
	const key = `${context.getWorkflow().id} ${id} ${hash53(JSON.stringify(parameters), 3)}`;
	const last = turns.get(key);
	const from = markOf(memory.read());
	const isSaving = last !== undefined && clock.now() - last.endedAt < savingTime;
	const isOutdated = isSaving && from !== undefined && from === last.from;
	if (last?.isGoingOn || isOutdated) return [];

	turns.set(key, { isGoingOn: true, endedAt: 0 });
	try {
		return await poll();
	} finally {
		const movedOn = markOf(memory.read()) !== from;
		turns.set(key, {
			isGoingOn: false,
			from: movedOn ? from : undefined,
			endedAt: clock.now(),
		});
	}
}
