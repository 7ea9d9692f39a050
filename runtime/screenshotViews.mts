import type { Page } from 'playwright-core';
import { settle } from './editor.mts';
import { savePng } from './png.mts';

/** The newer layout of n8n's lists of rules, whose rows fold; an n8n that may not ask its maker keeps the older one. */
const NEWER_LISTS = JSON.stringify({ '048_collection_overhaul': 'variant' });

/** The arrow to the next node lies over the right edge of the output. */
const OVERLAID = 24;

/** The parameters of the open node, down to the parameter `last`. */
export async function shootParameters(page: Page, path: string, last: string): Promise<void> {
	const panel = await boxOf(page, '.node-parameters-wrapper');
	const end = await boxOf(page, `[data-test-id="parameter-input-${last}"] >> nth=-1`);
	// Away from the fields: the one under the mouse shows its buttons
	await page.mouse.move(panel.x + panel.width / 2, 5);
	await settle(page);
	const height = end.y + end.height + 8 - panel.y;
	await savePng(path, await page.screenshot({ clip: { ...panel, height } }));
}

/** The output of the open node, with the panels moved so that it gets as much room as n8n gives it. */
export async function shootOutput(page: Page, path: string, height: number): Promise<void> {
	const handle = await boxOf(page, '[data-test-id=panel-drag-button]');
	await page.mouse.move(handle.x + handle.width / 2, handle.y + handle.height / 2);
	await page.mouse.down();
	await page.mouse.move(0, handle.y, { steps: 10 });
	await page.mouse.up();
	await settle(page);
	const frame = await boxOf(page, 'iframe.__html-display');
	const clip = { ...frame, width: frame.width - OVERLAID, height: Math.min(height, frame.height) };
	await savePng(path, await page.screenshot({ clip }));
}

/** Shows lists of rules with rows that fold, from the next page load on. */
export async function useNewerLists(page: Page): Promise<void> {
	await page.addInitScript(
		`localStorage.setItem('N8N_EXPERIMENT_OVERRIDES', ${JSON.stringify(NEWER_LISTS)})`,
	);
}

async function boxOf(page: Page, selector: string) {
	const box = await page.locator(selector).boundingBox();
	if (box === null) throw new Error(`The editor shows no ${selector}`);
	return box;
}

/** Messages that fade in over the canvas and the panels. */
export async function hidePopups(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '.el-notification, .el-message { display: none !important; }',
	});
}
