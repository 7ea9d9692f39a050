import type { Link, Side } from '../../shared/contract';
import { isAtRest } from './mergePairs';
import { texts } from './review';
import { flowOf, isRowFault, isWhole, linkIdOf, parseRow, rowIdentity, type Row } from './rows';
import { isKeptApart, removeRow, reviewRow, type PlanState } from './state';

/** Sorts the rows of the links table into the state; rows that cannot be used are listed in review and left alone. */
export function loadRows(state: PlanState, links: readonly Link[]): void {
	const loaded: Loaded = { linked: [], isClean: true, nextWix: 0 };
	for (const link of links) {
		const flow = flowOf(link);
		if (flow === state.flow.flow.id || flow === '') loadRow(state, link, loaded);
		else noteOtherFlow(state, link);
	}
	const { linked, isClean } = loaded;
	state.rows = isClean ? linked : withoutSupersededCreates(state, unitedDoubles(state, linked));
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

function loadRow(state: PlanState, link: Link, loaded: Loaded): void {
	const row = parseRow(link);
	if (isRowFault(row)) {
		const { rowId, wixId, userId } = rowIdentity(link);
		state.review.add({
			reason: 'badLink',
			wixIds: [wixId],
			userIds: [userId],
			...texts.badLink(row.text, rowId),
		});
		state.tally.mark(row, 'review');
		state.taken.wix.add(wixId);
		state.taken.users.add(userId);
		return;
	}
	if (row.linkId === '') {
		row.linkId = linkIdOf(row.flow, row.wixId, row.userId);
		if (row.state === 'linked') state.tally.mark(row, 'linkedNow');
	}
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
			state.keptApart.set(row.wixId, (state.keptApart.get(row.wixId) ?? new Set()).add(row.userId));
			break;
	}
	state.otherRows.push(row);
}

function noteOtherFlow(state: PlanState, link: Link): void {
	const { wixId, userId, state: linkState } = rowIdentity(link);
	if (linkState !== 'linked') return;
	if (userId !== '') state.linkedElsewhere.users.add(userId);
	if (wixId !== '' && userId !== '') state.linkedElsewhere.byWixId.set(wixId, link);
	else state.linkedElsewhere.waiting.push(link);
}

/** Two runs at once may have saved one link twice: the older row stays, pendings are united, the others are removed. */
function unitedDoubles(state: PlanState, linked: readonly Row[]): Row[] {
	const byPair = new Map<string, Rows>();
	for (const row of linked) {
		const pair = JSON.stringify([row.wixId, row.userId]);
		group(byPair, pair, row);
	}
	return [...byPair.values()].map((rows) => {
		if (rows.length === 1) return rows[0];
		const [kept, ...doubles] = rows.sort(byRowId);
		unite(kept, doubles);
		// It may have learnt something: looked at and saved like any other
		kept.isQuiet = false;
		state.united.add(kept);
		for (const double of doubles) removeRow(state, double);
		return kept;
	});
}

const byRowId = (left: Row, right: Row) =>
	(left.rowId ?? '').localeCompare(right.rowId ?? '', 'en', { numeric: true });

const certainty = { announced: 0, refusedForNow: 1, sent: 2, refused: 3 };

function unite(kept: Row, doubles: readonly Row[]): void {
	const writes = new Map<string, Row['pending'][number]>();
	for (const row of [kept, ...doubles]) {
		kept.base.fill(row.base.entries());
		for (const entry of row.pending) {
			const write = writeName(entry);
			const known = writes.get(write);
			if (known === undefined || certainty[entry.outcome] > certainty[known.outcome])
				writes.set(write, entry);
		}
		kept.linkId ||= row.linkId;
		kept.decision ||= row.decision;
		kept.movedTo ||= row.movedTo;
		kept.note ||= row.note;
		if (kept.goneSide !== '') continue;
		kept.goneSide = row.goneSide;
		kept.goneConfirmedAt = row.goneConfirmedAt;
	}
	kept.pending = [...writes.values()].sort((left, right) => left.at.localeCompare(right.at, 'en'));
}

const writeName = (entry: Row['pending'][number]) =>
	JSON.stringify([
		entry.operation,
		entry.property,
		entry.side,
		entry.from ?? null,
		entry.to ?? null,
	]);

/** A row that still waits for a create is done with once its record stands in a whole link. */
function withoutSupersededCreates(state: PlanState, rows: readonly Row[]): Row[] {
	const whole = rows.filter(isWhole);
	const wixIds = new Set(whole.map((row) => row.wixId));
	const userIds = new Set(whole.map((row) => row.userId));
	return rows.filter((row) => {
		if (isWhole(row) || !(wixIds.has(row.wixId) || userIds.has(row.userId))) return true;
		removeRow(state, row);
		return false;
	});
}

/** Grouped rows: no group is empty. */
type Rows = [Row, ...Row[]];

function group(rowsBy: Map<string, Rows>, key: string, row: Row): void {
	const rows = rowsBy.get(key);
	if (rows === undefined) rowsBy.set(key, [row]);
	else rows.push(row);
}

function leaveAloneIgnored(state: PlanState): void {
	const { ignored, leftAlone } = state;
	if (ignored.wix.size + ignored.users.size + leftAlone.size === 0) return;
	for (const row of state.rows) {
		const isIgnored =
			ignored.wix.has(row.wixId) || ignored.users.has(row.userId) || leftAlone.has(row.wixId);
		if (isIgnored) freeze(state, row, () => state.tally.mark(row, 'ignored'));
	}
}

function leaveAloneTwice(state: PlanState): void {
	for (const side of ['wix', 'users'] as const) {
		const byId = new Map<string, Rows>();
		for (const row of state.rows) {
			const id = side === 'wix' ? row.wixId : row.userId;
			if (id !== '') group(byId, id, row);
		}
		for (const rows of byId.values()) if (rows.length > 1) reviewTwice(state, rows);
	}
}

function reviewTwice(state: PlanState, rows: readonly Row[]): void {
	const idsOn = (side: Side) => rows.map((row) => (side === 'wix' ? row.wixId : row.userId));
	state.review.add({
		reason: 'linkedTwice',
		wixIds: idsOn('wix'),
		userIds: idsOn('users'),
		...texts.linkedTwice(),
	});
	for (const row of rows) {
		state.tally.mark(row, 'review');
		state.frozen.add(row);
	}
}

function leaveAloneContradicted(state: PlanState): void {
	if (state.keptApart.size + state.linkedElsewhere.users.size === 0) return;
	for (const row of state.rows) {
		if (isKeptApart(state, row.wixId, row.userId)) {
			freeze(state, row, () =>
				reviewRow(
					state,
					row,
					'badLink',
					texts.badLink('the same two records are to be kept apart by another row'),
				),
			);
		} else if (
			state.linkedElsewhere.users.has(row.userId) &&
			state.flow.flow.wixEntity !== 'member'
		) {
			freeze(state, row, () =>
				reviewRow(state, row, 'linkedInOtherFlow', texts.linkedInOtherFlow()),
			);
		}
	}
}

function freeze(state: PlanState, row: Row, note: () => void): void {
	if (state.frozen.has(row)) return;
	state.frozen.add(row);
	note();
}
