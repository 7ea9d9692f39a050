import type { Side } from '../../shared/contract';
import type { WriteIntent } from './intents';
import { isQuiet, mergeProperty, type Seen, type Verdict } from './merge';
import { texts } from './review';
import type { Row } from './rows';
import { recordOf, reviewRow, type PlanState } from './state';

type Write = Extract<Verdict, { kind: 'write' }>;
type Review = Extract<Verdict, { kind: 'review' }>;

/** Whether a linked row agrees on both sides with what it remembers, and nothing is under way or decided on it. */
export function isAtRest(state: PlanState, row: Row): boolean {
	if (row.pending.length > 0 || row.decision !== '' || row.goneSide !== '' || row.movedTo !== '')
		return false;
	const wix = recordOf(state, row, 'wix');
	if (wix === undefined) return false;
	const user = recordOf(state, row, 'users');
	if (user === undefined) return false;
	let index = 0;
	for (const property of state.flow.properties) {
		if (!isQuiet(row, property, index++, wix, user)) return false;
	}
	return true;
}

/** Merges every property of one linked row. One write per row and run: users first, the other side on the next run. */
export function mergeRow(state: PlanState, row: Row): void {
	const records = { wix: recordOf(state, row, 'wix'), users: recordOf(state, row, 'users') };
	const writes: Write[] = [];
	let undecided = false;
	state.flow.properties.forEach((property, index) => {
		const seen: Seen = { wix: records.wix?.reading(index), users: records.users?.reading(index) };
		const verdict = mergeProperty(row, property, seen, state);
		switch (verdict.kind) {
			case 'write':
				writes.push(verdict);
				return;
			case 'review':
				undecided = true;
				listReview(state, row, verdict, property.keyOn.wix);
				return;
			case 'skipped':
				undecided = true;
				listFault(state, row, seen, property.keyOn);
				return;
			case 'waiting':
				state.underWay.add(row);
				undecided = true;
				state.tally.mark(row, 'waiting');
				return;
			case 'waitingForFullRun':
				state.tally.mark(row, 'waitingForFullRun');
		}
	});
	state.tally.mark(row, 'inSync');
	if (writes.length > 0)
		planWrite(state, row, writes, records.wix?.id ?? row.wixId, records.users?.id ?? row.userId);
	const bothSeen = records.wix !== undefined && records.users !== undefined;
	const spent = bothSeen && !undecided && !writes.some((write) => write.usesDecision);
	if (row.decision !== '' && spent) state.clearedDecisions.push(row);
}

function planWrite(
	state: PlanState,
	row: Row,
	writes: readonly Write[],
	wixId: string,
	userId: string,
): void {
	const side: Side = writes.some((write) => write.side === 'users') ? 'users' : 'wix';
	const now = writes.filter((write) => write.side === side);
	if (now.length < writes.length) state.tally.mark(row, 'waiting');
	const intent: WriteIntent = {
		row,
		side,
		operation: 'update',
		recordId: side === 'wix' ? wixId : userId,
		values: now.map((write) => write.value),
		reason: now.find((write) => write.reason !== 'putBack')?.reason ?? 'putBack',
		usesDecision: now.some((write) => write.usesDecision),
	};
	state.writes.push(intent);
}

function listReview(state: PlanState, row: Row, verdict: Review, field: string): void {
	reviewRow(state, row, verdict.reason, wordsOf(state, verdict, field));
}

function wordsOf(
	state: PlanState,
	{ reason, side = 'wix', refusing, code = '' }: Review,
	field: string,
) {
	switch (reason) {
		case 'bothEdited':
			return texts.bothEdited(field, refusing);
		case 'firstLinkDiffers':
			return texts.firstLinkDiffers(field);
		case 'emptied':
			return texts.emptied(field, side);
		case 'notTaken':
			return texts.notTaken(field, side, state.policies.pendingDays);
		case 'refused':
			return texts.refused(field, side, code);
	}
}

function listFault(state: PlanState, row: Row, seen: Seen, keyOn: Record<Side, string>): void {
	for (const side of ['wix', 'users'] as const) {
		const fault = seen[side]?.fault;
		if (fault !== undefined) reviewRow(state, row, 'badValue', texts.badValue(keyOn[side], fault));
	}
}
