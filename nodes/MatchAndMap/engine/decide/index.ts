import type { Side } from '../../../shared/contract';
import { ask, words } from '../ask';
import type { Decision } from '../decision';
import { unprovedOf, type Half, type Paired } from '../pair';
import { otherSide, type SideRecord } from '../read';
import { AddressBook } from './addresses';
import { canCreateFrom, decideCreates, isWanted, mayCreate, resumeCreate } from './creates';
import { decideGone, decideUnlinked, type Books } from './gone';
import { decideLone } from './lone';
import { orderMoves } from './moves';
import { decidePair } from './pairs';

/** What the stage came to. Invariant: `decisions` has one for each pair and lone record that is not at rest; see `Decision`. */
export interface Decided {
	paired: Paired;
	decisions: readonly Decision[];
}

/** Decides about everybody who is not at rest: edits first, then who is gone, then creates, then who is alone. */
export function decide(paired: Paired): Decided {
	const { known, halves } = paired;
	const pairs = paired.pairs.map((pair) => decidePair(known, pair));
	const edits = (['users', 'wix'] as const).reduce<readonly Decision[]>(
		(decisions, side) => orderMoves(known, side, decisions, halves),
		[...paired.decided, ...pairs],
	);
	const rest = known.isFull ? new WholeRun(paired, edits).decisions() : waitForFullRun(paired);
	return { paired, decisions: [...withoutId(paired), ...edits, ...rest] };
}

/** A run on changed records creates nobody: rows that wait for a create wait on. */
function waitForFullRun(paired: Paired): Decision[] {
	const waiting = paired.halves.map(({ row, side, source }): Decision => {
		const record = source === undefined ? {} : { record: source };
		return { row, ...record, outcome: 'waitingForFullRun', because: { code: 'unseen', side } };
	});
	const counted = recordsOf([...paired.decided, ...waiting]);
	const isCounted = (record: SideRecord) =>
		counted.has(record) || paired.taken[record.side].bears(record);
	return [...waiting, ...decideLone(paired, isCounted)];
}

function recordsOf(decisions: readonly Decision[]): Set<SideRecord> {
	return new Set(decisions.flatMap(({ record }) => record ?? []));
}

/** The decisions that only a run with both lists whole can make. */
class WholeRun {
	private readonly books = new Map<Side, AddressBook>();
	/** Records that a decision counts for. */
	private readonly counted: Set<SideRecord>;
	private readonly made: Decision[] = [];
	/** Records whose row was given up: they are without a partner again. */
	private readonly freed: Record<Side, SideRecord[]> = { wix: [], users: [] };

	constructor(
		private readonly paired: Paired,
		private readonly edits: readonly Decision[],
	) {
		this.counted = recordsOf(edits);
	}

	decisions(): Decision[] {
		const { paired, made, counted } = this;
		const { halves } = paired;
		for (const half of halves) if (half.isVanished) this.decideHalf(half);
		for (const half of halves) if (!half.isVanished) this.decideHalf(half);
		const isCounted = (record: SideRecord) => counted.has(record);
		for (const row of paired.unlinked) {
			const { decision, covers } = decideUnlinked(paired, row, isCounted, this.bookOf);
			for (const record of covers) counted.add(record);
			made.push(decision);
		}
		this.create();
		const freed = new Set([...this.freed.wix, ...this.freed.users]);
		const isTaken = (record: SideRecord) =>
			paired.taken[record.side].bears(record) && !freed.has(record);
		return [...made, ...decideLone(paired, (record) => isCounted(record) || isTaken(record))];
	}

	/** Made when it is first asked for: most runs create nobody. */
	private readonly bookOf: Books = (side) => {
		const { known, halves } = this.paired;
		const book =
			this.books.get(side) ?? new AddressBook(known, side, [...this.edits, ...this.made], halves);
		this.books.set(side, book);
		return book;
	};

	private decideHalf(half: Half): void {
		const { known } = this.paired;
		const { row, side, source, isVanished, isDoubtful } = half;
		const count = (decision: Decision) => {
			this.made.push(decision);
			if (source !== undefined) this.counted.add(source);
		};
		if (source === undefined) {
			const unproved = unprovedOf(known, row, [otherSide(side)]);
			count(unproved ?? { row: { ...row, state: 'removed' }, because: { code: 'bothGone' } });
		} else if (isDoubtful) count({ row, outcome: 'review', because: { code: 'ambiguous' } });
		else if (isVanished) count(decideGone(known, half, source, this.bookOf));
		else if (canCreateFrom(known, source) && isWanted(known, half))
			count(resumeCreate(known, half, source, () => this.bookOf(side)));
		else {
			this.made.push({ row: { ...row, state: 'removed' }, because: { code: 'superseded' } });
			this.freed[source.side].push(source);
		}
	}

	private create(): void {
		const { paired, made, counted, freed } = this;
		const { known } = paired;
		const neverAnew = {
			wix: new Set(paired.unlinked.map(({ wixId }) => wixId)),
			users: new Set(paired.unlinked.map(({ userId }) => userId)),
		};
		for (const side of ['users', 'wix'] as const) {
			if (!mayCreate(known, side)) continue;
			const other = otherSide(side);
			const sources = [...paired.lone[other], ...freed[other]].filter(
				(source) => !neverAnew[other].has(source.id) && canCreateFrom(known, source),
			);
			for (const source of sources) counted.add(source);
			made.push(...decideCreates(known, side, sources, () => this.bookOf(side)));
		}
	}
}

/** Records that came without an id that can be one. */
const withoutId = ({ known: { records } }: Paired): Decision[] =>
	(['wix', 'users'] as const).flatMap((side) => {
		const { withoutId: count } = records[side];
		const question = ask('badValue', {}, words.withoutId(side, count));
		return count === 0 ? [] : [{ because: { code: 'badValue', side }, questions: [question] }];
	});
