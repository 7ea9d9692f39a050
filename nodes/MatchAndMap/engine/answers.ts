import type { Side } from '../../shared/contract';
import type { SideRecord } from './records';
import type { Matter } from './review';
import { newRow } from './rows';
import type { PlanState } from './state';

/**
 * Carries out what a person answered about records that are in no row: two of them are linked, or one is left alone from now on.
 * @returns false where there is no answer that fits
 */
export function isAnswered(
	state: PlanState,
	matter: Matter,
	link?: (wix: SideRecord, user: SideRecord) => void,
): boolean {
	const [verb, first = '', second = ''] = state.review.take(matter).split(' ');
	const { flow } = state.flow;
	if (verb === 'link') {
		const wix = state.listing.wix.byId.get(first);
		const user = state.listing.users.byId.get(second);
		if (wix === undefined || user === undefined || link === undefined) return false;
		link(wix, user);
		countOthers(state, matter, [wix, user]);
		return true;
	}
	if (verb === 'leaveAlone') {
		const side: Side = first === 'wix' ? 'wix' : 'users';
		const [wixId, userId] = side === 'wix' ? [second, ''] : ['', second];
		state.otherRows.push(newRow(flow.id, wixId, userId, 'ignored'));
		state.ignored[side].add(second);
		countOthers(state, matter, []);
		return true;
	}
	return false;
}

/** The others of a group that was answered are looked at anew by the next run. */
function countOthers(state: PlanState, matter: Matter, settled: readonly SideRecord[]): void {
	const ids = { wix: matter.wixIds, users: matter.userIds };
	for (const side of ['wix', 'users'] as const) {
		for (const id of ids[side]) {
			const record = state.listing[side].byId.get(id);
			if (record === undefined || settled.includes(record)) continue;
			state.tally.mark(record, state.ignored[side].has(id) ? 'ignored' : 'waiting');
		}
	}
}
