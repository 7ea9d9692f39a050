import type { LinkRow, Plan, PlanInput, Side } from '../../shared/contract';
import { AddressBook, AddressBooks } from './addresses';
import { announce, announceVerify, hold, leaseUntil, unlink } from './announce';
import { countWaitingCreates, planCreates } from './creates';
import { shareDoubles } from './doubles';
import { judge } from './guard';
import { takeOverFromContacts } from './handover';
import { reasonOf, type PlannedStep, type WriteIntent } from './intents';
import { loadRows } from './loadRows';
import { countLone } from './lone';
import { match, type Unmatched } from './matching';
import { words } from './matters';
import { mergeRow } from './mergePairs';
import { isThere } from './missing';
import { makeReport } from './report';
import { resumeCreates } from './resume';
import { changedLink, idOn, type Row } from './rows';
import { openState, rowMatter, type PlanState } from './state';
import { Trial } from './trial';
import { listVanished, settleUnlinked, settleVanished } from './vanishing';
import { orderUpdates, type Held } from './writeOrder';

const sides = ['users', 'wix'] as const;

/** A plan, and what it was made from: what the report and an explanation are read off. */
export interface MadePlan {
	plan: Plan;
	state: PlanState;
	/** What this run sends, looks up, or notes as wanted. */
	steps: readonly PlannedStep[];
}

/**
 * Plans one run: what to link, what to write on which side, what a person has to decide. Pure and synchronous, linear in
 * records plus links (sorting of hashes aside).
 * @throws PlanInputError for invalid rules or policies, never for data
 */
export const plan = (input: PlanInput): Plan => makePlan(input).plan;

/** As `plan`, with what an explanation needs. */
export function makePlan(input: PlanInput): MadePlan {
	const state = openState(input);
	loadRows(state, input.links);
	for (const row of state.rows) lookAt(state, row);
	const unmatched = state.full ? linkUp(state) : nothingMatched();
	for (const row of state.rows) if (row.isThere && !state.removed.has(row)) mergeRow(state, row);
	const trial = new Trial(state);
	trial.hold();
	const updates = { users: orderSide(state, 'users'), wix: orderSide(state, 'wix') };
	planWhole(state, unmatched);
	trial.hold();
	trial.count();
	return finish(state, input.links, unmatched, updates);
}

function lookAt(state: PlanState, row: Row): void {
	if (state.frozen.has(row) || state.removed.has(row)) return;
	if (row.isQuiet) state.tally.mark(row, 'inSync');
	else row.isThere = isThere(state, row);
}

const nothingMatched = (): Unmatched => ({
	lone: { wix: [], users: [] },
	rowOf: new Map(),
	ambiguous: new Set(),
});

function linkUp(state: PlanState): Unmatched {
	takeOverFromContacts(state);
	return match(state);
}

/** What only a full run does: creates, and what follows from records that are gone. */
function planWhole(state: PlanState, unmatched: Unmatched): void {
	if (!state.full) {
		countWaitingCreates(state);
		return;
	}
	const books = new AddressBooks(state);
	settleVanished(state, unmatched, books);
	resumeCreates(state, unmatched, books);
	settleUnlinked(state, books);
	planCreates(state, unmatched, books);
}

function finish(
	state: PlanState,
	links: readonly LinkRow[],
	unmatched: Unmatched,
	updates: Record<Side, WriteIntent[]>,
): MadePlan {
	const writes = sides.flatMap((side) => inOrder(state, side, updates));
	const { sent, left } = slice(state, writes);
	const wanted = writes.filter(({ row }) => row.source === undefined);
	for (const intent of [...sent, ...wanted]) countWrite(state, intent);
	for (const intent of left) state.tally.mark(intent.row, 'waiting');
	for (const { row, survivorId } of state.unlinks) {
		if (survivorId !== undefined) listVanished(state, row);
		state.tally.mark(row, 'vanished');
	}
	const withoutKey = countLone(state, unmatched);
	const guard = judge(state);
	const steps = [...[...sent, ...wanted].map(stepOf), ...state.verifies.map(lookUpOf)];
	const report = makeReport(state, steps, guard, withoutKey);
	const isHeld = guard.tripped || state.policies.dryRun;
	const review = state.review.rows({ full: state.full, isHeld });
	if (isHeld) return { plan: { report, review, newLinks: [], changedLinks: [] }, state, steps };
	const times = { now: state.now, until: leaseUntil(state.nowMs, sent.length) };
	for (const intent of sent) announce(intent, times);
	for (const intent of [...left, ...wanted, ...state.waiting]) hold(intent, state.now);
	for (const verify of state.verifies) announceVerify(verify, times);
	for (const each of state.unlinks) unlink(each);
	const { sweep, byOne } = shareDoubles(state.doubles, links);
	const saved = savedRows(state, sent, wanted);
	return {
		plan: {
			report: { ...report, sweep },
			review,
			newLinks: saved.added,
			changedLinks: [...saved.changed, ...state.removals, ...byOne],
		},
		state,
		steps,
	};
}

