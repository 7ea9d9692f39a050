import type { LinkRow } from '../../shared/contract';
import { words } from './matters';
import { isAtRest } from './mergePairs';
import { isLeased, isRowFault, linkIdOf, parseRow, flowOf, rowIdentity, type Row } from './rows';
import { freeze, isBarred, isKeptApart, reviewRow, type PlanState } from './state';
import { leaveAloneTwice, oneRowEach } from './twins';

/** Sorts the rows of the links table into the state; rows that cannot be used are listed in review and left alone. */
export function loadRows(state: PlanState, links: readonly LinkRow[]): void {
	const loaded: Loaded = { linked: [], isClean: true, nextWix: 0 };
	for (const link of links) {
		if (rowIdentity(link).state === 'removed') continue;
		const flow = flowOf(link);
		if (flow === state.flow.flow.id || flow === '') loadRow(state, link, loaded);
		else noteOtherFlow(state, link);
	}
	const { linked, isClean } = loaded;
	state.rows = isClean ? linked : oneRowEach(state, linked);
	leaveToOthers(state);
	leaveAloneIgnored(state);
	if (!isClean) leaveAloneTwice(state);
	leaveAloneContradicted(state);
}

interface Loaded {
	linked: Row[];
	/** No id stands in two rows, as is usual: nothing has to be grouped. */
	isClean: boolean;
	/** Where the next row's Wix record is likely to stand: rows were added in the order of the listing. */
	nextWix: number;
}

/** Finds the row's records, at once and once: a row at rest needs no more memory than that. */
function lookUp(state: PlanState, row: Row, loaded: Loaded): void {
	const { taken, listing } = state;
	const likely = listing.wix.records[loaded.nextWix];
	row.wixRecord = likely?.id === row.wixId ? likely : listing.wix.byId.get(row.wixId);
	if (row.wixRecord !== undefined) loaded.nextWix = row.wixRecord.place + 1;
	row.userRecord = listing.users.byId.get(row.userId);
	if (taken.wix.take(row.wixId, row.wixRecord)) loaded.isClean = false;
	if (taken.users.take(row.userId, row.userRecord)) loaded.isClean = false;
	row.isQuiet = isAtRest(state, row);
	if (row.isQuiet) row.base.release();
}

function loadRow(state: PlanState, link: LinkRow, loaded: Loaded): void {
	const row = parseRow(link);
	if (isRowFault(row)) {
		const { rowId, wixId, userId } = rowIdentity(link);
		const said = words.badLink(row.text, rowId);
		state.review.add({ reason: 'badLink', wixIds: [wixId], userIds: [userId], ...said });
		state.tally.mark(row, 'review');
		state.taken.wix.add(wixId);
		state.taken.users.add(userId);
		return;
	}
	if (row.linkId === '') {
		row.linkId = linkIdOf(row.flow, row.wixId, row.userId);
		if (row.state === 'linked') state.tally.mark(row, 'linkedNow');
	}
	if (row.pending.length > 0 && isLeased(row.pending, state.readFromMs)) state.leased.add(row);
	switch (row.state) {
		case 'linked':
			loaded.linked.push(row);
			lookUp(state, row, loaded);
			return;
		case 'unlinked':
			state.unlinkedRows.push(row);
			return;
		case 'ignored':
			if (row.wixId !== '') state.ignored.wix.add(row.wixId);
			if (row.userId !== '') state.ignored.users.add(row.userId);
			break;
		case 'keepApart':
			keepApart(state, row);
			break;
	}
	state.otherRows.push(row);
}

/** Notes that the two of a row are not to be linked. */
export function keepApart(state: PlanState, { wixId, userId }: Row): void {
	state.keptApart.set(wixId, (state.keptApart.get(wixId) ?? new Set()).add(userId));
}

function noteOtherFlow(state: PlanState, link: LinkRow): void {
	const { wixId, userId, state: linkState } = rowIdentity(link);
	if (linkState !== 'linked') return;
	if (userId !== '') state.linkedElsewhere.users.add(userId);
	if (wixId !== '' && userId !== '') state.linkedElsewhere.byWixId.set(wixId, link);
	else state.linkedElsewhere.waiting.push(link);
}

/** Rows that another run is at work on: nothing is sent for them, and nothing is saved on them, not even what this run sees. */
function leaveToOthers(state: PlanState): void {
	for (const row of state.leased) {
		state.review.leave(row.wixId, row.userId);
		if (row.isQuiet) row.isQuiet = false;
		freeze(state, row, () => state.tally.mark(row, 'waiting'));
	}
}

function leaveAloneIgnored(state: PlanState): void {
	const { ignored, leftAlone } = state;
	if (ignored.wix.size + ignored.users.size + leftAlone.size === 0) return;
	for (const row of state.rows) {
		if (isBarred(state, 'wix', row.wixId) || isBarred(state, 'users', row.userId))
			freeze(state, row, () => state.tally.mark(row, 'ignored'));
	}
}

function leaveAloneContradicted(state: PlanState): void {
	if (state.keptApart.size + state.linkedElsewhere.users.size === 0) return;
	for (const row of state.rows) {
		if (isKeptApart(state, row.wixId, row.userId)) {
			freeze(state, row, () => reviewKeptApart(state, row));
		} else if (
			state.linkedElsewhere.users.has(row.userId) &&
			state.flow.flow.wixEntity !== 'member'
		) {
			freeze(state, row, () =>
				reviewRow(state, row, 'linkedInOtherFlow', words.linkedInOtherFlow()),
			);
		}
	}
}

export const reviewKeptApart = (state: PlanState, row: Row) =>
	reviewRow(
		state,
		row,
		'badLink',
		words.badLink('the same two records are to be kept apart by another row'),
	);
