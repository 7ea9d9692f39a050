import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../../runtime/browser.mts';

const origin = 'http://page.test';

/** What came of a page in the browser. */
export interface Seen {
	/** Script that ran, dialogs, messages of the console, and every request beside the page itself. */
	happened: string[];
	/** Each element with its attributes, and each comment, in the order of the page; no text. */
	skeleton: string[];
	/** The same after the page was written out and parsed a second time, as a program does that cleans pages. */
	again: string[];
	/** What a person reads, and the title. */
	text: string;
}

/** In the browser: what the page consists of; then every element is pointed at, focused and clicked. */
const look = `(async () => {
	const skeletonOf = (root) => {
		const walker = root.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT);
		const parts = [];
		for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
			parts.push([
				node.nodeName.toLowerCase(),
				...[...(node.attributes ?? [])].map(({ name, value }) => name + '=' + JSON.stringify(value)),
			].join(' '));
		return parts;
	};
	const skeleton = skeletonOf(document);
	const again = skeletonOf(new DOMParser().parseFromString(document.documentElement.outerHTML, 'text/html'));
	const text = document.title + '\\n' + document.body.textContent;
	for (const element of document.querySelectorAll('body, body *'))
		for (const type of ['pointerover', 'mouseover', 'focus', 'click', 'toggle'])
			element.dispatchEvent(new MouseEvent(type, { bubbles: true, cancelable: true }));
	await new Promise((resolve) => setTimeout(resolve, 10));
	return { skeleton, again, text, ran: window.__pwned !== undefined };
})()`;

/** A real browser in which pages are shown, one after another, while everything that they do is noted. */
export class WatchedPage {
	private happened: string[] = [];

	private html = '';

	private count = 0;

	private page: Page | undefined;

	private constructor(
		private readonly browser: Browser,
		private readonly context: BrowserContext,
	) {}

	static async open(): Promise<WatchedPage> {
		const browser = await openBrowser();
		const watched = new WatchedPage(browser, await browser.newContext());
		await watched.context.route('**', async (route) => {
			const url = route.request().url();
			if (url === watched.address())
				return await route.fulfill({ contentType: 'text/html; charset=utf-8', body: watched.html });
			watched.note(`request ${url}`);
			await route.abort();
		});
		return watched;
	}

	async close(): Promise<void> {
		await this.browser.close();
	}

	private note(what: string): void {
		this.happened.push(what);
	}

	private async watchedTab(): Promise<Page> {
		const page = await this.context.newPage();
		page.on('dialog', (dialog) => {
			this.note(`dialog ${dialog.message()}`);
			void dialog.dismiss();
		});
		page.on('console', (message) => this.note(`console ${message.text()}`));
		page.on('pageerror', (error) => this.note(`error ${error.message}`));
		page.on('popup', () => this.note('another page'));
		return page;
	}

	private readonly address = () => `${origin}/${this.count}`;

	/** Shows a whole page, touches every element, and tells what happened. */
	async show(html: string): Promise<Seen> {
		this.count++;
		this.html = html;
		this.happened = [];
		this.page ??= await this.watchedTab();
		try {
			await this.page.goto(this.address());
			const { ran, ...seen } = (await this.page.evaluate(look)) as Omit<Seen, 'happened'> & {
				ran: boolean;
			};
			if (ran) this.note('script ran');
			return { ...seen, happened: this.happened };
		} catch (error) {
			// Led away from itself: the next page gets a tab of its own
			await this.page.close();
			this.page = undefined;
			const happened = [...this.happened, `led away: ${(error as Error).message}`];
			return { happened, skeleton: [], again: [], text: '' };
		}
	}
}
