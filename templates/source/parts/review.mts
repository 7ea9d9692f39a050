import { layOut } from '../lib/steps.mts';
import { review, upsert } from '../lib/tables.mts';
import type { Position, Workflow } from '../lib/workflow.mts';
import type { FlowWords } from './names.mts';

/** Text of an expression: a row of the review table out of a matter. */
export const matterOf = (matter: string) =>
	`{ reviewId: ${matter}.reviewId, flow: ${matter}.flow, reason: ${matter}.reason, wixIds: ${matter}.wixIds.join(', '), userIds: ${matter}.userIds.join(', '), message: ${matter}.message, howToDecide: ${matter}.howToDecide, seenAt: $now.toISO() }`;

/** Saves what waits for a person. @returns the step to lead into */
export function saveMatters(workflow: Workflow, { suffix }: FlowWords, [x, y]: Position): string {
	const lay = workflow.add(
		layOut({ name: `Lay out what waits${suffix}`, position: [x, y] }, matterOf('$json')),
	);
	const save = workflow.add(
		upsert({ name: `Save what waits${suffix}`, position: [x + 220, y] }, review, [
			{ column: 'reviewId', condition: 'eq', value: '={{ $json.reviewId }}' },
		]),
	);
	workflow.chain(lay, save);
	return lay;
}
