import type { IDataObject, IPollFunctions } from 'n8n-workflow';

import { clock } from '../clock';
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

const key = 'cursor';

/** The records to deliver now. The cursor goes on only with them, in what n8n keeps for the node. */
export async function pollChanges(
	context: IPollFunctions,
	source: Source,
	settings: PollSettings,
): Promise<Stamped[]> {
	const kept: IDataObject = context.getWorkflowStaticData('node');
	const { startFrom, most, overlap } = settings;
	const cursor =
		cursorIn(kept[key]) ?? (startFrom === undefined ? undefined : { since: startFrom, seen: {} });
	if (cursor === undefined) {
		const since = (await source.now()) - overlap;
		kept[key] = cursorAt(since, await source.changesSince(since));
		return [];
	}
	const start = clock.now();
	const found = await source.changesSince(cursor.since);
	// What is changed while the list is read may be missing from it, and is no older than its beginning
	const next = takeNew(cursor, found, most, overlap + (clock.now() - start));
	kept[key] = next.cursor;
	return next.fresh;
}
