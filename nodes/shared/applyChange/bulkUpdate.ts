import type { Change, JsonObject } from '../contract';
import { comparisonKey } from '../normalize';
import { callInBulk } from './bulkCalls';
import type { BulkWriter } from './BulkWriter';
import { Claims, marksOf, recordMark } from './claims';
import { addressesOf } from './create';
import { faultOfValues, judge } from './judge';
import type { RecordStore } from './RecordStore';
import { badValueResult, recordIdOf, resultOf, type Applied } from './results';
import { inRounds, type Open, type Round } from './rounds';
import { observe } from './update';

/** An update, and its record where a query shows one that is due to be written. */
interface Candidate {
	open: Open;
	record: JsonObject | undefined;
	isDue: boolean;
}

/**
 * What the record as a query shows it settles. That may be late, so only what does no harm when it is: a value that is
 * there already leaves the row as it was announced, just as any other finding would that writes nothing.
 */
function settledBy(
	open: Open,
	store: RecordStore,
	record: JsonObject,
): { applied: Applied } | { isDue: boolean } {
	const { change, tried } = open;
	if (change.operation === 'verify') return { applied: { result: resultOf(change, 'present') } };
	const seen = judge(change, store, record);
	if (seen.verdict === 'shown')
		return { applied: { result: resultOf(change, tried ? 'applied' : 'already') } };
	return { isDue: seen.verdict === 'due' && seen.parked.length === 0 };
}

/** Settles what can be settled by looking; the rest are candidates, in input order. */
function look(
	open: readonly Open[],
	store: RecordStore,
	records: ReadonlyMap<string, JsonObject>,
	round: Round,
): Candidate[] {
	const candidates: Candidate[] = [];
	const claimed = new Set<string>();
	for (const each of open) {
		const id = recordIdOf(each.change);
		const record = records.get(id);
		const isUpdate = each.change.operation === 'update';
		// What an earlier change of the same record will do to it is not known yet.
		const isKnown = record !== undefined && !(isUpdate && claimed.has(id));
		const seen = isKnown ? settledBy(each, store, record) : { isDue: false };
		if ('applied' in seen) {
			round.settled.set(each, seen.applied);
		} else if (isUpdate) {
			claimed.add(id);
			candidates.push({ open: each, record, isDue: seen.isDue });
		}
	}
	return candidates;
}

/** Those that may be sent together: nobody else holds what they take, and no earlier change has to come first. */
function independent(
	candidates: readonly Candidate[],
	store: RecordStore,
	bulk: BulkWriter,
	holders: ReadonlyMap<string, string[]>,
): Array<Candidate & { record: JsonObject }> {
	const claims = new Claims();
	return candidates.filter((candidate): candidate is Candidate & { record: JsonObject } => {
		const { open, record, isDue } = candidate;
		const { change } = open;
		const others = addressesOf(change, store)
			.flatMap((address) => holders.get(comparisonKey(address, 'email')) ?? [])
			.filter((id) => id !== change.recordId);
		const isFree = claims.claim([...marksOf(change, store, record), ...others.map(recordMark)]);
		if (!isFree || !isDue || record === undefined || others.length > 0) return false;
		return bulk.canWrite(record, change.set);
	});
}

async function updateRound(
	open: readonly Open[],
	store: RecordStore,
	bulk: BulkWriter,
): Promise<Round> {
	const round: Round = { settled: new Map(), again: [] };
	for (const each of open) {
		const { change } = each;
		const fault = change.operation === 'update' ? faultOfValues(change, store) : undefined;
		if (fault === undefined) continue;
		const result = badValueResult(change, store, fault.path, fault.why);
		round.settled.set(each, { result });
	}
	const sendable = open.filter((each) => !round.settled.has(each));
	const ids = new Set(sendable.map(({ change }) => recordIdOf(change)));
	const records = await bulk.read([...ids]);
	if (!records.ok) return round;

	const candidates = look(sendable, store, records.value, round);
	const wanted = candidates.flatMap((each) => addressesOf(each.open.change, store));
	const holders = await bulk.holdersOf(wanted);
	if (!holders.ok) return round;

	const due = independent(candidates, store, bulk, holders.value);
	await callInBulk(due, bulk.mostWritten, store, round, {
		send: async (parts) =>
			await bulk.write(parts.map(({ record, open: { change } }) => ({ record, set: change.set }))),
		conclude: async ({ open: { change } }, { record }) => await observe(change, store, record),
	});
	return round;
}

/**
 * Updates and verifies of one window, with the results that one after the other would have. Read and written in bulk; what
 * a late query cannot tell, what was refused, and what has to wait for another one of them goes singly.
 */
export async function updateInBulk(
	changes: readonly Change[],
	store: RecordStore,
	bulk: BulkWriter,
	signal?: AbortSignal,
): Promise<Applied[]> {
	const round = async (open: readonly Open[]) => await updateRound(open, store, bulk);
	return await inRounds(changes, store, round, signal);
}
