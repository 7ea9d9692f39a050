import type { ApiFailure } from '../apiTypes';
import { clock } from '../clock';
import type { HistoryRow, Pending } from '../contract';
import { hitsEverything } from '../failures';
import type { RecordStore, Refusal } from './RecordStore';
import type { RowTask } from './task';

/** present: a look that found the record. left: nothing was sent, and a later run does it. */
export type Outcome = HistoryRow['outcome'] | 'present' | 'left';

/** What came of one announced entry, and the entries that take its place in the row. */
export interface Note {
	entry: Pending;
	outcome: Outcome;
	becomes: readonly Pending[];
}

/** What came of a task. The row is `notes` put into what it was, and the rest. */
export interface Applied {
	outcome: Outcome;
	notes: readonly Note[];
	/** An entry of its own: what was found out about the record. */
	found?: Pending;
	/** The id of the record that was made. */
	newId?: string;
	/** The record was removed, and with it the link. */
	isUnlinked?: boolean;
	message?: string;
	/** Why it failed, where that is no answer of a service. */
	thrown?: unknown;
	/** A failure that no later task would escape either: the run sends nothing more. */
	stop?: ApiFailure;
}

/** How an entry changes. */
type Change = Partial<Pending> & { drops?: ReadonlyArray<'until' | 'defaults'> };

/** What an earlier attempt left in the entry goes. */
export function changed(entry: Pending, { drops = [], ...change }: Change): Pending {
	const next = { ...entry };
	for (const key of ['code', 'others', ...drops] as const) delete next[key];
	return { ...next, ...change };
}

/** Without `change` the entry stays as it is. */
export const noteOn = (entry: Pending, outcome: Outcome, change?: Change): Note => ({
	entry,
	outcome,
	becomes: [change === undefined ? entry : changed(entry, change)],
});

/** The task came to `outcome`, and the row remembers nothing of it. */
export const resultOf = ({ entries }: RowTask, outcome: Outcome, message?: string): Applied => ({
	outcome,
	notes: entries.map((entry) => noteOn(entry, outcome)),
	...(message === undefined ? {} : { message }),
});

/** The task came to `outcome`, and each of its entries changes so. */
export const remembered = (
	{ entries }: RowTask,
	outcome: Outcome,
	change: Change,
	more: Partial<Applied> = {},
): Applied => ({
	outcome,
	notes: entries.map((entry) => noteOn(entry, outcome, change)),
	...more,
});

/** Nothing was sent, because it could land too late or something else has to come first: a later run does it. */
export const left: Applied = { outcome: 'left', notes: [] };

const recordOf = ({ recordId, row }: RowTask, { noun }: RecordStore): string =>
	recordId === ''
		? `new ${noun} for ${row.wixId || row.userId || row.linkId}`
		: `${noun} ${recordId}`;

/** The record and the fields that a message is about: ids and paths, never values. */
export const subjectOf = (task: RowTask, store: RecordStore): string =>
	[recordOf(task, store), ...Object.keys(task.set)].join(', ');

const now = (): string => new Date(clock.now()).toISOString();

/** The record is not there, or lives on as `movedTo`. */
export function lostResult(task: RowTask, movedTo?: string): Applied {
	const outcome = movedTo === undefined ? 'gone' : 'moved';
	const finding = {
		outcome,
		at: now(),
		...(movedTo === undefined ? {} : { code: movedTo }),
	} as const;
	if (task.operation === 'verify')
		return remembered(task, outcome, { ...finding, drops: ['until'] });
	if (task.operation === 'delete' && outcome === 'gone') return unlinked(task, 'gone');
	const blank = { property: '', field: '', from: null, to: null };
	const found: Pending = {
		operation: 'verify',
		side: task.side,
		...blank,
		reason: 'unseen',
		...finding,
	};
	return remembered(task, outcome, { outcome: 'held' }, { found });
}

/** The record was looked up and is there. */
export const presentResult = (task: RowTask): Applied =>
	remembered(task, 'present', { outcome: 'present', at: now(), drops: ['until'] });

/** The record is removed, whoever did it: nothing more is to be done for the row. */
export const unlinked = (task: RowTask, outcome: 'applied' | 'already' | 'gone'): Applied =>
	remembered(task, outcome, { outcome: 'sent', drops: ['until'] }, { isUnlinked: true });

export function failedResult(task: RowTask, store: RecordStore, failure: ApiFailure): Applied {
	const id = failure.requestId === undefined ? '' : ` (request id ${failure.requestId})`;
	const message = `${subjectOf(task, store)}: ${store.explain(failure)}${id}`;
	const failed = resultOf(task, 'failed', message);
	return hitsEverything(failure) ? { ...failed, stop: failure } : failed;
}

/** The value cannot go there at all; `why` says so in words and names no value. */
export function badValueResult(
	task: RowTask,
	store: RecordStore,
	{ entry, why }: { entry: Pending; why: string },
): Applied {
	const refused = { outcome: 'refused', code: 'badValue' } as const;
	const message = `${recordOf(task, store)}: the value for ${entry.field} ${why}`;
	if (task.operation === 'create') return remembered(task, 'refused', refused, { message });
	return { outcome: 'refused', notes: [noteOn(entry, 'refused', refused)], message };
}

/** What a refusal means for the row; undefined for those that are no final answer. */
export function refusedResult(
	task: RowTask,
	store: RecordStore,
	{ kind, code, otherIds }: Refusal,
	failure: ApiFailure,
): Applied | undefined {
	const explained = store.explain(failure);
	const message = `${subjectOf(task, store)}: ${explained}`;
	const noted = (outcome: 'refused' | 'refusedForNow', change: Change, words = message) =>
		remembered(task, outcome, { outcome, ...change }, { message: words });
	switch (kind) {
		case 'refused':
			return noted('refused', { code });
		case 'badValue':
			return noted('refused', { code: 'badValue' });
		case 'later':
			return noted('refusedForNow', { code });
		case 'taken': {
			const by = otherIds.length === 0 ? '' : ` by ${store.noun} ${otherIds.join(', ')}`;
			const taken = `${subjectOf(task, store)}: the value is held already${by}. ${explained}`;
			return noted('refusedForNow', { code, others: otherIds }, taken);
		}
		default:
			return undefined;
	}
}
