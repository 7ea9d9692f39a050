import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser, openEditor } from '../../runtime/browser.mts';
import { connect, type N8nCalls } from '../../runtime/client.mts';
import {
	cards,
	confirmInstall,
	fillInstallDialog,
	firstInstallButton,
	openCommunityNodes,
	uninstall,
} from '../../runtime/communityNodes.mts';
import { closeNode, stepNames } from '../../runtime/editor.mts';
import { ensureRuntime } from '../../runtime/install.mts';
import { startN8n, type N8nServer } from '../../runtime/n8n.mts';
import {
	offerNextStep,
	offerTriggers,
	searchNodes,
	takeAction,
	takeNode,
} from '../../runtime/nodePanel.mts';
import { buildAndPack } from '../../runtime/package.mts';
import { copyPrepared } from '../../runtime/prepared.mts';
import { startPlayedNpm, type PlayedNpm } from '../../runtime/playedNpm.mts';
import { endAllProcesses } from '../../runtime/processes.mts';
import { createProgress } from '../../runtime/progress.mts';
import { Cleanup } from '../../sandbox/demo/cleanup.mts';
import { WorkflowFile } from '../contract/workflowFile.mts';
import {
	knownTypes,
	knowsCredential,
	nextVersion,
	nodeNames,
	ours,
	unpack,
} from './installable.mts';

/** As n8n answers for an installed package, by the editor's calls and by the public ones. */
interface Installed {
	packageName: string;
	installedVersion: string;
	updateAvailable?: string;
	failedLoading?: boolean;
	installedNodes: Array<{ name: string; type: string }>;
}

const { name, version } = ours;
const NEXT = '99.0.0';
const RENAMED = 'Match & Map of the next version';
const ourTypes = nodeNames.map((node) => `${name}.${node}`);
const typesOf = ({ installedNodes }: Installed) => installedNodes.map(({ type }) => type).sort();

const cleanup = new Cleanup();
let folder: string;
let tarball: string;
let userFolder: string;
let npm: PlayedNpm;
let server: N8nServer;
let calls: N8nCalls;
let browser: Browser;
let page: Page;

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'install-'));
	cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
	const built = process.env.E2E_PACKAGE;
	tarball = built ? resolve(built) : await buildAndPack(process.cwd(), join(folder, 'pack'));
	npm = await startPlayedNpm(folder);
	cleanup.add(() => npm.stop());
	cleanup.add(endAllProcesses);
	npm.publish(tarball);
	userFolder = join(folder, 'n8n-user');
	await copyPrepared(await ensureRuntime(createProgress()), tarball, userFolder);
	// Only n8n's own data stay, with which it is ready in half the time
	rmSync(join(userFolder, '.n8n', 'nodes'), { recursive: true });
	browser = await openBrowser();
	cleanup.add(async () => await browser.close());
	await start({});
});
afterAll(async () => await cleanup.run());

/** An n8n that nobody has installed anything in; later on the same data again. */
async function start(more: Record<string, string>): Promise<void> {
	const runtime = await ensureRuntime(createProgress());
	const environment = { ...npm.environment, ...more };
	server = await startN8n({ runtime, userFolder, more: environment });
	calls = await connect(server.url, server.owner);
	page = await openEditor(browser, server.url, server.owner, { width: 1400, height: 900 });
	page.setDefaultTimeout(20_000);
}

async function expectInstalled(): Promise<void> {
	expect(await knownTypes(calls, name)).toEqual(ourTypes);
	expect(await knowsCredential(calls)).toBe(true);
}

async function expectGone(): Promise<void> {
	expect(await calls.rest('GET', '/community-packages')).toEqual([]);
	expect(await knownTypes(calls, name)).toEqual([]);
	expect(await knowsCredential(calls)).toBe(false);
}

describe('by the dialog in the settings', () => {
	it('is installed under its name', async () => {
		await expectGone();
		await openCommunityNodes(page, server.url);
		await fillInstallDialog(page, name);
		await confirmInstall(page);
		const card = await cards(page).innerText();
		expect(card).toContain(name);
		expect(card).toContain(`v${version}`);
		expect(card).toContain(`${nodeNames.length} nodes`);
		await expectInstalled();
	});

	it('is found when a step is added', async () => {
		await offerTriggers(page, server.url);
		expect(await searchNodes(page, 'Wix')).toEqual(
			expect.arrayContaining(['Wix CRM', 'Wix CRM Webhook']),
		);
		expect(await searchNodes(page, 'Target')).toContain('Target Users');
		await page.fill('[data-test-id=node-creator-search-bar]', '');
		await offerNextStep(page);
		expect(await searchNodes(page, 'Match')).toContain('Match & Map');
		expect(await searchNodes(page, 'Target')).toContain('Target Users');
		// What a sync needs is found by one word
		const found = ['Wix CRM', 'Target Users', 'Match & Map'];
		expect(await searchNodes(page, 'Wix')).toEqual(expect.arrayContaining(found));
		await takeAction(page, 'Wix CRM', 'Get many contacts');
		await closeNode(page);
		expect(await stepNames(page)).toContain('Get many contacts');
	});

	it('shows the next step which fields it gives, before it has run', async () => {
		await page.click('[data-test-id=canvas-handle-plus]');
		await searchNodes(page, 'Edit Fields');
		await takeNode(page, 'Edit Fields (Set)');
		const fields = page.locator('[data-test-id=ndv-input-panel]');
		await fields.getByText('primaryInfo', { exact: true }).waitFor();
		expect(await fields.innerText()).toContain('revision');
	});

	it('is taken away', async () => {
		await openCommunityNodes(page, server.url);
		await uninstall(page);
		await expectGone();
	});
});

