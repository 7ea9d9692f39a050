import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Cleanup } from '../sandbox/demo/cleanup.mts';
import { openBrowser, openEditor } from './browser.mts';
import { confirmInstall, fillInstallDialog, openCommunityNodes } from './communityNodes.mts';
import { settle } from './editor.mts';
import { ensureRuntime } from './install.mts';
import { startN8n, type N8nServer } from './n8n.mts';
import { offerNextStep, offerTriggers, searchNodes } from './nodePanel.mts';
import { buildAndPack } from './package.mts';
import { startPlayedNpm } from './playedNpm.mts';
import { savePng } from './png.mts';
import { endAllProcesses } from './processes.mts';
import { createProgress } from './progress.mts';
import { hidePopups } from './screenshotViews.mts';

const PACKAGE = 'n8n-nodes-wix-user-sync';
const DIALOG = 'install-dialog';
const FOUND = 'install-found';

/** Small enough that both can be read side by side. */
const SMALL = { width: 960, height: 600 };

/** Whether a part of `which` names one of these pictures. */
export const showsInstall = (which: readonly string[]): boolean =>
	which.some((part) => [DIALOG, FOUND].some((name) => name.includes(part)));

/**
 * Installs a packed package, or one that it builds, as a person does: the dialog as it is filled in, and the nodes as they are found
 * afterwards.
 */
export async function shootInstall(
	tarball: string | undefined,
	cleanup: Cleanup,
	picture: (name: string) => string,
): Promise<void> {
	const { url, owner } = await openBareN8n(tarball, cleanup);
	const browser = await openBrowser();
	cleanup.add(() => browser.close());
	const page = await openEditor(browser, url, owner, SMALL);

	await openCommunityNodes(page, url);
	await fillInstallDialog(page, PACKAGE);
	await shoot(page, picture(DIALOG));
	await confirmInstall(page);

	await offerTriggers(page, url);
	await offerNextStep(page);
	await searchNodes(page, 'Wix');
	await shoot(page, picture(FOUND));
}

/** An n8n without the package, which finds it at npm. */
async function openBareN8n(tarball: string | undefined, cleanup: Cleanup): Promise<N8nServer> {
	const folder = mkdtempSync(join(tmpdir(), 'screenshot-install-'));
	cleanup.add(() => rmSync(folder, { recursive: true, force: true }));
	cleanup.add(endAllProcesses);
	const npm = await startPlayedNpm(folder);
	cleanup.add(() => npm.stop());
	npm.publish(tarball ? resolve(tarball) : await buildAndPack(process.cwd(), join(folder, 'pack')));
	const runtime = await ensureRuntime(createProgress());
	const userFolder = join(folder, 'n8n-user');
	return await startN8n({ runtime, userFolder, more: npm.environment });
}

async function shoot(page: Page, path: string): Promise<void> {
	await hidePopups(page);
	// Away from what is listed: an entry under the mouse looks as if it were chosen
	await page.mouse.move(SMALL.width / 2, SMALL.height * 0.9);
	await settle(page);
	await savePng(path, await page.screenshot());
}
