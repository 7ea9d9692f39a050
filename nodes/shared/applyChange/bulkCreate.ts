import type { Change } from '../contract';
import { isFilled } from '../isFilled';
import { comparisonKey } from '../normalize';
import { callInBulk } from './bulkCalls';
import type { BulkWriter } from './BulkWriter';
import { Claims, marksOf } from './claims';
import { addressesOf, created, exists } from './create';
import { faultOfValues } from './judge';
import type { RecordStore } from './RecordStore';
import { badValueResult, type Applied } from './results';
import { inRounds, type Open, type Round } from './rounds';

const partOf = ({ change }: Open) => ({ set: change.set, defaults: change.defaults ?? {} });

async function createRound(
	open: readonly Open[],
	store: RecordStore,
	bulk: BulkWriter,
): Promise<Round> {
	const round: Round = { settled: new Map(), again: [] };
	const sendable = open.filter((each) => {
		const fault = faultOfValues(each.change, store);
		if (fault === undefined) return true;
		const result = badValueResult(each.change, store, fault.path, fault.why);
		round.settled.set(each, { result });
		return false;
	});
	const wanted = sendable.flatMap(({ change }) => addressesOf(change, store));
	const holders = await bulk.holdersOf(wanted);
	if (!holders.ok) return round;

	const claims = new Claims();
	const due: Array<{ open: Open }> = [];
	for (const each of sendable) {
		const { change } = each;
		const addresses = addressesOf(change, store);
		const held = addresses
			.map((address) => holders.value.get(comparisonKey(address, 'email')) ?? [])
			.find((ids) => isFilled(ids));
		if (held !== undefined) {
			round.settled.set(each, exists(change, store, held));
			continue;
		}
		// Of two creates for one address the second has to see the first.
		const isFree = claims.claim(marksOf(change, store, undefined));
		const { set, defaults } = partOf(each);
		if (isFree && addresses.length > 0 && bulk.canCreate(set, defaults)) due.push({ open: each });
	}
	await callInBulk(due, bulk.mostWritten, store, round, {
		send: async (parts) => await bulk.create(parts.map((part) => partOf(part.open))),
		conclude: async (part, { id }) => await created(part.open.change, store, id),
	});
	return round;
}

/** Creates of one window, each after a look that nobody holds the address, with the results that single ones would have. */
export async function createInBulk(
	changes: readonly Change[],
	store: RecordStore,
	bulk: BulkWriter,
	signal?: AbortSignal,
): Promise<Applied[]> {
	const round = async (open: readonly Open[]) => await createRound(open, store, bulk);
	return await inRounds(changes, store, round, signal);
}
