import type { WorkflowFile, WorkflowNode } from './workflowFile.mts';

interface Point {
	x: number;
	y: number;
}

/** How n8n 2.x draws a connection that leads back (`getEdgeRenderData` of its editor): how far it goes to the side and down. */
const BACK = { aside: 40, down: 130, from: 20 };
const SAMPLES = 60;
const STEP = 96;

/** Where lines run through steps, names or texts of notes that they do not belong to, as `from > to through name`. */
export function linesThroughThings(workflow: WorkflowFile): string[] {
	const things = [
		...workflow.notes.map((note) => ({ name: note.name, boxes: [workflow.textBox(note)] })),
		...workflow.steps.map((step) => ({ name: step.name, boxes: workflow.stepBoxes(step) })),
	];
	return linesOf(workflow).flatMap(({ from, to, points }) =>
		things
			.filter(({ name }) => name !== from && name !== to)
			.filter(({ boxes }) =>
				boxes.some(({ left, right, top, bottom }) =>
					points.some(({ x, y }) => x > left && x < right && y > top && y < bottom),
				),
			)
			.map(({ name }) => `${from} > ${to} through ${name}`),
	);
}

function linesOf(workflow: WorkflowFile) {
	return workflow.steps.flatMap((step) =>
		workflow.outputsOf(step.name).flatMap((targets, output) =>
			targets.map(({ node, index }) => ({
				from: step.name,
				to: node,
				points: lineBetween(
					handleOf(workflow, step, 'outputs', output),
					handleOf(workflow, workflow.step(node), 'inputs', index),
				),
			})),
		),
	);
}

/** Inputs and outputs stand evenly on the left and the right side of a step. */
function handleOf(
	workflow: WorkflowFile,
	step: WorkflowNode,
	side: 'inputs' | 'outputs',
	index: number,
): Point {
	const [x, y] = step.position;
	const handles = workflow.handlesOf(step)[side];
	return {
		x: side === 'inputs' ? x : x + STEP,
		y: y + (workflow.heightOf(step) * (index + 1)) / (handles + 1),
	};
}

function lineBetween(from: Point, to: Point): Point[] {
	if (from.x - BACK.from <= to.x) return curve(from, to);
	const [right, left] = [from.x + BACK.aside, to.x - BACK.aside];
	const low = from.y + BACK.down;
	return straight(
		from,
		{ x: right, y: from.y },
		{ x: right, y: low },
		{ x: left, y: low },
		{ x: left, y: to.y },
		to,
	);
}

/** A Bézier curve whose control points stand in the middle of the way. */
function curve(from: Point, to: Point): Point[] {
	const middle = (from.x + to.x) / 2;
	return Array.from({ length: SAMPLES + 1 }, (_, index) => {
		const t = index / SAMPLES;
		const [a, b, c, d] = [(1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t ** 2, t ** 3];
		return { x: a * from.x + (b + c) * middle + d * to.x, y: (a + b) * from.y + (c + d) * to.y };
	});
}

function straight(...corners: Point[]): Point[] {
	return corners.slice(1).flatMap((to, index) => {
		const from = corners[index] ?? to;
		const steps = Math.max(1, Math.ceil((Math.abs(to.x - from.x) + Math.abs(to.y - from.y)) / 10));
		return Array.from({ length: steps + 1 }, (_, part) => ({
			x: from.x + ((to.x - from.x) * part) / steps,
			y: from.y + ((to.y - from.y) * part) / steps,
		}));
	});
}
