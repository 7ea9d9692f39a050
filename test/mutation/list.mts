import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { reasons } from './reasons.mts';

/** What is used of Stryker's report (its mutation-testing-report-schema). */
interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}
interface Mutant {
	status: string;
	location: { start: { line: number } };
}
interface Survivor {
	file: string;
	line: number;
	/** The line that the mutant changes. */
	code: string;
	why: string;
}

const root = process.cwd();
const unexplained = 'Not looked at yet';
const longest = 70;

const shortened = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);

function survivorOf(file: string, lines: readonly string[], mutant: Mutant): Survivor {
	const { line } = mutant.location.start;
	const code = lines[line - 1].trim();
	const reason = (reasons[file] ?? []).find(([part]) => code.includes(part));
	return { file, line, code, why: reason?.[1] ?? unexplained };
}

const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);
const cell = (text: string) => `\`${text.replaceAll('|', '\\|').replaceAll('`', '´')}\``;
const isKilled = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
const counts = ({ status }: Mutant) => status !== 'Ignored' && status !== 'CompileError';

const { files } = JSON.parse(
	readFileSync(path.join(root, '.cache/mutation/report.json'), 'utf8'),
) as Report;
const scores: string[] = [];
const survivors: Survivor[] = [];
let [killed, all] = [0, 0];
for (const [name, { source, mutants }] of Object.entries(files).sort()) {
	const file = path.basename(name);
	const lines = source.split('\n');
	const valid = mutants.filter(counts);
	const dead = valid.filter(isKilled);
	[killed, all] = [killed + dead.length, all + valid.length];
	scores.push(
		`| ${file} | ${valid.length} | ${valid.length - dead.length} | ${percent(dead.length, valid.length)} |`,
	);
	for (const mutant of valid)
		if (!isKilled(mutant)) survivors.push(survivorOf(file, lines, mutant));
}

const whys = [...new Set(survivors.map(({ why }) => why))].sort(
	(left, right) => Number(left === unexplained) - Number(right === unexplained),
);
const lists = whys.flatMap((why) => {
	const own = survivors.filter((survivor) => survivor.why === why);
	const byLine = new Map<string, Survivor[]>();
	for (const survivor of own) {
		const place = `${survivor.file}:${survivor.line}`;
		byLine.set(place, [...(byLine.get(place) ?? []), survivor]);
	}
	const rows = [...byLine].map(
		([place, [{ code }, ...more]]) =>
			`| ${place} | ${cell(shortened(code))} | ${more.length + 1} |`,
	);
	return [
		`### ${why} (${own.length})`,
		'',
		'| Line | Code | Mutants |',
		'|---|---|---|',
		...rows,
		'',
	];
});

const target = path.join(root, 'docs/mutation.md');
const marker = '<!-- written by `npx tsx test/mutation/list.mts` from here on -->';
const [intro] = readFileSync(target, 'utf8').split(marker);
const page = [
	intro.trim(),
	'',
	marker,
	'',
	'## Scores',
	'',
	`Of ${all} mutants ${killed} are killed: ${percent(killed, all)} %.`,
	'',
	'| File | Mutants | Survive | Killed % |',
	'|---|---|---|---|',
	...scores,
	'',
	'## Survivors',
	'',
	...lists,
].join('\n');
writeFileSync(target, await format(page, { parser: 'markdown' }));
const open = survivors.filter(({ why }) => why === unexplained).length;
console.log(`${survivors.length} survive, ${open} of them without a reason; see docs/mutation.md`);
