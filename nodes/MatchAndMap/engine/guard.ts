import type { JsonObject, Report, Side } from '../../shared/contract';
import { hashText } from '../../shared/hash';
import { counted } from './counted';
import { isRemoval } from './findings';
import type { WriteIntent } from './intents';
import { words } from './matters';
import { sideName } from './people';
import type { Matter } from './review';
import { idOn, type Row } from './rows';
import type { PlanState } from './state';

export type Verdict = Report['guard'];

/** Of these a run may always do so many, whatever their share. */
const mostByShare = 3;

/** What the guard weighs, each step once: when it first gets into a row. */
interface Weighed {
	kind: 'update' | 'create' | 'removal' | 'unlink' | 'move' | 'missing';
	side: Side;
	/** Names the step: any further edit gives another text. */
	line: string;
}

const sides = ['wix', 'users'] as const;

/** Stops a plan that is larger than a person would expect, unless that very plan was approved. Adds the matter. */
export function judge(state: PlanState): Verdict {
	const weighed = weigh(state);
	const wouldChange = { wix: 0, users: 0 };
	for (const { side, kind } of weighed) if (kind !== 'missing') wouldChange[side]++;
	const planHash = hashText(
		weighed
			.map(({ line }) => line)
			.sort()
			.join('\n'),
	);
	const linked = { wix: linkedCount(state, 'wix'), users: linkedCount(state, 'users') };
	const empty = sides.find((side) => isEmptyAgainstLinks(state, side, linked[side]));
	if (empty !== undefined) {
		state.review.add(guardMatter(words.guardEmptySide(empty)));
		return { tripped: true, wouldChange, planHash };
	}
	const reasons = sides.flatMap((side) => exceeded(state, side, weighed, linked[side]));
	if (reasons.length === 0 || state.policies.approvedPlan.trim() === planHash)
		return { tripped: false, wouldChange, planHash };
	const matter = guardMatter(words.guard(reasons, planHash));
	const tripped = state.review.take(matter) === '';
	if (tripped) state.review.add(matter);
	return { tripped, wouldChange, planHash };
}

const guardMatter = (said: Pick<Matter, 'question' | 'answers'>): Matter => ({
	reason: 'guard',
	wixIds: [],
	userIds: [],
	...said,
});

function weigh(state: PlanState): Weighed[] {
	const of = (
		kind: Weighed['kind'],
		side: Side,
		row: Row,
		recordId: string,
		what: unknown = '',
	): Weighed => ({ kind, side, line: JSON.stringify([side, kind, row.linkId, recordId, what]) });
	return [
		...[...state.writes, ...state.waiting]
			.filter(({ isKnown }) => !isKnown)
			.map((intent) => of(kindOf(intent), intent.side, intent.row, intent.recordId, what(intent))),
		...state.unlinks.map(({ row, side }) => of('unlink', side, row, idOn(row, side))),
		...state.moves.map(({ row, side, from, to }) => of('move', side, row, from, to)),
		...state.verifies
			.filter(({ row, side }) => !isAsked(row, side))
			.map(({ row, side }) => of('missing', side, row, idOn(row, side))),
	];
}

const kindOf = ({ operation }: WriteIntent): Weighed['kind'] =>
	isRemoval({ operation }) ? 'removal' : operation === 'create' ? 'create' : 'update';

function what({ side, operation, values }: WriteIntent): JsonObject[] {
	const before: JsonObject = {};
	const after: JsonObject = {};
	for (const { property, expected, to } of values) {
		before[property.keyOn[side]] = expected;
		after[property.keyOn[side]] = to;
	}
	return isRemoval({ operation }) ? [before, {}] : [before, after];
}

/** The look-up is in the row already: a run before has asked, or asks anew what it knew. */
const isAsked = (row: Row, side: Side) =>
	row.readPending.some((entry) => entry.operation === 'verify' && entry.side === side);

/** Linked records of a side as the run found them: links that this plan makes do not raise the limit. */
function linkedCount(state: PlanState, side: Side): number {
	let count = 0;
	for (const row of state.rows) {
		const { source } = row;
		if (source === undefined || state.relinked.has(row)) continue;
		if ((side === 'wix' ? source.wixId : source.userId) !== '') count++;
	}
	return count;
}

function isEmptyAgainstLinks(state: PlanState, side: Side, linked: number): boolean {
	const { complete, byId } = state.listing[side];
	return complete && byId.size === 0 && linked > 0;
}

/** Why the plan is stopped, in words; nothing where it may pass. */
function exceeded(
	state: PlanState,
	side: Side,
	weighed: readonly Weighed[],
	linked: number,
): string[] {
	const { guard } = state.policies;
	if (guard === null) return [];
	const count = (kind: Weighed['kind']) =>
		weighed.filter((each) => each.side === side && each.kind === kind).length;
	const isMuch = (number: number) => linked === 0 || number * 100 > guard.percent * linked;
	const noun = side === 'wix' ? 'Wix record' : 'user';
	const share = linked === 0 ? '' : ` of ${linked} that are linked`;
	const updates = count('update');
	const reasons: string[] = [];
	if (updates > guard.records && isMuch(updates))
		reasons.push(`This run would change ${counted(updates, noun)}${share}.`);
	for (const kind of ['create', 'removal', 'unlink', 'move', 'missing'] as const) {
		const number = count(kind);
		if (kind === 'create' && number > 0 && isFirstLink(state)) {
			reasons.push(
				`This would be the first link, and it would also create ${counted(number, noun)}.`,
			);
		} else if (number > mostByShare && isMuch(number)) {
			reasons.push(`${shareWords[kind](counted(number, noun), side)}${share}.`);
		}
	}
	return reasons;
}

const shareWords: Record<
	Exclude<Weighed['kind'], 'update'>,
	(count: string, side: Side) => string
> = {
	create: (count) => `This run would create ${count}`,
	removal: (count) => `This run would deactivate or delete ${count}`,
	unlink: (count) => `This run would unlink ${count}`,
	move: (count) => `This run would link others in the place of ${count}`,
	missing: (count, side) => `The list from ${sideName[side]} counts as complete and lacks ${count}`,
};

/** Nobody was ever linked in this flow, and there are people on both sides. */
function isFirstLink({ rows, unlinkedRows, listing }: PlanState): boolean {
	const isKnown = ({ source }: Row) => source !== undefined;
	if (rows.some(isKnown) || unlinkedRows.some(isKnown)) return false;
	return listing.wix.byId.size > 0 && listing.users.byId.size > 0;
}
