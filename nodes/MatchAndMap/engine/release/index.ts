import type { LinkRow, Outcome, Report } from '../../../shared/contract';
import { grouped } from '../../../shared/grouped';
import type { Decided } from '../decide';
import type { Decision, Write } from '../decision';
import { changedLink } from '../read';
import { announced, leaseUntil, type Times } from './announce';
import { shareDoubles } from './doubles';
import { judge } from './guard';
import { tryOut } from './trial';

/**
 * What a run gives out. Invariants: `decisions` are those of the run with what was held back noted in them; `newLinks` and
 * `changedLinks` are empty where the run `isHeld`; of the changed ones those that announce something stand first, in the order of
 * sending.
 */
export interface Released {
	decided: Decided;
	decisions: readonly Decision[];
	/** Pairs at rest, by outcome: a trial leaves some of them out. */
	rests: { inSync: number; excluded: number };
	guard: Report['guard'];
	/** A preview, or stopped by the guard: nothing is saved or written. */
	isHeld: boolean;
	newLinks: readonly LinkRow[];
	changedLinks: readonly LinkRow[];
	sweep: Report['sweep'];
}

/** Lets through what this run may send: the trial, the slice, the order and the guard; and announces it in the rows. */
export function release(decided: Decided): Released {
	const { paired } = decided;
	const { rules } = paired.known;
	const tried = tryOut(paired.known, paired.atRest, decided.decisions);
	const { sent, others } = slice(inOrder(tried.decisions), rules.policies.writesPerRun);
	const { guard, decision } = judge(paired, [...sent, ...others]);
	const decisions = [...sent, ...others, ...(decision === undefined ? [] : [decision])];
	const isHeld = guard.tripped || rules.policies.dryRun;
	const { length } = paired.atRest;
	const rests = { inSync: length - tried.restsExcluded, excluded: tried.restsExcluded };
	const { sweep, byOne } = shareDoubles(isHeld ? [] : paired.doubles, paired.known.links);
	const released = { decided, decisions, rests, guard, isHeld, sweep };
	if (isHeld) return { ...released, newLinks: [], changedLinks: [] };
	const times = { now: rules.now, until: leaseUntil(rules.nowMs, sent.length) };
	// A link that is left out stays where it is
	const leftOut = new Set(
		decisions.flatMap(({ row, isLeftOut }) => (isLeftOut === true && row) || []),
	);
	const users = new Set([...leftOut].map(({ userId }) => userId));
	const handedOver = paired.handedOver.filter(({ userId }) => !users.has(userId));
	return { ...released, ...savedRows(decisions, handedOver, byOne, times) };
}

/** Known rows that go are saved last. */
function savedRows(
	decisions: readonly Decision[],
	handedOver: readonly LinkRow[],
	doubles: readonly LinkRow[],
	times: Times,
) {
	const newLinks: LinkRow[] = [];
	const changed: LinkRow[] = [];
	const removed: LinkRow[] = [];
	for (const decision of decisions) {
		const { row, isLeftOut } = decision;
		const link =
			row === undefined || isLeftOut === true
				? undefined
				: changedLink(announced(row, decision, times));
		if (link === undefined) continue;
		const isNew = row?.source === undefined;
		(isNew ? newLinks : link.state === 'removed' ? removed : changed).push(link);
	}
	return { newLinks, changedLinks: [...changed, ...removed, ...handedOver, ...doubles] };
}

const operations: ReadonlyArray<Write['operation']> = ['update', 'create', 'deactivate', 'delete'];

/** Users first, then Wix; of each the updates, which free addresses, first. What came in order stays so. */
function inOrder(decisions: readonly Decision[]): readonly Decision[] {
	if (decisions.every(({ write }) => write === undefined)) return decisions;
	const rank = ({ write, row }: Decision) =>
		write === undefined || row?.source === undefined
			? operations.length * 2
			: (write.side === 'users' ? 0 : operations.length) + operations.indexOf(write.operation);
	const ranked = grouped(decisions, rank);
	return [...ranked].sort(([left], [right]) => left - right).flatMap(([, same]) => same);
}

/** What this run sends, and the rest. A write beyond the slice waits, and so does one whose address is not freed in this run. */
function slice(
	decisions: readonly Decision[],
	writesPerRun: number,
): { sent: Decision[]; others: Decision[] } {
	const most = writesPerRun === 0 ? Infinity : writesPerRun;
	const sent: Decision[] = [];
	const others: Decision[] = [];
	const rows = new Set<Decision['row']>();
	for (const decision of decisions) {
		const { write, row, isLater = false } = decision;
		// Nothing is sent for a row in the run that adds it
		const isDue = write !== undefined && row?.source !== undefined && !isLater;
		const isFree = write?.after === undefined || rows.has(write.after);
		if (isDue && isFree && sent.length < most) {
			sent.push(decision);
			rows.add(row);
		} else others.push(isDue ? later(decision) : decision);
	}
	return { sent, others };
}

const overtakes: ReadonlySet<Outcome | undefined> = new Set(['changed', 'putBack']);

const later = (decision: Decision): Decision => ({
	...decision,
	...(overtakes.has(decision.outcome) ? { outcome: 'waiting', because: { code: 'nextRun' } } : {}),
	isLater: true,
});
