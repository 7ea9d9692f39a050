import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setupError.mts';

const LOCK = 'package-lock.json';

/** The packages of one n8n, as npm reads them from a folder. */
export interface Manifest {
	/** Of n8n, such as `2.41.1`. */
	version: string;
	/** Content by file name. Where there is no lock, npm takes the newest that fits of what n8n does not name exactly. */
	files: Record<string, string>;
}

/** Whether it says of each package which version is taken. */
export const isLocked = ({ files }: Manifest): boolean => LOCK in files;

interface PackageJson {
	dependencies: Record<string, string>;
}

/**
 * The n8n of `runtime/package.json` with its lock, or another one, named by the environment variable `N8N_VERSION`:
 * the same packages around it, and no lock.
 * @throws SetupError when the variable names no exact version
 */
export function wantedManifest(sourceFolder: string, environment: NodeJS.ProcessEnv): Manifest {
	const read = (name: string) => readFileSync(join(sourceFolder, name), 'utf8');
	const text = read('package.json');
	const usual = JSON.parse(text) as PackageJson;
	const usualVersion = usual.dependencies.n8n ?? '';
	const version = environment.N8N_VERSION || usualVersion;
	const npmrc = read('.npmrc');
	if (version === usualVersion) {
		return { version, files: { 'package.json': text, [LOCK]: read(LOCK), '.npmrc': npmrc } };
	}
	if (!/^\d+\.\d+\.\d+$/.test(version)) {
		throw new SetupError(
			`N8N_VERSION is '${version}', but must be one version of n8n with all its three numbers, such as ${usualVersion}. ` +
				'The newest one is told by: npm view n8n version',
		);
	}
	const other = { ...usual, dependencies: { ...usual.dependencies, n8n: version } };
	return { version, files: { 'package.json': JSON.stringify(other, null, '\t'), '.npmrc': npmrc } };
}
