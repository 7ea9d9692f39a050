import type { JsonValue, Pending, Policies, Side, WriteReason } from '../../../shared/contract';
import type { PairReason } from '../ask';
import type { WriteValue } from '../decision';
import {
	isOverdue,
	isRecent,
	mayHaveBeenSent,
	otherSide,
	rememberedKey,
	type Reading,
} from '../read';
import type { Property } from '../rules';

/** What a row remembers of one property: the value that both sides held alike, and the writes of it, oldest first. */
export interface Memory {
	base: JsonValue | undefined;
	entries: readonly Pending[];
}

/** What the merge of one property of one linked pair comes to, and the memory as it is from then on: by what was seen alone. */
export interface Merged {
	verdict: Verdict;
	memory: Memory;
}

export type Verdict =
	{ kind: 'same' | 'waiting' | 'waitingForFullRun' | 'skipped' } | PropertyWrite | PropertyQuestion;

export interface PropertyWrite {
	kind: 'write';
	side: Side;
	value: WriteValue;
}

/** A question to a person about one property, with the write that each possible answer asks for. */
export interface PropertyQuestion {
	kind: 'review';
	reason: PairReason;
	side: Side;
	refusing: Side | undefined;
	code: string;
	others: readonly string[];
	choices: { wixWins?: PropertyWrite; usersWin?: PropertyWrite };
}

/** Undefined for a side that the run did not see. */
export type Seen = Record<Side, Reading | undefined>;

export interface MergeContext {
	policies: Policies;
	nowMs: number;
	/** Both lists are whole. */
	isFull: boolean;
}

/** Three-way merge of one property: base, Wix value, user value; announced writes settled first. */
export function mergeProperty(
	memory: Memory,
	property: Property,
	seen: Seen,
	context: MergeContext,
): Merged {
	const { wix, users } = seen;
	if (wix?.fault !== undefined || users?.fault !== undefined)
		return { verdict: { kind: 'skipped' }, memory };
	const merge = new PropertyMerge(memory, property, context);
	const verdict =
		wix !== undefined && users !== undefined
			? merge.bothSeen({ wix, users })
			: wix !== undefined
				? merge.oneSeen('wix', wix)
				: users !== undefined
					? merge.oneSeen('users', users)
					: merge.noneSeen();
	return { verdict, memory: merge.memory };
}

/**
 * More than 300 lines because these are the branches of one decision over the same pending entries, as model/merge.pml has
 * them: a reader needs them all at once.
 */
class PropertyMerge {
	private live: Pending[];
	private refusal: Pending | undefined;
	/** Whether nothing was tried after the refusal. */
	private refusedLast: boolean;

	constructor(
		/** As it was, then as what was seen makes it. */
		public memory: Memory,
		private readonly property: Property,
		private readonly context: MergeContext,
	) {
		const own = memory.entries;
		this.live = own.filter(
			({ outcome }) => outcome === 'announced' || outcome === 'sent' || outcome === 'held',
		);
		this.refusal = own
			.filter((entry) => entry.outcome === 'refused' || entry.outcome === 'refusedForNow')
			.pop();
		this.refusedLast = this.refusal !== undefined && own[own.length - 1] === this.refusal;
	}

	bothSeen(now: Record<Side, Reading>): Verdict {
		if (now.wix.key === now.users.key) return this.equal(now);
		if (this.refusedLast && this.refusal !== undefined && this.stands(this.refusal, now))
			return this.refused(this.refusal, now);
		const latest = this.live[this.live.length - 1];
		if (latest === undefined) return this.threeWay(now);
		const target = now[latest.side];
		if (target.key === this.keyOf(latest.to)) return this.shown(latest, now);
		if (this.isEcho(latest.side, target.key)) return this.echoed(latest, now);
		const source = otherSide(latest.side);
		if (target.key === '' && now[source].key === this.keyOf(latest.to))
			return this.emptied(latest.side, now);
		return this.blankSide(now) ?? this.conflict(now);
	}

	/** The target holds what was sent. The other side may have been edited since, or show an older value of ours late. */
	private shown(latest: Pending, now: Record<Side, Reading>): Verdict {
		const target = now[latest.side];
		const sourceSide = otherSide(latest.side);
		if (this.isEcho(sourceSide, now[sourceSide].key)) {
			return this.write(sourceSide, target, now[sourceSide].value, editReason(sourceSide));
		}
		this.remember(latest.side === 'users' ? latest.to : target.value);
		if (!this.mayStillEcho(latest, target.key)) this.forgetPending();
		return this.threeWay(now);
	}

	/** A side of a changed-only run: it only decides whether a write is due from the side that was seen. */
	oneSeen(side: Side, reading: Reading): Verdict {
		const latest = this.live[this.live.length - 1];
		const target = otherSide(side);
		if (latest === undefined && this.refusal !== undefined)
			return this.unseenAfterRefusal(this.refusal, side, reading);
		const stand = latest === undefined ? this.memory.base : latest.to;
		const standKey = this.keyOf(stand);
		if (reading.key === standKey) return { kind: latest === undefined ? 'same' : 'waiting' };
		if (standKey === '') return { kind: 'waitingForFullRun' };
		if (latest !== undefined && latest.side === side)
			return { kind: this.isEcho(side, reading.key) ? 'waiting' : 'waitingForFullRun' };
		if (!this.mayWrite(target)) return { kind: 'waitingForFullRun' };
		if (reading.key === '') return this.review('emptied', side);
		return this.write(target, reading, stand ?? null, editReason(target));
	}

