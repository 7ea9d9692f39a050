import {
	baseText,
	isLinkState,
	jsonOf,
	linkStates,
	ownColumns,
	pendingText,
	readBase,
	readPending,
	textOf,
	unusable,
	type JsonObject,
	type JsonValue,
	type LinkRow,
	type Pending,
	type Side,
} from '../../../shared/contract';

/**
 * A row of the links table, parsed. Invariants: nothing of it is changed, a stage that knows better makes another one from it;
 * `source`, `readBase` and `readPending` stay with it, so that what differs from the table can be told; `base` has a value for each property that
 * both sides held alike, and no empty one.
 */
export interface Row {
	/** As it was read; undefined for a row that this plan adds. */
	readonly source: LinkRow | undefined;
	readonly linkId: string;
	readonly flow: string;
	readonly wixId: string;
	readonly userId: string;
	readonly state: LinkRow['state'];
	readonly base: JsonObject;
	readonly pending: readonly Pending[];
	readonly note: string;
	readonly readBase: JsonObject;
	readonly readPending: readonly Pending[];
}

/** Why a row cannot be used, in words for a person. */
export interface RowFault {
	link: LinkRow;
	text: string;
}

function usable(value: unknown): string {
	const text = textOf(value);
	return text === unusable ? '' : text;
}

/** The ids, the flow and the state of a row, whatever else is wrong with it; '' for what is no text. */
export const rowIdentity = (link: { readonly [Name in keyof LinkRow]?: unknown }) => ({
	rowId: usable(link?.id),
	linkId: usable(link?.linkId),
	flow: usable(link?.flow),
	wixId: usable(link?.wixId),
	userId: usable(link?.userId),
	state: usable(link?.state),
});

/** The set of rules that a row is for; '' for a row that does not say it, which is everybody's concern. */
export const flowOf = (link: LinkRow): string => usable(link?.flow);

/** Parses one row. Never throws: a row that cannot be used comes back as a fault. */
export function parseRow(link: LinkRow): Row | RowFault {
	const flow = flowOf(link);
	if (flow === '') return { link, text: 'its flow is empty' };
	const state = textOf(link.state);
	if (!isLinkState(state))
		return { link, text: `its state is none of ${linkStates.slice(0, -1).join(', ')}` };
	const base = readBase(link.lastSynced);
	if (base === undefined)
		return { link, text: 'its lastSynced is no JSON object with a single value for each field' };
	const pending = readPending(link.pending);
	if (pending === undefined)
		return { link, text: 'its pending is no JSON list of announced writes' };
	const row: Row = {
		source: link,
		linkId: textOf(link.linkId),
		flow,
		wixId: textOf(link.wixId),
		userId: textOf(link.userId),
		state,
		base,
		pending,
		note: textOf(link.note),
		readBase: base,
		readPending: pending,
	};
	const broken = unusableColumn(row);
	const text = broken === undefined ? missingIds(row) : `its ${broken} is no text`;
	return text === undefined ? row : { link, text };
}

/** Of the columns that nothing else checks. */
function unusableColumn(row: Row): string | undefined {
	const { linkId, wixId, userId, note } = row;
	const isFine =
		linkId !== unusable && wixId !== unusable && userId !== unusable && note !== unusable;
	if (isFine) return undefined;
	return (['linkId', 'wixId', 'userId', 'note'] as const).find((name) => row[name] === unusable);
}

export const isRowFault = (row: Row | RowFault): row is RowFault => !('base' in row);

function missingIds({ state, wixId, userId, pending }: Row): string | undefined {
	if (wixId !== '' && userId !== '') return undefined;
	if (wixId === '' && userId === '') return 'it names no record';
	if (state === 'keepApart') return 'a pair to keep apart needs both ids';
	const waits = pending.some((entry) => entry.operation === 'create');
	return state === 'linked' && !waits ? 'a linked row needs both ids' : undefined;
}

/** The id of a link at birth; opaque from then on. */
export const linkIdOf = (flow: string, wixId: string, userId: string) =>
	`${flow}:${wixId}:${userId}`;

const noBase: JsonObject = {};
const noPending: readonly Pending[] = [];

/** A row that this plan adds. */
export const newRow = (
	flow: string,
	wixId: string,
	userId: string,
	state: LinkRow['state'] = 'linked',
): Row => ({
	source: undefined,
	linkId: linkIdOf(flow, wixId, userId),
	flow,
	wixId,
	userId,
	state,
	base: noBase,
	pending: noPending,
	note: '',
	readBase: noBase,
	readPending: noPending,
});

/** The id that a row holds on one side. */
export const idOn = (row: Pick<Row, 'wixId' | 'userId'>, side: Side): string =>
	side === 'wix' ? row.wixId : row.userId;

