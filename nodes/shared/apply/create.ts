import { waitBeforeRetry } from '../backoff';
import { isThrottled } from '../failures';
import { isFilled } from '../isFilled';
import { faultOfValues } from './judge';
import type { RecordStore } from './RecordStore';
import {
	badValueResult,
	failedResult,
	left,
	refusedResult,
	remembered,
	resultOf,
	subjectOf,
	type Applied,
} from './results';
import { isInTime, type RowTask } from './task';

/** Creates for one task, each after a look that nobody holds the address. */
const mostCreates = 4;

export const addressesOf = ({ set }: RowTask, store: RecordStore): string[] =>
	Object.entries(set)
		.filter(([path]) => store.comparisonOf(path) === 'email')
		.map(([, value]) => String(value).trim());

/** Never adopted, even if a lost answer hides that it is ours: the next plan links it by rule or reviews it. */
export function exists(task: RowTask, store: RecordStore, ids: readonly string[]): Applied {
	const others = [...ids];
	const message = `${subjectOf(task, store)}: not created, because ${store.noun} ${others.join(', ')} holds the address`;
	const refused = { outcome: 'refusedForNow', code: 'exists', others } as const;
	return remembered(task, 'exists', refused, { message });
}

/** The new record's id goes into the row; where the system did not tell it, the address does. */
export async function created(
	task: RowTask,
	store: RecordStore,
	told: string | undefined,
): Promise<Applied> {
	const newId = told ?? (await idOfCreated(task, store));
	if (newId === undefined) {
		const message = `${subjectOf(task, store)}: created, but its id is not known yet. The next run finds it by its address.`;
		return resultOf(task, 'failed', message);
	}
	return remembered(task, 'applied', { outcome: 'sent', drops: ['defaults', 'until'] }, { newId });
}

export async function createRecord(task: RowTask, store: RecordStore): Promise<Applied> {
	const fault = faultOfValues(task, store);
	if (fault !== undefined) return badValueResult(task, store, fault);

	const addresses = addressesOf(task, store);
	for (let creates = 0; ; creates++) {
		for (const address of addresses) {
			const holders = await store.holdersOf(address);
			if (!holders.ok) {
				const refusal = store.refusalOf(holders.failure);
				const final =
					refusal.kind === 'badValue' && refusedResult(task, store, refusal, holders.failure);
				return final || failedResult(task, store, holders.failure);
			}
			if (isFilled(holders.value)) return exists(task, store, holders.value);
		}
		if (!isInTime(task)) return left;

		const { set, defaults, allowDuplicates } = task;
		const made = await store.create(set, defaults, { allowDuplicates });
		if (made.ok) return await created(task, store, made.value);
		const { failure } = made;
		const refusal = store.refusalOf(failure);
		if (refusal.kind === 'taken') {
			const holders = await holdersOfAny(task, store);
			if (isFilled(holders)) return exists(task, store, holders);
			if (refusal.code === 'DUPLICATE_CONTACT_EXISTS' && isFilled(refusal.otherIds)) {
				return exists(task, store, refusal.otherIds);
			}
		}
		const final = refusedResult(task, store, refusal, failure);
		if (final !== undefined) return final;
		// Without an address no look would tell whether it is there already.
		const again = isThrottled(failure) || (refusal.kind === 'unclear' && addresses.length > 0);
		const isLast = !again || creates + 1 >= mostCreates;
		if (isLast || !(await waitBeforeRetry(creates + 1, failure.retryAfter))) {
			return failedResult(task, store, failure);
		}
	}
}

async function holdersOfAny(task: RowTask, store: RecordStore): Promise<string[]> {
	const ids: string[] = [];
	for (const address of addressesOf(task, store)) {
		const holders = await store.holdersOf(address);
		if (holders.ok) ids.push(...holders.value);
	}
	return [...new Set(ids)];
}

async function idOfCreated(task: RowTask, store: RecordStore): Promise<string | undefined> {
	const holders = await holdersOfAny(task, store);
	return holders.length === 1 ? holders[0] : undefined;
}
