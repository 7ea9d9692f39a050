import { readFileSync } from 'node:fs';

import type { N8nProcess } from './n8n.mts';

/** Ids of the executions that a worker says it has `started` or `finished`, in its log. */
export function executionsIn({ logFile }: N8nProcess, what: 'started' | 'finished'): string[] {
	const said = new RegExp(`Worker ${what} execution (\\d+)`, 'g');
	return [...readFileSync(logFile, 'utf8').matchAll(said)].map(([, id = '']) => id);
}
