/**
 * `npm run screenshot`: the pictures of the README and of templates/, taken in the editor of a real n8n after a run against the
 * sandbox. `--only NAME,NAME` takes those whose file's name contains one of these; `--package FILE` takes a packed package instead of building
 * one; `--into FOLDER` another folder than docs/.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Cleanup, endOnSignals } from '../sandbox/demo/cleanup.mts';
import { flows } from '../sandbox/demo/flow.mts';
import { sandboxAccounts, sandboxServers } from '../sandbox/demo/sandboxServers.mts';
import { openSession } from '../sandbox/demo/session.mts';
import { startAfresh } from '../sandbox/demo/startAfresh.mts';
import { systems } from '../sandbox/demo/system.mts';
import { importTemplate, STEP } from '../sandbox/demo/template.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { openBrowser, openEditor } from './browser.mts';
import { closeNode, execute, openNode, openWorkflow } from './editor.mts';
import { shootInstall, showsInstall } from './screenshotInstall.mts';
import { createCustomWorkflow } from './screenshotScene.mts';
import { hidePopups, shootOutput, shootParameters, useNewerLists } from './screenshotViews.mts';
import { editBetweenRuns, scenesOf, shootWorkflows, type Studio } from './screenshotWorkflows.mts';

const WIDE = { width: 1800, height: 960 };
const HIGH = { width: 1500, height: 1500 };

const PANELS = 'match-and-map';

const { values } = parseArgs({
	options: {
		package: { type: 'string' },
		into: { type: 'string', default: 'docs' },
		only: { type: 'string', default: '' },
	},
});
const cleanup = new Cleanup();
let exitCode = 1;
endOnSignals(cleanup, () => exitCode);
try {
	mkdirSync(values.into, { recursive: true });
	const which = values.only.split(',');
	if (showsInstall(which)) await shootInstall(values.package, cleanup, picture);
	const scenes = scenesOf(which);
	const panels = which.some((part) => PANELS.includes(part));
	const studio = scenes.length > 0 || panels ? await openStudio() : undefined;
	if (studio) await shootWorkflows(studio, scenes, picture);
	if (studio && panels) await shootPanels(studio);
	exitCode = 0;
} catch (error) {
	process.stderr.write(`${(error as Error).message}\n`);
}
await cleanup.run();
process.exit(exitCode);

async function openStudio(): Promise<Studio> {
	const sandbox = await startSandbox({ people: 60, seed: 1 });
	cleanup.add(() => sandbox.close());
	const { server, calls } = await openSession({ port: 0, package: values.package }, cleanup);
	const browser = await openBrowser();
	cleanup.add(() => browser.close());
	const { url, owner } = server;
	return {
		page: await openEditor(browser, url, owner, WIDE),
		url,
		calls,
		accounts: sandboxAccounts(sandbox, systems.youTrack),
		servers: sandboxServers(sandbox, systems.youTrack),
	};
}

/** The panel of Match & Map with a preset and with rules of one's own, and the report. */
async function shootPanels(studio: Studio): Promise<void> {
	const { page, url, calls, accounts, servers } = studio;
	await startAfresh(calls, servers);
	const workflowId = await importTemplate(calls, accounts, false);
	await editBetweenRuns(studio, workflowId, flows.contacts);
	await page.setViewportSize(HIGH);
	await openWorkflow(page, url, workflowId);
	await execute(page, STEP.byHand, 'Add to history');
	await hidePopups(page);
	await openNode(page, STEP.plan);
	await shootParameters(page, picture('match-and-map-preset'), 'memberContacts');
	await closeNode(page);
	await openNode(page, 'Show the report');
	await shootOutput(page, picture('match-and-map-report'), 1040);

	const customId = await createCustomWorkflow(calls, workflowId);
	await useNewerLists(page);
	await openWorkflow(page, url, customId);
	await hidePopups(page);
	await openNode(page, STEP.plan);
	await page.locator('text=info.company → profile.company').click();
	await shootParameters(page, picture('match-and-map-rules'), 'type');
}

function picture(name: string): string {
	const path = join(values.into, `${name}.png`);
	process.stdout.write(`${path}\n`);
	return path;
}
