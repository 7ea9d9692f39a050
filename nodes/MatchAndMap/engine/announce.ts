import type { Pending, Side } from '../../shared/contract';
import { dropEntries, forgetAllFindings, isRemoval } from './findings';
import type { UnlinkIntent, VerifyIntent, WriteIntent } from './intents';
import { setIdOn, type Row } from './rows';

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

/** Announces a write on its row: saved before it is sent, by the run that saves it. */
export function announce(intent: WriteIntent, times: Times): void {
	const { row, side, operation } = intent;
	if (operation === 'create') awaitCreate(row, side);
	const fresh = entriesOf(intent, times.now).map((entry): Pending => {
		return { ...entry, outcome: 'announced', until: times.until };
	});
	row.pending = [...withoutOvertaken(row.pending, fresh).map(retired), ...fresh];
}

/** Notes on its row a write that is wanted and not sent now. Changes nothing where the row knows of it. */
export function hold(intent: WriteIntent, now: string): void {
	const { row, side, operation } = intent;
	if (intent.isKnown && operation !== 'create') return;
	if (operation === 'create') awaitCreate(row, side);
	const fresh = entriesOf(intent, now).map((entry): Pending => ({ ...entry, outcome: 'held' }));
	const isNoted = fresh.every((entry) => row.pending.some((known) => isSameStep(known, entry)));
	if (!isNoted) row.pending = [...withoutOvertaken(row.pending, fresh), ...fresh];
}

/** Announces a look-up by id. */
export function announceVerify({ row, side }: VerifyIntent, { now, until }: Times): void {
	dropEntries(
		row,
		(entry) =>
			entry.operation === 'verify' &&
			entry.side === side &&
			(entry.outcome === 'announced' || entry.outcome === 'present'),
	);
	row.pending = [
		...row.pending.map(retired),
		{
			operation: 'verify',
			...{ side, property: '', field: '', from: null, to: null, at: now, until },
			reason: 'unseen',
			outcome: 'announced',
		},
	];
}

/** The row goes on without its link, or is done with. */
export function unlink({ row, survivorId }: UnlinkIntent): void {
	row.state = survivorId === undefined ? 'removed' : 'unlinked';
}

/** Makes a row wait for its record on `side` to be created; one that had lost it is linked again with that. */
export function awaitCreate(row: Row, side: Side): void {
	row.state = 'linked';
	setIdOn(row, side, '');
	forgetAllFindings(row);
}

function entriesOf(
	{ row, side, operation, values, defaults, allowDuplicates, after }: WriteIntent,
	now: string,
): Array<Omit<Pending, 'outcome'>> {
	const more = {
		...(defaults === undefined ? {} : { defaults }),
		...(allowDuplicates === true ? { allowDuplicates } : {}),
		...(after === undefined || after === row ? {} : { after: after.linkId }),
	};
	if (isRemoval({ operation })) {
		const held = Object.fromEntries(
			values.map(({ property, expected }) => [property.keyOn[side], expected]),
		);
		const reason = values[0]?.reason ?? 'vanished';
		return [{ operation, side, property: '', field: '', from: held, to: null, at: now, reason }];
	}
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
const withoutOvertaken = (known: readonly Pending[], fresh: readonly Pending[]) =>
	known.filter((entry) => !fresh.some((next) => isOvertaken(entry, next)));

function isOvertaken(known: Pending, next: Pending): boolean {
	if (known.side !== next.side || known.property !== next.property) return false;
	if (known.outcome.startsWith('refused')) return true;
	if (known.outcome === 'held' && known.until === undefined) return true;
	if (known.operation !== next.operation)
		return known.operation === 'create' && known.to === next.to;
	if (known.operation === 'create' || isRemoval(known)) return true;
	return known.to === next.to && known.from === next.from;
}
