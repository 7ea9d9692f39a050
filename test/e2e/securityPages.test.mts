import { injections } from '../security/injections.mts';
import { hostileContentPage, hostileRunPage } from '../security/hostileReport.mts';
import {
	hostileForgetPage,
	hostileHealthPage,
	hostileReviewPage,
} from '../security/hostileTemplates.mts';
import { WatchedPage, type Seen } from './watchedPage.mts';

/** Every page that shows what records, tables or people hold. */
const pages: Record<string, (evil: string) => string> = {
	'the report of a run': hostileRunPage,
	'the report, whatever it is given': hostileContentPage,
	'the health report': hostileHealthPage,
	'the review form': hostileReviewPage,
	'what is found of a person': hostileForgetPage,
};

/** White space and what HTML itself takes out of a text count for nothing. */
const plain = (text: string) => text.replace(/[\s\0]+/g, ' ');

let browser: WatchedPage;
beforeAll(async () => {
	browser = await WatchedPage.open();
});
afterAll(async () => await browser.close());

it('holds enough strings, each once', () => {
	expect(injections.length).toBeGreaterThanOrEqual(60);
	expect(new Set(injections.map(({ text }) => text)).size).toBe(injections.length);
});

describe('the watch sees what a string does that nobody escapes', () => {
	const unsafe = {
		text: (evil: string) => `<!doctype html><body><p>${evil}</p></body>`,
		attribute: (evil: string) => `<!doctype html><body><p title="${evil}">x</p></body>`,
	};
	const seen: string[] = [];
	const clean: Record<string, Seen> = {};
	beforeAll(async () => {
		for (const [kind, draw] of Object.entries(unsafe)) clean[kind] = await browser.show(draw('x'));
	});

	it('and nothing where there is none', () => {
		expect(Object.values(clean).flatMap(({ happened }) => happened)).toEqual([]);
	});

	it.each(injections.filter(({ kind }) => kind !== 'inert'))('$kind: $text', async (given) => {
		const draw = unsafe[given.kind as keyof typeof unsafe];
		const dirty = await browser.show(draw(given.text));
		seen.push(...new Set(dirty.happened));
		expect([dirty.skeleton, dirty.happened]).not.toEqual([clean[given.kind]?.skeleton, []]);
	});

	it('scripts and requests among it', () => {
		expect(seen.filter((what) => what === 'script ran').length).toBeGreaterThan(25);
		const asked = seen.filter((what) => what.startsWith('request https://outside.test'));
		expect(asked.length).toBeGreaterThan(9);
	});
});

describe.each(Object.entries(pages))('%s', (_, draw) => {
	let clean: Seen;
	beforeAll(async () => {
		clean = await browser.show(draw('x'));
	});

	it('is drawn with every field', () => {
		expect(clean.happened).toEqual([]);
		expect(clean.again).toEqual(clean.skeleton);
		expect(clean.text.split('x').length).toBeGreaterThan(3);
	});

	it.each(injections)('shows as text: $text', async ({ text }) => {
		const dirty = await browser.show(draw(text));
		expect(dirty.happened).toEqual([]);
		expect(dirty.skeleton).toEqual(clean.skeleton);
		expect(dirty.again).toEqual(clean.skeleton);
		expect(plain(dirty.text)).toContain(plain(text).trim());
	});
});
