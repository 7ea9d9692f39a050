import { linesThroughThings } from './everyTemplateLines.mts';
import { WorkflowFile, workflowFiles } from './workflowFile.mts';

/** A page shows a picture 1,000 pixels wide; the names of the steps, 16 high on the canvas, are then about 10 high. */
const WIDEST = 1650;
/** n8n moves what does not stand on its grid when the workflow is imported, and rows become uneven. */
const GRID = 16;

describe.each(workflowFiles)('the canvas of %s', (file) => {
	const workflow = new WorkflowFile(file);

	it('has notes, the overview among them, that cover no step and no other note', () => {
		expect(workflow.notes.length).toBeGreaterThan(1);
		expect(workflow.has('About this workflow')).toBe(true);
		expect(workflow.overlaps()).toEqual([]);
	});

	it('is narrow enough to be read at the width of a page', () => {
		const { left, right } = workflow.extent();
		expect(right - left).toBeLessThanOrEqual(WIDEST);
	});

	it('begins with the overview, at its left edge', () => {
		const { left } = workflow.extent();
		expect(workflow.step('About this workflow').position[0]).toBe(left);
	});

	it('has its steps on the grid of n8n', () => {
		const off = workflow.steps.filter(({ position }) => position.some((place) => place % GRID));
		expect(off.map(({ name }) => name)).toEqual([]);
	});

	it('leads no line through a step, a name or a note', () => {
		expect(linesThroughThings(workflow)).toEqual([]);
	});
});
