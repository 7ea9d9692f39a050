import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import {
	counts,
	fullReport,
	isKilled,
	readReport,
	retryReport,
	type Mutant,
	type Report,
} from './report.mts';

/** The lines on which a mutant survived the last full run, as Stryker takes them. */
function survivingLines({ files }: Report): string[] {
	const lines = Object.entries(files).flatMap(([name, { source, mutants }]) => {
		const own = mutants.filter((mutant) => counts(mutant) && !isKilled(mutant));
		if (own.length > 0 && readFileSync(name, 'utf8') !== source)
			throw new Error(`${name} has changed since the last full run: run npm run mutate again`);
		return own.map(({ location: { start, end } }) => `${name}:${start.line}-${end.line}`);
	});
	return [...new Set(lines)];
}

const nameOf = ({ location, mutatorName, replacement }: Mutant) =>
	JSON.stringify([location.start, location.end, mutatorName, replacement]);

/** Takes over which of those that had survived are killed by now; a timeout is none, as it may be a busy machine's. */
function takeOver(full: Report, retry: Report): number {
	let killed = 0;
	for (const [name, { mutants }] of Object.entries(full.files)) {
		const again = new Map(retry.files[name]?.mutants.map((mutant) => [nameOf(mutant), mutant]));
		for (const [index, mutant] of mutants.entries()) {
			const found = again.get(nameOf(mutant));
			if (found?.status !== 'Killed' || isKilled(mutant)) continue;
			mutants[index] = found;
			killed++;
		}
	}
	return killed;
}

const full = readReport(fullReport);
const lines = survivingLines(full);
rmSync(retryReport, { force: true });
spawnSync(
	'npx',
	[
		'stryker',
		'run',
		'test/mutation/stryker.config.mjs',
		'--reporters',
		'progress-append-only,json',
		'--mutate',
		lines.join(','),
	],
	{ stdio: 'inherit', env: { ...process.env, MUTATION_REPORT: retryReport } },
);
if (!existsSync(retryReport)) throw new Error('Stryker has written no report');
const killed = takeOver(full, readReport(retryReport));
writeFileSync(fullReport, JSON.stringify(full));
console.log(`${killed} of those that survived the last full run are killed by now`);
