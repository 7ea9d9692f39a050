import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProgram, postgresFolders } from '../../runtime/programs.mts';
import { SetupError } from '../../runtime/setupError.mts';

let folder = '';
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'programs-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function program(...names: string[]): string {
	const file = join(folder, ...names);
	mkdirSync(join(file, '..'), { recursive: true });
	writeFileSync(file, '');
	return file;
}

it('is found on the PATH, but in its own folders first', () => {
	const onPath = program('bin', 'server');
	const path = `/nowhere:${join(folder, 'bin')}`;
	expect(findProgram('server', 'the-package', [join(folder, 'own')], path)).toBe(onPath);
	const own = program('own', 'server');
	expect(findProgram('server', 'the-package', [join(folder, 'own')], path)).toBe(own);
});

it('that is missing is told with the package to install', () => {
	const find = () => findProgram('redis-server', 'the-package', [], folder);
	expect(find).toThrow(SetupError);
	expect(find).toThrow(
		'There is no redis-server: apt-get install --no-install-recommends the-package',
	);
});

it('of PostgreSQL is taken from the newest version', () => {
	for (const version of ['9', '15', '17']) program(version, 'bin', 'postgres');
	expect(postgresFolders(folder)).toEqual(
		['17', '15', '9'].map((version) => join(folder, version, 'bin')),
	);
	expect(postgresFolders(join(folder, 'none'))).toEqual([]);
});
