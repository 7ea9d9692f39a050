import type { Position } from './workflow.mts';

/** Distance of steps that follow one another. A step is 96 wide, its name up to 192. n8n moves what does not stand on its grid of 16. */
export const STEP_X = 208;
/** Distance of rows that stand below each other without a line between them: a step, two lines of its name, what it does. */
export const ROW_Y = 176;
/** Distance of a row and the one that goes on with it: n8n leads the line back 178 below the top of the step it leaves. */
export const WRAP_Y = 240;

/** The canvas from left to right. All of it must be readable where a page shows it 1,000 pixels wide. */
export const canvas = {
	/** Where the overview and the notes below it begin. */
	left: -48,
	/** Where the steps beside the overview begin; n8n leads lines to them 40 further left. */
	steps: 432,
	right: 1600,
} as const;

/** How wide the overview is. */
export const OVERVIEW = 416;

/** A place beside the overview. */
export const beside = (column: number, y: number): Position => [canvas.steps + column * STEP_X, y];

interface Rows {
	/** The column of the first place, and that of the first one in each further row. */
	start: number;
	back: number;
	/** How many columns there are. */
	columns: number;
	y: number;
}

/** The places of a chain beside the overview, from left to right and on in the next row, as a text is read. */
export function placesInRows({ start, back, columns, y }: Rows): (index: number) => Position {
	return (index) => {
		const over = start + index - columns;
		if (over < 0) return beside(start + index, y);
		const width = columns - back;
		return beside(back + (over % width), y + WRAP_Y * (1 + Math.floor(over / width)));
	};
}
