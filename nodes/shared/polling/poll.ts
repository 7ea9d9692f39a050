import type { IPollFunctions } from 'n8n-workflow';

import { clock } from '../clock';
import { memoryOf, type Memory } from './memory';
import { inTurn } from './turns';
import { cursorAt, cursorIn, takeNew, type Stamped } from './window';

/** How a trigger reads its system. Dates are milliseconds since 1970 by the system's own clock. */
export interface Source {
	/** Everything that happened from `since` on, in any order, each record once. */
	changesSince(since: number): Promise<Stamped[]>;
	/** What the system's clock shows. */
	now(): Promise<number>;
}

export interface PollSettings {
	/** Where a first poll begins; undefined: now, and nothing is delivered for what is there already. */
	startFrom?: number;
	/** Records that one poll delivers at most. */
	most: number;
	/** How far a window reaches back over the last one, in milliseconds. */
	overlap: number;
}

/** The records to deliver now. The cursor goes on only with them, in what n8n keeps. */
export async function pollChanges(
	context: IPollFunctions,
	source: Source,
	settings: PollSettings,
): Promise<Stamped[]> {
	const memory = memoryOf(context, 'cursor');
	return await inTurn(context, memory, async () => await pollFrom(memory, source, settings));
}

async function pollFrom(
	memory: Memory,
	source: Source,
	{ startFrom, most, overlap }: PollSettings,
): Promise<Stamped[]> {
	const beginning = startFrom === undefined ? undefined : { since: startFrom, seen: {} };
	const cursor = cursorIn(memory.read()) ?? beginning;
	if (cursor === undefined) {
		const since = (await source.now()) - overlap;
		memory.write(cursorAt(since, await source.changesSince(since)));
		return [];
	}
	const start = clock.now();
	const found = await source.changesSince(cursor.since);
	// What is changed while the list is read may be missing from it, and is no older than its beginning
	const next = takeNew(cursor, found, most, overlap + (clock.now() - start));
	memory.write(next.cursor);
	return next.fresh;
}
