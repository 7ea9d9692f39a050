import type { Side } from '../../shared/contract';
import type { WriteIntent } from './intents';
import {
	isQuiet,
	mergeProperty,
	type MergeReview,
	type PropertyReview,
	type PropertyWrite,
	type Seen,
} from './merge';
import { pairWords, words, type Choice, type FieldFacts } from './matters';
import type { Matter } from './review';
import type { Row } from './rows';
import { recordOf, reviewRow, rowMatter, type PlanState } from './state';

/** Whether a linked row agrees on both sides with what it remembers, and nothing is under way on it. */
export function isAtRest(state: PlanState, row: Row): boolean {
	if (row.pending.length > 0) return false;
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

/** A matter that a person has answered, and the side that the answer writes to. */
interface Answered {
	matter: Matter;
	side: Side;
}

/** A property that a person has to decide on, with what is known of it. */
interface Open {
	review: PropertyReview;
	facts: FieldFacts;
}

/** Merges every property of one linked row. One write per row and run: users first, the other side on the next run. */
export function mergeRow(state: PlanState, row: Row): void {
	const records = { wix: recordOf(state, row, 'wix'), users: recordOf(state, row, 'users') };
	const writes: PropertyWrite[] = [];
	const open: Open[] = [];
	state.flow.properties.forEach((property, index) => {
		const seen: Seen = { wix: records.wix?.reading(index), users: records.users?.reading(index) };
		const base = row.base.get(property.key);
		const verdict = mergeProperty(row, property, seen, state);
		switch (verdict.kind) {
			case 'write':
				writes.push(verdict);
				return;
			case 'review':
				open.push({
					review: verdict,
					facts: {
						field: property.keyOn.wix,
						wix: seen.wix?.value ?? null,
						users: seen.users?.value ?? null,
						base,
						side: verdict.side,
						code: verdict.code,
						days: state.policies.pendingDays,
						refusing: verdict.refusing,
					},
				});
				return;
			case 'skipped':
				listFault(state, row, seen, property.keyOn);
				return;
			case 'waiting':
				state.underWay.add(row);
				state.tally.mark(row, 'waiting');
				return;
			case 'waitingForFullRun':
				state.tally.mark(row, 'waitingForFullRun');
		}
	});
	state.tally.mark(row, 'inSync');
	const answered = askAbout(state, row, open, writes);
	if (writes.length > 0)
		planWrite(
			state,
			row,
			writes,
			records.wix?.id ?? row.wixId,
			records.users?.id ?? row.userId,
			answered,
		);
}

/** Lists what is open, by reason; what a person has answered becomes a write. @returns the matters that were answered */
function askAbout(
	state: PlanState,
	row: Row,
	open: readonly Open[],
	writes: PropertyWrite[],
): Answered[] {
	const answered: Answered[] = [];
	for (const reason of new Set(open.map(({ review }) => review.reason))) {
		const parts = open.filter(({ review }) => review.reason === reason);
		const matter = matterAbout(state, row, reason, parts);
		const answer = row.source === undefined ? '' : state.review.take(matter);
		if (answer === 'leaveAlone') row.state = 'ignored';
		else if (answer === 'keepApart') row.state = 'keepApart';
		else if (answer === 'wixWins' || answer === 'usersWin') {
			const chosen = parts.flatMap(({ review }) => review.choices[answer] ?? []);
			writes.push(...chosen);
			answered.push({ matter, side: answer === 'wixWins' ? 'users' : 'wix' });
			continue;
		} else {
			state.review.add(matter);
			state.tally.mark(row, reason === 'refused' ? 'refused' : 'review');
			continue;
		}
		writes.length = 0;
		state.tally.mark(row, 'ignored');
		return [];
	}
	return answered;
}

function matterAbout(
	state: PlanState,
	row: Row,
	reason: MergeReview,
	parts: readonly Open[],
): Matter {
	const choices = parts.flatMap(({ review: { choices: by } }): Choice[] => [
		...(by.wixWins === undefined ? [] : [{ winner: 'wix' as const, value: by.wixWins.value.to }]),
		...(by.usersWin === undefined
			? []
			: [{ winner: 'users' as const, value: by.usersWin.value.to }]),
	]);
	const said = pairWords(
		reason,
		parts.map(({ facts }) => facts),
		choices,
	);
	const matter = rowMatter(state, row, reason, said);
	const others = (side: Side) =>
		parts.flatMap(({ review }) => (review.side === side ? review.others : []));
	return {
		...matter,
		wixIds: [...matter.wixIds, ...others('wix')],
		userIds: [...matter.userIds, ...others('users')],
	};
}

function planWrite(
	state: PlanState,
	row: Row,
	writes: readonly PropertyWrite[],
	wixId: string,
	userId: string,
	answered: readonly Answered[],
): void {
	// Nothing is sent for a link in the run that adds it: a double that a run beside may have added is united first
	if (row.source === undefined) return;
	const side: Side = writes.some((write) => write.side === 'users') ? 'users' : 'wix';
	const now = writes.filter((write) => write.side === side);
	if (now.length < writes.length) state.tally.mark(row, 'waiting');
	const values = now.map((write) => write.value);
	const intent: WriteIntent = {
		row,
		side,
		operation: 'update',
		recordId: side === 'wix' ? wixId : userId,
		values,
		isKnown: values.every((value) => isKnownStep(row, side, value)),
	};
	state.writes.push(intent);
	const used = answered.filter((one) => one.side === side);
	if (used.length > 0)
		state.answers.set(
			intent,
			used.map(({ matter }) => matter),
		);
	for (const { matter } of answered.filter((one) => one.side !== side)) state.review.keep(matter);
}

/** Whether the row holds this very step already, whatever became of it: the guard weighed it when it got there. */
function isKnownStep(row: Row, side: Side, { property, to }: PropertyWrite['value']): boolean {
	return row.readPending.some(
		(entry) => entry.side === side && entry.property === property.key && entry.to === to,
	);
}

function listFault(state: PlanState, row: Row, seen: Seen, keyOn: Record<Side, string>): void {
	for (const side of ['wix', 'users'] as const) {
		const fault = seen[side]?.fault;
		if (fault !== undefined) reviewRow(state, row, 'badValue', words.badValue(keyOn[side], fault));
	}
}
