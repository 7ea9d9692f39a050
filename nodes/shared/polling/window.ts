import type { JsonObject } from '../contract';
import { isJsonObject } from '../paths';

/** One record as a poll found it. */
export interface Stamped {
	id: string;
	/** Told apart from what was delivered before: a revision, or the date of the last change. */
	version: string;
	/** When the system says that it was created or changed, in milliseconds since 1970. */
	at: number;
	/** Delivered, or only remembered: a record may count for the window and not for the event. */
	isWanted: boolean;
	record: JsonObject;
}

/** What a trigger remembers between polls. It is JSON, because n8n keeps it. */
export interface Cursor {
	/** Everything changed before this was delivered; milliseconds since 1970 by the system's clock. */
	since: number;
	/** What was delivered from there on: id to `[version, at]`. */
	seen: Record<string, [version: string, at: number]>;
}

/** The cursor in what n8n kept; undefined when there is none, or not one of ours. */
export function cursorIn(kept: unknown): Cursor | undefined {
	if (!isJsonObject(kept) || typeof kept.since !== 'number' || !isJsonObject(kept.seen)) {
		return undefined;
	}
	const seen = Object.entries(kept.seen).filter(
		(entry): entry is [string, [string, number]] =>
			Array.isArray(entry[1]) && typeof entry[1][0] === 'string' && typeof entry[1][1] === 'number',
	);
	return { since: kept.since, seen: Object.fromEntries(seen) };
}

/** A cursor that counts all of `found` as delivered, and everything before `since`. */
export function cursorAt(since: number, found: readonly Stamped[]): Cursor {
	const kept = found.filter(({ at }) => at >= since);
	return {
		since,
		seen: Object.fromEntries(kept.map(({ id, version, at }) => [id, [version, at]])),
	};
}

const byDate = (left: Stamped, right: Stamped) =>
	left.at - right.at || (left.id < right.id ? -1 : 1);

/**
 * What of `found` is to be delivered, the oldest first and `most` at most, and the cursor after it. `found` is everything
 * that the system shows from `cursor.since` on. The next window begins `overlap` milliseconds before the last change that was
 * delivered, because systems show some changes later than others; what was delivered from there on is remembered by id and
 * version. What does not fit is left for the next poll.
 */
export function takeNew(
	cursor: Cursor,
	found: readonly Stamped[],
	most: number,
	overlap: number,
): { fresh: Stamped[]; cursor: Cursor; isMore: boolean } {
	const seen = new Map(Object.entries(cursor.seen));
	const isNew = ({ id, version }: Stamped) => seen.get(id)?.[0] !== version;
	const candidates = found.filter(isNew).sort(byDate);
	let wanted = 0;
	const taken: Stamped[] = [];
	for (const candidate of candidates) {
		wanted += Number(candidate.isWanted);
		if (wanted > most) break;
		taken.push(candidate);
	}
	const isMore = taken.length < candidates.length;
	const known = isMore ? taken : found;
	const latest = known.reduce((last, { at }) => Math.max(last, at), cursor.since);
	const since = Math.max(cursor.since, latest - overlap);
	for (const { id, version, at } of taken) seen.set(id, [version, at]);
	return {
		fresh: taken.filter(({ isWanted }) => isWanted),
		cursor: {
			since,
			seen: Object.fromEntries([...seen].filter(([, [, at]]) => at >= since)),
		},
		isMore,
	};
}
