import { injections } from '../security/injections.mts';
import { hostileContentPage, hostileRunPage } from '../security/hostileReport.mts';
import { hostileReviewPage } from '../security/hostileTemplates.mts';
import { pageFaults } from './pageFaults.mts';
import { WatchedPage, type Seen } from './watchedPage.mts';

interface Subject {
	name: string;
	/** The page with this text in every field. */
	draw: (evil: string) => string | Promise<string>;
	/** Of that text, in characters: no field cuts it. */
	longest: number;
}

/** The report cuts values beyond 300 characters, and shows some of them twice in one. */
const inReport = 130;
const anywhere = 600;

/** Every page that shows what records, tables or people hold. */
const subjects: Subject[] = [
	{ name: 'the report of a run', draw: hostileRunPage, longest: inReport },
	{ name: 'the report, whatever it is given', draw: hostileContentPage, longest: inReport },
	{ name: 'the review form', draw: hostileReviewPage, longest: anywhere },
];

const BETWEEN = ' ~ ';
const texts = injections.map(({ text }) => text);

/** The strings in portions that stand in a page together. */
function portionsFor({ longest }: Subject): string[][] {
	const portions: string[][] = [];
	let length = Infinity;
	for (const text of texts) {
		length += BETWEEN.length + text.length;
		if (length > longest) {
			portions.push([]);
			length = text.length;
		}
		portions.at(-1)?.push(text);
	}
	return portions;
}

let browser: WatchedPage;
beforeAll(async () => {
	browser = await WatchedPage.open();
});
afterAll(async () => await browser.close());

it('holds enough strings, each once', () => {
	expect(injections.length).toBeGreaterThanOrEqual(60);
	expect(new Set(texts).size).toBe(injections.length);
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

describe.each(subjects)('$name', (subject) => {
	const { draw } = subject;
	let clean: Seen;
	beforeAll(async () => {
		clean = await browser.show(await draw('x'));
	});

	it('is drawn with every field', () => {
		expect(clean.happened).toEqual([]);
		expect(clean.again).toEqual(clean.skeleton);
		expect(clean.text.split('x').length).toBeGreaterThan(3);
	});

	const faultsWith = async (given: readonly string[]) =>
		pageFaults(clean, await browser.show(await draw(given.join(BETWEEN))), given);

	it.each(portionsFor(subject))('shows as text: %s', async (...given) => {
		// Where a string is at fault, each gets a page of its own
		const together = await faultsWith(given);
		const alone: Array<[text: string, faults: string[]]> = [];
		for (const text of together.length === 0 ? [] : given)
			alone.push([text, await faultsWith([text])]);
		const guilty = alone.filter(([, faults]) => faults.length > 0);
		expect({ together, guilty }).toEqual({ together: [], guilty: [] });
	});
});
