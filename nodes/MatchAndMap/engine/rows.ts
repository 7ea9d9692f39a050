import type { JsonObject, Link, Pending, Side, WriteOperation } from '../../shared/contract';
import { isScalar, jsonText } from '../../shared/normalize';
import { isJsonObject } from '../../shared/paths';
import { Base } from './base';
import type { SideRecord } from './records';
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
	link: Link;
	text: string;
	rank: number;
}

const states: ReadonlyArray<Link['state']> = ['linked', 'unlinked', 'keepApart', 'ignored'];
const decisions: readonly string[] = ['', 'wixWins', 'usersWin'];
const sides: readonly string[] = ['wix', 'users'];
const operations: readonly string[] = ['create', 'update', 'deactivate', 'delete'];
const outcomes: readonly string[] = ['announced', 'sent', 'refused', 'refusedForNow'];

/** Stands for what a column cannot hold, such as a list; no text of a person is the same. */
const unusable = '\u0000';

/** A column as trimmed text; `unusable` for what is no text, such as a list. */
export function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	if (value === null || value === undefined) return '';
	return isScalar(value) ? String(value) : unusable;
}

/** A column with JSON text in it; n8n may hand it over parsed. */
export function jsonOf(value: unknown): string {
	return isScalar(value) || value === undefined ? textOf(value) : (jsonText(value) ?? unusable);
}

/** The ids and the flow of a row, whatever else is wrong with it. */
export function rowIdentity(link: { readonly [Name in keyof Link]?: unknown }): {
	rowId: string;
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: string;
} {
	const usable = (value: unknown) => (textOf(value) === unusable ? '' : textOf(value));
	return {
		rowId: usable(link?.rowId),
		linkId: usable(link?.linkId),
		flow: usable(link?.flow),
		wixId: usable(link?.wixId),
		userId: usable(link?.userId),
		state: usable(link?.state),
	};
}

/** The flow that a row is for; '' for a row that does not say it, which is everybody's concern. */
export function flowOf(link: Link): string {
	const flow = textOf(link?.flow);
	return flow === unusable ? '' : flow;
}

/** Parses one row. Never throws: a row that cannot be used comes back as a fault. */
export function parseRow(link: Link): Row | RowFault {
	if (flowOf(link) === '') return fault(link, 'its flow is empty');
	const state = textOf(link.state) as Link['state'];
	if (!states.includes(state)) return fault(link, `its state is none of ${states.join(', ')}`);
	const decision = textOf(link.decision) as Link['decision'];
	if (!decisions.includes(decision))
		return fault(link, 'its decision is neither wixWins nor usersWin');
	const goneSide = textOf(link.goneSide) as Link['goneSide'];
	if (goneSide !== '' && !sides.includes(goneSide))
		return fault(link, 'its goneSide is neither wix nor users');
	const lastSynced = jsonOf(link.lastSynced);
	const base = parseBase(lastSynced);
	if (base === undefined)
		return fault(link, 'its lastSynced is no JSON object with a single value for each field');
	const pending = parsePending(jsonOf(link.pending));
	if (pending === undefined) return fault(link, 'its pending is no JSON list of announced writes');
	const row: Row = {
		source: link,
		rowId: link.rowId === undefined || link.rowId === null ? undefined : textOf(link.rowId),
		linkId: textOf(link.linkId),
		flow: textOf(link.flow),
		wixId: textOf(link.wixId),
		userId: textOf(link.userId),
		state,
		base: base === nothing ? new Base(base) : new Base(base, lastSynced),
		pending,
		readPending: pending,
		decision,
		goneSide,
		goneConfirmedAt: textOf(link.goneConfirmedAt),
		movedTo: textOf(link.movedTo),
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

const fault = (link: Link, text: string): RowFault => ({ link, text, rank: unranked });

function missingIds({ state, wixId, userId, pending }: Row): string | undefined {
	if (wixId !== '' && userId !== '') return undefined;
	if (wixId === '' && userId === '') return 'it names no record';
	if (state === 'keepApart') return 'a pair to keep apart needs both ids';
	const waits = pending.some((entry) => entry.operation === 'create');
	return state === 'linked' && !waits ? 'a linked row needs both ids' : undefined;
}

/** The columns that nothing else checks. */
const freeColumns = [
	'rowId',
	'linkId',
	'wixId',
	'userId',
	'goneConfirmedAt',
	'movedTo',
	'note',
] as const;

function unusableColumn(row: Row): string | undefined {
	const { rowId, linkId, wixId, userId, goneConfirmedAt, movedTo, note } = row;
	const isFine =
		rowId !== unusable &&
		linkId !== unusable &&
		wixId !== unusable &&
		userId !== unusable &&
		goneConfirmedAt !== unusable &&
		movedTo !== unusable &&
		note !== unusable;
	return isFine ? undefined : freeColumns.find((column) => row[column] === unusable);
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
	return isJsonObject(value) && holdsScalars(value) ? value : undefined;
}

function parsePending(text: string): readonly Pending[] | undefined {
	if (text === '' || text === 'null') return noPending;
	const value = parseJson(text);
	if (!Array.isArray(value)) return undefined;
	return value.every(isPending) ? value : undefined;
}

function holdsScalars(json: JsonObject): boolean {
	for (const key in json) if (!isScalar(json[key])) return false;
	return true;
}

function isPending(value: unknown): value is Pending {
	if (!isJsonObject(value) || !holdsScalars(value)) return false;
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
