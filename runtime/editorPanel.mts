import type { FrameLocator, Locator, Page } from 'playwright-core';

/** A value as a person enters it: a text, or a switch. */
type Entered = string | true;

/** Makes a credential from the open node's panel: fields by their parameter's name, from top to bottom. n8n tests it as it saves it. */
export async function createCredential(
	page: Page,
	name: string,
	fields: Readonly<Record<string, Entered>>,
): Promise<void> {
	const slot = page.locator('[data-test-id=node-credentials-slot]');
	await slot.locator('[data-test-id=node-credentials-empty-state] button').first().click();
	const dialog = page.locator('[data-test-id=editCredential-modal]');
	await dialog.locator('[data-test-id=credential-name]').click();
	await page.keyboard.press('Control+A');
	await page.keyboard.type(name);
	await page.keyboard.press('Enter');
	for (const [field, value] of Object.entries(fields)) {
		await enter(dialog.locator(`[data-test-id=parameter-input-${field}]`), value);
	}
	await dialog.locator('[data-test-id=credential-save-button]').click();
	await dialog.waitFor({ state: 'hidden' });
}

async function enter(parameter: Locator, value: Entered): Promise<void> {
	// The switch proper is an input that is not to be seen
	if (value === true) await parameter.locator('.el-switch').click();
	else await parameter.locator('input').fill(value);
}

/** Picks a credential that exists in the open node's panel. */
export async function pickCredential(page: Page, name: string): Promise<void> {
	await page.click('[data-test-id=node-credentials-select]');
	await page
		.locator('[data-test-id^=node-credentials-select-item-]:visible', { hasText: name })
		.click();
}

/** The credential that the open node's panel shows as chosen; '' when there is none. */
export async function chosenCredential(page: Page): Promise<string> {
	const chosen = page.locator('[data-test-id=node-credentials-select] input');
	return (await chosen.count()) === 0 ? '' : await chosen.inputValue();
}

/** Chooses from a parameter's list in the open node's panel. */
export async function chooseOption(page: Page, parameter: string, title: string): Promise<void> {
	await page.locator(`[data-test-id=parameter-input-${parameter}]`).first().click();
	await page.locator('.el-popper:visible').getByText(title, { exact: true }).click();
}

/** Enters a text or number in the open node's panel. */
export async function enterValue(page: Page, parameter: string, value: string): Promise<void> {
	const field = page.locator(`[data-test-id=parameter-input-${parameter}]`).first();
	await field.locator('input').fill(value);
	await field.locator('input').blur();
}

/** Turns a switch in the open node's panel over. */
export async function toggle(page: Page, parameter: string): Promise<void> {
	await page.locator(`[data-test-id=parameter-input-${parameter}] .el-switch`).first().click();
}

/** The labels of the open node's parameters that do not fit and end in three dots. */
export async function clippedLabels(page: Page): Promise<string[]> {
	return await page.evaluate(`[...document.querySelectorAll('[data-test-id=ndv] label .n8n-text')]
		.filter((label) => label.scrollWidth > label.clientWidth && getComputedStyle(label).display !== 'inline')
		.map((label) => label.textContent.trim())`);
}

/** The labels of the open node's parameters, from top to bottom. */
export async function labels(page: Page): Promise<string[]> {
	const all = page.locator('[data-test-id=node-parameters] label .n8n-text');
	return (await all.allInnerTexts()).map((label) => label.trim());
}

/** The page that the open node's output shows. */
export const shownPage = (page: Page): FrameLocator => page.frameLocator('iframe.__html-display');
