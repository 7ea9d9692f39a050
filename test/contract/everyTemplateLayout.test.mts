import { linesThroughThings } from './everyTemplateLines.mts';
import { WorkflowFile, workflowFiles } from './workflowFile.mts';

/**
 * A screen of 1,440 by 900 shows this whole at a zoom of 0.6: the names of the steps, 16 high on the canvas, are about 10 high then,
 * as they are on a page that shows a picture 1,000 wide.
 */
const SCREEN = { width: 1680, height: 1260 };
/** Two flows, one below the other: two screens. */
const HIGHER: Readonly<Record<string, number>> = { 'sync-wix-contacts-members-and-users.json': 2 };
/** n8n moves what does not stand on its grid when the workflow is imported, and rows become uneven. */
const GRID = 16;

describe.each(workflowFiles)('the canvas of %s', (file) => {
	const workflow = new WorkflowFile(file);

	it('has notes, the overview among them, that lie behind or beside the steps and cut none', () => {
		expect(workflow.notes.length).toBeGreaterThan(1);
		expect(workflow.has('About this workflow')).toBe(true);
		expect(workflow.cuts()).toEqual([]);
	});

	it('has no text, name or step that covers another', () => {
		expect(workflow.overlaps()).toEqual([]);
	});

	it('has notes that are high enough for their text', () => {
		const cut = workflow.notes.filter(
			(note) => workflow.textBox(note).bottom > workflow.noteBox(note).bottom,
		);
		expect(cut.map(({ name }) => name)).toEqual([]);
	});

	it('fits a screen on which it can be read', () => {
		const { left, right, top, bottom } = workflow.extent();
		expect(right - left).toBeLessThanOrEqual(SCREEN.width);
		expect(bottom - top).toBeLessThanOrEqual(SCREEN.height * (HIGHER[file] ?? 1));
	});

	it('begins with the overview, at its left edge', () => {
		const { left } = workflow.extent();
		expect(workflow.step('About this workflow').position[0]).toBe(left);
	});

	it('has its steps on the grid of n8n', () => {
		const off = workflow.steps.filter(({ position }) => position.some((place) => place % GRID));
		expect(off.map(({ name }) => name)).toEqual([]);
	});

	it('leads no line through a step, a name or a text', () => {
		expect(linesThroughThings(workflow)).toEqual([]);
	});
});
