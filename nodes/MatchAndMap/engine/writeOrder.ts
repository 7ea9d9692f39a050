import type { AddressBook } from './addresses';
import type { WriteIntent } from './intents';

/** An update that gives its record an address, in the graph of who has to move away first. */
interface Move {
	intent: WriteIntent;
	/** Keys of the addresses to be written. */
	keys: string[];
	waitsFor: Set<Move>;
	blocks: Move[];
}

export interface Held {
	intent: WriteIntent;
	/** taken: by a record that stays. twice: wanted by several. cycle: a swap that the side cannot take. wait: about to be free. */
	why: 'taken' | 'twice' | 'cycle' | 'wait';
	/** Other records of the same side that are part of the matter; one and the same list for all that share it. */
	others: readonly string[];
}

export interface Ordered {
	/** Vacating updates first, then the other updates in input order. */
	updates: WriteIntent[];
	held: Held[];
}

/**
 * Orders the updates of one side so that an address is free before it is taken. A swap passes only where doubles are allowed for
 * a moment (Wix contacts): its first write is marked `allowDuplicates`. Linear in the updates and their holders.
 */
export function orderUpdates(
	intents: readonly WriteIntent[],
	book: AddressBook,
	doublesPass: boolean,
): Ordered {
	const moves = intents.map((intent) => moveOf(intent));
	const byRecord = new Map(moves.map((move) => [move.intent.recordId, move]));
	const held = new Map<Move, Held>();
	holdTwice(moves, held);
	for (const move of moves) if (!held.has(move)) findHolders(move, book, byRecord, held);
	spread([...held.keys()], held);
	const order = sort(
		moves.filter((move) => !held.has(move)),
		held,
		doublesPass,
	);
	const place = new Map(order.map((move, index) => [move, index]));
	for (const move of order) noteFirst(move, place);
	const vacating = new Set<Move>();
	for (const move of order) for (const first of move.waitsFor) vacating.add(first);
	const first = order.filter((move) => vacating.has(move));
	const then = moves.filter((move) => !held.has(move) && !vacating.has(move));
	return {
		updates: [...first, ...then].map((move) => move.intent),
		held: [...held.values()],
	};
}

/** The write that a move has to wait for: of several, the one that is sent last. The opener of a cycle waits for nobody. */
function noteFirst(move: Move, place: ReadonlyMap<Move, number>): void {
	const own = place.get(move) ?? 0;
	let last = -1;
	for (const first of move.waitsFor) {
		const at = place.get(first) ?? Infinity;
		if (at >= own || at <= last) continue;
		last = at;
		move.intent.after = first.intent.row;
	}
}

function moveOf(intent: WriteIntent): Move {
	const keys = intent.values
		.filter((value) => value.property.unique && value.toKey !== '')
		.map((value) => value.toKey);
	return { intent, keys: [...new Set(keys)], waitsFor: new Set(), blocks: [] };
}

const hold = (held: Map<Move, Held>, move: Move, why: Held['why'], others: readonly string[]) =>
	held.set(move, { intent: move.intent, why, others });

/** Nobody is given an address that another one of the same plan would get as well. */
function holdTwice(moves: readonly Move[], held: Map<Move, Held>): void {
	const byKey = new Map<string, Move[]>();
	for (const move of moves) {
		for (const key of move.keys) {
			const known = byKey.get(key);
			if (known === undefined) byKey.set(key, [move]);
			else known.push(move);
		}
	}
	for (const rivals of byKey.values()) {
		if (rivals.length < 2) continue;
		const ids = rivals.map((move) => move.intent.recordId);
		for (const move of rivals) hold(held, move, 'twice', ids);
	}
}

function findHolders(
	move: Move,
	book: AddressBook,
	byRecord: ReadonlyMap<string, Move>,
	held: Map<Move, Held>,
): void {
	for (const key of move.keys) {
		for (const holder of book.holders(key)) {
			if (holder.id === move.intent.recordId) continue;
			const leaving = byRecord.get(holder.id);
			if (leaving !== undefined && book.isFreedBy(leaving.intent.values, holder, key)) {
				move.waitsFor.add(leaving);
				leaving.blocks.push(move);
			} else if (book.isLeaving(holder, key)) {
				hold(held, move, 'wait', []);
			} else {
				hold(held, move, 'taken', [holder.id]);
				return;
			}
		}
	}
}

/** Whoever waits for a move that is held is held, too. @returns those that this adds */
function spread(from: readonly Move[], held: Map<Move, Held>): Move[] {
	const queue = [...from];
	const added: Move[] = [];
	for (let move = queue.pop(); move !== undefined; move = queue.pop()) {
		const why = held.get(move)?.why === 'wait' ? 'wait' : 'taken';
		for (const blocked of move.blocks) {
			if (held.has(blocked)) continue;
			hold(held, blocked, why, why === 'taken' ? [move.intent.recordId] : []);
			queue.push(blocked);
			added.push(blocked);
		}
	}
	return added;
}

/** Topological order (Kahn's), cycles opened where doubles pass for a moment and held elsewhere. */
function sort(moves: readonly Move[], held: Map<Move, Held>, doublesPass: boolean): Move[] {
	const open = new Map(
		moves.map((move, index) => [
			move,
			{ index, waits: new Set([...move.waitsFor].filter((first) => !held.has(first))) },
		]),
	);
	const ready = moves.filter((move) => open.get(move)?.waits.size === 0);
	const order: Move[] = [];
	drain(ready, open, order);
	for (const blocked of moves) {
		while (open.has(blocked)) {
			const cycle = cycleFrom(blocked, open);
			if (doublesPass) {
				// One that goes first opens the cycle
				const [opener = blocked] = cycle;
				opener.intent.allowDuplicates = true;
				ready.push(opener);
				drain(ready, open, order);
				continue;
			}
			const ids = cycle.map((move) => move.intent.recordId);
			for (const move of cycle) hold(held, move, 'cycle', ids);
			for (const move of [...cycle, ...spread(cycle, held)]) open.delete(move);
		}
	}
	return order;
}

type Open = Map<Move, { index: number; waits: Set<Move> }>;

function drain(ready: Move[], open: Open, order: Move[]): void {
	// It grows on the way
	for (const move of ready) {
		open.delete(move);
		order.push(move);
		for (const blocked of move.blocks) {
			const waits = open.get(blocked)?.waits;
			if (waits === undefined || !waits.delete(move)) continue;
			if (waits.size === 0) ready.push(blocked);
		}
	}
	ready.length = 0;
}

/** Follows who waits for whom until a move comes again. The cycle starts with the move that is first in input order. */
function cycleFrom(start: Move, open: Open): Move[] {
	const path: Move[] = [];
	const at = new Map<Move, number>();
	let move = start;
	while (!at.has(move)) {
		at.set(move, path.length);
		path.push(move);
		const [first = move] = open.get(move)?.waits ?? [];
		move = first;
	}
	const place = (each: Move) => open.get(each)?.index ?? 0;
	return path.slice(at.get(move)).sort((left, right) => place(left) - place(right));
}
