import { readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { preProcessFile } from 'typescript';
import { filesIn } from './tree.mts';

/** What one file imports: files of the tree by their paths from its root, and packages by their names. */
export interface Imports {
	files: string[];
	packages: string[];
}

/** Folders whose TypeScript is the project's own. */
const roots = ['nodes', 'credentials', 'templates/source', 'sandbox', 'runtime', 'test', 'bench'];

/** Files whose names begin with a dot are somebody's notes. */
const sourcesIn = (folder: string): string[] =>
	filesIn(folder).filter((path) => /^[^.].*\.m?ts$/.test(basename(path)));

/** The file that an import without extension means. */
function fileFor(path: string, all: ReadonlySet<string>): string | undefined {
	return [path, `${path}.ts`, `${path}/index.ts`].find((candidate) => all.has(candidate));
}

/** Every import in the tree, by file; what a type is taken from counts, too. Data files are left out. */
export function readImports(): Map<string, Imports> {
	const all = new Set(roots.flatMap(sourcesIn));
	const imports = new Map<string, Imports>();
	for (const file of all) {
		const found: Imports = { files: [], packages: [] };
		const { importedFiles } = preProcessFile(readFileSync(file, 'utf8'), true, true);
		for (const { fileName } of importedFiles) {
			if (!fileName.startsWith('.')) {
				found.packages.push(fileName);
				continue;
			}
			const target = fileFor(normalize(join(dirname(file), fileName)), all);
			if (target !== undefined) found.files.push(target);
		}
		imports.set(file, found);
	}
	return imports;
}

/** One way round in a circle, from its first member back to it; undefined where there is none. */
export function circleIn(next: ReadonlyMap<string, Iterable<string>>): string[] | undefined {
	const done = new Set<string>();
	const visit = (place: string, way: string[]): string[] | undefined => {
		const start = way.indexOf(place);
		if (start >= 0) return [...way.slice(start), place];
		if (done.has(place)) return undefined;
		for (const target of next.get(place) ?? []) {
			const circle = visit(target, [...way, place]);
			if (circle !== undefined) return circle;
		}
		done.add(place);
		return undefined;
	};
	for (const place of next.keys()) {
		const circle = visit(place, []);
		if (circle !== undefined) return circle;
	}
	return undefined;
}
