import type { N8nCalls } from '../../runtime/client.mts';

interface SavedExecution {
	id: string;
	data?: { resultData?: { runData?: Record<string, Array<{ executionTime: number }>> } };
}

/** Milliseconds of each step in the last run of a workflow, all of its turns together. The run has to be saved with its data. */
export async function stepTimesOfLastRun(
	calls: N8nCalls,
	workflowId: string,
): Promise<Map<string, number>> {
	const list = `/executions?workflowId=${workflowId}&limit=1`;
	const [last] = (await calls.api<{ data: SavedExecution[] }>('GET', list)).data;
	if (last === undefined) throw new Error('n8n has saved no run');
	const path = `/executions/${last.id}?includeData=true`;
	const { data } = await calls.api<SavedExecution>('GET', path);
	const steps = Object.entries(data?.resultData?.runData ?? {});
	return new Map(
		steps.map(([step, turns]) => [
			step,
			turns.reduce((sum, { executionTime }) => sum + executionTime, 0),
		]),
	);
}
