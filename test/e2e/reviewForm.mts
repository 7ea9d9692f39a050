import type { Page } from 'playwright-core';
import { openBrowser, openEditor } from '../../runtime/browser.mts';
import type { Cleanup } from '../../sandbox/demo/cleanup.mts';
import type { Session } from '../../sandbox/demo/session.mts';

const SUBMIT = '#submit-btn';
const CHOICE = '.multiselect-option label';
/** The list, a question, or the last page. */
const ANY_PAGE = `${SUBMIT}, .header h1, h1`;

/** The form in a real browser, as a person uses it who is logged in to n8n. */
export class ReviewForm {
	private constructor(
		readonly page: Page,
		private readonly address: string,
	) {}

	static async open({ server }: Session, path: string, cleanup: Cleanup): Promise<ReviewForm> {
		const browser = await openBrowser();
		cleanup.add(async () => await browser.close());
		const page = await openEditor(browser, server.url, server.owner, { width: 1100, height: 1000 });
		// The page asks for a font and an icon from elsewhere, and is not loaded before it got them or gave up
		await page.context().route(
			(url) => url.origin !== new URL(server.url).origin,
			async (route) => await route.abort(),
		);
		const form = new ReviewForm(page, `${server.url}/form/${path}`);
		await form.start();
		return form;
	}

	/** The same form in a further tab. */
	async another(): Promise<ReviewForm> {
		const form = new ReviewForm(await this.page.context().newPage(), this.address);
		await form.start();
		return form;
	}

	/** Up to the page after the first one. The first time, n8n asks whether the form may know who it is. */
	async start(): Promise<void> {
		const allow = this.page.getByRole('button', { name: 'Allow access' });
		await this.page.goto(this.address);
		await this.page.locator(SUBMIT).or(allow).first().waitFor();
		if (await allow.isVisible()) await allow.click();
		await this.page.waitForURL(/\/form\//);
		await this.page.click(SUBMIT);
		await this.page.waitForURL(/\/form-waiting\//);
		await this.page.locator(ANY_PAGE).first().waitFor();
	}

	/** Whom the list offers. */
	async people(): Promise<string[]> {
		return await this.page.locator('select option:not([disabled])').allInnerTexts();
	}

	/** The answers on this page. */
	async choices(): Promise<string[]> {
		return await this.page.locator(CHOICE).allInnerTexts();
	}

	async title(): Promise<string> {
		return await this.page.locator('h1').first().innerText();
	}

	async text(): Promise<string> {
		return await this.page.locator('body').innerText();
	}

	/** Goes on from the list with one, or with everybody. */
	async about(who?: string): Promise<void> {
		if (who !== undefined) await this.page.locator('select').selectOption({ label: who });
		await this.submit();
	}

	/** Chooses the answer that fits, and waits for the page after it. */
	async choose(answer: RegExp): Promise<void> {
		await this.page.locator(CHOICE, { hasText: answer }).first().click();
		await this.submit();
	}

	private async submit(): Promise<void> {
		const before = await this.page.evaluate(() => performance.timeOrigin);
		await this.page.click(SUBMIT);
		await this.page.waitForFunction((origin) => performance.timeOrigin !== origin, before);
		await this.page.locator(ANY_PAGE).first().waitFor();
	}
}
