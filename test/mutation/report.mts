import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What is used of Stryker's report (its mutation-testing-report-schema). Lines and columns count from 1. */
export interface Report {
	files: Record<string, { source: string; mutants: Mutant[] }>;
}
export interface Mutant {
	mutatorName: string;
	status: string;
	location: { start: Place; end: Place };
	replacement?: string;
}
interface Place {
	line: number;
	column: number;
}

const folder = path.join(process.cwd(), '.cache/mutation');
export const fullReport = path.join(folder, 'report.json');
export const retryReport = path.join(folder, 'retry.json');

export const readReport = (file: string) => JSON.parse(readFileSync(file, 'utf8')) as Report;

export const isKilled = ({ status }: Mutant) => status === 'Killed' || status === 'Timeout';
export const counts = ({ status }: Mutant) => status !== 'Ignored' && status !== 'CompileError';
