import type { Side } from '../../shared/contract';
import { isAnswered } from './answers';
import type { CompiledFlow } from './rules';
import { forgetAllFindings } from './findings';
import { words } from './matters';
import { linkKeyOf, type SideRecord } from './records';
import { idOn, newRow, setIdOn, type Row } from './rows';
import {
	isBarred,
	isKeptApart,
	matterOf,
	namedRecord,
	noteLinked,
	recordOf,
	removeRow,
	reviewRecords,
	type PlanState,
} from './state';

/** What the link rules leave over. */
export interface Unmatched {
	/** Records that no rule linked and no review holds, per side, in the order of the listing. */
	lone: Record<Side, SideRecord[]>;
	/** Rows that wait for a partner (a vanished one, or one to be created) and found none. */
	rowOf: Map<SideRecord, Row>;
	ambiguous: Set<SideRecord>;
}

/** Links again what was unlinked and is whole again, then applies the link rules in order: one to one only. */
export function match(state: PlanState): Unmatched {
	relink(state);
	const rowOf = waitingRows(state);
	const open = { wix: candidates(state, 'wix', rowOf), users: candidates(state, 'users', rowOf) };
	const ambiguous = new Set<SideRecord>();
	for (let rule = 0; rule < state.flow.rules.length; rule++) {
		for (const group of groups(state.flow, open, rule)) matchGroup(state, group, rowOf, ambiguous);
		const isOpen = (record: SideRecord) => !record.isLinked && !ambiguous.has(record);
		open.wix = open.wix.filter(isOpen);
		open.users = open.users.filter(isOpen);
	}
	return { lone: open, rowOf, ambiguous };
}

function matchGroup(
	state: PlanState,
	{ wix, user, more }: Group,
	rowOf: Map<SideRecord, Row>,
	ambiguous: Set<SideRecord>,
): void {
	if (user === undefined) return;
	if (more === undefined) {
		if (!isKeptApart(state, wix.id, user.id)) link(state, wix, user, rowOf);
		return;
	}
	const { pairs, doubtful } = pairUp(state, {
		wix: [wix, ...more.wix],
		users: [user, ...more.users],
	});
	for (const pair of pairs) link(state, ...pair, rowOf);
	if (doubtful.length > 0) askWhoIsWho(state, doubtful, rowOf);
	for (const record of doubtful) ambiguous.add(record);
}

function relink(state: PlanState): void {
	for (const row of state.unlinkedRows) {
		if (state.leased.has(row)) {
			// The run at work on the row may be removing one of the two
			for (const side of ['wix', 'users'] as const) state.taken[side].add(idOn(row, side));
			continue;
		}
		const wix = recordOf(state, row, 'wix');
		const user = recordOf(state, row, 'users');
		if (wix === undefined || user === undefined || !isFree(state, wix) || !isFree(state, user))
			continue;
		if (isKeptApart(state, wix.id, user.id)) continue;
		row.state = 'linked';
		forgetAllFindings(row);
		state.relinked.add(row);
		state.rows.push(row);
		noteLinked(state, row);
	}
	if (state.relinked.size > 0)
		state.unlinkedRows = state.unlinkedRows.filter((row) => !state.relinked.has(row));
}

function isFree(state: PlanState, record: SideRecord): boolean {
	const { side, id } = record;
	if (record.isTaken || isBarred(state, side, id)) return false;
	return side === 'wix' || !state.linkedElsewhere.users.has(id);
}

/** Rows that wait for a partner on one side: their other record takes part in the matching. */
function waitingRows(state: PlanState): Map<SideRecord, Row> {
	const rowOf = new Map<SideRecord, Row>();
	for (const row of state.rows) {
		if (state.frozen.has(row) || state.removed.has(row) || (row.wixId !== '' && row.userId !== ''))
			continue;
		const record = recordOf(state, row, row.wixId === '' ? 'users' : 'wix');
		if (record !== undefined) rowOf.set(record, row);
	}
	for (const { survivor, row } of state.vanished) rowOf.set(survivor, row);
	return rowOf;
}

function candidates(
	state: PlanState,
	side: Side,
	rowOf: ReadonlyMap<SideRecord, Row>,
): SideRecord[] {
	const found: SideRecord[] = [];
	for (const record of state.listing[side].records) {
		if (!rowOf.has(record) && (record.isLinked || !isFree(state, record))) continue;
		if (record.fault === undefined) found.push(record);
	}
	return found;
}

/** The records that share a key: most often one of each side. */
interface Group {
	wix: SideRecord;
	user: SideRecord | undefined;
	/** The further ones, if there are any. */
	more: Record<Side, SideRecord[]> | undefined;
}

