import type { RunResult } from './run.mts';
import { countsInWords } from './table.mts';

export function print(text = ''): void {
	process.stdout.write(`${text}\n`);
}

export function printStep(number: number, title: string, edits: number, missing: string[]): void {
	print(`\n${number}. ${title}${edits > 0 ? ` (${edits} ${edits === 1 ? 'edit' : 'edits'})` : ''}`);
	if (missing.length > 0) print(`   nobody here fits ${missing.join(', ')}: left out`);
}

export function printRun(number: number, run: RunResult): void {
	print(`   run ${number}  ${run.seconds.toFixed(1)} s`);
	print(`      planned   ${countsInWords(run.planned)}; link rows ${run.linksSaved}`);
	print(`      written   ${writtenInWords(run)}`);
	print(`      waiting   ${countsInWords(run.review)}`);
	if (run.counts.waiting) print(`      under way ${run.counts.waiting}`);
	if (run.guardTripped) print('      the guard stopped this run before the first write');
	if (run.failure) print(`      FAILED    ${run.failure}`);
}

function writtenInWords(run: RunResult): string {
	const requests = countsInWords(run.written);
	return Object.keys(run.outcomes).length > 0
		? `${requests} (${countsInWords(run.outcomes)})`
		: requests;
}
