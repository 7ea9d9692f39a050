import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isLocked, type Manifest } from './manifest.mts';

export const RUNTIME_SOURCE = join(process.cwd(), 'runtime');

/** A name for exactly this set of packages: another lock, or another n8n, gets another folder. */
export function runtimeName(manifest: Manifest): string {
	const hash = createHash('sha256');
	for (const content of Object.values(manifest.files)) hash.update(content);
	const version = isLocked(manifest) ? '' : `${manifest.version}-`;
	return `runtime-${version}${hash.digest('hex').slice(0, 16)}`;
}

/**
 * Where the installed n8n lives between runs: the user's cache folder, or `.cache` in the project
 * where the home folder cannot be written.
 */
export function runtimeFolder(
	manifest: Manifest,
	sourceFolder: string = RUNTIME_SOURCE,
	environment: NodeJS.ProcessEnv = process.env,
): string {
	const name = runtimeName(manifest);
	const home = environment.XDG_CACHE_HOME || join(environment.HOME || homedir(), '.cache');
	const wanted = join(home, 'n8n-nodes-wix-user-sync', name);
	if (canWrite(wanted)) return wanted;
	const fallback = join(sourceFolder, '..', '.cache', name);
	mkdirSync(fallback, { recursive: true });
	return fallback;
}

function canWrite(folder: string): boolean {
	try {
		mkdirSync(folder, { recursive: true });
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
