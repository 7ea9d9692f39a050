import type { Side } from '../../../shared/contract';
import { words, type Question } from '../ask';
import { aboutRow, type Decision, type Write } from '../decision';
import { unprovedOf, withoutSeen, type Half, type Paired } from '../pair';
import {
	baseOf,
	idOn,
	isKnownGone,
	isLeased,
	isRecent,
	isRemoval,
	otherSide,
	rememberedKey,
	type Known,
	type Row,
	type SideRecord,
} from '../read';
import type { AddressBook } from './addresses';
import { canCreateFrom, createFor } from './creates';

const sides = ['wix', 'users'] as const;

export type Books = (side: Side) => AddressBook;

/** A contact has no such state; a member can be blocked. */
const canDeactivate = ({ rules }: Known, { side }: SideRecord) =>
	side === 'users' || rules.flow.wixEntity === 'member';

/** Applies the policy to a linked row with a record that is confirmed gone and that no other record took the place of. */
export function decideGone(
	known: Known,
	{ row, side }: Half,
	survivor: SideRecord,
	books: Books,
): Decision {
	const { vanished } = known.rules.policies;
	if (vanished === 'recreate' && canCreateFrom(known, survivor))
		return createFor(known, survivor, books(side), row);
	const isLeft = vanished === 'unlink' || vanished === 'recreate' || isEdited(known, row, survivor);
	if (
		isLeft ||
		survivor.fault !== undefined ||
		(vanished === 'deactivate' && !canDeactivate(known, survivor))
	)
		return {
			row,
			outcome: 'vanished',
			because: { code: 'vanished', side, ids: [idOn(row, side)] },
			gone: side,
			questions: [vanishedQuestion(known, row, survivor)],
		};
	return remove(known, row, survivor, vanished, 'vanished');
}

/** An edit on the record that is left would be lost with it: a person decides. */
const isEdited = ({ rules }: Known, row: Row, survivor: SideRecord): boolean =>
	rules.properties.some(({ key, compare, type }, index) => {
		const held = survivor.key(index);
		const isOurs = row.pending.some(
			(entry) =>
				entry.side === survivor.side &&
				entry.property === key &&
				rememberedKey(entry.to, compare, type) === held,
		);
		return held !== rememberedKey(baseOf(row, key), compare, type) && !isOurs;
	});

/** The write that removes what is left; or the question, where that was refused. */
function remove(
	{ rules, questions }: Known,
	row: Row,
	survivor: SideRecord,
	operation: 'deactivate' | 'delete',
	reason: 'vanished' | 'answer',
): Decision {
	const { side } = survivor;
	const earlier = row.pending.find((entry) => entry.side === side && entry.operation === operation);
	const { outcome, at = '', code = '' } = earlier ?? {};
	if (outcome === 'refused' || (outcome === 'refusedForNow' && isRecent(at, rules.nowMs))) {
		const said = words.removalRefused(operation, side, code);
		const question = aboutRow(rules, row, 'refused', said);
		const because = { code: 'refused' as const, side };
		return questions.answerTo(question) === 'leaveAlone'
			? leftAlone(row, question)
			: { row, outcome: 'refused', because, questions: [question] };
	}
	const values = rules.properties.map((property, index) => ({
		...{ property, expected: survivor.value(index), to: null, toKey: '', reason },
		...(outcome === 'announced' ? { announcedAt: at } : {}),
	}));
	const isKnown = earlier !== undefined;
	const write: Write = { side, operation, recordId: survivor.id, values, isKnown };
	return { row, outcome: 'changed', because: { code: reason, side }, write };
}

const leftAlone = (row: Row, question: Question): Decision => ({
	row: { ...row, state: 'ignored' },
	outcome: 'ignored',
	because: { code: 'answered' },
	answered: [question],
});

function vanishedQuestion(known: Known, row: Row, survivor: SideRecord): Question {
	const side = otherSide(survivor.side);
	const can = {
		create: canCreateFrom(known, survivor),
		deactivate: canDeactivate(known, survivor),
	};
	const said = words.vanished(isKnownGone(row, side) ? side : '', can);
	return aboutRow(known.rules, row, 'vanished', said);
}

/** What comes of a row that has lost a record, and the records that it counts for. */
export interface UnlinkedDecision {
	decision: Decision;
	covers: readonly SideRecord[];
}

/**
 * Looks after a row that lost a record: asks a person what is to become of the other one, carries out the answer, and is done
 * with a row whose records are both gone. Only a full run.
 * @param isCounted whether the record counts for itself: it is linked elsewhere, or a question about it is open
 */
export function decideUnlinked(
	{ known, taken }: Paired,
	asRead: Row,
	isCounted: (record: SideRecord) => boolean,
	books: Books,
): UnlinkedDecision {
	const listed = (row: Row) =>
		sides.flatMap((side) => known.records[side].byId.get(idOn(row, side)) ?? []);
	if (isLeased(asRead, known.rules.readFromMs)) {
		const because = { code: 'leased' as const };
		const decision: Decision = { row: asRead, outcome: 'waiting', because, isLeft: true };
		return { decision, covers: listed(asRead) };
	}
	const row = withoutSeen({ known }, asRead);
	const left = listed(row);
	const unseen = sides.filter(
		(side) => idOn(row, side) !== '' && !known.records[side].byId.has(idOn(row, side)),
	);
	const unproved = unprovedOf(known, row, unseen);
	if (unproved !== undefined) return { decision: unproved, covers: left };
	const [survivor] = left;
	if (survivor === undefined) {
		const decision: Decision = { row: { ...row, state: 'removed' }, because: { code: 'bothGone' } };
		return { decision, covers: [] };
	}
	// Linked elsewhere by now: nothing is left to ask
	if (left.length > 1 || taken[survivor.side].bears(survivor))
		return { decision: { row, because: { code: 'superseded' } }, covers: [] };
	const decision = decideLeft(known, row, survivor, books);
	const isOwn = decision.write !== undefined || decision.kept !== undefined;
	if (isOwn || (survivor.fault === undefined && !isCounted(survivor)))
		return { decision, covers: [survivor] };
	return { decision: { ...decision, outcome: undefined }, covers: [] };
}

function decideLeft(known: Known, row: Row, survivor: SideRecord, books: Books): Decision {
	// Removed by us: it was decided
	if (row.pending.some((entry) => isRemoval(entry) && entry.outcome === 'sent'))
		return { row, outcome: 'vanished', because: { code: 'removedByUs', side: survivor.side } };
	const question = vanishedQuestion(known, row, survivor);
	const answer = known.questions.answerTo(question);
	const removal = canDeactivate(known, survivor) ? 'deactivate' : 'delete';
	if (answer === 'leaveAlone') return leftAlone(row, question);
	if (answer === 'createAgain')
		return carriedOut(createFor(known, survivor, books(otherSide(survivor.side)), row), question);
	if (answer.startsWith('removeOther')) {
		const operation = answer === 'removeOther' ? removal : 'delete';
		return carriedOut(remove(known, row, survivor, operation, 'answer'), question);
	}
	const because = { code: 'vanished' as const, side: otherSide(survivor.side) };
	return { row, outcome: 'vanished', because, questions: [question] };
}

/** Where the answer comes to no write yet, it stays for a later run. */
function carriedOut(decision: Decision, question: Question): Decision {
	const { write } = decision;
	if (write === undefined) return { ...decision, kept: [question] };
	const values = write.values.map((value) => ({ ...value, reason: 'answer' as const }));
	return { ...decision, write: { ...write, values }, answered: [question] };
}
