import { isFilled } from '../isFilled';
import { comparisonKey } from '../normalize';
import { callInBulk } from './bulkCalls';
import type { BulkWriter } from './BulkWriter';
import { Claims, marksOf } from './claims';
import { addressesOf, created, exists } from './create';
import { faultOfValues } from './judge';
import type { RecordStore } from './RecordStore';
import { badValueResult } from './results';
import type { Open, Round } from './rounds';

/** A round of creates, each after a look that nobody holds the address, with the results that single ones would have. */
export async function createRound(
	open: readonly Open[],
	store: RecordStore,
	bulk: BulkWriter,
): Promise<Round> {
	const round: Round = { settled: new Map(), again: [] };
	const sendable = open.filter((each) => {
		const fault = faultOfValues(each.task, store);
		if (fault === undefined) return true;
		round.settled.set(each, badValueResult(each.task, store, fault));
		return false;
	});
	const wanted = sendable.flatMap(({ task }) => addressesOf(task, store));
	const holders = await bulk.holdersOf(wanted);
	if (!holders.ok) return round;

	const claims = new Claims();
	const due: Array<{ open: Open }> = [];
	for (const each of sendable) {
		const { task } = each;
		const addresses = addressesOf(task, store);
		const held = addresses
			.map((address) => holders.value.get(comparisonKey(address, 'email')) ?? [])
			.find((ids) => isFilled(ids));
		if (held !== undefined) {
			round.settled.set(each, exists(task, store, held));
			continue;
		}
		// Of two creates for one address the second has to see the first.
		const isFree = claims.claim(marksOf(task, store, undefined));
		const isReady = isFree && addresses.length > 0 && task.after.length === 0;
		if (isReady && bulk.canCreate(task.set, task.defaults)) due.push({ open: each });
	}
	await callInBulk(due, bulk.mostWritten, store, round, {
		send: async (parts) => await bulk.create(parts.map((part) => part.open.task)),
		conclude: async (part, { id }) => await created(part.open.task, store, id),
	});
	return round;
}
