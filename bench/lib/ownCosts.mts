import type { Phase } from './phaseNames.mts';
import type { Figures } from './phases.mts';
import type { OwnCosts } from './simulate.mts';

/** What `load --measured FILE` writes: of each contender the figures of its phases. */
export interface Measured {
	people: number;
	/** Edits on each side in the day. */
	edits: number;
	/** Links after the first run. */
	links: number;
	measured: Record<string, Figures[]>;
}

/**
 * n8n's own part from runs against a sandbox that answers at once, so that next to nothing of them is waiting. All of an idle run
 * counts by the person: too much for few people, right for many.
 * @throws Error where a phase is missing
 */
export function ownCostsOf(
	{ people, edits, links }: Measured,
	figures: readonly Figures[],
): OwnCosts {
	const took = (phase: Phase): number => {
		const found = figures.find((each) => each.phase === phase);
		if (found === undefined) throw new Error(`The measured file has no '${phase}'`);
		return found.milliseconds;
	};
	const idle = took('idle run');
	const above = (milliseconds: number, over: number) => Math.max(0, milliseconds - idle) / over;
	return {
		run: 0,
		person: idle / people,
		link: above(took('first link'), links),
		// A change is announced in one run and seen in the next one
		change: above(took('day of edits'), edits * 2) + above(took('run after it'), edits * 2),
	};
}
