import type { IDataObject } from 'n8n-workflow';

import { clock } from '../clock';
import { pendingText, type HistoryRow, type JsonValue, type Pending, type Side } from '../contract';
import { jsonText } from '../normalize';
import type { ReadRow } from './readRow';
import { changed, type Applied, type Note } from './results';
import type { KnownRow, RowTask } from './task';

/** A row after this side's writes. */
export interface RowAfter {
	/** The columns that changed; undefined when there is nothing new to remember. */
	columns: IDataObject | undefined;
	history: HistoryRow[];
	/** It has something to remember, or concerns the other side. What a row of neither kind held was saved before. */
	isHandedOn: boolean;
}

/** A write that was made and is shown ends the lease, too. */
function withEveryWrite(note: Note): Note {
	const { entry, outcome, becomes } = note;
	const isMade = outcome === 'applied' || outcome === 'already';
	if (!isMade || becomes.length !== 1 || becomes[0] !== entry) return note;
	return { ...note, becomes: [changed(entry, { outcome: 'sent' })] };
}

/**
 * Puts what came of its tasks into a row.
 * @param notesEvery also remember writes that were made and are shown
 */
export function rowAfter(
	{ row, entries, tasks }: ReadRow,
	side: Side,
	results: ReadonlyMap<RowTask, Applied>,
	notesEvery: boolean,
): RowAfter {
	const next = { ...row };
	const notes = new Map<Pending, Note>();
	const found: Pending[] = [];
	const done = tasks.flatMap((task) => results.get(task) ?? []);
	for (const applied of done) {
		if (applied.newId !== undefined) next[side === 'wix' ? 'wixId' : 'userId'] = applied.newId;
		if (applied.isUnlinked) next.state = 'unlinked';
		if (applied.found !== undefined) found.push(applied.found);
		for (const note of applied.notes)
			notes.set(note.entry, notesEvery ? withEveryWrite(note) : note);
	}
	const pending = entries.flatMap((entry) => notes.get(entry)?.becomes ?? [entry]).concat(found);
	const isSame = pending.every((entry, index) => entry === entries[index]);
	const { wixId, userId, state } = next;
	const concernsOther = entries.some((entry) => entry.side !== side && entry.outcome !== 'held');
	return {
		columns: isSame ? undefined : { wixId, userId, state, pending: pendingText(pending) },
		history: done.flatMap((applied) =>
			applied.notes.flatMap((note) => historyOf(next, note, applied.message)),
		),
		isHandedOn: !isSame || concernsOther,
	};
}

function textOf(value: JsonValue): string {
	if (value === null) return '';
	return typeof value === 'string' ? value : (jsonText(value) ?? '');
}

function historyOf(
	{ flow, linkId, wixId, userId }: KnownRow,
	{ entry, outcome, becomes }: Note,
	message = '',
): HistoryRow[] {
	if (outcome === 'present' || outcome === 'left') return [];
	const { side, operation, reason, property, from, to } = entry;
	const isLook = operation === 'verify';
	return [
		{
			at: new Date(clock.now()).toISOString(),
			flow,
			side,
			operation,
			reason,
			linkId,
			wixId,
			userId,
			property,
			oldValue: textOf(from),
			newValue: isLook && outcome === 'moved' ? (becomes[0]?.code ?? '') : textOf(to),
			outcome,
			message,
		},
	];
}
