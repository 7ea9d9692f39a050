import type { JsonObject, Link, Pending, Side, WriteOperation } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';
import { Base } from './base';
import { unranked } from './tally';

/** A row of the links table, parsed; the plan works on it and it is written back only where it changed. */
export interface Row {
	/** The row as it was read; undefined for a row that this plan adds. */
	source: Link | undefined;
	rowId: string | undefined;
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: Link['state'];
	base: Base;
	/** Replaced, never changed in place. */
	pending: readonly Pending[];
	/** `pending` as it was read. */
	readPending: readonly Pending[];
	decision: Link['decision'];
	goneSide: Link['goneSide'];
	goneConfirmedAt: string;
	movedTo: string;
	note: string;
	/** Place of what came of it among the outcomes; see `Tally`. */
	rank: number;
	/** Both records were found, as far as the run could see: the merge may look at them. */
	isThere: boolean;
}

/** Why a row cannot be used, in words for a person. */
export interface RowFault {
	link: Link;
	text: string;
	rank: number;
}

const states: ReadonlyArray<Link['state']> = ['linked', 'unlinked', 'keepApart', 'ignored'];
const decisions: readonly string[] = ['', 'wixWins', 'usersWin'];
const sides: readonly string[] = ['wix', 'users'];
const operations: readonly string[] = ['create', 'update', 'deactivate', 'delete'];
const outcomes: readonly string[] = ['announced', 'sent', 'refused', 'refusedForNow'];

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return value === null || value === undefined ? '' : (JSON.stringify(value) ?? '');
}

/** The ids and the flow of a row, whatever else is wrong with it. */
export function rowIdentity(link: Link): {
	flow: string;
	wixId: string;
	userId: string;
	state: string;
} {
	return {
		flow: textOf(link?.flow),
		wixId: textOf(link?.wixId),
		userId: textOf(link?.userId),
		state: textOf(link?.state),
	};
}

export const flowOf = (link: Link) => textOf(link?.flow);

/** Parses one row. Never throws: a row that cannot be used comes back as a fault. */
export function parseRow(link: Link): Row | RowFault {
	const state = textOf(link?.state) as Link['state'];
	if (!states.includes(state)) return fault(link, `its state is none of ${states.join(', ')}`);
	const decision = textOf(link.decision) as Link['decision'];
	if (!decisions.includes(decision))
		return fault(link, 'its decision is neither wixWins nor usersWin');
	const goneSide = textOf(link.goneSide) as Link['goneSide'];
	if (goneSide !== '' && !sides.includes(goneSide))
		return fault(link, 'its goneSide is neither wix nor users');
	const base = parseBase(textOf(link.lastSynced));
	if (base === undefined) return fault(link, 'its lastSynced is no JSON object');
	const pending = parsePending(textOf(link.pending));
	if (pending === undefined) return fault(link, 'its pending is no JSON list of announced writes');
	const row: Row = {
		source: link,
		rowId: link.rowId === undefined || link.rowId === null ? undefined : textOf(link.rowId),
		linkId: textOf(link.linkId),
		flow: textOf(link.flow),
		wixId: textOf(link.wixId),
		userId: textOf(link.userId),
		state,
		base: new Base(base),
		pending,
		readPending: pending,
		decision,
		goneSide,
		goneConfirmedAt: textOf(link.goneConfirmedAt),
		movedTo: textOf(link.movedTo),
		note: textOf(link.note),
		rank: unranked,
		isThere: false,
	};
	const missing = missingIds(row);
	return missing === undefined ? row : fault(link, missing);
}

export const isRowFault = (row: Row | RowFault): row is RowFault => !('base' in row);

const fault = (link: Link, text: string): RowFault => ({ link, text, rank: unranked });

function missingIds({ state, wixId, userId, pending }: Row): string | undefined {
	if (wixId !== '' && userId !== '') return undefined;
	if (wixId === '' && userId === '') return 'it names no record';
	if (state === 'keepApart') return 'a pair to keep apart needs both ids';
	const waits = pending.some((entry) => entry.operation === 'create');
	return state === 'linked' && !waits ? 'a linked row needs both ids' : undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

const nothing: JsonObject = {};
const noPending: readonly Pending[] = [];

function parseBase(text: string): JsonObject | undefined {
	if (text === '' || text === 'null') return nothing;
	const value = parseJson(text);
	return isJsonObject(value) ? value : undefined;
}

function parsePending(text: string): readonly Pending[] | undefined {
	if (text === '' || text === 'null') return noPending;
	const value = parseJson(text);
	if (!Array.isArray(value)) return undefined;
	return value.every(isPending) ? value : undefined;
}

function isPending(value: unknown): value is Pending {
	if (!isJsonObject(value)) return false;
	return (
		typeof value.property === 'string' &&
		typeof value.at === 'string' &&
		operations.includes(value.operation as WriteOperation) &&
		sides.includes(value.side as Side) &&
		outcomes.includes(value.outcome as Pending['outcome'])
	);
}

/** The id of a link at birth; opaque from then on. */
export const linkIdOf = (flow: string, wixId: string, userId: string) =>
	`${flow}:${wixId}:${userId}`;

/** A row that this plan adds. */
export function newRow(flow: string, wixId: string, userId: string): Row {
	return {
		source: undefined,
		rowId: undefined,
		linkId: linkIdOf(flow, wixId, userId),
		flow,
		wixId,
		userId,
		state: 'linked',
		base: new Base(),
		pending: noPending,
		readPending: noPending,
		decision: '',
		goneSide: '',
		goneConfirmedAt: '',
		movedTo: '',
		note: '',
		rank: unranked,
		isThere: false,
	};
}

/** The row as the links table holds it. JSON texts that nothing changed keep their letters. */
export function toLink(row: Row): Link {
	const { source, base, pending } = row;
	const keepsPending = source !== undefined && pending === row.readPending;
	const pendingText = pending.length === 0 ? '' : JSON.stringify(pending);
	return {
		...(row.rowId === undefined ? {} : { rowId: row.rowId }),
		linkId: row.linkId,
		flow: row.flow,
		wixId: row.wixId,
		userId: row.userId,
		state: row.state,
		lastSynced: source !== undefined && !base.isChanged ? textOf(source.lastSynced) : base.toText(),
		pending: keepsPending ? textOf(source.pending) : pendingText,
		decision: row.decision,
		goneSide: row.goneSide,
		goneConfirmedAt: row.goneConfirmedAt,
		movedTo: row.movedTo,
		note: row.note,
	};
}

const plainColumns = [
	'linkId',
	'flow',
	'wixId',
	'userId',
	'state',
	'decision',
	'goneSide',
	'goneConfirmedAt',
	'movedTo',
	'note',
] as const;

/** The row to save, if it differs from what was read. */
export function changedLink(row: Row): Link | undefined {
	const { source } = row;
	if (source === undefined) return toLink(row);
	const isTouched =
		row.base.isChanged ||
		row.pending !== row.readPending ||
		plainColumns.some((column) => row[column] !== textOf(source[column]));
	if (!isTouched) return undefined;
	const link = toLink(row);
	const isSame = (['lastSynced', 'pending', ...plainColumns] as const).every(
		(column) => link[column] === textOf(source[column]),
	);
	return isSame ? undefined : link;
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
