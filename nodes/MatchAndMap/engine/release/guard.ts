import type { JsonObject, Report, Side } from '../../../shared/contract';
import { hashText } from '../../../shared/hash';
import { ask, counted, sideName, words } from '../ask';
import type { Decision, Write } from '../decision';
import type { Paired } from '../pair';
import { idOn, isRemoval, knowsNobody, rowIdentity, type Row } from '../read';

/** Of these a run may always do so many, whatever their share. */
const mostByShare = 3;

const sides = ['wix', 'users'] as const;

const kinds = ['update', 'create', 'removal', 'unlink', 'move', 'missing'] as const;

/** What the guard weighs, each step once: when it first gets into a row. */
interface Weighed {
	kind: (typeof kinds)[number];
	side: Side;
	/** Names the step: any further edit gives another text. */
	line: string;
}

/** What the guard found, and the question or the answer that goes with it. */
export interface Judgement {
	guard: Report['guard'];
	decision: Decision | undefined;
}

/** Stops a plan that is larger than a person would expect, unless that very plan was approved. */
export function judge(paired: Paired, decisions: readonly Decision[]): Judgement {
	const { rules, questions } = paired.known;
	const weighed = decisions.flatMap(weigh);
	const planHash = hashText(
		weighed
			.map(({ line }) => line)
			.sort()
			.join('\n'),
	);
	const changed = (side: Side) =>
		weighed.filter((each) => each.side === side && each.kind !== 'missing').length;
	const found = { wouldChange: { wix: changed('wix'), users: changed('users') }, planHash };
	const because = { code: 'guard' as const };
	const linked = {
		wix: linkedOn(paired, decisions, 'wix'),
		users: linkedOn(paired, decisions, 'users'),
	};
	const empty = sides.find((side) => isEmptyAgainst(paired, side, linked[side]));
	const reasons = sides.flatMap((side) => exceeded(paired, side, weighed, linked[side]));
	const isApproved = rules.policies.approvedPlan.trim() === planHash;
	if (empty === undefined && (reasons.length === 0 || isApproved))
		return { guard: { tripped: false, ...found }, decision: undefined };
	const question =
		empty === undefined
			? ask('guard', {}, words.guard(reasons, planHash))
			: ask('guard', {}, words.guardEmptySide(empty));
	const tripped = questions.answerTo(question) === '';
	const decision = tripped ? { because, questions: [question] } : { because, answered: [question] };
	return { guard: { tripped, ...found }, decision };
}

const nothing: Weighed[] = [];

function weigh({ row, write, gone, lookUps = [] }: Decision): Weighed[] {
	if (row === undefined || (row.source === undefined && write === undefined)) return nothing;
	const of = (
		kind: Weighed['kind'],
		side: Side,
		recordId: string,
		what: unknown = '',
	): Weighed => ({
		...{ kind, side, line: JSON.stringify([side, kind, row.linkId, recordId, what]) },
	});
	return [
		...(write === undefined || write.isKnown
			? []
			: [of(kindOf(write), write.side, write.recordId, whatOf(write))]),
		...(gone === undefined ? [] : [of('unlink', gone, idOn(row, gone))]),
		...movesOf(row).map(({ side, from, to }) => of('move', side, from, to)),
		// A look-up that is in the row already: a run before has asked, or asks anew what it knew
		...lookUps
			.filter(
				(side) =>
					!row.readPending.some((entry) => entry.operation === 'verify' && entry.side === side),
			)
			.map((side) => of('missing', side, idOn(row, side))),
	];
}

const kindOf = ({ operation }: Write): Weighed['kind'] =>
	isRemoval({ operation }) ? 'removal' : operation === 'create' ? 'create' : 'update';

function whatOf({ side, operation, values }: Write): JsonObject[] {
	const before: JsonObject = {};
	const after: JsonObject = {};
	for (const { property, expected, to } of values) {
		before[property.keyOn[side]] = expected;
		after[property.keyOn[side]] = to;
	}
	return isRemoval({ operation }) ? [before, {}] : [before, after];
}

/** Links that go over to another record. */
function movesOf(row: Row) {
	if (row.source === undefined || row.state !== 'linked') return [];
	const source = rowIdentity(row.source);
	return sides.flatMap((side) => {
		const [from, to] = [idOn(source, side), idOn(row, side)];
		return from === '' || to === '' || from === to ? [] : [{ side, from, to }];
	});
}

/** Linked records of a side as the run found them: links that this plan makes do not raise the limit. */
function linkedOn({ atRest }: Paired, decisions: readonly Decision[], side: Side): number {
	const isLinked = ({ row, because }: Decision) => {
		if (row?.source === undefined || because.code === 'superseded') return false;
		const source = rowIdentity(row.source);
		return source.state === 'linked' && idOn(source, side) !== '';
	};
	return atRest.length + decisions.filter(isLinked).length;
}

function isEmptyAgainst({ known: { records } }: Paired, side: Side, linked: number): boolean {
	const { isWhole, byId } = records[side];
	return isWhole && byId.size === 0 && linked > 0;
}

/** Why the plan is stopped, in words; nothing where it may pass. */
function exceeded(
	paired: Paired,
	side: Side,
	weighed: readonly Weighed[],
	linked: number,
): string[] {
	const { guard } = paired.known.rules.policies;
	if (guard === null) return [];
	const isMuch = (number: number) => linked === 0 || number * 100 > guard.percent * linked;
	const noun = side === 'wix' ? 'Wix record' : 'user';
	const share = linked === 0 ? '' : ` of ${linked} that are linked`;
	return kinds.flatMap((kind) => {
		const number = weighed.filter((each) => each.side === side && each.kind === kind).length;
		const count = counted(number, noun);
		if (kind === 'create' && number > 0 && isFirstLink(paired))
			return [`This would be the first link, and it would also create ${count}.`];
		const most = kind === 'update' ? guard.records : mostByShare;
		return number > most && isMuch(number) ? [`${tooMany[kind](count, side)}${share}.`] : [];
	});
}

const tooMany: Record<Weighed['kind'], (count: string, side: Side) => string> = {
	update: (count) => `This run would change ${count}`,
	create: (count) => `This run would create ${count}`,
	removal: (count) => `This run would deactivate or delete ${count}`,
	unlink: (count) => `This run would unlink ${count}`,
	move: (count) => `This run would link others in the place of ${count}`,
	missing: (count, side) => `The list from ${sideName[side]} counts as complete and lacks ${count}`,
};

/** Nobody was ever linked in this flow, and there are people on both sides. */
const isFirstLink = ({ known }: Paired): boolean =>
	knowsNobody(known) && known.records.wix.byId.size > 0 && known.records.users.byId.size > 0;
