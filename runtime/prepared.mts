import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Runtime } from './install.mts';
import { withLock } from './lock.mts';
import { startN8n } from './n8n.mts';
import { installPackage } from './package.mts';

/**
 * A user folder with the package installed and n8n's database made, as after a first start. It is made once beside the tarball, for
 * its content and this n8n, and copied from there: an n8n that begins on a copy is ready in half the time. All copies have one owner and one encryption key.
 */
export async function copyPrepared(
	runtime: Runtime,
	tarball: string,
	userFolder: string,
): Promise<void> {
	const content = createHash('sha256').update(readFileSync(tarball)).digest('hex').slice(0, 12);
	const prepared = `${tarball}.${content}.${runtime.version}.user-folder`;
	await withLock(
		`${prepared}.lock`,
		() => undefined,
		async () => {
			if (!existsSync(prepared)) await prepare(runtime, tarball, prepared);
		},
	);
	cpSync(prepared, userFolder, { recursive: true, verbatimSymlinks: true });
}

async function prepare(runtime: Runtime, tarball: string, prepared: string): Promise<void> {
	const unfinished = `${prepared}.unfinished`;
	rmSync(unfinished, { recursive: true, force: true });
	await installPackage(tarball, unfinished);
	const server = await startN8n({ runtime, userFolder: unfinished });
	await server.stop();
	rmSync(join(unfinished, 'n8n.log'), { force: true });
	renameSync(unfinished, prepared);
}
