import { WRAP_Y } from '../lib/grid.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import { bodyReach, usualBody } from './bodyLayout.mts';
import type { FlowWords } from './names.mts';
import { noteGoodRun } from './oneAtATime.mts';
import { failIfUnsent } from './report.mts';

/** Where a row stands that goes on below the report of a body with its middle at `y`, under the steps of its branches. */
export const belowReport = (y: number, column: number, { first, pitch } = usualBody): Position => [
	first + column * pitch,
	y + bodyReach.report + WRAP_Y,
];

interface EndedFlow {
	words: FlowWords;
	/** The step whose item holds `startedAt`. */
	described: string;
	/** The step that counts what came of it. */
	count: string;
}

/** How a sync ends: as failed if a write did not go through, otherwise its end is noted. */
export function endSync(
	workflow: Workflow,
	y: number,
	after: string,
	flows: readonly EndedFlow[],
	layout = usualBody,
): void {
	const counts = flows.map(({ count }) => count);
	const sent = failIfUnsent(workflow, belowReport(y, 0, layout), after, counts);
	workflow.connect(sent, noteGoodRun(workflow, flows, belowReport(y, 1, layout)));
}
