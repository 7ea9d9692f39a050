import type { Side } from '../../../shared/contract';
import { addTo } from '../../../shared/grouped';
import { ask, idsOn, words, type Question } from '../ask';
import { aboutRow, weightiest, type Decision, type Write } from '../decision';
import type { Half } from '../pair';
import { type Known, type Row } from '../read';
import { AddressBook } from './addresses';

/** An update that gives its record an address. */
interface Move {
	decision: Decision;
	row: Row;
	write: Write;
	/** Keys of the addresses to be written. */
	keys: readonly string[];
	/** Updates of this run that free one of these addresses, and how many of them were looked at. */
	waitsFor: Move[];
	looked: number;
	state: 'new' | 'open' | 'sent' | 'held';
	/** Held only until the address is free. */
	isSoon: boolean;
	/** In the order of sending. */
	place: number;
}

/**
 * Orders the updates of one side so that an address is free before it is taken. What cannot be given an address is held: one that
 * stays with somebody is a question, one about to be free waits. A swap passes only where doubles are allowed for a moment
 * (Wix contacts): its first write is marked `allowDuplicates`. Linear in the updates and their holders.
 */
export function orderMoves(
	known: Known,
	side: Side,
	decisions: readonly Decision[],
	halves: readonly Half[],
): Decision[] {
	const moves = decisions.flatMap((decision) => moveOf(decision, side));
	if (moves.length === 0) return [...decisions];
	const wanted = new Set(moves.flatMap(({ keys }) => keys));
	const book = new AddressBook(known, side, decisions, halves, wanted);
	const isSwapFree = side === 'wix' && known.rules.flow.wixEntity === 'contact';
	const ordered = new Ordering(known.rules, side, book, isSwapFree).order(moves);
	const replaced = new Set(moves.map(({ decision }) => decision));
	return [...ordered, ...decisions.filter((decision) => !replaced.has(decision))];
}

function moveOf(decision: Decision, side: Side): Move[] {
	const { row, write } = decision;
	if (row === undefined || write?.side !== side || write.operation !== 'update') return [];
	const keys = write.values
		.filter(({ property, toKey }) => property.unique && toKey !== '')
		.map(({ toKey }) => toKey);
	return [{ decision, row, write, keys: [...new Set(keys)], ...fresh() }];
}

const fresh = () => ({ waitsFor: [], looked: 0, state: 'new' as const, isSoon: false, place: -1 });

class Ordering {
	private readonly held: Decision[] = [];
	private readonly sent: Decision[] = [];
	private readonly byRecord = new Map<string, Move>();

	constructor(
		private readonly rules: Known['rules'],
		private readonly side: Side,
		private readonly book: AddressBook,
		private readonly isSwapFree: boolean,
	) {}

	/** @returns those that can be sent, as they came but for what has to go first; then those that are held */
	order(moves: readonly Move[]): Decision[] {
		for (const move of moves) this.byRecord.set(move.write.recordId, move);
		this.holdTwice(moves);
		for (const move of moves) if (move.state === 'new') this.findHolders(move);
		for (const move of moves) this.visit(move);
		return [...this.sent, ...this.held];
	}

	/** Nobody is given an address that another one of the same plan would get as well. */
	private holdTwice(moves: readonly Move[]): void {
		const byKey = new Map<string, Move[]>();
		for (const move of moves) {
			for (const key of move.keys) addTo(byKey, key, move);
		}
		for (const rivals of byKey.values()) if (rivals.length > 1) this.holdAll(rivals, 'twice');
	}

	private findHolders(move: Move): void {
		for (const key of move.keys) {
			for (const holder of this.book.holders(key)) {
				if (holder.id === move.write.recordId) continue;
				const leaving = this.byRecord.get(holder.id);
				if (leaving !== undefined && this.book.isFreed(holder, key)) move.waitsFor.push(leaving);
				else if (this.book.isSentAway(holder, key)) this.wait(move);
				else this.holdTaken(move, holder.id);
				if (move.state === 'held') return;
			}
		}
	}

	/** Sends a move after those that it waits for; what these wait for comes first again. */
	private visit(start: Move): void {
		const path: Move[] = [start];
		for (let move = path.at(-1); move !== undefined; move = path.at(-1)) {
			if (move.state === 'new') move.state = 'open';
			const next = move.state === 'open' ? move.waitsFor[move.looked] : undefined;
			if (next === undefined) {
				path.pop();
				if (move.state === 'open') this.settle(move);
			} else if (next.state === 'new') path.push(next);
			else {
				move.looked++;
				if (next.state === 'open') this.openCycle(path, next);
			}
		}
	}

	/** Where a double may be for a moment, one write goes first and opens the cycle; elsewhere all of it is held. */
	private openCycle(path: Move[], opener: Move): void {
		const cycle = path.splice(path.indexOf(opener));
		if (!this.isSwapFree) {
			this.holdAll(cycle, 'cycle');
			return;
		}
		for (const move of cycle) Object.assign(move, { state: 'new', looked: 0 });
		opener.write = { ...opener.write, allowDuplicates: true };
		opener.waitsFor = opener.waitsFor.filter((move) => move !== cycle[1] && move !== opener);
		path.push(opener);
	}

	/** All that it waits for is sent or held. */
	private settle(move: Move): void {
		const held = move.waitsFor.find(({ state }) => state === 'held');
		if (held !== undefined) {
			if (held.isSoon) this.wait(move);
			else this.holdTaken(move, held.write.recordId);
			return;
		}
		const first = move.waitsFor.reduce<Move | undefined>(
			(last, each) => (last === undefined || each.place > last.place ? each : last),
			undefined,
		);
		move.state = 'sent';
		move.place = this.sent.length;
		const write = first === undefined ? move.write : { ...move.write, after: first.row };
		this.sent.push({ ...move.decision, write });
	}

	/** The address is about to be free. */
	private wait(move: Move): void {
		move.isSoon = true;
		this.hold(move, {
			outcome: 'waiting',
			because: { code: 'addressSoon', side: this.side },
			isLater: true,
		});
	}

	private holdTaken(move: Move, id: string): void {
		const address = move.write.values.find(({ property }) => property.unique)?.to ?? null;
		const said = words.addressTaken(this.side, address);
		const question = aboutRow(this.rules, move.row, 'addressTaken', said, { [this.side]: [id] });
		this.ask(move, [id], [question]);
	}

	/** One question for all. */
	private holdAll(moves: readonly Move[], why: 'twice' | 'cycle'): void {
		const ids = moves.map(({ write }) => write.recordId);
		const said =
			why === 'twice' ? words.addressTakenTwice(this.side) : words.addressCycle(this.side);
		const question = ask('addressTaken', idsOn(this.side, ids), said);
		moves.forEach((move, index) => {
			if (move.state !== 'held') this.ask(move, ids, index === 0 ? [question] : []);
		});
	}

	private ask(move: Move, ids: readonly string[], asked: readonly Question[]): void {
		const { questions = [], answered = [], kept = [] } = move.decision;
		const because = { code: 'addressTaken' as const, side: this.side, ids };
		const outcome = weightiest([move.decision.outcome ?? 'review', 'review']) ?? 'review';
		this.hold(move, {
			outcome,
			because,
			write: undefined,
			questions: [...questions, ...asked],
			answered: [],
			kept: [...kept, ...answered],
		});
	}

	private hold(move: Move, more: Partial<Decision>): void {
		move.state = 'held';
		this.held.push({ ...move.decision, ...more });
	}
}