/** Groups by the key that a rule gives. A user with a key that no Wix record has is in no group. */
function groups(
	flow: CompiledFlow,
	open: Record<Side, readonly SideRecord[]>,
	rule: number,
): Iterable<Group> {
	const byKey = new Map<string, Group>();
	for (const wix of open.wix) {
		const key = linkKeyOf(flow, wix, rule);
		if (key === '') continue;
		const group = byKey.get(key);
		if (group === undefined) byKey.set(key, { wix, user: undefined, more: undefined });
		else addMore(group, wix);
	}
	for (const user of open.users) {
		const group = byKey.get(linkKeyOf(flow, user, rule));
		if (group === undefined) continue;
		if (group.user === undefined) group.user = user;
		else addMore(group, user);
	}
	return byKey.values();
}

function addMore(group: Group, record: SideRecord): void {
	group.more ??= { wix: [], users: [] };
	group.more[record.side].push(record);
}

/** Pairs kept apart are no match: what is then one to one is linked, the rest is in doubt. Linear in records and kept pairs. */
function pairUp(
	state: PlanState,
	group: Record<Side, SideRecord[]>,
): { pairs: Array<[SideRecord, SideRecord]>; doubtful: SideRecord[] } {
	const keptBy = new Map<SideRecord, number>();
	const users = new Map(group.users.map((user) => [user.id, user]));
	for (const wix of group.wix) {
		for (const userId of state.keptApart.get(wix.id) ?? []) {
			const user = users.get(userId);
			if (user === undefined) continue;
			keptBy.set(wix, (keptBy.get(wix) ?? 0) + 1);
			keptBy.set(user, (keptBy.get(user) ?? 0) + 1);
		}
	}
	const partnersOf = (record: SideRecord) =>
		(record.side === 'wix' ? group.users.length : group.wix.length) - (keptBy.get(record) ?? 0);
	const pairs: Array<[SideRecord, SideRecord]> = [];
	const linked = new Set<SideRecord>();
	for (const wix of group.wix) {
		if (partnersOf(wix) !== 1) continue;
		const user = group.users.find((each) => !isKeptApart(state, wix.id, each.id));
		if (user === undefined || partnersOf(user) !== 1) continue;
		pairs.push([wix, user]);
		linked.add(wix).add(user);
	}
	const doubtful = [...group.wix, ...group.users].filter(
		(record) => !linked.has(record) && partnersOf(record) > 0,
	);
	return { pairs, doubtful };
}

/** Lists a group in doubt, or links the two that a person has chosen of it. */
function askWhoIsWho(
	state: PlanState,
	records: readonly SideRecord[],
	rowOf: Map<SideRecord, Row>,
): void {
	const namedOn = (side: Side) =>
		records.filter((record) => record.side === side).map(({ id }) => namedRecord(state, side, id));
	const said = words.ambiguous(namedOn('wix'), namedOn('users'));
	const isSettled = isAnswered(state, matterOf('ambiguous', records, said), (wix, user) =>
		link(state, wix, user, rowOf),
	);
	if (!isSettled) reviewRecords(state, 'ambiguous', records, said);
}

function link(
	state: PlanState,
	wix: SideRecord,
	user: SideRecord,
	rowOf: Map<SideRecord, Row>,
): void {
	const rowOfWix = rowOf.get(wix);
	const rowOfUser = rowOf.get(user);
	if (rowOfWix === undefined && rowOfUser === undefined) {
		noteLinked(state, addRow(state, wix, user));
		return;
	}
	rowOf.delete(wix);
	rowOf.delete(user);
	const row = age(rowOfUser) > age(rowOfWix) ? rowOfUser : rowOfWix;
	const other = row === rowOfWix ? rowOfUser : rowOfWix;
	if (row === undefined) return;
	if (other !== undefined && other !== row) removeRow(state, other);
	takePlace(state, row, row === rowOfWix ? user : wix);
	noteLinked(state, row);
}

/** A row that was linked before keeps its base; one that only waited for a create gives way to it. */
const age = (row: Row | undefined) => (row === undefined ? 0 : row.base.isEmpty ? 1 : 2);

function takePlace(state: PlanState, row: Row, record: SideRecord): void {
	const { side, id } = record;
	const from = idOn(row, side);
	if (from !== '') state.moves.push({ row, side, from, to: id });
	setIdOn(row, side, id);
	forgetAllFindings(row);
}

function addRow(state: PlanState, wix: SideRecord, user: SideRecord): Row {
	const row = newRow(state.flow.flow.id, wix.id, user.id);
	row.wixRecord = wix;
	row.userRecord = user;
	state.rows.push(row);
	return row;
}
