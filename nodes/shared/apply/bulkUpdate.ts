import type { JsonObject } from '../contract';
import { comparisonKey } from '../normalize';
import { callInBulk } from './bulkCalls';
import type { BulkWriter } from './BulkWriter';
import { Claims, marksOf, recordMark } from './claims';
import { addressesOf } from './create';
import { faultOfValues, look, verdictOf } from './judge';
import type { RecordStore } from './RecordStore';
import { badValueResult, presentResult, resultOf, type Applied } from './results';
import type { Open, Round } from './rounds';
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
	{ task, tried }: Open,
	store: RecordStore,
	record: JsonObject,
): { applied: Applied } | { isDue: boolean } {
	if (task.operation === 'verify') return { applied: presentResult(task) };
	const seen = look(task, store, record);
	const verdict = verdictOf(seen);
	if (verdict === 'shown') return { applied: resultOf(task, tried ? 'applied' : 'already') };
	const isParked = seen.some((each) => !each.isShown && each.isParked);
	return { isDue: verdict === 'due' && !isParked && task.after.length === 0 };
}

/** Settles what can be settled by looking; the rest are candidates, in input order. */
function sortOut(
	open: readonly Open[],
	store: RecordStore,
	records: ReadonlyMap<string, JsonObject>,
	round: Round,
): Candidate[] {
	const candidates: Candidate[] = [];
	const claimed = new Set<string>();
	for (const each of open) {
		const { recordId: id, operation } = each.task;
		const record = records.get(id);
		const isUpdate = operation === 'update';
		// What an earlier task of the same record will do to it is not known yet.
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

/** Those that may be sent together: nobody else holds what they take, and no earlier task has to come first. */
function independent(
	candidates: readonly Candidate[],
	store: RecordStore,
	bulk: BulkWriter,
	holders: ReadonlyMap<string, string[]>,
): Array<Candidate & { record: JsonObject }> {
	const claims = new Claims();
	return candidates.filter((candidate): candidate is Candidate & { record: JsonObject } => {
		const { open, record, isDue } = candidate;
		const { task } = open;
		const others = addressesOf(task, store)
			.flatMap((address) => holders.get(comparisonKey(address, 'email')) ?? [])
			.filter((id) => id !== task.recordId);
		const isFree = claims.claim([...marksOf(task, store, record), ...others.map(recordMark)]);
		if (!isFree || !isDue || record === undefined || others.length > 0) return false;
		return bulk.canWrite(record, task.set);
	});
}

/**
 * A round of updates and verifies, with the results that one after the other would have. Read and written in bulk; what a
 * late query cannot tell, what was refused, and what has to wait for another one of them goes singly.
 */
export async function updateRound(
	open: readonly Open[],
	store: RecordStore,
	bulk: BulkWriter,
): Promise<Round> {
	const round: Round = { settled: new Map(), again: [] };
	for (const each of open) {
		const { task } = each;
		const fault = task.operation === 'update' ? faultOfValues(task, store) : undefined;
		if (fault !== undefined) round.settled.set(each, badValueResult(task, store, fault));
	}
	const sendable = open.filter((each) => !round.settled.has(each));
	const records = await bulk.read([...new Set(sendable.map(({ task }) => task.recordId))]);
	if (!records.ok) return round;

	const candidates = sortOut(sendable, store, records.value, round);
	const wanted = candidates.flatMap(({ open: { task } }) => addressesOf(task, store));
	const holders = await bulk.holdersOf(wanted);
	if (!holders.ok) return round;

	const due = independent(candidates, store, bulk, holders.value);
	await callInBulk(due, bulk.mostWritten, store, round, {
		send: async (parts) =>
			await bulk.write(parts.map(({ record, open: { task } }) => ({ record, set: task.set }))),
		conclude: async ({ open: { task } }, { record }) => await observe(task, store, record),
	});
	return round;
}
