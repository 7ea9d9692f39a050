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

/** At this size the names of the steps can be read; a very high canvas is drawn smaller. */
const ZOOM = 0.75;
const HIGHEST = 2000;
/** How far names, bolts and the stubs of free outputs reach beyond the boxes of the steps. */
const BEYOND = { left: 90, right: 150, top: 40, bottom: 90 };
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

/** The open workflow, or an area of its canvas, and nothing of the editor around it. */
export async function shootWorkflow(page: Page, path: string, area?: Area): Promise<void> {
	await hidePopups(page);
	await page.addStyleTag({
		content: `${OVER_THE_CANVAS.join(', ')} { visibility: hidden !important; }`,
	});
	const whole = await extentOf(page);
	const zoom = Math.min(ZOOM, HIGHEST / whole.height);
	await page.setViewportSize({
		width: Math.ceil(whole.width * zoom) + FRAME.width,
		height: Math.ceil(whole.height * zoom) + FRAME.height,
	});
	await fitEverything(page);
	const clip = onPage(area ?? whole, await drawn(page));
	await savePng(path, await page.screenshot({ clip, scale: 'css' }));
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

/** What the steps and notes take of the canvas. */
async function extentOf(page: Page): Promise<Area> {
	const { origin, scale } = await drawn(page);
	const boxes = await page.evaluate<Area[]>(
		`[...document.querySelectorAll('.vue-flow__node')].map((node) => node.getBoundingClientRect().toJSON())`,
	);
	const left = Math.min(...boxes.map(({ x }) => x));
	const top = Math.min(...boxes.map(({ y }) => y));
	const right = Math.max(...boxes.map(({ x, width }) => x + width));
	const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
	return {
		x: (left - origin.x) / scale - BEYOND.left,
		y: (top - origin.y) / scale - BEYOND.top,
		width: (right - left) / scale + BEYOND.left + BEYOND.right,
		height: (bottom - top) / scale + BEYOND.top + BEYOND.bottom,
	};
}
