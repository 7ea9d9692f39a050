import { waitBeforeRetry } from '../backoff';
import type { Change, JsonObject } from '../contract';
import { isFilled } from '../isFilled';
import { isThrottled } from '../failures';
import { faultOfValues } from './judge';
import { withOutcome } from './pending';
import type { RecordStore } from './RecordStore';
import {
	badValueResult,
	failedResult,
	refusedResult,
	resultOf,
	subjectOf,
	type Applied,
} from './results';

/** Creates for one change, each after a look that nobody holds the address. */
const mostCreates = 4;

export function addressesOf(change: Change, store: RecordStore): string[] {
	return Object.entries(change.set)
		.filter(([path]) => store.comparisonOf(path) === 'email')
		.map(([, value]) => String(value).trim());
}

/** Never adopted, even if a lost answer hides that it is ours: the next plan links it by rule or reviews it. */
export function exists(
	change: Change,
	store: RecordStore,
	ids: readonly [string, ...string[]],
): Applied {
	const message = `${subjectOf(change, store)}: not created, because ${store.noun} ${ids.join(', ')} holds the address`;
	const link = withOutcome(change, [], store.comparisonOf, 'refusedForNow', 'exists');
	return { result: resultOf(change, 'exists', { recordId: ids[0], link, message }) };
}

/** The new record's id goes into the row; where the system did not tell it, the address does. */
export async function created(
	change: Change,
	store: RecordStore,
	told: string | undefined,
): Promise<Applied> {
	const id = told ?? (await idOfCreated(change, store));
	if (id === undefined) {
		const message = `${subjectOf(change, store)}: created, but its id is not known yet. The next run finds it by its address.`;
		return { result: resultOf(change, 'failed', { message }) };
	}
	const ids = change.side === 'wix' ? { wixId: id } : { userId: id };
	return {
		result: resultOf(change, 'applied', { recordId: id, link: { ...change.link, ...ids } }),
	};
}

export async function createByChange(change: Change, store: RecordStore): Promise<Applied> {
	const fault = faultOfValues(change, store);
	if (fault !== undefined) return { result: badValueResult(change, store, fault.path, fault.why) };

	const defaults: JsonObject = change.defaults ?? {};
	const addresses = addressesOf(change, store);
	for (let creates = 0; ; creates++) {
		for (const address of addresses) {
			const holders = await store.holdersOf(address);
			if (!holders.ok) {
				const refusal = store.refusalOf(holders.failure);
				const final =
					refusal.kind === 'badValue' && refusedResult(change, store, refusal, holders.failure);
				return final ? { result: final } : failedResult(change, store, holders.failure);
			}
			if (isFilled(holders.value)) return exists(change, store, holders.value);
		}

		const made = await store.create(change.set, defaults, {
			allowDuplicates: change.allowDuplicates,
		});
		if (made.ok) return await created(change, store, made.value);
		const refusal = store.refusalOf(made.failure);
		if (refusal.kind === 'taken') {
			const holders = await holdersOfAny(change, store);
			if (isFilled(holders)) return exists(change, store, holders);
			if (refusal.code === 'DUPLICATE_CONTACT_EXISTS' && isFilled(refusal.otherIds)) {
				return exists(change, store, refusal.otherIds);
			}
		}
		const final = refusedResult(change, store, refusal, made.failure);
		if (final !== undefined) return { result: final };
		// Without an address no look would tell whether it is there already.
		const again = isThrottled(made.failure) || (refusal.kind === 'unclear' && addresses.length > 0);
		const isLast = !again || creates + 1 >= mostCreates;
		if (isLast || !(await waitBeforeRetry(creates + 1, made.failure.retryAfter))) {
			return failedResult(change, store, made.failure);
		}
	}
}

async function holdersOfAny(change: Change, store: RecordStore): Promise<string[]> {
	const ids: string[] = [];
	for (const address of addressesOf(change, store)) {
		const holders = await store.holdersOf(address);
		if (holders.ok) ids.push(...holders.value);
	}
	return [...new Set(ids)];
}

async function idOfCreated(change: Change, store: RecordStore): Promise<string | undefined> {
	const holders = await holdersOfAny(change, store);
	return holders.length === 1 ? holders[0] : undefined;
}
