import { setTimeout as wait } from 'node:timers/promises';
import type { N8nCalls } from './client.mts';

export interface NodeItem {
	json: Record<string, unknown>;
}

interface NodeRun {
	error?: { message?: string; description?: string | null };
	data?: { main?: (NodeItem[] | null)[] };
}

export interface Execution {
	id: string;
	status: string;
	mode: string;
	/** ISO 8601, as n8n's API gives it; the second one once it has ended. */
	startedAt: string;
	stoppedAt: string | null;
	data?: {
		resultData?: {
			runData?: Record<string, NodeRun[]>;
			error?: { message?: string; description?: string | null; node?: { name?: string } };
			lastNodeExecuted?: string;
		};
	};
}

const UNFINISHED = new Set(['new', 'running', 'waiting', 'unknown']);

export const hasEnded = ({ status }: Execution): boolean => !UNFINISHED.has(status);

/** Runs a workflow the way the editor's button does, and waits for its end; the answer holds every node's data. */
export async function runByHand(
	calls: N8nCalls,
	workflowId: string,
	triggerNode: string,
	timeoutMs = 15 * 60_000,
): Promise<Execution> {
	const { executionId } = await calls.rest<{ executionId: string }>(
		'POST',
		`/workflows/${workflowId}/run`,
		{ triggerToStartFrom: { name: triggerNode } },
	);
	const giveUpAt = Date.now() + timeoutMs;
	while (Date.now() < giveUpAt) {
		const state = await calls.api<Execution>('GET', `/executions/${executionId}`);
		if (hasEnded(state)) {
			return await calls.api('GET', `/executions/${executionId}?includeData=true`);
		}
		await wait(400);
	}
	throw new Error(`Execution ${executionId} did not end within ${timeoutMs / 60_000} minutes.`);
}

/** Ids of the executions of a workflow that are going on now, whoever started them. */
export async function runningExecutions(calls: N8nCalls, workflowId: string): Promise<string[]> {
	const { data } = await calls.api<{ data: Execution[] }>(
		'GET',
		`/executions?workflowId=${workflowId}&status=running`,
	);
	return data.map(({ id }) => id);
}

/** What a node gave on one output, over all its runs in this execution; empty when it did not run. */
export function outputOf(execution: Execution, node: string, output = 0): NodeItem[] {
	const runs = execution.data?.resultData?.runData?.[node] ?? [];
	return runs.flatMap((run) => run.data?.main?.[output] ?? []);
}

/** Why an execution failed, in one line; undefined when it did not. */
export function failureOf(execution: Execution): string | undefined {
	if (execution.status === 'success') return undefined;
	const { error, lastNodeExecuted } = execution.data?.resultData ?? {};
	const where = error?.node?.name ?? lastNodeExecuted ?? 'the workflow';
	const why = [error?.message, error?.description].filter(Boolean).join(' ');
	return `${where}: ${why || execution.status}`;
}
