import {
	isLinkState,
	jsonOf,
	linkStates,
	pendingText,
	readBase,
	readPending,
	textOf,
	unusable,
	type LinkRow,
	type Pending,
	type Side,
} from '../../shared/contract';
import { Base } from './base';
import type { SideRecord } from './records';
import { unranked } from './tally';

/** A row of the links table, parsed; the plan works on it and it is written back only where it changed. */
export interface Row {
	/** The row as it was read; undefined for a row that this plan adds. */
	source: LinkRow | undefined;
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: LinkRow['state'];
	base: Base;
	/** Replaced, never changed in place. */
	pending: readonly Pending[];
	/** `pending` as it was read. */
	readPending: readonly Pending[];
	note: string;
	/** Place of what came of it among the outcomes; see `Tally`. */
	rank: number;
	/** What was listed under the ids as they were read; ask `recordOf`. */
	wixRecord: SideRecord | undefined;
	userRecord: SideRecord | undefined;
	/** Both records hold the base, and nothing is under way or decided. */
	isQuiet: boolean;
	/** Both records were found, as far as the run could see: the merge may look at them. */
	isThere: boolean;
}

/** Why a row cannot be used, in words for a person. */
export interface RowFault {
	link: LinkRow;
	text: string;
	rank: number;
}

/** The ids and the flow of a row, whatever else is wrong with it. */
export function rowIdentity(link: { readonly [Name in keyof LinkRow]?: unknown }): {
	rowId: string;
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: string;
} {
	const usable = (value: unknown) => (textOf(value) === unusable ? '' : textOf(value));
	return {
		rowId: usable(link?.id),
		linkId: usable(link?.linkId),
		flow: usable(link?.flow),
		wixId: usable(link?.wixId),
		userId: usable(link?.userId),
		state: usable(link?.state),
	};
}

/** The flow that a row is for; '' for a row that does not say it, which is everybody's concern. */
export function flowOf(link: LinkRow): string {
	const flow = textOf(link?.flow);
	return flow === unusable ? '' : flow;
}

/** Parses one row. Never throws: a row that cannot be used comes back as a fault. */
export function parseRow(link: LinkRow): Row | RowFault {
	if (flowOf(link) === '') return fault(link, 'its flow is empty');
	const state = textOf(link.state);
	if (!isLinkState(state))
		return fault(link, `its state is none of ${linkStates.slice(0, -1).join(', ')}`);
	const base = readBase(link.lastSynced);
	if (base === undefined)
		return fault(link, 'its lastSynced is no JSON object with a single value for each field');
	const pending = readPending(link.pending);
	if (pending === undefined) return fault(link, 'its pending is no JSON list of announced writes');
	const text = jsonOf(link.lastSynced);
	const row: Row = {
		source: link,
		linkId: textOf(link.linkId),
		flow: textOf(link.flow),
		wixId: textOf(link.wixId),
		userId: textOf(link.userId),
		state,
		base: new Base(base, text === 'null' ? '' : text),
		pending,
		readPending: pending,
		note: textOf(link.note),
		rank: unranked,
		wixRecord: undefined,
		userRecord: undefined,
		isQuiet: false,
		isThere: false,
	};
	const broken = unusableColumn(row);
	if (broken !== undefined) return fault(link, `its ${broken} is no text`);
	const missing = missingIds(row);
	return missing === undefined ? row : fault(link, missing);
}

export const isRowFault = (row: Row | RowFault): row is RowFault => !('base' in row);

const fault = (link: LinkRow, text: string): RowFault => ({ link, text, rank: unranked });

function missingIds({ state, wixId, userId, pending }: Row): string | undefined {
	if (wixId !== '' && userId !== '') return undefined;
	if (wixId === '' && userId === '') return 'it names no record';
	if (state === 'keepApart') return 'a pair to keep apart needs both ids';
	const waits = pending.some((entry) => entry.operation === 'create');
	return state === 'linked' && !waits ? 'a linked row needs both ids' : undefined;
}

/** The columns that nothing else checks. */
const freeColumns = ['linkId', 'wixId', 'userId', 'note'] as const;

function unusableColumn(row: Row): string | undefined {
	const { linkId, wixId, userId, note } = row;
	const isFine =
		linkId !== unusable && wixId !== unusable && userId !== unusable && note !== unusable;
	return isFine ? undefined : freeColumns.find((column) => row[column] === unusable);
}

/** The id of a link at birth; opaque from then on. */
export const linkIdOf = (flow: string, wixId: string, userId: string) =>
	`${flow}:${wixId}:${userId}`;

