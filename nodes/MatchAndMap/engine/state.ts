import type { Link, LinkChange, PlanInput, Policies, Side } from '../../shared/contract';
import { compileFlow, type CompiledFlow } from './compile';
import type { UnlinkIntent, VerifyIntent, WriteIntent } from './intents';
import { checkNow, checkPolicies } from './policies';
import { readListing, type Listing, type SideRecord } from './records';
import { ReviewBoard, texts } from './review';
import { idOn, type Row } from './rows';
import { toLink } from './saveRows';
import { TakenIds } from './takenIds';
import { Tally } from './tally';

/** A linked row whose record on `side` is confirmed gone while the other record is there. */
export interface Vanished {
	row: Row;
	side: Side;
	survivor: SideRecord;
}

/** All that one plan works on. Rows change only by what was seen; what is to be done is collected as intents. */
export interface PlanState {
	flow: CompiledFlow;
	policies: Policies;
	now: string;
	nowMs: number;
	/** Both listings are whole. */
	full: boolean;
	listing: Record<Side, Listing>;
	/** Contacts that the member flow owns. */
	leftAlone: ReadonlySet<string>;
	review: ReviewBoard;
	tally: Tally;
	/** Linked rows of this flow in the order of the table, then those that this plan adds. */
	rows: Row[];
	unlinkedRows: Row[];
	/** Rows of other states; only written back for a missing linkId. */
	otherRows: Row[];
	/** Rows that are not to be touched in this run. */
	frozen: Set<Row>;
	/** Rows that took over what their doubles knew: saved even if they are left alone otherwise. */
	united: Set<Row>;
	/** Ids that stand in a linked row, and ids that a broken row names. */
	taken: Record<Side, TakenIds>;
	ignored: Record<Side, Set<string>>;
	/** Ids of lone records that a row is counted for. */
	covered: Record<Side, Set<string>>;
	keptApart: Map<string, Set<string>>;
	/** Users linked in another flow, the whole rows of other flows by Wix id, and those that wait for a create. */
	linkedElsewhere: { users: Set<string>; byWixId: Map<string, Link>; waiting: Link[] };
	vanished: Vanished[];
	relinked: Set<Row>;
	/** Rows with a write that was sent and only waits to be seen. */
	underWay: Set<Row>;
	writes: WriteIntent[];
	/** Planned updates by `side`, line break, record id. */
	writesByRecord: Map<string, WriteIntent>;
	unlinks: UnlinkIntent[];
	verifies: VerifyIntent[];
	clearedDecisions: Row[];
	/** Rows that are taken out of the table. */
	removed: Set<Row>;
	removals: LinkChange[];
}

/**
 * Reads the input into a fresh state.
 * @throws PlanInputError for invalid rules or policies
 */
export function openState(input: PlanInput): PlanState {
	const flow = compileFlow(input.dataFlow);
	checkPolicies(input.policies);
	const nowMs = checkNow(input.now);
	const listing = {
		wix: readListing(flow, 'wix', input.wixRecords, input.complete.wix),
		users: readListing(flow, 'users', input.users, input.complete.users),
	};
	const leaveAlone =
		input.policies.memberContacts === 'leaveAlone' && flow.flow.wixEntity === 'contact';
	const review = new ReviewBoard(flow.flow.id);
	for (const side of ['wix', 'users'] as const) {
		const { withoutId } = listing[side];
		if (withoutId > 0)
			review.add({
				reason: 'badValue',
				wixIds: [],
				userIds: [],
				...texts.withoutId(side, withoutId),
			});
	}
	return {
		flow,
		policies: input.policies,
		now: input.now,
		nowMs,
		full: listing.wix.complete && listing.users.complete,
		listing,
		leftAlone: new Set(leaveAlone ? input.memberContactIds : []),
		review,
		tally: new Tally(),
		rows: [],
		unlinkedRows: [],
		otherRows: [],
		frozen: new Set(),
		united: new Set(),
		taken: { wix: new TakenIds(listing.wix.byId), users: new TakenIds(listing.users.byId) },
		ignored: { wix: new Set(), users: new Set() },
		covered: { wix: new Set(), users: new Set() },
		keptApart: new Map(),
		linkedElsewhere: { users: new Set(), byWixId: new Map(), waiting: [] },
		vanished: [],
		relinked: new Set(),
		underWay: new Set(),
		writes: [],
		writesByRecord: new Map(),
		unlinks: [],
		verifies: [],
		clearedDecisions: [],
		removed: new Set(),
		removals: [],
	};
}

/** The record that a row names on a side, if the run has seen it. */
export function recordOf(state: PlanState, row: Row, side: Side): SideRecord | undefined {
	const id = side === 'wix' ? row.wixId : row.userId;
	const read = side === 'wix' ? row.wixRecord : row.userRecord;
	return read?.id === id ? read : state.listing[side].byId.get(id);
}

export function isKeptApart(state: PlanState, wixId: string, userId: string): boolean {
	return state.keptApart.get(wixId)?.has(userId) ?? false;
}

/** Lists one record in review under `reason`, with ids of its own side. */
export function reviewRecords(
	state: PlanState,
	reason: 'ambiguous' | 'addressTaken' | 'badValue',
	records: readonly SideRecord[],
	words: { message: string; howToDecide: string },
): void {
	const idsOn = (side: Side) =>
		records.filter((record) => record.side === side).map((record) => record.id);
	state.review.add({ reason, wixIds: idsOn('wix'), userIds: idsOn('users'), ...words });
	for (const record of records) state.tally.mark(record, 'review');
}

/** Lists a row in review and counts it. */
export function reviewRow(
	state: PlanState,
	row: Row,
	reason: Parameters<ReviewBoard['add']>[0]['reason'],
	words: { message: string; howToDecide: string },
): void {
	state.review.add({ reason, wixIds: [row.wixId], userIds: [row.userId], ...words });
	state.tally.mark(row, reason === 'refused' ? 'refused' : 'review');
}

/** Takes a row out of the plan and out of the table. */
export function removeRow(state: PlanState, row: Row): void {
	state.removed.add(row);
	state.tally.drop(row);
	if (row.source !== undefined) state.removals.push({ operation: 'remove', link: toLink(row) });
}

/** Notes that a row has both its records from this plan on: they are no candidates for others. */
export function noteLinked(state: PlanState, row: Row): void {
	row.isThere = true;
	for (const side of ['wix', 'users'] as const) {
		const record = recordOf(state, row, side);
		if (record !== undefined) record.isLinked = true;
		state.taken[side].take(idOn(row, side), record);
	}
	state.tally.mark(row, 'linkedNow');
}
