/**
 * `npm run screenshot`: the shipped workflow in the editor of a real n8n, after a run against the sandbox, as a picture in docs/.
 * `--package FILE` takes a packed package instead of building one.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { Cleanup, endOnSignals } from '../sandbox/demo/cleanup.mts';
import { openSession } from '../sandbox/demo/session.mts';
import { importTemplate, STEP } from '../sandbox/demo/template.mts';
import { cast } from '../sandbox/demo/casting.mts';
import { ServerControl } from '../sandbox/demo/control.mts';
import { makeEdits } from '../sandbox/demo/edits.mts';
import type { Step } from '../sandbox/demo/scenario.mts';
import { lookAround } from '../sandbox/demo/world.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { openBrowser, openEditor } from './browser.mts';
import { runByHand } from './executions.mts';

const PICTURE = join('docs', 'sync-wix-contacts-and-users.png');
const VIEWPORT = { width: 1800, height: 960 };

/** What the run in the picture finds: something to write on either side, and a write that Wix refuses. */
const EDITS: Step = {
	title: 'Edits before the picture',
	people: { a: { pick: 'linkedPair' }, b: { pick: 'linkedPair' }, c: { pick: 'member' } },
	edits: [
		{ server: 'wix', person: 'a', path: 'primaryInfo.email', value: 'new.in.wix@example.org' },
		{
			server: 'youtrack',
			person: 'b',
			path: 'profile.email.email',
			value: 'new.in.youtrack@example.org',
		},
		{ server: 'youtrack', person: 'c', path: 'profile.email.email', value: 'member@example.org' },
	],
};
const DONE_WITHIN_MS = 120_000;

const { values } = parseArgs({ options: { package: { type: 'string' } } });
const cleanup = new Cleanup();
let exitCode = 1;
endOnSignals(cleanup, () => exitCode);
try {
	await takePicture();
	exitCode = 0;
} catch (error) {
	process.stderr.write(`${(error as Error).message}\n`);
}
await cleanup.run();
process.exit(exitCode);

async function takePicture(): Promise<void> {
	const { server, calls } = await openSession({ port: 0, package: values.package }, cleanup);
	const sandbox = await startSandbox({ people: 400, seed: 1 });
	cleanup.add(() => sandbox.close());
	const accounts = {
		wix: { apiKey: 'sandbox-key', siteId: 'sandbox-site', baseUrl: sandbox.wixUrl },
		youTrack: { url: sandbox.youTrackUrl, token: 'sandbox-token' },
	};
	const workflowId = await importTemplate(calls, accounts, false);
	const servers = {
		wix: new ServerControl('wix', sandbox.wixUrl),
		youtrack: new ServerControl('youtrack', sandbox.youTrackUrl),
	};
	await runByHand(calls, workflowId, STEP.byHand);
	const world = await lookAround(servers, calls);
	await makeEdits(EDITS, cast(EDITS, world, new Set()), world, servers);

	const browser = await openBrowser();
	cleanup.add(() => browser.close());
	const page = await openEditor(browser, server.url, server.owner, VIEWPORT);
	await page.goto(`${server.url}/workflow/${workflowId}`);
	await page.waitForSelector('[data-test-id=canvas-node]');
	await execute(page);
	await page.keyboard.press('1'); // the editor's key for "fit everything"
	await hidePopups(page);
	mkdirSync('docs', { recursive: true });
	await page.screenshot({ path: PICTURE });
	process.stdout.write(`${PICTURE}\n`);
}

/** A real click on the button is caught by the canvas, so the element is clicked from within the page. */
async function execute(page: Page): Promise<void> {
	const button = page.locator('[data-test-id^=execute-workflow-button]').first();
	await button.evaluate((element: { click(): void }) => element.click());
	const last = '[data-test-id=canvas-node][data-node-name="Did every write go through?"]';
	await page.waitForSelector(`${last} [data-test-id=canvas-node-status-success]`, {
		timeout: DONE_WITHIN_MS,
	});
}

async function hidePopups(page: Page): Promise<void> {
	await page.addStyleTag({
		content: '.el-notification, .el-message { display: none !important; }',
	});
	// The canvas glides to its new place.
	await page.waitForTimeout(1500);
}
