import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { SetupError } from './setupError.mts';

/** Where Debian keeps the programs of its PostgreSQL, each version apart. */
const POSTGRES_VERSIONS = '/usr/lib/postgresql';

/**
 * The path of a program of the machine, looked for in `folders` and then on the PATH. Throws a SetupError that names the
 * Debian package when there is none.
 */
export function findProgram(
	name: string,
	debianPackage: string,
	folders: readonly string[] = [],
	path: string = process.env.PATH ?? '',
): string {
	const places = [...folders, ...path.split(delimiter).filter(Boolean)];
	const found = places.map((folder) => join(folder, name)).find((file) => existsSync(file));
	if (found !== undefined) return found;
	throw new SetupError(
		`There is no ${name}: apt-get install --no-install-recommends ${debianPackage}`,
	);
}

/** Folders of PostgreSQL's programs, which Debian does not put on the PATH; the newest first. */
export function postgresFolders(versions: string = POSTGRES_VERSIONS): string[] {
	if (!existsSync(versions)) return [];
	return readdirSync(versions)
		.sort((left, right) => Number(right) - Number(left))
		.map((version) => join(versions, version, 'bin'));
}
