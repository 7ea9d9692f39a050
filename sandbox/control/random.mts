/** Seeded source of numbers in [0, 1): mulberry32, small and good enough to choose faults and to mint ids. */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');

/** A source of ids shaped like version 4 UUIDs; the same seed gives the same ids. */
export function seededIds(seed: number): () => string {
	const random = seededRandom(seed);
	const bits = (count: number) => Math.floor(random() * 2 ** count);
	return () =>
		[
			hex(bits(32), 8),
			hex(bits(16), 4),
			`4${hex(bits(12), 3)}`,
			hex(0x8000 | bits(14), 4),
			hex(bits(24), 6) + hex(bits(24), 6),
		].join('-');
}
