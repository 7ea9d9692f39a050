import type { Pending, Side } from '../../../shared/contract';
import { reasonOf, type Decision, type Write } from '../decision';
import { isRemoval, without, withId, withoutAnyFinding, type Row } from '../read';

/** Times of one announcement, ISO: when it is made, and the end of its lease. */
export interface Times {
	now: string;
	until: string;
}

/** How long one request may take in all, as the writers have it; milliseconds. */
const requestMs = 60_000;
const longestLeaseMs = 15 * 60_000;

/** The end of the leases of a run that means to send `writes` of them one after the other. */
export function leaseUntil(nowMs: number, writes: number): string {
	const length = Math.min(3 * requestMs + writes * 1000, longestLeaseMs);
	return new Date(nowMs + length).toISOString();
}

/** The row of a decision as it is to be saved: with what is announced in it, or noted for a later run. */
export function announced(row: Row, decision: Decision, times: Times): Row {
	const { write, isLater = false, lookUps = [], gone, because } = decision;
	if (write === undefined && gone === undefined && lookUps.length === 0) return row;
	const isSent = write !== undefined && !isLater && row.source !== undefined;
	const written =
		write === undefined ? row : isSent ? announce(row, write, times) : hold(row, write, times.now);
	const lookedUp = lookUps.reduce((each, side) => lookUp(each, side, times), written);
	if (gone === undefined) return lookedUp;
	return { ...lookedUp, state: because.code === 'bothGone' ? 'removed' : 'unlinked' };
}

/** Saved before it is sent, by the run that saves it. */
function announce(row: Row, write: Write, { now, until }: Times): Row {
	const fresh = entriesOf(row, write, now).map((entry): Pending => {
		return { ...entry, outcome: 'announced', until };
	});
	return withEntries(row, write, fresh, retired);
}

/** A write that is wanted and not sent now. Changes nothing where the row knows of it. */
function hold(row: Row, write: Write, now: string): Row {
	if (write.isKnown && write.operation !== 'create') return row;
	const fresh = entriesOf(row, write, now).map((entry): Pending => ({ ...entry, outcome: 'held' }));
	const held = awaiting(row, write);
	const isNoted = fresh.every((entry) => held.pending.some((known) => isSameStep(known, entry)));
	return isNoted ? held : withEntries(row, write, fresh, (entry) => entry);
}

function withEntries(
	row: Row,
	write: Write,
	fresh: readonly Pending[],
	kept: (entry: Pending) => Pending,
): Row {
	const before = awaiting(row, write);
	const earlier = before.pending.filter((entry) => !fresh.some((next) => isOvertaken(entry, next)));
	return { ...before, pending: [...earlier.map(kept), ...fresh] };
}

/** A row that waits for its record to be created; one that had lost it is linked again with that. */
const awaiting = (row: Row, { operation, side }: Write): Row =>
	operation === 'create' ? { ...withoutAnyFinding(withId(row, side, '')), state: 'linked' } : row;

function lookUp(row: Row, side: Side, { now, until }: Times): Row {
	const { pending, ...rest } = without(
		row,
		(entry) =>
			entry.operation === 'verify' &&
			entry.side === side &&
			(entry.outcome === 'announced' || entry.outcome === 'present'),
	);
	const entry: Pending = {
		operation: 'verify',
		...{ side, property: '', field: '', from: null, to: null, at: now, until },
		reason: 'unseen',
		outcome: 'announced',
	};
	return { ...rest, pending: [...pending.map(retired), entry] };
}

function entriesOf(row: Row, write: Write, now: string): Array<Omit<Pending, 'outcome'>> {
	const { side, operation, values, defaults, allowDuplicates, after } = write;
	if (isRemoval({ operation })) {
		const from = Object.fromEntries(
			values.map(({ property, expected }) => [property.keyOn[side], expected]),
		);
		const reason = values.length === 0 ? 'vanished' : reasonOf(write);
		return [{ operation, side, property: '', field: '', from, to: null, at: now, reason }];
	}
	const more = {
		...(defaults === undefined ? {} : { defaults }),
		...(allowDuplicates === true ? { allowDuplicates } : {}),
		...(after === undefined || after === row ? {} : { after: after.linkId }),
	};
	return values.map(({ property, expected, to, reason, announcedAt = now }) => ({
		...{ operation, side, property: property.key, field: property.keyOn[side] },
		...{ from: expected, to, at: announcedAt, reason },
		...more,
	}));
}

/** An announcement that is not the latest any more stays, for its echo. */
const retired = (entry: Pending): Pending =>
	entry.outcome === 'announced' && entry.operation !== 'verify'
		? { ...entry, outcome: 'held' }
		: entry;

const isSameStep = (known: Pending, entry: Pending) =>
	known.operation === entry.operation &&
	known.side === entry.side &&
	known.property === entry.property &&
	known.to === entry.to &&
	(known.outcome === 'held' || known.outcome === 'announced');

/** Earlier values that may have been sent stay; a refusal, what was only wanted, and the same step once more do not. */
function isOvertaken(known: Pending, next: Pending): boolean {
	if (known.side !== next.side || known.property !== next.property) return false;
	if (known.outcome.startsWith('refused')) return true;
	if (known.outcome === 'held' && known.until === undefined) return true;
	if (known.operation !== next.operation)
		return known.operation === 'create' && known.to === next.to;
	if (known.operation === 'create' || isRemoval(known)) return true;
	return known.to === next.to && known.from === next.from;
}
