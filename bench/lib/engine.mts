import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type * as EngineModule from '../../nodes/MatchAndMap/engine/index';

export type Engine = typeof EngineModule;

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const require = createRequire(import.meta.url);

/** Compiles the package as it ships into a folder of the benches' own; dist/ may be old, or being built by somebody else. */
export function build(): string {
	const folder = path.join(root, 'node_modules', '.cache', 'bench');
	process.stderr.write('Compiling the engine …\n');
	const tsc = require.resolve('typescript/bin/tsc');
	execFileSync(
		process.execPath,
		[
			tsc,
			'-p',
			path.join(root, 'tsconfig.build.json'),
			'--outDir',
			folder,
			'--declaration',
			'false',
		],
		{ stdio: ['ignore', 'inherit', 'inherit'] },
	);
	return folder;
}

/** Loads a module of a build by its path inside the package, such as `nodes/MatchAndMap/engine/index.js`. */
export function loadBuilt(dist: string, file: string): unknown {
	return require(path.resolve(dist, file));
}

export const loadEngine = (dist: string) =>
	loadBuilt(dist, 'nodes/MatchAndMap/engine/index.js') as Engine;