/** What this run sends, and what waits for the next one. Nothing is sent for a row in the run that adds it. */
function slice(
	{ policies }: PlanState,
	writes: readonly WriteIntent[],
): { sent: WriteIntent[]; left: WriteIntent[] } {
	const due = writes.filter(({ row }) => row.source !== undefined);
	const most = policies.writesPerRun === 0 ? due.length : policies.writesPerRun;
	return { sent: due.slice(0, most), left: due.slice(most) };
}

/** The rows to insert, and the known ones to save: first those that announce something, in the order of sending. */
function savedRows(
	state: PlanState,
	sent: readonly WriteIntent[],
	wanted: readonly WriteIntent[],
): { added: LinkRow[]; changed: LinkRow[] } {
	const rows = new Set(sent.map(({ row }) => row));
	for (const list of [
		state.rows,
		state.unlinkedRows,
		state.otherRows,
		wanted.map(({ row }) => row),
	])
		for (const row of list) rows.add(row);
	const added: LinkRow[] = [];
	const changed: LinkRow[] = [];
	for (const row of rows) {
		if (row.isQuiet && row.linkId === row.source?.linkId) continue;
		if (state.removed.has(row) || state.leased.has(row)) continue;
		if (state.frozen.has(row) && !state.united.has(row)) continue;
		const link = changedLink(row);
		if (link !== undefined) (row.source === undefined ? added : changed).push(link);
	}
	return { added, changed };
}

const stepOf = (intent: WriteIntent): PlannedStep => ({
	side: intent.side,
	operation: intent.operation,
	recordId: intent.recordId,
	row: intent.row,
	values: intent.values.map(({ property, expected, to }) => ({
		property: property.key,
		field: property.keyOn[intent.side],
		from: expected,
		to,
	})),
	reason: reasonOf(intent),
});

const lookUpOf = ({ row, side }: { row: Row; side: Side }): PlannedStep => ({
	side,
	operation: 'verify',
	recordId: idOn(row, side),
	row,
	values: [],
	reason: 'unseen',
});

/** Orders the updates of a side; those that have to stay behind are listed and taken out of the plan. */
function orderSide(state: PlanState, side: Side): WriteIntent[] {
	const own = state.writes.filter((intent) => intent.side === side);
	if (own.length === 0) return [];
	const wanted = new Set(own.flatMap(({ values }) => values.map(({ toKey }) => toKey)));
	const doublesPass = side === 'wix' && state.flow.flow.wixEntity === 'contact';
	const { updates, held } = orderUpdates(own, new AddressBook(state, side, wanted), doublesPass);
	listHeld(state, held);
	const dropped = new Set(held.map((one) => one.intent));
	state.writes = state.writes.filter((intent) => !dropped.has(intent));
	for (const intent of updates) state.writesByRecord.set(`${side}\n${intent.recordId}`, intent);
	return updates;
}

function inOrder(
	state: PlanState,
	side: Side,
	updates: Record<Side, WriteIntent[]>,
): WriteIntent[] {
	const of = (operation: WriteIntent['operation']) =>
		state.writes.filter((intent) => intent.side === side && intent.operation === operation);
	return [...updates[side], ...of('create'), ...of('deactivate'), ...of('delete')];
}

/** A matter that several records share is listed once. */
function listHeld(state: PlanState, held: readonly Held[]): void {
	const listed = new Set<readonly string[]>();
	for (const { intent, why, others } of held) {
		const { row, side } = intent;
		state.tally.mark(row, why === 'wait' ? 'waiting' : 'review');
		if (why === 'wait') {
			state.waiting.push(intent);
			continue;
		}
		for (const matter of state.answers.get(intent) ?? []) state.review.keep(matter);
		if (listed.has(others)) continue;
		listed.add(others);
		const address = intent.values.find(({ property }) => property.unique)?.to ?? null;
		const matter = rowMatter(state, row, 'addressTaken', heldWords[why](side, address));
		const own = why === 'taken' ? matter : { wixIds: [], userIds: [] };
		state.review.add({
			...matter,
			wixIds: [...own.wixIds, ...(side === 'wix' ? others : [])],
			userIds: [...own.userIds, ...(side === 'users' ? others : [])],
		});
	}
}

const heldWords = {
	taken: words.addressTaken,
	twice: words.addressTakenTwice,
	cycle: words.addressCycle,
};

function countWrite(state: PlanState, intent: WriteIntent): void {
	state.tally.mark(intent.row, reasonOf(intent) === 'putBack' ? 'putBack' : 'changed');
}
