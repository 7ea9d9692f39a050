import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { codeBlocksOf } from './markdown.mts';

/** What the nodes and their tests need to run. */
const parts = [
	'nodes',
	'credentials',
	'test/nodes',
	'runtime/entries.mts',
	'tsconfig.build.json',
	'package.json',
];

/** Applies one block of lines as `diff` writes it. @throws where the file does not have these lines exactly once */
function patched(text: string, diff: string): string {
	const lines = diff.trimEnd().split('\n');
	const without = (mark: string) =>
		lines.filter((line) => !line.startsWith(mark)).map((line) => line.slice(1));
	const [before, after] = [without('+').join('\n'), without('-').join('\n')];
	const places = text.split(before).length - 1;
	if (places !== 1) throw new Error(`These lines are there ${places} times:\n${before}`);
	return text.replace(before, () => after);
}

/** A copy of the tree with everything that a page says to add to it. */
export interface PatchedTree {
	folder: string;
	/** Files that the page adds or changes. */
	files: string[];
	remove(): void;
}

/** Follows a page: its code blocks that name a file are new files, its diffs change those that are there. */
export function followPage(page: string): PatchedTree {
	const folder = mkdtempSync(join(tmpdir(), 'wix-user-sync-page-'));
	for (const part of parts) cpSync(part, join(folder, part), { recursive: true });
	symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
	const files = new Set<string>();
	for (const { language, file, code } of codeBlocksOf(page)) {
		const path = join(folder, file);
		files.add(file);
		mkdirSync(dirname(path), { recursive: true });
		const isChange = language === 'diff';
		writeFileSync(path, isChange ? patched(readFileSync(path, 'utf8'), code) : code);
	}
	return {
		folder,
		files: [...files],
		remove: () => rmSync(folder, { recursive: true, force: true }),
	};
}
