import type { JsonValue, Link, Pending, Side, WriteOperation } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';

/** A row of the links table, parsed; the plan works on it and it is written back only where it changed. */
export interface Row {
	/** The row as it was read, texts normalized; undefined for a row that this plan adds. */
	source?: Link;
	rowId?: string;
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: Link['state'];
	base: Map<string, JsonValue>;
	pending: Pending[];
	decision: Link['decision'];
	goneSide: Link['goneSide'];
	goneConfirmedAt: string;
	movedTo: string;
	note: string;
	/** `lastSynced` and `pending` as they were read; kept to the letter where nothing changed. */
	text: { lastSynced: string; pending: string };
}

/** Why a row cannot be used, in words for a person. */
export interface RowFault {
	link: Link;
	text: string;
}

const states: ReadonlyArray<Link['state']> = ['linked', 'unlinked', 'keepApart', 'ignored'];
const decisions: readonly string[] = ['', 'wixWins', 'usersWin'];
const sides: readonly string[] = ['wix', 'users'];
const operations: readonly string[] = ['create', 'update', 'deactivate', 'delete'];
const outcomes: readonly string[] = ['announced', 'sent', 'refused', 'refusedForNow'];

const columns = [
	'linkId',
	'flow',
	'wixId',
	'userId',
	'state',
	'lastSynced',
	'pending',
	'decision',
	'goneSide',
	'goneConfirmedAt',
	'movedTo',
	'note',
] as const;

type Text = Record<(typeof columns)[number], string>;

function textOf(value: unknown): string {
	if (typeof value === 'string') return value.trim();
	return value === null || value === undefined ? '' : (JSON.stringify(value) ?? '');
}

function texts(link: Link): Text {
	const values: Partial<Text> = {};
	for (const column of columns) {
		const value: unknown = link?.[column];
		values[column] = textOf(value);
	}
	return values as Text;
}

/** The ids and the flow of a row, whatever else is wrong with it. */
export function rowIdentity(link: Link): {
	flow: string;
	wixId: string;
	userId: string;
	state: string;
} {
	const { flow, wixId, userId, state } = texts(link);
	return { flow, wixId, userId, state };
}

/** Parses one row. Never throws: a row that cannot be used comes back as a fault. */
export function parseRow(link: Link): Row | RowFault {
	const text = texts(link);
	const state = states.find((known) => known === text.state);
	if (state === undefined) return fault(link, `its state is none of ${states.join(', ')}`);
	if (!decisions.includes(text.decision))
		return fault(link, 'its decision is neither wixWins nor usersWin');
	if (text.goneSide !== '' && !sides.includes(text.goneSide))
		return fault(link, 'its goneSide is neither wix nor users');
	const base = parseBase(text.lastSynced);
	if (base === undefined) return fault(link, 'its lastSynced is no JSON object');
	const pending = parsePending(text.pending);
	if (pending === undefined) return fault(link, 'its pending is no JSON list of announced writes');
	const missing = missingIds(state, text, pending);
	if (missing !== undefined) return fault(link, missing);
	return {
		source: {
			...text,
			state,
			decision: text.decision as Link['decision'],
			goneSide: text.goneSide as Link['goneSide'],
		},
		...(link.rowId === undefined || link.rowId === null ? {} : { rowId: textOf(link.rowId) }),
		linkId: text.linkId,
		flow: text.flow,
		wixId: text.wixId,
		userId: text.userId,
		state,
		base,
		pending,
		decision: text.decision as Link['decision'],
		goneSide: text.goneSide as Link['goneSide'],
		goneConfirmedAt: text.goneConfirmedAt,
		movedTo: text.movedTo,
		note: text.note,
		text: { lastSynced: text.lastSynced, pending: text.pending },
	};
}

export const isRowFault = (row: Row | RowFault): row is RowFault => !('base' in row);

const fault = (link: Link, text: string): RowFault => ({ link, text });

function missingIds(
	state: Link['state'],
	text: Text,
	pending: readonly Pending[],
): string | undefined {
	const both = text.wixId !== '' && text.userId !== '';
	const one = text.wixId !== '' || text.userId !== '';
	if (both) return undefined;
	if (!one) return 'it names no record';
	if (state === 'keepApart') return 'a pair to keep apart needs both ids';
	if (state === 'linked' && !pending.some((entry) => entry.operation === 'create'))
		return 'a linked row needs both ids';
	return undefined;
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function parseBase(text: string): Map<string, JsonValue> | undefined {
	if (text === '' || text === 'null') return new Map();
	const value = parseJson(text);
	return isJsonObject(value) ? new Map(Object.entries(value)) : undefined;
}

function parsePending(text: string): Pending[] | undefined {
	if (text === '' || text === 'null') return [];
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
		linkId: linkIdOf(flow, wixId, userId),
		flow,
		wixId,
		userId,
		state: 'linked',
		base: new Map(),
		pending: [],
		decision: '',
		goneSide: '',
		goneConfirmedAt: '',
		movedTo: '',
		note: '',
		text: { lastSynced: '', pending: '' },
	};
}

/** Whether two JSON texts say the same; the right one is compact. '' is no JSON, and parsing it would cost an exception. */
const sameJson = (left: string, right: string) =>
	left === right || (left !== '' && right !== '' && JSON.stringify(parseJson(left)) === right);

/** The row as the links table holds it. JSON texts that mean the same keep their old letters. */
export function toLink(row: Row): Link {
	const lastSynced = row.base.size === 0 ? '' : JSON.stringify(Object.fromEntries(row.base));
	const pending = row.pending.length === 0 ? '' : JSON.stringify(row.pending);
	const emptyBase = row.base.size === 0 && parseBase(row.text.lastSynced)?.size === 0;
	const emptyPending = row.pending.length === 0 && parsePending(row.text.pending)?.length === 0;
	return {
		...(row.rowId === undefined ? {} : { rowId: row.rowId }),
		linkId: row.linkId,
		flow: row.flow,
		wixId: row.wixId,
		userId: row.userId,
		state: row.state,
		lastSynced:
			emptyBase || sameJson(row.text.lastSynced, lastSynced) ? row.text.lastSynced : lastSynced,
		pending: emptyPending || sameJson(row.text.pending, pending) ? row.text.pending : pending,
		decision: row.decision,
		goneSide: row.goneSide,
		goneConfirmedAt: row.goneConfirmedAt,
		movedTo: row.movedTo,
		note: row.note,
	};
}

/** Whether a row, as it is to be saved, differs from what was read. */
export function isChanged({ source }: Row, link: Link): boolean {
	return source === undefined || columns.some((column) => link[column] !== source[column]);
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
