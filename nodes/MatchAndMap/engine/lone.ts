import type { Side } from '../../shared/contract';
import type { Unmatched } from './matching';
import { words } from './matters';
import { linkKeyOf, type SideRecord } from './records';
import { isBarred, reviewRecords, type PlanState } from './state';

/** Counts the records that are in no linked row, and lists those with a value that cannot be used. */
export function countLone(state: PlanState, unmatched: Unmatched): Record<Side, number> {
	const withoutKey = { wix: 0, users: 0 };
	for (const side of ['wix', 'users'] as const) {
		for (const record of state.listing[side].records) {
			if (record.isTaken) continue;
			const { id } = record;
			if (isBarred(state, side, id)) state.tally.mark(record, 'ignored');
			else if (!state.covered[side].has(id) && !unmatched.rowOf.has(record)) {
				if (count(state, record)) withoutKey[side]++;
			}
		}
	}
	return withoutKey;
}

/** @returns whether the record has nothing to link by */
function count(state: PlanState, record: SideRecord): boolean {
	if (record.fault !== undefined) {
		reviewRecords(
			state,
			'badValue',
			[record],
			words.badValue(record.fault.field, record.fault.text),
		);
		return false;
	}
	const hasKey = state.flow.rules.some((_, rule) => linkKeyOf(state.flow, record, rule) !== '');
	if (hasKey) state.tally.mark(record, state.full ? 'unmatched' : 'waitingForFullRun');
	else state.tally.mark(record, 'withoutKey');
	return !hasKey;
}
