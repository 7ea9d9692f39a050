import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const RUNTIME_SOURCE = join(process.cwd(), 'runtime');
export const MANIFEST_FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** A name for exactly this set of packages: another lock gets another folder. */
export function runtimeHash(sourceFolder: string): string {
	const hash = createHash('sha256');
	for (const file of MANIFEST_FILES) hash.update(readFileSync(join(sourceFolder, file)));
	return hash.digest('hex').slice(0, 16);
}

/**
 * Where the installed n8n lives between runs: the user's cache folder, or `.cache` in the project
 * where the home folder cannot be written.
 */
export function runtimeFolder(
	sourceFolder: string = RUNTIME_SOURCE,
	environment: NodeJS.ProcessEnv = process.env,
): string {
	const name = `runtime-${runtimeHash(sourceFolder)}`;
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
