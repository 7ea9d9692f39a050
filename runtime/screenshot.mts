/**
 * `npm run screenshot`: the pictures of the README, taken in the editor of a real n8n after a run against the sandbox.
 * `--members` takes only the workflow for members; `--package FILE` takes a packed package instead of building one; `--into FOLDER` another folder than docs/.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { cast } from '../sandbox/demo/casting.mts';
import { Cleanup, endOnSignals } from '../sandbox/demo/cleanup.mts';
import { makeEdits } from '../sandbox/demo/edits.mts';
import { flows } from '../sandbox/demo/flow.mts';
import { sandboxAccounts, sandboxServers } from '../sandbox/demo/sandboxServers.mts';
import { openSession, type Session } from '../sandbox/demo/session.mts';
import { systems } from '../sandbox/demo/system.mts';
import { importTemplate, STEP } from '../sandbox/demo/template.mts';
import { lookAround } from '../sandbox/demo/world.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { openBrowser, openEditor } from './browser.mts';
import { runByHand } from './executions.mts';
import { createCustomWorkflow, editsFor } from './screenshotScene.mts';
import {
	closeNode,
	execute,
	openNode,
	openWorkflow,
	shootCanvas,
	shootOutput,
	shootParameters,
	useNewerLists,
} from './screenshotViews.mts';

const WIDE = { width: 1800, height: 960 };
const HIGH = { width: 1500, height: 1500 };

const { values } = parseArgs({
	options: {
		package: { type: 'string' },
		into: { type: 'string', default: 'docs' },
		members: { type: 'boolean' },
	},
});
const flow = values.members ? flows.members : flows.contacts;
const cleanup = new Cleanup();
let exitCode = 1;
endOnSignals(cleanup, () => exitCode);
try {
	await takePictures();
	exitCode = 0;
} catch (error) {
	process.stderr.write(`${(error as Error).message}\n`);
}
await cleanup.run();
process.exit(exitCode);

async function takePictures(): Promise<void> {
	const session = await openSession({ port: 0, package: values.package }, cleanup);
	const workflowId = await prepare(session);
	const browser = await openBrowser();
	cleanup.add(() => browser.close());
	const { url, owner } = session.server;
	const page = await openEditor(browser, url, owner, WIDE);
	mkdirSync(values.into, { recursive: true });

	await openWorkflow(page, url, workflowId);
	await execute(page, 'Did every write go through?');
	await shootCanvas(page, picture(`sync-wix-${flow.name}-and-users`));
	if (values.members) return;

	await page.setViewportSize(HIGH);
	await openNode(page, STEP.plan);
	await shootParameters(page, picture('match-and-map-preset'), 'memberContacts');
	await closeNode(page);
	await openNode(page, 'Show the report');
	await shootOutput(page, picture('match-and-map-report'), 1040);

	const customId = await createCustomWorkflow(session.calls, workflowId);
	await useNewerLists(page);
	await openWorkflow(page, url, customId);
	await openNode(page, STEP.plan);
	await unfold(page, 'info.company → profile.company');
	await shootParameters(page, picture('match-and-map-rules'), 'type');
}

/** Imports the workflow, lets a first run link everybody, and makes the edits that the pictures show. */
async function prepare({ calls }: Session): Promise<string> {
	const sandbox = await startSandbox({ people: 60, seed: 1 });
	cleanup.add(() => sandbox.close());
	const accounts = sandboxAccounts(sandbox, systems.youTrack);
	const workflowId = await importTemplate(calls, accounts, false, flow);
	const servers = sandboxServers(sandbox, systems.youTrack);
	await runByHand(calls, workflowId, STEP.byHand);
	const world = await lookAround(servers, calls, flow);
	const edits = editsFor(flow);
	await makeEdits(edits, cast(edits, world, new Set()), world, servers);
	return workflowId;
}

async function unfold(page: Page, title: string): Promise<void> {
	await page.locator(`text=${title}`).click();
}

function picture(name: string): string {
	const path = join(values.into, `${name}.png`);
	process.stdout.write(`${path}\n`);
	return path;
}
