import type { Page } from 'playwright-core';
import { openBrowser, openEditor } from '../../runtime/browser.mts';
import {
	closeNode,
	fitEverything,
	iconsOf,
	nodeNamed,
	notesTooSmall,
	openWorkflow,
	stepsWithIssues,
} from '../../runtime/editor.mts';
import { clippedLabels, labels } from '../../runtime/editorPanel.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import type { Session } from '../../sandbox/demo/session.mts';
import { WorkflowFile, workflowFiles } from '../contract/workflowFile.mts';
import { openN8n } from './n8n.mts';
import { createSceneWorkflow, describeNodes, panelScenes, type Scene } from './panelScenes.mts';

/** The types of the package whose steps ask for a credential. */
const ASKING = /\.(wixCrm|wixCrmTrigger|targetUsers|targetUsersTrigger)$/;

const cleanup = new Cleanup();
let session: Session;
let page: Page;

beforeAll(async () => {
	session = await openN8n(cleanup);
	const browser = await openBrowser();
	cleanup.add(async () => await browser.close());
	const { url, owner } = session.server;
	page = await openEditor(browser, url, owner, { width: 1500, height: 1100 });
	page.setDefaultTimeout(20_000);
});
afterAll(async () => await cleanup.run());

describe.each(workflowFiles)('%s, fresh from its file', (file) => {
	it('misses only credentials, and has room for every note', async () => {
		const { template, steps } = new WorkflowFile(file);
		const { name, nodes, connections, settings } = template;
		const { id } = await session.calls.api<{ id: string }>('POST', '/workflows', {
			name,
			nodes,
			connections,
			settings,
		});
		await openWorkflow(page, session.server.url, id);
		await fitEverything(page);
		const asking = steps.filter(({ type }) => ASKING.test(type)).map((step) => step.name);
		expect((await stepsWithIssues(page)).sort()).toEqual(asking.sort());
		expect(await notesTooSmall(page)).toEqual([]);
	});
});

describe('every panel', () => {
	it('shows each label whole', async () => {
		const scenes = panelScenes(await describeNodes(session.calls), true);
		expect(scenes.length).toBeGreaterThan(60);
		await openScenes(scenes);
		const clipped: string[] = [];
		for (const { name } of scenes) {
			await openPanel(name);
			clipped.push(...(await clippedLabels(page)).map((label) => `${name}: ${label}`));
			await closeNode(page);
		}
		expect(clipped).toEqual([]);
	});

	it('asks for the system before its credential', async () => {
		const scenes = panelScenes(await describeNodes(session.calls), false).filter(({ name }) =>
			/^targetUsers (okta|scim|youTrack) user get$|^targetUsersTrigger/.test(name),
		);
		expect(scenes).toHaveLength(6);
		await openScenes(scenes);
		for (const { name } of scenes) {
			await openPanel(name);
			const shown = await labels(page);
			const system = shown.indexOf('System');
			expect([name, system]).not.toEqual([name, -1]);
			expect([name, shown[system + 1]]).toEqual([name, expect.stringMatching(/^Credential for /)]);
			await closeNode(page);
		}
	});

	it('has its icon in the light and in the dark theme', async () => {
		const nodes = await describeNodes(session.calls);
		await openScenes(panelScenes(nodes, false));
		const files = (ending: string) =>
			['matchAndMap', 'targetUsers', 'wixCrm'].map((name) => `${name}${ending}`);
		expect(await iconsOf(page)).toEqual({ loaded: files('.svg'), broken: [] });
		await page.emulateMedia({ colorScheme: 'dark' });
		await page.waitForSelector('[data-test-id=canvas-node] img[src$=".dark.svg"]');
		await fitEverything(page);
		expect(await iconsOf(page)).toEqual({ loaded: files('.dark.svg'), broken: [] });
	});
});

async function openScenes(scenes: readonly Scene[]): Promise<void> {
	const id = await createSceneWorkflow(session.calls, 'Panels', scenes);
	await openWorkflow(page, session.server.url, id);
	await fitEverything(page);
}

async function openPanel(name: string): Promise<void> {
	await nodeNamed(page, name).dblclick();
	await page.waitForSelector('[data-test-id=node-parameters] label');
}
