import type { Position } from './workflow.mts';

/** Distance of steps that follow one another. A step is 96 wide, its name up to 192. n8n moves what does not stand on its grid of 16. */
const STEP_X = 208;

/** The canvas from left to right. */
export const canvas = {
	/** Where the overview begins. */
	left: -48,
	/** Where the steps beside the overview begin; n8n leads lines to them 40 further left. */
	steps: 432,
} as const;

/** How wide the overview is. */
export const OVERVIEW = 416;

/** A place beside the overview. */
export const beside = (column: number, y: number): Position => [canvas.steps + column * STEP_X, y];
