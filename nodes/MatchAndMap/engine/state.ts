import type { LinkRow, PlanInput, Policies, Side } from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { compileFlow, type CompiledFlow } from './rules';
import type { UnlinkIntent, VerifyIntent, WriteIntent } from './intents';
import { words, type Named, type Words } from './matters';
import { nameIn, personOf, type LookUp } from './people';
import { checkNow, checkPolicies } from './rules';
import { readListing, type Listing, type SideRecord } from './records';
import { ReviewBoard, type Matter } from './review';
import { idOn, removedLink, type Row } from './rows';
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
	/** A time from before the rows were read: a lease that runs beyond it is not over. */
	readFromMs: number;
	/** Both listings are whole. */
	full: boolean;
	listing: Record<Side, Listing>;
	lookUp: LookUp;
	/** Contacts that the member flow owns. */
	leftAlone: ReadonlySet<string>;
	review: ReviewBoard;
	tally: Tally;
	/** Linked rows of this flow in the order of the table, then those that this plan adds. */
	rows: Row[];
	unlinkedRows: Row[];
	/** Rows of other states: written back for a missing linkId, or added by an answer. */
	otherRows: Row[];
	/** Rows that are not to be touched in this run. */
	frozen: Set<Row>;
	/** Rows that are not to be touched, but saved for what was found about them: they took over what their doubles knew. */
	united: Set<Row>;
	/** Rows that another run is at work on. Nothing is saved on them. */
	leased: Set<Row>;
	/** Ids that stand in a linked row, and ids that a broken row names. */
	taken: Record<Side, TakenIds>;
	ignored: Record<Side, Set<string>>;
	/** Ids of lone records that a row is counted for. */
	covered: Record<Side, Set<string>>;
	keptApart: Map<string, Set<string>>;
	/** Users linked in another flow, the whole rows of other flows by Wix id, and those that wait for a create. */
	linkedElsewhere: { users: Set<string>; byWixId: Map<string, LinkRow>; waiting: LinkRow[] };
	vanished: Vanished[];
	relinked: Set<Row>;
	/** Rows with a write that was sent and only waits to be seen. */
	underWay: Set<Row>;
	writes: WriteIntent[];
	/** Writes that wait for an address which is about to be free. */
	waiting: WriteIntent[];
	/** What a person answered, by the write that follows from it. */
	answers: Map<WriteIntent, Matter[]>;
	/** Planned updates by `side`, line break, record id. */
	writesByRecord: Map<string, WriteIntent>;
	/** Links that go over to another record. */
	moves: Array<{ row: Row; side: Side; from: string; to: string }>;
	unlinks: UnlinkIntent[];
	verifies: VerifyIntent[];
	/** Rows that are taken out of the plan and of the table. */
	removed: Set<Row>;
	removals: LinkRow[];
	/** Rows of links that two runs added at once: the same as one that stays. */
	doubles: LinkRow[];
}

/**
 * Reads the input into a fresh state.
 * @throws PlanInputError for invalid rules or policies
 */
