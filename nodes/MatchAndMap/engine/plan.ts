import type { Change, Plan, PlanInput, Side } from '../../shared/contracts';
import { AddressBook } from './addresses';
import { announce, linkChanges, verifyChange, weigh } from './changes';
import { planCreates, resumeCreates, type Books } from './creates';
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
import { idOn, isWhole } from './rows';
import { openState, type PlanState } from './state';
import { holdOutsiders } from './trial';
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
	const ready = new Set(
		state.rows.filter((row) => isWhole(row) && !state.frozen.has(row) && isThere(state, row)),
	);
	const unmatched = state.full ? linkUp(state) : nothingMatched();
	for (const row of state.rows) {
		const whole = ready.has(row) || state.linkedNow.has(row);
		if (whole && !state.removed.has(row)) mergeRow(state, row);
	}
	planWhole(state, unmatched);
	return finish(state, unmatched);
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
	for (const intent of state.writes)
		state.writesByRecord.set(`${intent.side}\n${intent.recordId}`, intent);
	if (!state.full) return;
	const books: Books = {
		wix: new AddressBook(state, 'wix'),
		users: new AddressBook(state, 'users'),
	};
	settleVanished(state, unmatched, books);
	resumeCreates(state, unmatched, books);
	planCreates(state, unmatched, books);
}

function finish(state: PlanState, unmatched: Unmatched): Plan {
	holdOutsiders(state);
	const ordered = { users: inOrder(state, 'users'), wix: inOrder(state, 'wix') };
	const writes = [...ordered.users, ...ordered.wix];
	for (const intent of writes) countWrite(state, intent);
	for (const unlink of state.unlinks) listVanished(state, unlink.row, unlink.side);
	listUnlinked(state);
	const withoutKey = countLone(state, unmatched);
	const verdict = judge(state, [...writes.map(weigh), ...state.unlinks.map(weighUnlink)]);
	const settled = verdict.tripped ? linkChanges(state, rowsWithout(state, state.relinked)) : [];
	const changes = { users: [] as Change[], wix: [] as Change[] };
	for (const side of sides)
		for (const intent of ordered[side]) changes[side].push(announce(state, intent));
	for (const verify of state.verifies) changes[verify.side].push(verifyChange(verify));
	for (const unlink of state.unlinks) markUnlinked(unlink);
	for (const row of state.clearedDecisions) row.decision = '';
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

function allRows(state: PlanState) {
	const added = state.writes
		.filter((intent) => intent.operation === 'create')
		.map((intent) => intent.row);
	return [...new Set([...state.rows, ...added, ...state.unlinkedRows, ...state.otherRows])];
}

const rowsWithout = (state: PlanState, left: ReadonlySet<unknown>) =>
	[...state.rows, ...state.unlinkedRows, ...state.otherRows].filter((row) => !left.has(row));

function inOrder(state: PlanState, side: Side): WriteIntent[] {
	const own = state.writes.filter((intent) => intent.side === side);
	const of = (operation: WriteIntent['operation']) =>
		own.filter((intent) => intent.operation === operation);
	const doublesPass = side === 'wix' && state.flow.flow.wixEntity === 'contact';
	const { updates, held } = orderUpdates(of('update'), new AddressBook(state, side), doublesPass);
	for (const one of held) listHeld(state, one);
	const dropped = new Set(held.map((one) => one.intent));
	state.writes = state.writes.filter((intent) => !dropped.has(intent));
	return [...updates, ...of('create'), ...of('deactivate'), ...of('delete')];
}

function listHeld(state: PlanState, { intent, why, others }: Held): void {
	const { row, side } = intent;
	if (why === 'wait') {
		state.tally.mark(row, 'waiting');
		return;
	}
	const words = {
		taken: texts.addressTaken,
		twice: texts.addressTakenTwice,
		cycle: texts.addressCycle,
	}[why](side);
	const own =
		why === 'taken' ? { wixIds: [row.wixId], userIds: [row.userId] } : { wixIds: [], userIds: [] };
	const ids =
		side === 'wix'
			? { ...own, wixIds: [...own.wixIds, ...others] }
			: { ...own, userIds: [...own.userIds, ...others] };
	state.review.add({ reason: 'addressTaken', ...ids, ...words });
	state.tally.mark(row, 'review');
}

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
