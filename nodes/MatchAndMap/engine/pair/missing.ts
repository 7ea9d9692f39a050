import type { Side } from '../../../shared/contract';
import { ask, words } from '../ask';
import { aboutRow, keptApart, type Decision } from '../decision';
import {
	hasNoBase,
	idOn,
	isComplete,
	isKnownGone,
	isOutside,
	movedTo,
	otherSide,
	rowIdentity,
	withId,
	withoutFindings,
	type Known,
	type Row,
} from '../read';
import type { Pairing } from './pairing';

const sides = ['users', 'wix'] as const;

/**
 * Looks after one row: takes it for a pair; or, where a record is not in a whole list, heals a merged one, asks for a look-up, or
 * takes the row for one that lacks a record.
 */
export function lookFor(pairing: Pairing, asRead: Row): void {
	const healed = heal(pairing, asRead);
	if (healed === undefined) return;
	const row = withoutSeen(pairing, healed);
	if (!isComplete(row)) {
		const side: Side = row.wixId === '' ? 'wix' : 'users';
		const source = pairing.recordOf(row, otherSide(side));
		pairing.halves.push({ row, side, source, isVanished: false, isDoubtful: false });
		return;
	}
	const missing = sides.filter(
		(side) => pairing.recordOf(row, side) === undefined && pairing.known.records[side].isWhole,
	);
	if (missing.length === 0) pairing.link(row, rowIdentity(asRead.source ?? asRead).linkId === '');
	else pairing.decided.push(...missed(pairing, row, missing));
}

function missed(pairing: Pairing, row: Row, missing: readonly Side[]): Decision[] {
	const { known } = pairing;
	// Typed by a person with an id that nobody has: never in sync, nothing under way
	if (hasNoBase(row) && row.pending.length === 0) {
		const columns = missing.map((side) => (side === 'wix' ? 'wixId' : 'userId')).join(' and ');
		pairing.askAbout(
			row,
			aboutRow(
				known.rules,
				row,
				'badLink',
				words.badLink(`no record has the id in its ${columns}`),
			),
		);
		return [];
	}
	const unproved = unprovedOf(known, row, missing);
	if (unproved !== undefined) return [unproved];
	const [side = 'users', other] = missing;
	if (other !== undefined)
		return [{ row, outcome: 'vanished', because: { code: 'bothGone' }, gone: side }];
	const source = pairing.recordOf(row, otherSide(side));
	if (source === undefined || !known.isFull)
		return [{ row, outcome: 'waitingForFullRun', because: { code: 'unseen', side } }];
	pairing.halves.push({ row, side, source, isVanished: true, isDoubtful: false });
	return [];
}

/**
 * What comes of a row until look-ups have proved that these records are gone: one that was not looked up yet is, in this run; one
 * outside the list stays as it is. Undefined where all is proved.
 */
export function unprovedOf(
	{ rules }: Known,
	row: Row,
	missing: readonly Side[],
): Decision | undefined {
	const unproved = missing.filter((side) => !isKnownGone(row, side));
	if (unproved.length === 0) return undefined;
	const lookUps = unproved.filter((side) => !isOutside(row, side, rules.nowMs));
	return lookUps.length > 0
		? { row, outcome: 'waiting', because: { code: 'lookUp' }, lookUps, isLeft: true }
		: { row, outcome: 'outside', because: { code: 'outside' }, isLeft: true };
}

/** What was found out about records that are listed is void. */
export function withoutSeen({ known }: Pick<Pairing, 'known'>, row: Row): Row {
	if (row.pending.length === 0) return row;
	const has = (side: Side) => known.records[side].byId.has(idOn(row, side));
	return sides.filter(has).reduce(withoutFindings, row);
}

/**
 * Takes a link over to the record that its own was merged into, once that one is listed and free.
 * @returns undefined where the row is left alone in this run
 */
function heal(pairing: Pairing, asRead: Row): Row | undefined {
	const { known, decided, taken } = pairing;
	let row = asRead;
	for (const side of sides) {
		const id = movedTo(row, side);
		if (id === '' || pairing.recordOf(row, side) !== undefined) continue;
		const isElsewhere = side === 'users' && known.ledger.elsewhere.users.has(id);
		const healed = withoutFindings(withId(row, side, id), side);
		if (taken[side].has(id) || isElsewhere) settleMerged(pairing, asRead, side, id);
		else if (pairing.isBarred(side, id))
			decided.push({ row: asRead, outcome: 'ignored', because: { code: 'barred' } });
		else if (pairing.isKeptApart(healed.wixId, healed.userId))
			pairing.askAbout(asRead, keptApart(known.rules, asRead));
		else if (!known.records[side].byId.has(id) && !known.isFull)
			decided.push({
				row: asRead,
				outcome: 'waitingForFullRun',
				because: { code: 'unseen', side },
			});
		else {
			row = healed;
			taken[side].add(id);
			continue;
		}
		return undefined;
	}
	return row;
}

function settleMerged(pairing: Pairing, row: Row, side: Side, id: string): void {
	const [wixIds, userIds] = [[row.wixId], [row.userId]];
	(side === 'wix' ? wixIds : userIds).push(id);
	const question = ask('mergedIntoLinked', { wixIds, userIds }, words.mergedIntoLinked(side));
	if (pairing.known.questions.answerTo(question) === 'unlink')
		pairing.remove(row, { code: 'mergedIntoLinked', side, ids: [id] }, [question]);
	else pairing.askAbout(row, question);
}
