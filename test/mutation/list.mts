import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'prettier';
import { atLeast, entryAt } from '../../runtime/entries.mts';
import { codeCell } from '../docs/codeCell.mts';
import { reasons } from './reasons.mts';
import { counts, fullReport, isKilled, readReport, type Mutant } from './report.mts';
import { kinds, type Reason } from './reasons/kinds.mts';

interface Survivor {
	place: string;
	/** What the mutant changes, and into what. */
	change: string;
	kind: string;
	why: string;
}

const root = process.cwd();
const engine = 'nodes/MatchAndMap/engine';
const unexplained = 'Not looked at yet';
function textAt(lines: readonly string[], { start, end }: Mutant['location']): string {
	const part = lines.slice(start.line - 1, end.line);
	part[part.length - 1] = entryAt(part, part.length - 1).slice(0, end.column - 1);
	part[0] = entryAt(part, 0).slice(start.column - 1);
	return part.join('\n');
}

const used = new Set<Reason>();

function survivorOf(file: string, lines: readonly string[], mutant: Mutant): Survivor {
	const { line } = mutant.location.start;
	const code = entryAt(lines, line - 1);
	const to = mutant.replacement ?? '';
	const reason = (reasons[file] ?? []).find(
		(each) => code.includes(each.line) && (each.to === undefined || each.to === to),
	);
	if (reason !== undefined) used.add(reason);
	return {
		place: `${file}:${line}`,
		change: `${codeCell(textAt(lines, mutant.location))} → ${codeCell(to)}`,
		kind: reason === undefined ? unexplained : kinds[reason.kind],
		why: reason?.why ?? '',
	};
}

const percent = (part: number, whole: number) => ((100 * part) / whole).toFixed(1);

const { files } = readReport(fullReport);
const scores: string[] = [];
const survivors: Survivor[] = [];
let [killed, all] = [0, 0];
for (const [name, { source, mutants }] of Object.entries(files).sort()) {
	const file = path.relative(engine, name);
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

/** One row for all mutants of a line that survive for one reason. */
function tableOf(own: readonly Survivor[]): string[] {
	const rows = new Map<string, Survivor[]>();
	for (const survivor of own) {
		const name = `| ${survivor.place} | ${survivor.why} |`;
		rows.set(name, [...(rows.get(name) ?? []), survivor]);
	}
	return [...rows.values()].map((alike) => {
		const [{ place, why }] = atLeast(alike, 1);
		return `| ${place} | ${alike.map(({ change }) => change).join('<br>')} | ${why} |`;
	});
}

const lists = [...Object.values(kinds), unexplained].flatMap((kind) => {
	const own = survivors.filter((survivor) => survivor.kind === kind);
	if (own.length === 0) return [];
	const head = ['| Line | Mutants | Why |', '|---|---|---|'];
	return [`### ${kind} (${own.length})`, '', ...head, ...tableOf(own), ''];
});

const target = path.join(root, 'docs/mutation.md');
const marker = '<!-- written by `npx tsx test/mutation/list.mts` from here on -->';
const [intro] = atLeast(readFileSync(target, 'utf8').split(marker), 1);
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
const open = survivors.filter(({ kind }) => kind === unexplained).length;
console.log(`${survivors.length} survive, ${open} of them without a reason; see docs/mutation.md`);
for (const [file, own] of Object.entries(reasons))
	for (const reason of own)
		if (!used.has(reason)) console.log(`No survivor for the reason: ${file}, '${reason.line}'`);
