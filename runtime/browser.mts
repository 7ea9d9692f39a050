import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';
import { SetupError } from './setupError.mts';
import type { Owner } from './environment.mts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A browser of the machine, without sandbox (containers) and without calls home. */
export async function openBrowser(): Promise<Browser> {
	const executablePath = CHROMIUM.find((path) => existsSync(path));
	if (!executablePath) {
		throw new SetupError(
			'There is no Chromium: apt-get install --no-install-recommends chromium fonts-dejavu-core',
		);
	}
	return await chromium.launch({
		executablePath,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-dev-shm-usage',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** The editor with the owner logged in, in the light theme. */
export async function openEditor(
	browser: Browser,
	url: string,
	owner: Owner,
	viewport: { width: number; height: number },
): Promise<Page> {
	const context = await browser.newContext({
		viewport,
		colorScheme: 'light',
		deviceScaleFactor: 1.4,
	});
	const page = await context.newPage();
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', owner.email);
	await page.fill('input[name=password]', owner.password);
	await page.click('[data-test-id=form-submit-button]');
	await page.waitForURL((address) => !address.pathname.startsWith('/signin'));
	return page;
}