/** The two ids of a row that holds a record on one side alone. */
export const aloneOn = (side: Side, id: string): [wixId: string, userId: string] =>
	side === 'wix' ? [id, ''] : ['', id];

export const withId = (row: Row, side: Side, id: string): Row =>
	side === 'wix' ? { ...row, wixId: id } : { ...row, userId: id };

export const otherSide = (side: Side): Side => (side === 'wix' ? 'users' : 'wix');

/** Whether both records of a row are known. */
export const isComplete = ({ wixId, userId }: Row) => wixId !== '' && userId !== '';

/** What both sides held when they were last seen equal. */
export const baseOf = ({ base }: Pick<Row, 'base'>, key: string): JsonValue | undefined =>
	Object.hasOwn(base, key) ? base[key] : undefined;

export function hasNoBase({ base }: Pick<Row, 'base'>): boolean {
	for (const _key in base) return false;
	return true;
}

const dayMs = 86_400_000;

/** Whether a row belongs to another run: something that it announced is not past its lease as of `readFromMs`. */
export const isLeased = ({ pending }: Pick<Row, 'pending'>, readFromMs: number): boolean =>
	pending.some(
		({ outcome, until }) => outcome === 'announced' && Date.parse(until ?? '') > readFromMs,
	);

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
	const keepsBase = source !== undefined && base === row.readBase;
	const keepsPending = source !== undefined && pending === row.readPending;
	return {
		...ownColumns(source ?? {}),
		linkId: row.linkId,
		flow: row.flow,
		wixId: row.wixId,
		userId: row.userId,
		state: row.state,
		lastSynced: keepsBase ? jsonOf(source.lastSynced) : baseText(base),
		pending: keepsPending ? jsonOf(source.pending) : pendingText(pending),
		note: row.note,
	};
}

const plainColumns = ['linkId', 'flow', 'wixId', 'userId', 'state', 'note'] as const;

/** The row to save, if it differs from what was read. */
export function changedLink(row: Row): LinkRow | undefined {
	const { source } = row;
	if (source === undefined) return toLink(row);
	const link = toLink(row);
	const isSame =
		link.lastSynced === jsonOf(source.lastSynced) &&
		link.pending === jsonOf(source.pending) &&
		plainColumns.every((column) => link[column] === textOf(source[column]));
	return isSame ? undefined : link;
}

/** A row as it is to be swept; of another flow, too. */
export function removedLink(link: LinkRow): LinkRow {
	const { linkId, flow, wixId, userId } = rowIdentity(link);
	const texts = { lastSynced: jsonOf(link.lastSynced), pending: jsonOf(link.pending) };
	return {
		...ownColumns(link),
		...{ linkId, flow, wixId, userId, state: 'removed', ...texts, note: usable(link.note) },
	};
}

const weekMs = 7 * 86_400_000;

/** The last answer of a look-up on one side; undefined where none has come in. */
const findingOn = ({ pending }: Row, side: Side): Pending | undefined =>
	pending.filter((entry) => entry.side === side && isFinding(entry)).pop();

const isFinding = ({ operation, outcome }: Pending) =>
	operation === 'verify' && (outcome === 'gone' || outcome === 'moved' || outcome === 'present');

export const isKnownGone = (row: Row, side: Side): boolean =>
	findingOn(row, side)?.outcome === 'gone';

/** The id of the record that the row's own was merged into; '' where none is known. */
export function movedTo(row: Row, side: Side): string {
	const found = findingOn(row, side);
	return found?.outcome === 'moved' ? (found.code ?? '') : '';
}

/** Whether the record is known to be there, beside the list: it is not looked up again for a week. */
export function isOutside(row: Row, side: Side, nowMs: number): boolean {
	const found = findingOn(row, side);
	return found?.outcome === 'present' && nowMs - Date.parse(found.at) < weekMs;
}

/** The row without some entries; the row itself where there is nothing to drop. */
export const without = (row: Row, isDropped: (entry: Pending) => boolean): Row =>
	row.pending.some(isDropped)
		? { ...row, pending: row.pending.filter((entry) => !isDropped(entry)) }
		: row;

export const isRemoval = ({ operation }: Pick<Pending, 'operation'>) =>
	operation === 'delete' || operation === 'deactivate';

/** A record that is seen again was not gone: what was found out about it, and what was to follow from that, is void. */
export const withoutFindings = (row: Row, seen: Side): Row =>
	without(
		row,
		(entry) =>
			(entry.operation === 'verify' && entry.side === seen) ||
			(isRemoval(entry) && entry.side !== seen),
	);

/** Without all that was found out about records and what followed from it, for a row that is settled otherwise. */
export const withoutAnyFinding = (row: Row): Row =>
	without(row, (entry) => entry.operation === 'verify' || isRemoval(entry));
