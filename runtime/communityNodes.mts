import type { Locator, Page } from 'playwright-core';

const INSTALLED_WITHIN_MS = 60_000;

/** *Settings → Community nodes*, as the owner of an n8n uses it. */
export async function openCommunityNodes(page: Page, url: string): Promise<void> {
	await page.goto(`${url}/settings/community-nodes`);
	await page.locator('[data-test-id=empty-state]').or(cards(page)).first().waitFor();
}

/** Every installed package; n8n shows others as grey boxes while it looks them up. */
export const cards = (page: Page): Locator =>
	page.locator('[data-test-id=community-package-card]', { hasText: /\S/ });

/** The button of an n8n that has no community nodes yet. */
export const firstInstallButton = (page: Page): Locator =>
	page.getByRole('button', { name: 'Install a community node' });

/** Opens the dialog, enters the name of the package and ticks that the risk is understood; the dialog. */
export async function fillInstallDialog(page: Page, name: string): Promise<Locator> {
	await firstInstallButton(page).click();
	await page.locator('[data-test-id=package-name-input]').fill(name);
	await page.locator('[data-test-id=user-agreement-checkbox]').click();
	return page.getByRole('dialog', { name: 'Install community nodes' });
}

/** *Install* in the dialog, until the package is listed. */
export async function confirmInstall(page: Page): Promise<void> {
	await page.click('[data-test-id=install-community-package-button]');
	await cards(page).waitFor({ timeout: INSTALLED_WITHIN_MS });
}

/** *Uninstall package* in the menu of the only package, until none is listed. */
export async function uninstall(page: Page): Promise<void> {
	await cards(page).getByRole('button').last().click();
	await page.getByText('Uninstall package').click();
	await page.getByRole('button', { name: 'Confirm uninstall' }).click();
	await page.waitForSelector('[data-test-id=empty-state]');
}