	noneSeen(): Verdict {
		if (this.live.length > 0) return { kind: 'waiting' };
		return this.refusal === undefined ? { kind: 'same' } : this.refusedReview(this.refusal);
	}

	private equal(now: Record<Side, Reading>): Verdict {
		const { key } = now.wix;
		const latest = this.live[this.live.length - 1];
		if (key === '') return this.bothBlank(latest);
		if (
			latest === undefined ||
			!this.isEcho(latest.side, key) ||
			!this.live.some(mayHaveBeenSent)
		) {
			this.remember(now.wix.value);
			this.forgetPending();
			return { kind: 'same' };
		}
		if (key !== this.keyOf(latest.to)) {
			return this.write(
				latest.side,
				now[otherSide(latest.side)],
				now[latest.side].value,
				editReason(latest.side),
			);
		}
		this.remember(now.wix.value);
		if (!this.mayStillEcho(latest, key)) this.forgetPending();
		return { kind: 'same' };
	}

	/** Emptied on both sides: remembered, once nothing is on its way that could still show. */
	private bothBlank(latest: Pending | undefined): Verdict {
		if (latest !== undefined && !this.isLate(latest)) return { kind: 'waiting' };
		this.memory = { ...this.memory, base: undefined };
		this.forgetPending();
		return { kind: 'same' };
	}

	/**
	 * The value was put back to what the target held before an earlier write that it never showed: seeing it there proves
	 * nothing about that write, so the earlier entries stay and a late echo is still known as ours.
	 */
	private mayStillEcho(latest: Pending, key: string): boolean {
		const restated = this.keyOf(latest.from) === this.keyOf(latest.to);
		return this.live.some(
			(entry) =>
				entry !== latest &&
				mayHaveBeenSent(entry) &&
				this.keyOf(entry.to) !== key &&
				(restated || this.keyOf(entry.from) === key),
		);
	}

	/** The target shows an earlier value of ours: the latest write is not seen yet. */
	private echoed(latest: Pending, now: Record<Side, Reading>): Verdict {
		const target = now[latest.side];
		const source = now[otherSide(latest.side)];
		if (source.key !== this.keyOf(latest.to)) {
			if (source.key === '') return this.emptied(otherSide(latest.side), now);
			return this.write(latest.side, source, target.value, editReason(latest.side));
		}
		// What a create did not bring is finished by an update
		const isDue = latest.outcome !== 'sent' || latest.operation === 'create';
		if (isDue) return this.writeAgain(latest, source, target.value);
		return this.isLate(latest) ? this.review('notTaken', latest.side, now) : { kind: 'waiting' };
	}

	private isLate({ at }: Pending): boolean {
		return isOverdue(at, this.context.nowMs, this.context.policies.pendingDays);
	}

	private threeWay(now: Record<Side, Reading>): Verdict {
		if (now.wix.key === now.users.key) return { kind: 'same' };
		const baseKey = this.keyOf(this.memory.base);
		if (baseKey === '') return this.firstLink(now);
		if (now.users.key === baseKey)
			return now.wix.key === '' ? this.emptied('wix', now) : this.edited('wix', now);
		if (now.wix.key === baseKey)
			return now.users.key === '' ? this.emptied('users', now) : this.edited('users', now);
		return this.blankSide(now) ?? this.conflict(now);
	}

	private firstLink(now: Record<Side, Reading>): Verdict {
		const filled = this.blankSide(now);
		if (filled !== undefined) return filled;
		return (
			this.byPolicy('firstLink', 'firstLink', now) ?? this.review('firstLinkDiffers', 'wix', now)
		);
	}

	/** Fills the side that is empty, where there is one. */
	private blankSide(now: Record<Side, Reading>): Verdict | undefined {
		const side = (['wix', 'users'] as const).find((each) => now[each].key === '');
		if (side === undefined) return undefined;
		if (this.mayWrite(side)) return this.writeTo(side, now, 'fillEmpty');
		const wasFilled = this.keyOf(this.memory.base) !== '';
		return wasFilled ? this.review('emptied', side, now) : { kind: 'same' };
	}

	private edited(by: Side, now: Record<Side, Reading>): Verdict {
		const target = otherSide(by);
		if (this.mayWrite(target))
			return this.write(target, now[by], now[target].value, editReason(target));
		return this.write(by, now[target], now[by].value, 'putBack');
	}

	private emptied(side: Side, now: Record<Side, Reading>): Verdict {
		if (!this.mayWrite(otherSide(side)) && now[otherSide(side)].key !== '') {
			return this.write(side, now[otherSide(side)], null, 'putBack');
		}
		return this.review('emptied', side, now);
	}

