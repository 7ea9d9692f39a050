import type { Change, Plan, PlanInput, Side } from '../../shared/contract';
import { AddressBook, AddressBooks } from './addresses';
import { announce, linkChanges, verifyChange, weigh } from './changes';
import { countWaitingCreates, planCreates, resumeCreates } from './creates';
import { judge } from './guard';
import { takeOverFromContacts } from './handover';
import type { UnlinkIntent, WriteIntent } from './intents';
import { loadRows } from './loadRows';
import { countLone } from './lone';
import { match, type Unmatched } from './matching';
import { mergeRow } from './mergePairs';
import { isThere } from './missing';
import { makeReport } from './report';
import { texts } from './review';
import { idOn, type Row } from './rows';
import { openState, type PlanState } from './state';
import { Trial } from './trial';
import { listUnlinked, listVanished, settleVanished } from './vanishing';
import { orderUpdates, type Held } from './writeOrder';

const sides = ['users', 'wix'] as const;

/**
 * Plans one run: what to link, what to write on which side, what a person has to decide. Pure and synchronous, linear in
 * records plus links (sorting of hashes aside).
 * @throws PlanInputError for invalid rules or policies, never for data
 */
export function plan(input: PlanInput): Plan {
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
	return finish(state, unmatched, updates);
}

function lookAt(state: PlanState, row: Row): void {
	if (state.frozen.has(row)) return;
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
	planCreates(state, unmatched, books);
}

function finish(
	state: PlanState,
	unmatched: Unmatched,
	updates: Record<Side, WriteIntent[]>,
): Plan {
	const ordered = { users: inOrder(state, 'users', updates), wix: inOrder(state, 'wix', updates) };
	const writes = [...ordered.users, ...ordered.wix];
	for (const intent of writes) countWrite(state, intent);
	for (const { row, side } of state.unlinks) {
		listVanished(state, row, side);
		state.tally.mark(row, 'vanished');
	}
	listUnlinked(state);
	const withoutKey = countLone(state, unmatched);
	const verdict = judge(state, [...writes.map(weigh), ...state.unlinks.map(weighUnlink)]);
	const settled = verdict.tripped ? linkChanges(state, settledRows(state)) : [];
	for (const row of state.clearedDecisions) row.decision = '';
	const changes = { users: [] as Change[], wix: [] as Change[] };
	for (const side of sides)
		for (const intent of ordered[side]) changes[side].push(announce(state, intent));
	for (const verify of state.verifies) changes[verify.side].push(verifyChange(verify));
	for (const unlink of state.unlinks) markUnlinked(unlink);
	const planned = [...changes.users, ...changes.wix];
	const report = makeReport(state, planned, verdict, withoutKey);
	const review = state.review.list();
	const { dryRun } = state.policies;
	const held = verdict.tripped || dryRun;
	return {
		links: dryRun ? [] : verdict.tripped ? settled : linkChanges(state, allRows(state)),
		toUsers: held ? [] : changes.users,
		toWix: held ? [] : changes.wix,
		review,
		report,
	};
}

/** Every row that may have to be saved, those that wait for a create of this plan at the end. */
function allRows(state: PlanState): Row[][] {
	const created = state.writes
		.filter(({ operation, row }) => operation === 'create' && row.source === undefined)
		.map(({ row }) => row);
	return [state.rows, state.unlinkedRows, state.otherRows, created];
}

/** What stands when the guard stops a run: no row that would change its state, none that only waits for a create. */
function settledRows(state: PlanState): Row[][] {
	const rows = state.rows.filter((row) => !state.relinked.has(row));
	return [rows, state.unlinkedRows, state.otherRows];
}

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
		if (why === 'wait' || listed.has(others)) continue;
		listed.add(others);
		const own =
			why === 'taken' ? { wix: [row.wixId], users: [row.userId] } : { wix: [], users: [] };
		const ids = { ...own, [side]: [...own[side], ...others] };
		state.review.add({
			reason: 'addressTaken',
			wixIds: ids.wix,
			userIds: ids.users,
			...heldWords[why](side),
		});
	}
}

const heldWords = {
	taken: texts.addressTaken,
	twice: texts.addressTakenTwice,
	cycle: texts.addressCycle,
};

function countWrite(state: PlanState, { row, reason }: WriteIntent): void {
	state.tally.mark(row, reason === 'putBack' ? 'putBack' : 'changed');
}

const weighUnlink = ({ row, side }: UnlinkIntent) => ({
	side,
	operation: 'unlink',
	linkId: row.linkId,
	recordId: idOn(row, side),
	expected: {},
	set: {},
});

function markUnlinked({ row }: UnlinkIntent): void {
	row.state = 'unlinked';
}