const noPending: readonly Pending[] = [];

/** A row that this plan adds. */
export function newRow(
	flow: string,
	wixId: string,
	userId: string,
	state: LinkRow['state'] = 'linked',
): Row {
	return {
		source: undefined,
		linkId: linkIdOf(flow, wixId, userId),
		flow,
		wixId,
		userId,
		state,
		base: new Base(),
		pending: noPending,
		readPending: noPending,
		note: '',
		rank: unranked,
		wixRecord: undefined,
		userRecord: undefined,
		isQuiet: false,
		isThere: false,
	};
}

/** The id that a row holds on one side. */
export const idOn = (row: Row, side: Side): string => (side === 'wix' ? row.wixId : row.userId);

export function setIdOn(row: Row, side: Side, id: string): void {
	if (side === 'wix') row.wixId = id;
	else row.userId = id;
}

export const otherSide = (side: Side): Side => (side === 'wix' ? 'users' : 'wix');

/** Whether both records of a row are known. */
export const isWhole = (row: Row) => row.wixId !== '' && row.userId !== '';

const dayMs = 86_400_000;

/** Whether a row belongs to another run: something that it announced is not past its lease as of `readFromMs`. */
export function isLeased(pending: readonly Pending[], readFromMs: number): boolean {
	return pending.some(
		({ outcome, until }) => outcome === 'announced' && Date.parse(until ?? '') > readFromMs,
	);
}

/** What was saved before it was sent may have been carried out, whatever became of it since. A held entry that never was has no lease. */
export const mayHaveBeenSent = ({ outcome, until }: Pending) =>
	outcome === 'announced' || outcome === 'sent' || (outcome === 'held' && until !== undefined);

/** Sent so long ago that it no longer counts as about to show; so does a time that cannot be read. */
export const isOverdue = (at: string, nowMs: number, days: number) =>
	!(nowMs - Date.parse(at) <= days * dayMs);

/** A refusal that can pass is tried again once a day. */
export const isRecent = (at: string, nowMs: number) => nowMs - Date.parse(at) < dayMs;

/** The row as the links table holds it. JSON texts that nothing changed keep their letters. */
export function toLink(row: Row): LinkRow {
	const { source, base, pending } = row;
	const keepsPending = source !== undefined && pending === row.readPending;
	return {
		...ownColumns(source),
		linkId: row.linkId,
		flow: row.flow,
		wixId: row.wixId,
		userId: row.userId,
		state: row.state,
		lastSynced: source !== undefined && !base.isChanged ? jsonOf(source.lastSynced) : base.toText(),
		pending: keepsPending ? jsonOf(source.pending) : pendingText(pending),
		note: row.note,
	};
}

/** n8n's columns of a known row: by them it is saved only if nobody saved it since. */
function ownColumns(source: LinkRow | undefined): Pick<LinkRow, 'id' | 'createdAt' | 'updatedAt'> {
	const { id, createdAt, updatedAt } = source ?? {};
	return {
		...(id === undefined ? {} : { id }),
		...(createdAt === undefined ? {} : { createdAt }),
		...(updatedAt === undefined ? {} : { updatedAt }),
	};
}

const plainColumns = ['linkId', 'flow', 'wixId', 'userId', 'state', 'note'] as const;

/** The row to save, if it differs from what was read. */
export function changedLink(row: Row): LinkRow | undefined {
	const { source } = row;
	if (source === undefined) return toLink(row);
	const isTouched =
		row.base.isChanged ||
		row.pending !== row.readPending ||
		plainColumns.some((column) => row[column] !== textOf(source[column]));
	if (!isTouched) return undefined;
	const link = toLink(row);
	const isSame =
		link.lastSynced === jsonOf(source.lastSynced) &&
		link.pending === jsonOf(source.pending) &&
		plainColumns.every((column) => link[column] === textOf(source[column]));
	return isSame ? undefined : link;
}

/** A row as it is to be swept; of another flow, too. */
export const removedLink = (link: LinkRow): LinkRow => ({
	...ownColumns(link),
	...rowText(link),
	state: 'removed',
});

function rowText(link: LinkRow): Omit<LinkRow, 'id' | 'createdAt' | 'updatedAt' | 'state'> {
	const { linkId, flow, wixId, userId } = rowIdentity(link);
	const note = textOf(link.note);
	return {
		...{ linkId, flow, wixId, userId },
		lastSynced: jsonOf(link.lastSynced),
		pending: jsonOf(link.pending),
		note: note === unusable ? '' : note,
	};
}
