import type { Page } from 'playwright-core';
import { newWorkflow } from './editor.mts';

/** The first step of a new workflow is a trigger: opens the panel that offers them. */
export async function offerTriggers(page: Page, url: string): Promise<void> {
	await newWorkflow(page, url);
	await page.click('[data-test-id=canvas-add-button]');
}

/** Takes *Trigger manually* of the triggers on offer, and opens the panel for the step after it. */
export async function offerNextStep(page: Page): Promise<void> {
	await page.locator('[data-test-id=node-creator]').getByText('Trigger manually').click();
	await page.click('[data-test-id=canvas-handle-plus]');
}

/** Types into the open panel; the names of the nodes that it finds. */
export async function searchNodes(page: Page, text: string): Promise<string[]> {
	await page.fill('[data-test-id=node-creator-search-bar]', text);
	const names = page.locator('[data-test-id=node-creator-item-name]');
	// Nodes that n8n brings make room for those that were found
	await names.filter({ hasText: text }).first().waitFor();
	return await names.allInnerTexts();
}

/** Takes a node that was found and offers no actions; its panel is open then. */
export async function takeNode(page: Page, node: string): Promise<void> {
	await page.locator('[data-test-id=node-creator]').getByText(node, { exact: true }).click();
	await page.waitForSelector('[data-test-id=ndv]');
}

/** Takes a node that was found, and one of the actions that it offers. */
export async function takeAction(page: Page, node: string, action: string): Promise<void> {
	const panel = page.locator('[data-test-id=node-creator]');
	await panel.getByText(node, { exact: true }).click();
	await panel.getByText(action, { exact: true }).click();
	await page.waitForSelector('[data-test-id=ndv]');
}
