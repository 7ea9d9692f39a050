import type { ApiFailure } from '../apiTypes';
import { clock } from '../clock';
import type { ApplyResult, Change } from '../contract';
import { hitsEverything } from '../failures';
import { withOutcome } from './pending';
import type { RecordStore, Refusal } from './RecordStore';
import { reviewOf } from './review';

/** `stop` is a failure that no later change would escape either: the caller ends the run with it. */
export type Applied = { result: ApplyResult } | { stop: ApiFailure };

/** Of the record to work on. Every change but a create has one: `readChange` takes no other. */
export const recordIdOf = ({ recordId = '' }: Change): string => recordId;

export function resultOf(
	change: Change,
	outcome: ApplyResult['outcome'],
	more: Partial<ApplyResult> = {},
): ApplyResult {
	const { changeId, flow, side, operation, recordId } = change;
	return { changeId, flow, side, operation, outcome, ...(recordId ? { recordId } : {}), ...more };
}

function recordOf(change: Change, store: RecordStore): string {
	if (change.recordId) return `${store.noun} ${change.recordId}`;
	return `new ${store.noun} for ${change.link.wixId || change.link.userId || change.changeId}`;
}

/** The record and the fields that a message is about: ids and paths, never values. */
export function subjectOf(change: Change, store: RecordStore): string {
	return [recordOf(change, store), ...Object.keys(change.set)].join(', ');
}

export function goneResult(change: Change): ApplyResult {
	const goneConfirmedAt = new Date(clock.now()).toISOString();
	const link = { ...change.link, goneSide: change.side, goneConfirmedAt };
	// A record that was to be deleted and is gone needs no further step.
	if (change.operation === 'delete') link.state = 'unlinked';
	return resultOf(change, 'gone', { link });
}

export function movedResult(change: Change, movedTo: string): ApplyResult {
	return resultOf(change, 'moved', { movedTo, link: { ...change.link, movedTo } });
}

export function failedResult(change: Change, store: RecordStore, failure: ApiFailure): Applied {
	if (hitsEverything(failure)) return { stop: failure };
	const id = failure.requestId === undefined ? '' : ` (request id ${failure.requestId})`;
	const message = `${subjectOf(change, store)}: ${store.explain(failure)}${id}`;
	return { result: resultOf(change, 'failed', { message }) };
}

/** The value cannot go there at all; `why` says so in words and names no value. */
export function badValueResult(
	change: Change,
	store: RecordStore,
	path: string,
	why: string,
): ApplyResult {
	const message = `${recordOf(change, store)}: the value for ${path} ${why}`;
	return resultOf(change, 'refused', {
		message,
		link: withOutcome(change, [path], store.comparisonOf, 'refused', 'badValue'),
		review: reviewOf(change, 'badValue', message),
	});
}

/** What a refusal means for the row and for review; undefined for those that are no final answer. */
export function refusedResult(
	change: Change,
	store: RecordStore,
	refusal: Refusal,
	failure: ApiFailure,
): ApplyResult | undefined {
	const message = `${subjectOf(change, store)}: ${store.explain(failure)}`;
	const noted = (outcome: 'refused' | 'refusedForNow') =>
		withOutcome(change, Object.keys(change.set), store.comparisonOf, outcome, refusal.code);
	switch (refusal.kind) {
		case 'refused':
			return resultOf(change, 'refused', {
				message,
				link: noted('refused'),
				review: reviewOf(change, 'refused', message),
			});
		case 'badValue':
			return resultOf(change, 'refused', {
				message,
				link: noted('refused'),
				review: reviewOf(change, 'badValue', message),
			});
		case 'later':
			return resultOf(change, 'refusedForNow', {
				message,
				link: noted('refusedForNow'),
				review: reviewOf(change, 'refused', message),
			});
		case 'taken': {
			const others =
				refusal.otherIds.length === 0 ? '' : ` by ${store.noun} ${refusal.otherIds.join(', ')}`;
			const taken = `${subjectOf(change, store)}: the value is held already${others}. ${store.explain(failure)}`;
			return resultOf(change, 'refusedForNow', {
				message: taken,
				link: noted('refusedForNow'),
				review: reviewOf(change, 'addressTaken', taken, refusal.otherIds),
			});
		}
		default:
			return undefined;
	}
}
