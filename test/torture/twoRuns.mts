import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, runByHand, type Execution } from '../../runtime/executions.mts';
import { activate, STEP, type TemplateNode } from '../../sandbox/demo/template.mts';
import { textAt } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import { sideBySideOf } from '../e2e/overlap.mts';
import { until } from '../e2e/triggers.mts';
import { importWorkflow } from '../e2e/workflows.mts';
import type { EditedPairs, Outcome } from './editedPairs.mts';
import { every } from './kills.mts';

export interface TogetherResult extends Outcome {
	/** How the runs that were started at once ended. */
	ended: string[];
	/** How many of them were going on side by side, by n8n's own times. */
	sideBySide: number;
}

const SECONDS = 4;

const howEnded = (execution: Execution) => failureOf(execution) ?? execution.status;

/** The same workflow, or that and another one for the same people, is started by hand twice at the same moment. */
export async function startTwiceByHand(
	pairs: EditedPairs,
	otherFile?: string,
): Promise<TogetherResult> {
	const { stage, workflowId } = pairs;
	const otherId = otherFile === undefined ? workflowId : await importWorkflow(stage, otherFile);
	const edited = await pairs.edit();
	const before = await pairs.counted();
	const executions = await Promise.all(
		[workflowId, otherId].map((id) => runByHand(stage.calls, id, STEP.byHand)),
	);
	await pairs.settle();
	if (otherId !== workflowId) await stage.calls.api('DELETE', `/workflows/${otherId}`);
	const outcome = await pairs.outcomeOf(edited, before);
	const sideBySide = sideBySideOf(executions);
	return { ...outcome, ended: executions.map(howEnded), sideBySide };
}

/** A second schedule stands in the place of the trigger for a run by hand. */
const withTwoSchedules = (node: TemplateNode): TemplateNode =>
	every(SECONDS)(
		node.name === STEP.byHand ? { ...node, type: 'n8n-nodes-base.scheduleTrigger' } : node,
	);

/** The schedules of the same workflow, or of that and another one, start two runs in the same second, a few times. */
export async function startTwiceOnSchedule(
	pairs: EditedPairs,
	otherFile?: string,
): Promise<TogetherResult> {
	const { stage } = pairs;
	const { calls } = stage;
	const ids = [
		await importWorkflow(
			stage,
			'sync-wix-contacts-and-users.json',
			otherFile === undefined ? withTwoSchedules : every(SECONDS),
		),
		...(otherFile === undefined ? [] : [await importWorkflow(stage, otherFile, every(SECONDS))]),
	];
	const edited = await pairs.edit();
	const before = await pairs.counted();
	for (const id of ids) await activate(calls, id);
	const executions = await until('four runs on schedule', async () => {
		const lists = await Promise.all(
			ids.map(
				async (id) =>
					(await calls.api<{ data: Execution[] }>('GET', `/executions?workflowId=${id}`)).data,
			),
		);
		const done = lists.flat().filter(({ stoppedAt }) => stoppedAt);
		return done.length >= 4 ? done : undefined;
	});
	for (const id of ids) await calls.api('POST', `/workflows/${id}/deactivate`);
	await pairs.settle();
	const outcome = await pairs.outcomeOf(edited, before);
	return { ...outcome, ended: executions.map(howEnded), sideBySide: sideBySideOf(executions) };
}

/**
 * While a run writes, a person edits users whose change is still to be written. The users' server carries out no call meanwhile, so that no
 * edit falls between a look and its write: YouTrack has no versions, and would lose it (docs/protocol.md).
 * @returns what those users hold at the end, and what was entered
 */
export async function editInTheMiddle(
	pairs: EditedPairs,
): Promise<{ entered: string[]; held: string[] }> {
	const { stage, workflowId } = pairs;
	const { servers, calls } = stage;
	const edited = await pairs.edit();
	const before = await pairs.counted();
	const running = runByHand(calls, workflowId, STEP.byHand);
	// Changes are sent in the order of the rows; those of the last ones are planned, but not sent
	while ((await pairs.counted()).userWrites === before.userWrites) await wait(2);
	await servers.users.fail(1, ['503']);
	const ofWix = edited.filter((_, index) => index % 2 === 0);
	const entered = new Map<string, string>();
	for (const [index, { link }] of ofWix.reverse().slice(0, 5).entries()) {
		const value = `in.the.middle.${index}@example.org`;
		await servers.users.edit(link.userId, USER_EMAIL, value);
		entered.set(link.userId, value);
	}
	await servers.users.fail(0);
	await running;
	await pairs.settle();
	const users = await servers.users.records();
	const held = [...entered.keys()].map((id) => textAt(users.get(id), 'profile.email.email'));
	return { entered: [...entered.values()], held };
}
