import { readFileSync } from 'node:fs';

import { entryAt } from '../../runtime/entries.mts';

interface Place {
	start: { line?: number };
}

/** What istanbul writes of one file, as far as it is read here (istanbul-lib-coverage, file coverage). */
interface FileCoverage {
	path: string;
	statementMap: Record<string, Place>;
	s: Record<string, number>;
	branchMap: Record<string, { loc: Place; locations: Place[] }>;
	b: Record<string, number[]>;
}

export interface Coverage {
	branches: { all: number; covered: number };
	/** By file: the lines in which a branch or a statement was never reached, from the top down. */
	lines: Map<string, Array<{ line: number; text: string }>>;
}

/** Compiled modules begin with statements that no line of the source has; istanbul puts them on the first declarations. */
const isDeclaration = (text: string) => /^(export|import) /.test(text);

function linesOf({ statementMap, s, branchMap, b }: FileCoverage): number[] {
	const statements = Object.entries(s)
		.filter(([, hits]) => hits === 0)
		.map(([id]) => statementMap[id]?.start.line);
	const branches = Object.entries(b).flatMap(([id, hits]) =>
		hits.flatMap((hit, index) =>
			hit > 0 ? [] : [branchMap[id]?.locations[index]?.start.line ?? branchMap[id]?.loc.start.line],
		),
	);
	const lines = [...statements, ...branches].filter((line) => line !== undefined);
	return [...new Set(lines)].sort((one, other) => one - other);
}

/** @param file what jest wrote as `coverage-final.json`; @param root folder of the project */
export function readCoverage(file: string, root: string): Coverage {
	const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, FileCoverage>;
	const coverage: Coverage = { branches: { all: 0, covered: 0 }, lines: new Map() };
	for (const each of Object.values(report)) {
		const hits = Object.values(each.b).flat();
		coverage.branches.all += hits.length;
		coverage.branches.covered += hits.filter((hit) => hit > 0).length;
		const source = readFileSync(each.path, 'utf8').split('\n');
		const lines = linesOf(each)
			.map((line) => ({ line, text: entryAt(source, line - 1).trim() }))
			.filter(({ text }) => !isDeclaration(text));
		if (lines.length > 0) coverage.lines.set(each.path.slice(root.length + 1), lines);
	}
	return coverage;
}
