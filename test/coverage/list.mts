/** Writes docs/coverage.md out of the last `jest --coverage` and the reasons in `reasons/`. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';

import { codeCell } from '../docs/codeCell.mts';
import { reasons } from './reasons.mts';
import { readCoverage } from './uncovered.mts';

const root = process.cwd();
const unexplained = 'Not looked at yet';
const { branches, lines } = readCoverage(join(root, '.cache/coverage/coverage-final.json'), root);

const used = new Set<string>();
const rows = [...lines].sort().flatMap(([file, uncovered]) =>
	uncovered.map(({ line, text }) => {
		const reason = (reasons[file] ?? []).find((each) => text.includes(each.line));
		if (reason !== undefined) used.add(`${file}: ${reason.line}`);
		return { place: `${file}:${line}`, text, why: reason?.why ?? unexplained };
	}),
);
const superfluous = Object.entries(reasons)
	.flatMap(([file, each]) => each.map(({ line }) => `${file}: ${line}`))
	.filter((reason) => !used.has(reason));

const percent = ((100 * branches.covered) / branches.all).toFixed(1);
const text = `# Coverage

\`npm run coverage\` runs all tests but the end-to-end ones and counts which branches of the nodes and credentials they reach: ${branches.covered.toLocaleString('en-US')} of
${branches.all.toLocaleString('en-US')}, **${percent} %**. It fails below 95 %, and writes this page anew. What coverage cannot tell, whether a test would notice a
fault, is asked by [mutation testing](mutation.md).

## Lines that no test reaches whole

The reasons are in \`test/coverage/reasons/\`, by file and a piece of the line.

| Line | | Why |
|---|---|---|
${rows.map(({ place, text: line, why }) => `| ${place.replace('nodes/', '')} | ${codeCell(line)} | ${why} |`).join('\n')}
`;
writeFileSync(join(root, 'docs/coverage.md'), await format(text, { parser: 'markdown' }));

console.log(`${percent} % of branches; ${rows.length} lines in docs/coverage.md`);
const open = rows.filter(({ why }) => why === unexplained).length;
if (open > 0) console.log(`${open} of them have no reason`);
for (const reason of superfluous) console.log(`No such line: ${reason}`);
