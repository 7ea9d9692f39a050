import type { Page } from 'playwright-core';

const DONE_WITHIN_MS = 120_000;

/** The newer layout of n8n's lists of rules, whose rows fold; an n8n that may not ask its maker keeps the older one. */
const NEWER_LISTS = JSON.stringify({ '048_collection_overhaul': 'variant' });

/** The arrow to the next node lies over the right edge of the output. */
const OVERLAID = 24;

const nodeNamed = (name: string) => `[data-test-id=canvas-node][data-node-name="${name}"]`;

export async function openWorkflow(page: Page, url: string, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.waitForSelector('[data-test-id=canvas-node]');
}

/** Runs the workflow until `last` is done. A real click on the button is caught by the canvas, so it is clicked from within the page. */
export async function execute(page: Page, last: string): Promise<void> {
	const button = page.locator('[data-test-id^=execute-workflow-button]').first();
	await button.evaluate((element: { click(): void }) => element.click());
	await page.waitForSelector(`${nodeNamed(last)} [data-test-id=canvas-node-status-success]`, {
		timeout: DONE_WITHIN_MS,
	});
}

/** The whole canvas, without messages over it. */
export async function shootCanvas(page: Page, path: string): Promise<void> {
	await page.keyboard.press('1'); // the editor's key for "fit everything"
	await hidePopups(page);
	await page.screenshot({ path });
}

/** Opens a node's panel from the canvas. */
export async function openNode(page: Page, name: string): Promise<void> {
	await page.keyboard.press('1');
	await hidePopups(page);
	await page.locator(nodeNamed(name)).dblclick();
	await page.waitForSelector('[data-test-id=ndv]');
	await settle(page);
}

export async function closeNode(page: Page): Promise<void> {
	await page.keyboard.press('Escape');
	await page.waitForSelector('[data-test-id=ndv]', { state: 'hidden' });
}

/** The parameters of the open node, down to the parameter `last`. */
export async function shootParameters(page: Page, path: string, last: string): Promise<void> {
	const panel = await boxOf(page, '.node-parameters-wrapper');
	const end = await boxOf(page, `[data-test-id="parameter-input-${last}"] >> nth=-1`);
	// Away from the fields: the one under the mouse shows its buttons
	await page.mouse.move(panel.x + panel.width / 2, 5);
	await settle(page);
	const height = end.y + end.height + 8 - panel.y;
	await page.screenshot({ path, clip: { ...panel, height } });
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
	await page.screenshot({ path, clip });
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

async function hidePopups(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '.el-notification, .el-message { display: none !important; }',
	});
	await settle(page);
}

/** The canvas and the panels glide to their places. */
async function settle(page: Page): Promise<void> {
	await page.waitForTimeout(1500);
}
