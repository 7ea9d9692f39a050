import { STEP_X } from '../lib/grid.mts';
import type { Position } from '../lib/workflow.mts';

interface Box {
	at: Position;
	size: readonly [width: number, height: number];
}

/** Where the parts of a body stand: columns from the left edge of the canvas, notes from its middle. */
export interface BodyLayout {
	readers: number;
	plan: number;
	/** The first step of each branch, and how far apart the steps of a branch are. */
	first: number;
	pitch: number;
	notes: {
		read: Box;
		plan: Box;
		/** Of the notes beside the branches that save the links and write. */
		linksHeight: number;
		writeHeight: number;
		review: Box;
		report: Box;
	};
}

/** How far a body reaches above its middle, and down to the row of its report. */
export const bodyReach = { above: 608, report: 672 };

/** Notes stand right of the line that leads down to the steps that read. */
const NOTES = -16;
const WIDTH = 352;

export const usualBody: BodyLayout = {
	readers: 0,
	plan: STEP_X,
	first: 432,
	pitch: STEP_X,
	notes: {
		read: { at: [NOTES, -320], size: [WIDTH, 112] },
		plan: { at: [NOTES, 336], size: [WIDTH, 148] },
		linksHeight: 112,
		writeHeight: 132,
		review: { at: [NOTES, 512], size: [WIDTH, 112] },
		report: { at: [NOTES, 672], size: [WIDTH, 148] },
	},
};
