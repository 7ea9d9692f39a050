import { readFileSync } from 'node:fs';
import { atLeast, entryAt } from '../../runtime/entries.mts';

/** One table of a page, its cells as text without code marks. */
export interface Table {
	/** Of the section it stands in: titles from the outermost heading to the innermost. */
	under: string[];
	header: string[];
	rows: string[][];
}

const cellsOf = (line: string): string[] =>
	line
		.trim()
		.replace(/^\||\|$/g, '')
		.split('|')
		.map((cell) => cell.trim());

const isRule = (line: string | undefined) => /^\|[\s:|-]+\|$/.test(line?.trim() ?? '');

/** Where Markdown needs marks that are no part of the text: code, emphasis and escapes. */
export const plain = (cell: string) => cell.replace(/[`*]|\\(?=[<>[\]|])/g, '');

/** The path between code marks; undefined for a cell without one. */
export const codeIn = (cell: string) => /`([^`]+)`/.exec(cell)?.[1];

/** All tables of a page of docs/, in order, each with the headings above it. Code blocks are left out. */
export function tablesOf(page: string): Table[] {
	const lines = readFileSync(`docs/${page}`, 'utf8')
		.replace(/^```[^]*?^```/gm, '')
		.split('\n');
	const tables: Table[] = [];
	let under: string[] = [];
	for (let place = 0; place < lines.length; place++) {
		const heading = /^(#+) (.*)$/.exec(entryAt(lines, place));
		if (heading !== null)
			under = [...under.slice(0, entryAt(heading, 1).length - 1), entryAt(heading, 2)];
		if (!entryAt(lines, place).startsWith('|') || !isRule(lines[place + 1])) continue;
		const header = cellsOf(entryAt(lines, place));
		const rows: string[][] = [];
		for (place += 2; lines[place]?.startsWith('|'); place++)
			rows.push(cellsOf(entryAt(lines, place)));
		place--;
		tables.push({ under: [...under], header, rows });
	}
	return tables;
}

export interface CodeBlock {
	language: string;
	file: string;
	code: string;
}

/** The code blocks of a page that name a file behind their language: ```ts nodes/a.ts */
export function codeBlocksOf(page: string): CodeBlock[] {
	const text = readFileSync(`docs/${page}`, 'utf8');
	return [...text.matchAll(/^```(\w+) (\S+)\n([^]*?)^```/gm)].map((block) => {
		const [, language, file, code] = atLeast(block, 4);
		return { language, file, code };
	});
}
