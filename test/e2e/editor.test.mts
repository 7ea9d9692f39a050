import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser, openEditor } from '../../runtime/browser.mts';
import {
	closeNode,
	execute,
	importFromFile,
	newWorkflow,
	openNode,
	pasteWorkflow,
	publish,
	stepNames,
	stepsWithIssues,
} from '../../runtime/editor.mts';
import {
	chooseOption,
	chosenCredential,
	createCredential,
	enterValue,
	pickCredential,
	shownPage,
	toggle,
} from '../../runtime/editorPanel.mts';
import { hasEnded, type Execution } from '../../runtime/executions.mts';
import { addressKey, textAt, wixAddress } from '../../sandbox/demo/records.mts';
import { WorkflowFile } from '../contract/workflowFile.mts';
import { until } from './triggers.mts';
import { addressesOf, linksOf, openBench, type Bench } from './workflows.mts';

const BY_HAND = 'Run by hand';
const LAST = 'Remove old history';
const NEW_ADDRESS = 'edited.in.wix@example.org';
const preview = new WorkflowFile('preview-a-sync.json');
const sync = new WorkflowFile('sync-wix-contacts-and-users.json');
const namesIn = (file: WorkflowFile) => file.steps.map(({ name }) => name).sort();

let bench: Bench;
let page: Page;

beforeAll(async () => {
	bench = await openBench(60);
	const browser = await openBrowser();
	bench.cleanup.add(async () => await browser.close());
	const { url, owner } = bench.server;
	page = await openEditor(browser, url, owner, { width: 1600, height: 1000 });
	page.setDefaultTimeout(20_000);
});
afterAll(async () => await bench.cleanup.run());

it('leads a person from an empty canvas by a preview to a sync that runs on its own', async () => {
	await pasteThePreview();
	await chooseCredentials();
	await lookAtTheReport();
	await importTheSync();
	await runOnSchedule();
});

/** On an empty canvas, by the keys. */
async function pasteThePreview(): Promise<void> {
	await newWorkflow(page, bench.server.url);
	await pasteWorkflow(page, preview.text);
	expect((await stepNames(page)).sort()).toEqual(namesIn(preview));
	expect(await page.locator('[data-test-id=sticky]').count()).toBe(preview.notes.length);
	expect(await stepsWithIssues(page)).toEqual(['Get Wix contacts', 'Get users']);
}

/** Makes both by hand, each in the panel of the step that asks for it. */
async function chooseCredentials(): Promise<void> {
	const { wix, users } = bench.accounts;
	await openNode(page, 'Get Wix contacts');
	await createCredential(page, 'Our site', {
		apiKey: wix.apiKey,
		siteId: wix.siteId,
		advanced: true,
		baseUrl: wix.baseUrl ?? '',
	});
	expect(await chosenCredential(page)).toBe('Our site');
	await closeNode(page);
	await openNode(page, 'Get users');
	await createCredential(page, 'Our YouTrack', { url: users.url, token: users.token });
	expect(await chosenCredential(page)).toBe('Our YouTrack');
	await closeNode(page);
	expect(await stepsWithIssues(page)).toEqual([]);
}

async function lookAtTheReport(): Promise<void> {
	await execute(page, BY_HAND, 'Show the report');
	await openNode(page, 'Show the report');
	const report = shownPage(page);
	expect(await report.locator('h1').innerText()).toBe('Wix contacts and users');
	expect(await report.locator('body').innerText()).toContain(
		`${(await sharedAddresses()).length} linked now`,
	);
	await closeNode(page);
	expect(await linksOf(bench)).toEqual([]);
}

/** By the menu; the credentials are there already. */
async function importTheSync(): Promise<void> {
	await newWorkflow(page, bench.server.url);
	await importFromFile(page, join('templates', sync.file));
	expect((await stepNames(page)).sort()).toEqual(namesIn(sync));
	for (const [step, credential] of [
		['Get Wix contacts', 'Our site'],
		['Get users', 'Our YouTrack'],
		['Write to users', 'Our YouTrack'],
		['Write to Wix contacts', 'Our site'],
	] as const) {
		await openNode(page, step);
		await pickCredential(page, credential);
		expect([step, await chosenCredential(page)]).toEqual([step, credential]);
		await closeNode(page);
	}
	expect(await stepsWithIssues(page)).toEqual([]);

	// As it ships it is a preview
	await execute(page, BY_HAND, LAST);
	expect(await linksOf(bench)).toEqual([]);
	await openNode(page, 'Match & Map');
	await toggle(page, 'dryRun');
	await closeNode(page);
	// The step shows the end of the run before until this one gets there
	await execute(page, BY_HAND, LAST);
	const shared = (await sharedAddresses()).length;
	const isLinked = async () => (await linksOf(bench)).length === shared || undefined;
	await until('everybody is linked', isLinked);
}

/** An edit made in Wix reaches the user without anybody's doing. */
async function runOnSchedule(): Promise<void> {
	await openNode(page, 'Every 15 minutes');
	await chooseOption(page, 'field', 'Seconds');
	await enterValue(page, 'secondsInterval', '2');
	await closeNode(page);
	await publish(page);

	const [link] = await linksOf(bench);
	if (!link) throw new Error('Nobody is linked');
	await bench.servers.wix.edit(link.wixId, 'primaryInfo.email', NEW_ADDRESS);
	await until('the edit of Wix at the user', async () => {
		return (await addressesOf(bench, link)).user === NEW_ADDRESS || undefined;
	});
	const workflowId = new URL(page.url()).pathname.split('/').pop() ?? '';
	const ended = await until('the end of runs on schedule', async () => {
		const path = `/executions?workflowId=${workflowId}`;
		const { data } = await bench.calls.api<{ data: Execution[] }>('GET', path);
		const runs = data.filter((run) => run.mode === 'trigger' && hasEnded(run));
		return runs.length > 0 ? runs : undefined;
	});
	await bench.calls.api('POST', `/workflows/${workflowId}/deactivate`);
	expect(new Set(ended.map(({ status }) => status))).toEqual(new Set(['success']));
}

/** Addresses that exactly one contact and exactly one user have: who is linked in the first run, no more and no less. */
async function sharedAddresses(): Promise<string[]> {
	const contacts = await bench.servers.wix.records('contacts');
	const users = await bench.servers.users.records();
	const inWix = heldOnce([...contacts.values()].map(wixAddress));
	const ofUsers = heldOnce([...users.values()].map((user) => textAt(user, 'profile.email.email')));
	return inWix.filter((address) => ofUsers.includes(address));
}

function heldOnce(addresses: readonly string[]): string[] {
	const counts = new Map<string, number>();
	for (const address of addresses.filter((each) => each !== '').map(addressKey)) {
		counts.set(address, (counts.get(address) ?? 0) + 1);
	}
	return [...counts].filter(([, count]) => count === 1).map(([address]) => address);
}