	private conflict(now: Record<Side, Reading>): Verdict {
		const oneWay = this.oneWayTarget();
		if (oneWay !== undefined)
			return this.write(oneWay, now[otherSide(oneWay)], now[oneWay].value, editReason(oneWay));
		return this.byPolicy('bothEdited', 'policy', now) ?? this.review('bothEdited', 'wix', now);
	}

	/** Both sides hold what they held when the write was refused. */
	private stands({ side, from, to }: Pending, now: Record<Side, Reading>): boolean {
		return now[side].key === this.keyOf(from) && now[otherSide(side)].key === this.keyOf(to);
	}

	private refused(refusal: Pending, now: Record<Side, Reading>): Verdict {
		const isDue =
			refusal.outcome === 'refusedForNow' &&
			this.context.isFull &&
			!isRecent(refusal.at, this.context.nowMs);
		return isDue
			? this.writeTo(refusal.side, now, editReason(refusal.side))
			: this.refusedReview(refusal, now);
	}

	private unseenAfterRefusal(refusal: Pending, side: Side, reading: Reading): Verdict {
		const remembered = side === refusal.side ? refusal.from : refusal.to;
		return reading.key === this.keyOf(remembered)
			? this.refusedReview(refusal)
			: { kind: 'waitingForFullRun' };
	}

	private refusedReview(refusal: Pending, now?: Record<Side, Reading>): Verdict {
		const { side, code = '', others } = refusal;
		const reason =
			code === 'badValue' ? 'badValue' : others === undefined ? 'refused' : 'addressTaken';
		return { ...this.review(reason, side, now), code, others: others ?? [] };
	}

	/** The write to `target` that an answer asks for; undefined where it is not possible. */
	private choice(target: Side, now: Record<Side, Reading>): PropertyWrite | undefined {
		return this.possible(target, now) ? this.writeTo(target, now, 'answer') : undefined;
	}

	private byPolicy(
		policy: 'bothEdited' | 'firstLink',
		reason: WriteReason,
		now: Record<Side, Reading>,
	): Verdict | undefined {
		const winner = this.context.policies[policy];
		if (winner === 'review') return undefined;
		const target: Side = winner === 'wixWins' ? 'users' : 'wix';
		return this.possible(target, now) ? this.writeTo(target, now, reason) : undefined;
	}

	private possible(target: Side, now: Record<Side, Reading>): boolean {
		return (
			now[otherSide(target)].key !== '' && this.refusingSide() !== target && this.mayWrite(target)
		);
	}

	private writeTo(target: Side, now: Record<Side, Reading>, reason: WriteReason) {
		return this.write(target, now[otherSide(target)], now[target].value, reason);
	}

	private write(
		side: Side,
		source: Reading,
		expected: JsonValue,
		reason: WriteReason,
	): PropertyWrite {
		const { property } = this;
		const value = { property, expected, to: source.value, toKey: source.key, reason };
		return { kind: 'write', side, value };
	}

	private writeAgain(latest: Pending, source: Reading, expected: JsonValue): PropertyWrite {
		const written = this.write(latest.side, source, expected, latest.reason);
		if (latest.outcome !== 'announced' || latest.operation === 'create') return written;
		return { ...written, value: { ...written.value, announcedAt: latest.at } };
	}

	/** @param now both sides, where the run saw them: without them no answer can be carried out */
	private review(reason: PairReason, side: Side, now?: Record<Side, Reading>): PropertyQuestion {
		const wixWins = now && this.choice('users', now);
		const usersWin = now && this.choice('wix', now);
		return {
			kind: 'review',
			reason,
			side,
			refusing: this.refusingSide(),
			code: '',
			others: [],
			choices: {
				...(wixWins === undefined ? {} : { wixWins }),
				...(usersWin === undefined ? {} : { usersWin }),
			},
		};
	}

	private refusingSide(): Side | undefined {
		return this.refusal?.outcome === 'refused' ? this.refusal.side : undefined;
	}

	/** The side that a one-way rule writes to; undefined for a rule in both directions. */
	private oneWayTarget(): Side | undefined {
		if (this.property.direction === 'both') return undefined;
		return this.property.direction === 'toUsers' ? 'users' : 'wix';
	}

	private mayWrite(side: Side): boolean {
		const target = this.oneWayTarget();
		return target === undefined || target === side;
	}

	private isEcho(side: Side, key: string): boolean {
		return this.live.some(
			(entry) =>
				entry.side === side && (this.keyOf(entry.from) === key || this.keyOf(entry.to) === key),
		);
	}

	/** Moves the base, unless it is the same by comparison. */
	private remember(value: JsonValue): void {
		const { base } = this.memory;
		if (base === undefined || this.keyOf(base) !== this.keyOf(value))
			this.memory = { ...this.memory, base: value };
	}

	private forgetPending(): void {
		if (this.live.length === 0 && this.refusal === undefined) return;
		this.memory = { ...this.memory, entries: [] };
		this.live = [];
		this.refusal = undefined;
	}

	private keyOf(value: JsonValue | undefined): string {
		return rememberedKey(value, this.property.compare, this.property.type);
	}
}

const editReason = (target: Side): WriteReason => (target === 'users' ? 'wixEdited' : 'userEdited');
