import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readCoverage } from './uncovered.mts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'coverage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (line: number) => ({ start: { line } });

it('counts branches, and gives each line once in which something was never reached', () => {
	const path = join(folder, 'one.ts');
	writeFileSync(path, "import a from 'a';\n\tconst b = a ? 1 : 2;\nif (b) {\n\ta();\n}\n");
	const report = join(folder, 'report.json');
	writeFileSync(
		report,
		JSON.stringify({
			[path]: {
				path,
				// What a compiler adds at the top has the place of the first import
				statementMap: { 0: at(1), 1: at(2), 2: at(4) },
				s: { 0: 0, 1: 5, 2: 0 },
				branchMap: {
					0: { loc: at(2), locations: [at(2), at(2)] },
					// An `else` that is not written has no place of its own
					1: { loc: at(3), locations: [at(3), { start: {} }] },
				},
				b: { 0: [0, 0], 1: [4, 0] },
			},
		}),
	);

	const { branches, lines } = readCoverage(report, folder);
	expect(branches).toEqual({ all: 4, covered: 1 });
	expect([...lines]).toEqual([
		[
			'one.ts',
			[
				{ line: 2, text: 'const b = a ? 1 : 2;' },
				{ line: 3, text: 'if (b) {' },
				{ line: 4, text: 'a();' },
			],
		],
	]);
});