export function openState(input: PlanInput): PlanState {
	const flow = compileFlow(input.dataFlow);
	checkPolicies(input.policies);
	const nowMs = checkNow(input.now, 'now');
	const listing = {
		wix: readListing(flow, 'wix', input.wixRecords, input.complete.wix),
		users: readListing(flow, 'users', input.users, input.complete.users),
	};
	const lookUp = lookUpIn(listing, flow);
	const leaveAlone =
		input.policies.memberContacts === 'leaveAlone' && flow.flow.wixEntity === 'contact';
	const review = new ReviewBoard(flow.flow.id, input.review, lookUp);
	for (const side of ['wix', 'users'] as const) {
		const { withoutId } = listing[side];
		if (withoutId > 0)
			review.add({
				reason: 'badValue',
				wixIds: [],
				userIds: [],
				...words.withoutId(side, withoutId),
			});
	}
	return {
		flow,
		policies: input.policies,
		now: input.now,
		nowMs,
		readFromMs: checkNow(input.readFrom, 'readFrom'),
		full: listing.wix.complete && listing.users.complete,
		listing,
		lookUp,
		leftAlone: new Set(leaveAlone ? input.memberContactIds : []),
		review,
		tally: new Tally(),
		rows: [],
		unlinkedRows: [],
		otherRows: [],
		frozen: new Set(),
		united: new Set(),
		leased: new Set(),
		taken: { wix: new TakenIds(listing.wix.byId), users: new TakenIds(listing.users.byId) },
		ignored: { wix: new Set(), users: new Set() },
		covered: { wix: new Set(), users: new Set() },
		keptApart: new Map(),
		linkedElsewhere: { users: new Set(), byWixId: new Map(), waiting: [] },
		vanished: [],
		relinked: new Set(),
		underWay: new Set(),
		writes: [],
		waiting: [],
		answers: new Map(),
		writesByRecord: new Map(),
		moves: [],
		unlinks: [],
		verifies: [],
		removed: new Set(),
		removals: [],
		doubles: [],
	};
}

/** What the run has read of a record; a field that holds nothing usable is left out. */
function lookUpIn(listing: PlanState['listing'], { properties }: CompiledFlow): LookUp {
	return (side, id) => {
		const known = listing[side].byId.get(id);
		if (known === undefined) return undefined;
		const fields = properties.flatMap(({ keyOn, unique }, index) => {
			const { value, fault } = known.reading(index);
			return fault === undefined ? [{ path: keyOn[side], value, isAddress: unique }] : [];
		});
		return { name: nameIn(known.record), fields };
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

/** Whether a record is to be left alone, or belongs to another flow: no link may lead to it. */
export function isBarred(state: PlanState, side: Side, id: string): boolean {
	return state.ignored[side].has(id) || (side === 'wix' && state.leftAlone.has(id));
}

/** A record as an answer names it. */
export const namedRecord = (state: PlanState, side: Side, id: string): Named => ({
	id,
	name: personOf(state.lookUp(side, id)),
});

/** A matter about records that are in no row, with ids of their own sides. */
export function matterOf(
	reason: Matter['reason'],
	records: readonly SideRecord[],
	said: Words,
): Matter {
	const idsOn = (side: Side) =>
		records.filter((record) => record.side === side).map((record) => record.id);
	return { reason, wixIds: idsOn('wix'), userIds: idsOn('users'), ...said };
}

/** Lists records in review under `reason`. */
export function reviewRecords(
	state: PlanState,
	reason: 'ambiguous' | 'addressTaken' | 'badValue',
	records: readonly SideRecord[],
	said: Words,
): void {
	state.review.add(matterOf(reason, records, said));
	for (const record of records) state.tally.mark(record, 'review');
}

/** A matter about the two of a row. A record that is not listed is known by the address that both last held. */
export function rowMatter(
	state: PlanState,
	row: Row,
	reason: Matter['reason'],
	said: Words,
): Matter {
	const held = state.flow.properties
		.filter(({ unique }) => unique)
		.map(({ key }) => row.base.get(key));
	const remembered = held.find((value) => !isBlank(value));
	return {
		reason,
		wixIds: [row.wixId],
		userIds: [row.userId],
		...said,
		...(remembered === undefined ? {} : { remembered: String(remembered) }),
	};
}

/** Lists a row in review and counts it. */
export function reviewRow(state: PlanState, row: Row, reason: Matter['reason'], said: Words): void {
	state.review.add(rowMatter(state, row, reason, said));
	state.tally.mark(row, reason === 'refused' ? 'refused' : 'review');
}

/** Leaves a row alone in this run. */
export function freeze(state: PlanState, row: Row, note: () => void): void {
	if (state.frozen.has(row)) return;
	state.frozen.add(row);
	note();
}

/** Takes a row out of the plan and out of the table. */
export function removeRow(state: PlanState, row: Row): void {
	state.removed.add(row);
	state.tally.drop(row);
	if (row.source !== undefined) state.removals.push(removedLink(row.source));
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
