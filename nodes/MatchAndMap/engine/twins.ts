import type { Pending } from '../../shared/contract';
import { words } from './matters';
import { isAtRest } from './mergePairs';
import { isWhole, removedLink, type Row } from './rows';
import { freeze, namedRecord, removeRow, type PlanState } from './state';

/** Grouped rows: no group is empty. */
type Rows = [Row, ...Row[]];

/** Of the rows that say the same, one stays; those that only waited for a create go where its record is linked by now. */
export function oneRowEach(state: PlanState, linked: readonly Row[]): Row[] {
	return withoutSupersededCreates(state, unitedDoubles(state, linked));
}

/**
 * Two runs at once may have saved one link twice. The row that was announced stays, else the oldest, with what the other knew. A
 * run that unites only unites; and neither is touched while one of them belongs to another run.
 */
function unitedDoubles(state: PlanState, linked: readonly Row[]): Row[] {
	const byPair = new Map<string, Rows>();
	for (const row of linked) group(byPair, JSON.stringify([row.wixId, row.userId]), row);
	return [...byPair.values()].map((rows) => {
		if (rows.length === 1) return rows[0];
		const [kept, ...doubles] = rows.sort(byAge);
		if (rows.some((row) => state.leased.has(row))) {
			for (const double of doubles) state.tally.drop(double);
			state.leased.add(kept);
			return kept;
		}
		const wasQuiet = kept.isQuiet;
		unite(kept, doubles);
		// It may have learnt something: saved like any other
		kept.isQuiet = false;
		state.united.add(kept);
		state.review.leave(kept.wixId, kept.userId);
		freeze(state, kept, () =>
			state.tally.mark(kept, wasQuiet || isAtRest(state, kept) ? 'inSync' : 'waiting'),
		);
		for (const double of doubles) {
			state.removed.add(double);
			state.tally.drop(double);
			if (double.source !== undefined) state.doubles.push(removedLink(double.source));
		}
		return kept;
	});
}

const isAnnounced = (row: Row) => row.pending.some(({ outcome }) => outcome === 'announced');

const byAge = (left: Row, right: Row) =>
	Number(isAnnounced(right)) - Number(isAnnounced(left)) || rowNumber(left) - rowNumber(right);

const rowNumber = ({ source }: Row) => Number(source?.id ?? 0);

const certainty: Record<Pending['outcome'], number> = {
	held: 0,
	announced: 1,
	refusedForNow: 2,
	sent: 3,
	refused: 4,
	present: 5,
	moved: 6,
	gone: 7,
};

function unite(kept: Row, doubles: readonly Row[]): void {
	const entries = new Map<string, Pending>();
	for (const row of [kept, ...doubles]) {
		kept.base.fill(row.base.entries());
		for (const entry of row.pending) {
			const name = entryName(entry);
			const known = entries.get(name);
			if (known === undefined || certainty[entry.outcome] > certainty[known.outcome])
				entries.set(name, entry);
		}
		kept.note ||= row.note;
	}
	const united = [...entries.values()].sort((left, right) => left.at.localeCompare(right.at, 'en'));
	if (JSON.stringify(united) !== JSON.stringify(kept.pending)) kept.pending = oneAnnounced(united);
}

const entryName = ({ operation, property, side, from, to }: Pending) =>
	JSON.stringify([operation, property, side, from ?? null, to ?? null]);

/** Of several announcements for one side, operation and property the last one counts; the others stay for their echo. */
function oneAnnounced(entries: readonly Pending[]): Pending[] {
	const last = new Map<string, Pending>();
	const place = ({ operation, side, property }: Pending) => `${operation} ${side} ${property}`;
	for (const entry of entries) if (entry.outcome === 'announced') last.set(place(entry), entry);
	return entries.map((entry) =>
		entry.outcome === 'announced' && last.get(place(entry)) !== entry
			? { ...entry, outcome: 'held' as const }
			: entry,
	);
}

/** A row that still waits for a create is done with once its record stands in a whole link. */
function withoutSupersededCreates(state: PlanState, rows: readonly Row[]): Row[] {
	const whole = rows.filter(isWhole);
	const wixIds = new Set(whole.map((row) => row.wixId));
	const userIds = new Set(whole.map((row) => row.userId));
	return rows.filter((row) => {
		if (isWhole(row) || state.leased.has(row)) return true;
		if (!(wixIds.has(row.wixId) || userIds.has(row.userId))) return true;
		removeRow(state, row);
		return false;
	});
}

function group(rowsBy: Map<string, Rows>, key: string, row: Row): void {
	const rows = rowsBy.get(key);
	if (rows === undefined) rowsBy.set(key, [row]);
	else rows.push(row);
}

/** Rows that share a record with another partner each are left alone, unless a person has chosen one of them. */
export function leaveAloneTwice(state: PlanState): void {
	for (const side of ['wix', 'users'] as const) {
		const byId = new Map<string, Rows>();
		for (const row of state.rows) {
			const id = side === 'wix' ? row.wixId : row.userId;
			if (id !== '' && !state.removed.has(row)) group(byId, id, row);
		}
		for (const rows of byId.values()) if (rows.length > 1) reviewTwice(state, rows);
	}
}

function reviewTwice(state: PlanState, rows: readonly Row[]): void {
	if (rows.some((row) => state.leased.has(row))) {
		for (const row of rows) freeze(state, row, () => state.tally.mark(row, 'waiting'));
		return;
	}
	const pairs = rows.map((row) => ({
		wix: namedRecord(state, 'wix', row.wixId),
		user: namedRecord(state, 'users', row.userId),
	}));
	const matter = {
		reason: 'linkedTwice' as const,
		wixIds: rows.map(({ wixId }) => wixId),
		userIds: rows.map(({ userId }) => userId),
		...words.linkedTwice(pairs),
	};
	const answer = state.review.take(matter);
	if (answer === '') state.review.add(matter);
	for (const row of rows) {
		if (answer !== '' && answer !== `link ${row.wixId} ${row.userId}`) removeRow(state, row);
		else if (answer === '') freeze(state, row, () => state.tally.mark(row, 'review'));
	}
}
