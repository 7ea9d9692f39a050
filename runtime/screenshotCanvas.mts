import type { Page } from 'playwright-core';
import { fitEverything } from './editor.mts';
import { savePng } from './png.mts';
import { hidePopups } from './screenshotViews.mts';

/** A rectangle, in the units of n8n's canvas or in those of the page. */
export interface Area {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** Where n8n draws the canvas: where its origin is on the page, and how large a unit is. */
interface Drawn {
	origin: { x: number; y: number };
	scale: number;
}

/** At this size the names of the steps can be read, also where a page shows the picture somewhat smaller. */
const ZOOM = 0.87;
/** How far names and bolts reach beyond the boxes of the steps, and what is left free around them. */
const BEYOND = { sides: 40, top: 30, bottom: 30, names: 80 };
/** What n8n keeps free around a canvas that it fits in, with its own bars. */
const FRAME = { width: 700, height: 500 };

const OVER_THE_CANVAS = [
	'[data-test-id=canvas-controls]',
	'[data-test-id=canvas-minimap]',
	'[class*=_executionButtons_]',
	'[class*=_nodeButtonsWrapper_]',
	'[data-test-id^=execute-workflow-button]',
	'[data-test-id=canvas-node-toolbar]',
];

/**
 * The open workflow, and nothing of the editor around it. With the heading of a note: in two pictures, the second one from that
 * note on.
 */
export async function shootWorkflow(
	page: Page,
	paths: readonly [string, ...string[]],
	heading?: string,
): Promise<void> {
	await hidePopups(page);
	await page.addStyleTag({
		content: `${OVER_THE_CANVAS.join(', ')} { visibility: hidden !important; }`,
	});
	const whole = await extentOf(page);
	await page.setViewportSize({
		width: Math.ceil(whole.width * ZOOM) + FRAME.width,
		height: Math.ceil(whole.height * ZOOM) + FRAME.height,
	});
	await fitEverything(page);
	const shown = await drawn(page);
	const areas = heading === undefined ? [whole] : halves(whole, await topOf(page, heading));
	for (const [index, path] of paths.entries()) {
		const clip = onPage(areas[index] ?? whole, shown);
		await savePng(path, await page.screenshot({ clip, scale: 'css' }));
	}
}

/** Two areas, the second one from the height `y` on with the margin of the first. */
function halves({ x, y: top, width, height }: Area, y: number): Area[] {
	const cut = y - BEYOND.top;
	return [
		{ x, y: top, width, height: cut - top },
		{ x, y: cut, width, height: top + height - cut },
	];
}

function onPage({ x, y, width, height }: Area, { origin, scale }: Drawn): Area {
	return {
		x: origin.x + x * scale,
		y: origin.y + y * scale,
		width: width * scale,
		height: height * scale,
	};
}

const drawn = async (page: Page): Promise<Drawn> =>
	await page.evaluate(`(() => {
		const canvas = document.querySelector('.vue-flow').getBoundingClientRect();
		const pane = document.querySelector('.vue-flow__transformationpane');
		const { e, f, a } = new DOMMatrix(getComputedStyle(pane).transform);
		return { origin: { x: canvas.x + e, y: canvas.y + f }, scale: a };
	})()`);

/** What the steps, the ends of their free outputs, the notes and the lines take of the canvas. */
async function extentOf(page: Page): Promise<Area> {
	const { origin, scale } = await drawn(page);
	const boxes = await boxesOf(
		page,
		'.vue-flow__node, .vue-flow__edge-path, [data-test-id=canvas-handle-plus]',
	);
	const left = Math.min(...boxes.map(({ x }) => x));
	const top = Math.min(...boxes.map(({ y }) => y));
	const right = Math.max(...boxes.map(({ x, width }) => x + width));
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
	return {
		x: (left - origin.x) / scale - BEYOND.sides,
		y: (top - origin.y) / scale - BEYOND.top,
		width: (right - left) / scale + 2 * BEYOND.sides,
		height: (bottom - top) / scale + BEYOND.top + BEYOND.names + BEYOND.bottom,
	};
}

/** Where the note with this heading begins on the canvas. */
async function topOf(page: Page, heading: string): Promise<number> {
	const { origin, scale } = await drawn(page);
	const note = page.locator('.vue-flow__node', {
		has: page.getByRole('heading', { name: heading }),
	});
	const box = await note.boundingBox();
	if (box === null) throw new Error(`No note has the heading ${heading}`);
	return (box.y - origin.y) / scale;
}

const boxesOf = async (page: Page, selector: string): Promise<Area[]> =>
	await page.evaluate(
		`[...document.querySelectorAll(${JSON.stringify(selector)})].map((part) => part.getBoundingClientRect().toJSON())`,
	);
