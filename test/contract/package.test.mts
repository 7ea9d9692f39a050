import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { captured, entryAt } from '../../runtime/entries.mts';
import { templates } from '../../templates/source/templates.mts';

interface Manifest {
	name: string;
	license: string;
	files: string[];
	n8n: { nodes: string[]; credentials: string[]; strict: boolean };
	[key: string]: unknown;
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;

/** The package as npm would publish it, unpacked. */
let folder: string;
let tarball: string;
let unpacked: string;
beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), 'wix-user-sync-pack-'));
	execFileSync('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
		stdio: 'pipe',
	});
	tarball = join(folder, entryAt(readdirSync(folder), 0));
	execFileSync('tar', ['-xzf', tarball, '-C', folder]);
	unpacked = join(folder, 'package');
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (pattern: RegExp) =>
	readdirSync(unpacked, { recursive: true, encoding: 'utf8' }).filter((file) => pattern.test(file));

function scan(directory: string, patterns: string[]): { passed: boolean; details: string } {
	const answer = execFileSync('node', [resolve('test/contract/scan.mjs'), directory, ...patterns], {
		encoding: 'utf8',
		// n8n's lint rules take every file for a node when they think that they are tested themselves
		env: { ...process.env, NODE_ENV: 'production' },
	});
	return JSON.parse(answer) as { passed: boolean; details: string };
}

describe('package.json', () => {
	test('has no runtime dependency and nothing else that n8n refuses', () => {
		for (const refused of ['dependencies', 'overrides', 'resolutions', 'bundledDependencies']) {
			expect(manifest).not.toHaveProperty(refused);
		}
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
		expect(manifest.keywords).toContain('n8n-community-node-package');
		expect(manifest.license).toBe('MIT');
		expect(manifest.n8n.strict).toBe(true);
	});
});

describe('the packed package', () => {
	test('has every node and credential that it names, with icon and codex file', () => {
		for (const file of manifest.n8n.nodes) {
			const base = join(unpacked, file.replace(/\.js$/, ''));
			expect([file, existsSync(`${base}.js`), existsSync(`${base}.json`)]).toEqual([
				file,
				true,
				true,
			]);
			const source = readFileSync(`${base}.js`, 'utf8');
			const icons = captured(source, /file:([\w.-]+\.svg)/g);
			expect(icons).toHaveLength(2);
			for (const icon of icons) expect(existsSync(join(dirname(base), icon))).toBe(true);
		}
		for (const file of manifest.n8n.credentials)
			expect(existsSync(join(unpacked, file))).toBe(true);
	});

	test('requires nothing but n8n-workflow and its own files', () => {
		const foreign = filesOf(/\.js$/).flatMap((file) => {
			const source = readFileSync(join(unpacked, file), 'utf8');
			const names = [
				...source.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)|\bimport\(\s*["']([^"']+)["']/g),
			];
			return names
				.map(([, required, imported]) => required ?? imported)
				.filter((name) => name !== 'n8n-workflow' && !name?.startsWith('.'))
				.map((name) => `${file}: ${name}`);
		});
		expect(foreign).toEqual([]);
	});

	test('carries the workflow templates, the licence and the README, and no test', () => {
		const shipped = Object.keys(templates).map((file) => `dist/templates/${file}`);
		expect(filesOf(/^dist\/templates\/.*\.json$/).sort()).toEqual(shipped.sort());
		expect(filesOf(/^(LICENSE|README\.md)$/)).toHaveLength(2);
		expect(filesOf(/\.test\.|fixtures|sandbox|\.d\.ts$|\.map$/)).toEqual([]);
	});

	test('is smaller than 300 kB', () => {
		expect(statSync(tarball).size).toBeLessThan(300_000);
	});

	test("codex files name this package's nodes", () => {
		for (const file of manifest.n8n.nodes) {
			const codex = JSON.parse(
				readFileSync(join(unpacked, file.replace(/\.js$/, '.json')), 'utf8'),
			) as { node: string };
			const [, name] =
				/name: '(\w+)',\s+icon/.exec(readFileSync(join(unpacked, file), 'utf8')) ?? [];
			expect(codex.node).toBe(`${manifest.name}.${name}`);
		}
	});

	test("passes n8n's package scanner, source and package", () => {
		expect(scan(resolve('.'), ['package.json', '{nodes,credentials}/**/*.{js,ts,json}'])).toEqual({
			passed: true,
			details: '',
		});
		expect(scan(unpacked, ['package.json', '**/*.js'])).toEqual({ passed: true, details: '' });
	}, 120_000);
});
