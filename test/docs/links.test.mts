import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { captured, entryAt } from '../../runtime/entries.mts';

const pages = [
	...['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'],
	...['docs', 'templates', 'sandbox', 'bench'].flatMap((folder) =>
		readdirSync(folder)
			.filter((name) => name.endsWith('.md'))
			.map((name) => join(folder, name)),
	),
];

const textOf = (page: string) => readFileSync(page, 'utf8').replace(/^```[^]*?^```/gm, '');

/** As GitHub makes them: lower case, no punctuation, hyphens for spaces. */
function anchorsOf(page: string): string[] {
	const headings = captured(textOf(page), /^#+ (.*)$/gm);
	return headings.map((title) =>
		title
			.replace(/[`*]|\[|\]\([^)]*\)/g, '')
			.toLowerCase()
			.replace(/[^\p{L}\p{N}\- _]/gu, '')
			.replace(/ /g, '-'),
	);
}

/** Links and pictures that lead to a file of the tree, or to a place in one. */
const linksOf = (page: string) => captured(textOf(page), /\]\(([^)\s]+)\)/g);

const isOutside = (target: string) => /^[a-z]+:/.test(target);

/** What is wrong with a link; undefined when it leads somewhere. */
function faultOf(page: string, target: string): string | undefined {
	const [path = '', anchor] = target.split('#');
	const file = path === '' ? page : normalize(join(dirname(page), path));
	if (!existsSync(file)) return `${target}: there is no ${file}`;
	if (anchor === undefined || !file.endsWith('.md')) return undefined;
	return anchorsOf(file).includes(anchor) ? undefined : `${target}: ${file} has no such heading`;
}

test.each(pages)('every link of %s leads somewhere', (page) => {
	const inside = linksOf(page).filter((target) => !isOutside(target));
	expect(inside.map((target) => faultOf(page, target)).filter(Boolean)).toEqual([]);
});

test('every page and every drawing of docs/ is linked from some page', () => {
	const linked = new Set(
		pages.flatMap((page) =>
			linksOf(page).map((target) => normalize(join(dirname(page), entryAt(target.split('#'), 0)))),
		),
	);
	const files = readdirSync('docs').filter((name) => /\.(md|svg)$/.test(name));
	expect(files.filter((name) => !linked.has(`docs/${name}`))).toEqual([]);
});

test('every npm script that a page names is there', () => {
	const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
		scripts: Record<string, string>;
	};
	const named = pages.flatMap((page) =>
		captured(readFileSync(page, 'utf8'), /\bnpm run ([\w:-]+)/g),
	);
	expect(named.length).toBeGreaterThan(10);
	expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});
