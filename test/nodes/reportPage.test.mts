import type { IDataObject } from 'n8n-workflow';
import { atLeast, captured } from '../../runtime/entries.mts';
import { contact, linked, user } from '../engine/builders.mts';
import { match, people, tableRow, type Inputs } from './runMatch.mts';

const named = (id: string, address: string, name: string): IDataObject => ({
	...user(id, address),
	name,
});

/** Pairs that last agreed on `old<n>` and hold what is given. */
const pairs = (count: number, wix: (n: number) => string, users: (n: number) => string): Inputs => {
	const each = <Item,>(make: (n: number) => Item) =>
		Array.from({ length: count }, (_, n) => make(n));
	return {
		wix: people(...each((n) => contact(`C${n}`, wix(n)))),
		users: each((n) => named(`U${n}`, users(n), `Person ${n}`)),
		links: each((n) => tableRow(linked(`C${n}`, `U${n}`, `old${n}@example.com`), n + 1)),
	};
};
const old = (n: number) => `old${n}@example.com`;
const fresh = (n: number) => `new${n}@example.com`;
const other = (n: number) => `other${n}@example.com`;

const noGuard = { options: { guard: false } };
const pageOf = async (...given: Parameters<typeof match>) => (await match(...given)).facts.html;
const textOf = (html: string) =>
	html
		.replace(/<style>.*?<\/style>/s, '')
		.replace(/<[^>]*>/g, ' ')
		.replace(/\s+/g, ' ');
const rowsOf = (html: string) =>
	html.match(/<tbody>.*?<\/tbody>/gs)?.map((body) => body.split('<tr>').length - 1);

test('a planned change says what happens to whom, old to new, and why', async () => {
	const text = textOf(await pageOf(pairs(1, fresh, old)));
	expect(text).toContain(
		'Change user Person 0 U0 profile.email.email old0@example.com → new0@example.com Why: edited in Wix',
	);
	expect(text).toContain('The guard lets this run pass: it changes 0 Wix records and 1 user.');
});

test('a matter for review shows what both sides hold, what was found and what can be answered', async () => {
	const html = await pageOf(pairs(3, fresh, other));
	const text = textOf(html);
	expect(text).toContain('Edited on both sides 3');
	expect(text).toContain('C1 primaryInfo.email: new1@example.com');
	expect(text).toContain('Person 1 U1 profile.email.email: other1@example.com');
	expect(text).toContain('wixWins : write &#39;new1@example.com&#39; to the user');
	expect(rowsOf(html)).toEqual([3]);
});

test('a field that cannot be used is not shown as empty', async () => {
	const bad = { ...contact('C1', null), primaryInfo: { email: 'nobody' } };
	const text = textOf(await pageOf({ wix: people(bad), users: [{}], links: [{}] }));
	expect(text).toContain('Values that cannot be used');
	expect(text).not.toContain('primaryInfo.email:');
});

test('a table is cut at 200 rows, and the true total is named', async () => {
	const changes = await pageOf(pairs(203, fresh, old), noGuard);
	expect(rowsOf(changes)).toEqual([200]);
	expect(textOf(changes)).toContain('Planned changes 203');
	expect(textOf(changes)).toContain('The first 200 of 203 are shown.');
	const review = await pageOf(pairs(204, fresh, other));
	expect(rowsOf(review)).toEqual([200]);
	expect(textOf(review)).toContain('The first 200 of 204 are shown.');
	expect(textOf(await pageOf(pairs(200, fresh, old), noGuard))).not.toContain('The first');
});

describe('the verdict of the guard', () => {
	test('a stopped run: how many, and the code that lets exactly it through', async () => {
		const { facts } = await match(pairs(60, fresh, old));
		const text = textOf(facts.html);
		expect(text).toContain('The guard stopped this run');
		expect(text).toContain(facts.guard.planHash);
		expect(text).not.toContain('Stopped by the guard');
		expect(text).not.toContain('lets this run pass');
	});

	test('an empty list: no code, because none would help', async () => {
		const { facts } = await match({ ...pairs(1, old, old), users: [{}] });
		expect(facts.guard.tripped).toBe(true);
		expect(textOf(facts.html)).toContain('is empty although linked records exist');
		expect(facts.html).not.toContain(facts.guard.planHash);
	});

	test('switched off', async () => {
		expect(textOf(await pageOf(pairs(1, fresh, old), noGuard))).toContain(
			'The guard is switched off. This run changes 0 Wix records and 1 user.',
		);
	});
});

test('without data it says so, and nothing else', async () => {
	const text = textOf(await pageOf({ wix: [{}], users: [{}], links: [{}] }));
	expect(text).toContain('there is nothing to show yet');
	expect(text).not.toContain('Planned changes');
});

test('names, values and ids of people are escaped', async () => {
	const evil = '<img src=x onerror=alert(1)>';
	const given: Inputs = {
		wix: people(contact(`C${evil}`, fresh(0))),
		users: [named(`U${evil}`, other(0), evil)],
		links: [tableRow(linked(`C${evil}`, `U${evil}`, old(0)), 1)],
	};
	const html = await pageOf(given);
	expect(html).toContain('&lt;img src=x');
	expect(html).not.toContain('<img');
});

/** What n8n's HTML view leaves standing; a page that needs more would look different there. */
const keptTags =
	/^(h[1-3]|p|b|em|small|br|ul|li|i|div|span|code|table|thead|tbody|tr|th|td|section|style|title)$/;

test('the page needs only what the HTML view of n8n shows, and nothing from elsewhere', async () => {
	const given = pairs(2, fresh, (n) => (n === 0 ? old(0) : other(1)));
	const html = await pageOf(given, { explain: 'C1' });
	const [, body = ''] = html.split('<body>');
	for (const [, tag, attributes] of body.matchAll(/<\/?(\w+)([^>]*)>/g)) {
		if (tag === 'body' || tag === 'html') continue;
		expect(tag).toMatch(keptTags);
		expect(attributes).toMatch(/^(?: (?:class|style)="[^"]*")*$/);
	}
	expect(html).not.toMatch(/https?:|url\(|@import|<script/);
});

/** Relative luminance of #rgb or #rrggbb, as WCAG 2 defines it. */
function luminance(colour: string): number {
	const digits =
		colour.length === 4
			? [...colour.slice(1)].map((digit) => digit + digit).join('')
			: colour.slice(1);
	const [red, green, blue] = atLeast(
		[0, 2, 4].map((at) => {
			const part = parseInt(digits.slice(at, at + 2), 16) / 255;
			return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
		}),
		3,
	);
	return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

test('text stands out from its background in the light and in the dark theme', async () => {
	const html = await pageOf(pairs(1, fresh, old));
	const themes = captured(html, /:root\{([^}]*--text[^}]*)\}/g);
	expect(themes).toHaveLength(2);
	for (const rules of themes) {
		const colour = (name: string) =>
			luminance(new RegExp(`--${name}:(#[0-9a-f]+)`).exec(rules)?.[1] ?? '');
		for (const text of ['text', 'soft'])
			for (const ground of ['page', 'box', 'stop']) {
				const [dark, light] = atLeast(
					[colour(text), colour(ground)].sort((left, right) => left - right),
					2,
				);
				expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5);
			}
	}
});
