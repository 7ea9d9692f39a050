import type { Locator, Page } from 'playwright-core';

const DONE_WITHIN_MS = 120_000;

/** What a person does on the canvas of the editor, in the words of what is to be seen there. */
export const nodeNamed = (page: Page, name: string): Locator =>
	page.locator(`[data-test-id=canvas-node][data-node-name="${name}"]`);

/** An empty canvas. */
export async function newWorkflow(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/workflow/new`);
	await page.waitForSelector('[data-test-id=canvas-add-button]');
}

export async function openWorkflow(page: Page, url: string, workflowId: string): Promise<void> {
	await page.goto(`${url}/workflow/${workflowId}`);
	await page.waitForSelector('[data-test-id=canvas-node]');
}

/** Pastes the text of a workflow on the canvas, by the keys. */
export async function pasteWorkflow(page: Page, text: string): Promise<void> {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
	await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
	await page.keyboard.press('Control+V');
	await page.waitForSelector('[data-test-id=canvas-node]');
	await fitEverything(page);
}

/** *Import → From File* in the menu of the open workflow. */
export async function importFromFile(page: Page, file: string): Promise<void> {
	await page.click('[data-test-id=workflow-menu]');
	await page.hover('[data-test-id=workflow-menu-item-import]');
	const chooser = page.waitForEvent('filechooser');
	await page.click('[data-test-id=workflow-menu-item-import-from-file]');
	await (await chooser).setFiles(file);
	await page.waitForSelector('[data-test-id=canvas-node]');
	await fitEverything(page);
}

/** Zooms until all steps are in sight. The editor's button for it may be hidden or covered: it is clicked from within the page. */
export async function fitEverything(page: Page): Promise<void> {
	await page
		.locator('[data-test-id=zoom-to-fit]')
		.evaluate((button: { click(): void }) => button.click());
	await settle(page);
}

/** The names of the steps on the canvas, notes aside. */
export async function stepNames(page: Page): Promise<string[]> {
	return await namesOf(page.locator('[data-test-id=canvas-node]'));
}

/** The names of the steps that n8n marks as not ready to run. */
export async function stepsWithIssues(page: Page): Promise<string[]> {
	const issues = page.locator('[data-test-id=node-issues]');
	return await namesOf(page.locator('[data-test-id=canvas-node]', { has: issues }));
}

interface Element {
	getAttribute(name: string): string | null;
}

async function namesOf(steps: Locator): Promise<string[]> {
	return await steps.evaluateAll((all: Element[]) =>
		all.map((step) => step.getAttribute('data-node-name') ?? ''),
	);
}

/** The headings of notes whose text is longer than their box; n8n would cut it off. */
export async function notesTooSmall(page: Page): Promise<string[]> {
	return await page.evaluate(`[...document.querySelectorAll('[data-test-id=sticky]')]
		.map((note) => ({ note, heading: note.querySelector('h1, h2, h3') }))
		.filter(({ note, heading }) => {
			const end = heading.parentElement.lastElementChild.getBoundingClientRect();
			const box = note.getBoundingClientRect();
			return end.bottom > box.bottom || end.right > box.right;
		})
		.map(({ heading }) => heading.textContent)`);
}

/** The files of the icons on the canvas that did load, and of those that did not. */
export async function iconsOf(page: Page): Promise<{ loaded: string[]; broken: string[] }> {
	const icons = await page.evaluate<Array<{ file: string; width: number }>>(
		`[...document.querySelectorAll('[data-test-id=canvas-node] img')]
			.map((icon) => ({ file: icon.src.split('/').pop(), width: icon.complete ? icon.naturalWidth : 0 }))`,
	);
	const files = (all: typeof icons) => [...new Set(all.map(({ file }) => file))].sort();
	return {
		loaded: files(icons.filter(({ width }) => width > 0)),
		broken: files(icons.filter(({ width }) => width === 0)),
	};
}

/** Runs the workflow by the button of its trigger until `last` is done. */
export async function execute(page: Page, trigger: string, last: string): Promise<void> {
	await nodeNamed(page, trigger).hover();
	// What the click sets off is waited for by its end, not as a navigation
	await page.click(`[data-test-id="execute-workflow-button-${trigger}"]`, { noWaitAfter: true });
	await nodeNamed(page, last)
		.locator('[data-test-id=canvas-node-status-success]')
		.waitFor({ timeout: DONE_WITHIN_MS });
}

/** Opens a step's panel by a double click on the canvas. */
export async function openNode(page: Page, name: string): Promise<void> {
	await fitEverything(page);
	await nodeNamed(page, name).dblclick();
	await page.waitForSelector('[data-test-id=ndv]');
	await settle(page);
}

export async function closeNode(page: Page): Promise<void> {
	await page.click('[data-test-id=ndv-close-button]');
	await page.waitForSelector('[data-test-id=ndv]', { state: 'hidden' });
}

/** Switches the workflow on, under the name that n8n proposes for its version. */
export async function publish(page: Page): Promise<void> {
	await page.click('[data-test-id=workflow-open-publish-modal-button]');
	await page.click('[data-test-id=workflow-publish-button]');
	await page.waitForSelector('[data-test-id=workflow-publish-button]', { state: 'hidden' });
}

/** The canvas and the panels glide to their places. */
export async function settle(page: Page): Promise<void> {
	await page.waitForTimeout(1000);
}
