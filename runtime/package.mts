import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from './processes.mts';

/** Builds the package and packs what would be published; the path of the tarball. */
export async function buildAndPack(projectFolder: string, intoFolder: string): Promise<string> {
	mkdirSync(intoFolder, { recursive: true });
	const logFile = join(intoFolder, 'pack.log');
	const options = { cwd: projectFolder, env: process.env, logFile };
	await runProcess('npm', ['run', 'build'], options);
	await runProcess('npm', ['pack', '--ignore-scripts', '--pack-destination', intoFolder], options);
	const tarball = readdirSync(intoFolder).find((name) => name.endsWith('.tgz'));
	if (!tarball) throw new Error(`npm pack left no tarball in ${intoFolder}`);
	return join(intoFolder, tarball);
}

/** What was installed, so that the same package is not installed again on every start. */
const MARKER = 'installed-from';

/** Of npm, for a folder of n8n's community packages: without scripts and without the peer n8n-workflow, which n8n brings. */
export const installOptions = ['--legacy-peer-deps', '--ignore-scripts', '--no-audit'];

/**
 * Puts a packed package where n8n keeps its community packages, as its own installer does: by npm. It has no
 * dependencies, so this needs no network.
 */
export async function installPackage(tarball: string, userFolder: string): Promise<void> {
	const folder = join(userFolder, '.n8n', 'nodes');
	const marker = join(folder, MARKER);
	const hash = createHash('sha256').update(readFileSync(tarball)).digest('hex');
	if (existsSync(marker) && readFileSync(marker, 'utf8') === hash) return;
	mkdirSync(folder, { recursive: true });
	writeFileSync(
		join(folder, 'package.json'),
		JSON.stringify({ name: 'installed-nodes', private: true, dependencies: {} }),
	);
	await runProcess('npm', ['install', ...installOptions, '--offline', tarball], {
		cwd: folder,
		env: process.env,
		logFile: join(userFolder, 'install-package.log'),
	});
	writeFileSync(marker, hash);
}