describe.each([
	{
		by: 'the calls of the editor',
		install: async (body: object) =>
			await calls.rest<Installed>('POST', '/community-packages', body),
		list: async () => await calls.rest<Installed[]>('GET', '/community-packages'),
		update: async (body: object) =>
			await calls.rest<Installed>('PATCH', '/community-packages', { name, ...body }),
		remove: async () => await calls.rest('DELETE', `/community-packages?name=${name}`),
	},
	{
		by: 'the public API',
		install: async (body: object) =>
			await calls.api<Installed>('POST', '/community-packages', { verify: false, ...body }),
		list: async () => await calls.api<Installed[]>('GET', '/community-packages'),
		update: async (body: object) =>
			await calls.api<Installed>('PATCH', `/community-packages/${name}`, {
				verify: false,
				...body,
			}),
		remove: async () => await calls.api('DELETE', `/community-packages/${name}`),
	},
])('by $by', ({ install, list, update, remove }) => {
	beforeAll(() => npm.publish(nextVersion(tarball, join(folder, 'next'), NEXT, RENAMED)));

	it('is installed in the version that is asked for', async () => {
		const installed = await install({ name, version });
		expect(installed).toMatchObject({ packageName: name, installedVersion: version });
		expect(typesOf(installed)).toEqual([...ourTypes].sort());
		await expectInstalled();
	});

	it('is listed as loaded, with the newer version that there is', async () => {
		const listed = await list();
		expect(listed).toMatchObject([
			{ packageName: name, installedVersion: version, updateAvailable: NEXT },
		]);
		expect(listed.filter(({ failedLoading }) => failedLoading)).toEqual([]);
	});

	it('is updated to the newer version', async () => {
		const updated = await update({ version: NEXT });
		expect(updated.installedVersion).toBe(NEXT);
		expect(updated.installedNodes.map((node) => node.name)).toContain(RENAMED);
		await expectInstalled();
	});

	it('is taken away', async () => {
		await remove();
		await expectGone();
	});
});

it('is not installed under a name that npm does not have', async () => {
	const wrong = { name: `${name}h` };
	await expect(calls.rest('POST', '/community-packages', wrong)).rejects.toThrow(
		'Package version does not exist',
	);
	await expectGone();
});

it('n8n asked for nothing but npm, and its own list of banned packages', () => {
	expect([...npm.refused]).toEqual(['api.n8n.io']);
});

describe('in an n8n that takes only packages of its own list', () => {
	beforeAll(async () => {
		await server.stop();
		await start({
			N8N_UNVERIFIED_PACKAGES_ENABLED: 'false',
			N8N_CUSTOM_EXTENSIONS: unpack(tarball, join(folder, 'unpacked')),
		});
	});

	it('cannot be installed: there is no button, and the call is refused', async () => {
		await openCommunityNodes(page, server.url);
		expect(await page.locator('[data-test-id=empty-state]').innerText()).toContain(
			'verified community nodes',
		);
		expect(await firstInstallButton(page).count()).toBe(0);
		await expect(calls.rest('POST', '/community-packages', { name })).rejects.toThrow(
			'Installation of unverified community packages is forbidden!',
		);
	});

	it('is loaded from a folder in N8N_CUSTOM_EXTENSIONS, under types that the workflows do not know', async () => {
		expect(await knownTypes(calls, 'CUSTOM')).toEqual(nodeNames.map((node) => `CUSTOM.${node}`));
		expect(await knowsCredential(calls)).toBe(true);
		expect(await knownTypes(calls, name)).toEqual([]);

		const { nodes, connections, settings } = new WorkflowFile('preview-a-sync.json').template;
		const workflow = { name: 'Preview', nodes, connections, settings };
		const { id } = await calls.api<{ id: string }>('POST', '/workflows', workflow);
		const run = { triggerToStartFrom: { name: 'Run by hand' } };
		await expect(calls.rest('POST', `/workflows/${id}/run`, run)).rejects.toThrow(
			`Unrecognized node type: ${name}.`,
		);
	});
});
