import type { Page } from 'playwright-core';
import { cast } from '../sandbox/demo/casting.mts';
import { makeEdits } from '../sandbox/demo/edits.mts';
import { flows, type Flow } from '../sandbox/demo/flow.mts';
import { forReal, importFile, STEP } from '../sandbox/demo/template.mts';
import type { Accounts } from '../sandbox/demo/accounts.mts';
import { startAfresh } from '../sandbox/demo/startAfresh.mts';
import { lookAround, type Servers } from '../sandbox/demo/world.mts';
import type { N8nCalls } from './client.mts';
import { execute, openWorkflow } from './editor.mts';
import { runByHand } from './executions.mts';
import { editsFor } from './screenshotScene.mts';
import { shootWorkflow } from './screenshotCanvas.mts';

/** Where pictures are taken: an n8n with the package, and a sandbox. */
export interface Studio {
	page: Page;
	url: string;
	calls: N8nCalls;
	accounts: Accounts;
	servers: Servers;
}

/** A workflow of `templates/` as its picture shows it. */
interface Scene {
	file: string;
	/** The last step of the run; without one it is shown as it is imported. */
	last?: string;
	/** What starts the run, where that is not *Run by hand*. */
	trigger?: string;
	/** What was edited between a first run and the one of the picture. */
	edited?: Flow;
	/** Goes on with the tables of the scene before. */
	goesOn?: boolean;
	/** Too high for one picture: the heading of the note that begins the second one. */
	second?: string;
}

/** The last step of a sync that has something to write. */
const WRITTEN = 'Add to history';

/** A run is followed faster on a small page than on one as large as a picture; on a smaller one n8n does not show all of a high workflow. */
const WHILE_RUNNING = { width: 1600, height: 2200 };

const scenes: readonly Scene[] = [
	{ file: 'preview-a-sync', last: 'Show the report' },
	{ file: 'sync-wix-contacts-and-users', last: WRITTEN, edited: flows.contacts },
	{ file: 'sync-wix-members-and-users', last: WRITTEN, edited: flows.members },
	{
		file: 'sync-wix-contacts-members-and-users',
		last: 'Remove dropped links (contacts)',
		edited: flows.members,
		second: 'Then: contacts',
	},
	{ file: 'report-sync-health', last: 'Show the report', trigger: 'Every day', goesOn: true },
	{ file: 'sync-changes-as-they-happen' },
	{ file: 'review-and-decide' },
	{ file: 'forget-a-person' },
];

/** The workflows whose file's name contains one of `which`. */
export const scenesOf = (which: readonly string[]): Scene[] =>
	scenes.filter(({ file }) => which.some((part) => file.includes(part)));

/** Takes the pictures of workflows; `picture` gives the path for a name. */
export async function shootWorkflows(
	studio: Studio,
	chosen: readonly Scene[],
	picture: (name: string) => string,
): Promise<void> {
	for (const scene of chosen) await shootScene(studio, scene, picture);
}

async function shootScene(
	studio: Studio,
	{ file, last, trigger = STEP.byHand, edited, goesOn, second }: Scene,
	picture: (name: string) => string,
): Promise<void> {
	const { page, url, calls, accounts, servers } = studio;
	if (!goesOn) await startAfresh(calls, servers);
	const workflowId = await importFile(calls, accounts, `templates/${file}.json`, (node) =>
		edited ? forReal(node) : node,
	);
	if (edited) await editBetweenRuns(studio, workflowId, edited);
	await page.setViewportSize(WHILE_RUNNING);
	await openWorkflow(page, url, workflowId);
	if (last) await execute(page, trigger, last);
	const paths = second === undefined ? [] : [picture(`${file}-2`)];
	await shootWorkflow(page, [picture(file), ...paths], second);
}

/** Lets a first run link everybody, and makes the edits that the picture shows. */
export async function editBetweenRuns(
	{ calls, servers }: Studio,
	workflowId: string,
	flow: Flow,
): Promise<void> {
	await runByHand(calls, workflowId, STEP.byHand);
	const world = await lookAround(servers, calls, flow);
	const edits = editsFor(flow);
	await makeEdits(edits, cast(edits, world, new Set()), world, servers);
}
