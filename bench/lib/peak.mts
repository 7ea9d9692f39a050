import { inChild } from './child.mts';

const MEGABYTE = 2 ** 20;

/** Bytes that `plan` held above its input. */
export interface Peak {
	/** The most that was alive after one of the collections. */
	alive: number;
	/** The most that stood in the heap before one of them: alive, and garbage of at most one young generation. */
	standing: number;
	/** Alive when the plan had returned: the plan itself. */
	kept: number;
	collections: number;
}

/** `[12:0x5]  1234 ms: Mark-Compact 120.5 (150.2) -> 80.3 (140.0) MB, …`: megabytes before and after. */
const collection = /: [A-Za-z- ()]+? ([\d.]+) \([\d.]+\) -> ([\d.]+) \([\d.]+\) MB/;

interface Printed {
	heapBefore?: number;
	heapAfter?: number;
}

const parsed = (line: string) => JSON.parse(line) as Printed;

/** Reads what the child of the growth bench prints in its mode `memory`. */
export function readPeak(lines: readonly string[]): Peak {
	const traces = lines.map((line) => collection.exec(line)).filter((match) => match !== null);
	const printed = lines.filter((line) => line.startsWith('{')).map(parsed);
	const { heapBefore = 0, heapAfter = 0 } = Object.assign({}, ...printed) as Printed;
	const above = (megabytes: string | undefined) => Number(megabytes) * MEGABYTE - heapBefore;
	return {
		alive: Math.max(heapAfter - heapBefore, ...traces.map(([, , after]) => above(after))),
		standing: Math.max(heapAfter - heapBefore, ...traces.map(([, before]) => above(before))),
		kept: heapAfter - heapBefore,
		collections: traces.length,
	};
}

/**
 * Measures one size in a process of its own, with a full collection whenever about `step` bytes were allocated.
 * @param step at least a megabyte; V8 rounds it to a power of two
 */
export async function measurePeak(
	args: readonly string[],
	flags: readonly string[],
	step: number,
): Promise<Peak> {
	const young = Math.max(1, Math.round(step / MEGABYTE));
	const size = [`--max-semi-space-size=${young}`, `--min-semi-space-size=${young}`];
	const module = new URL('./growthChild.mts', import.meta.url);
	return readPeak(await inChild(module, ['memory', ...args], [...flags, ...size]));
}
