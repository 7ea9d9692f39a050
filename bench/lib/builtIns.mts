import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { INodeExecutionData, INodeType, VersionedNodeType } from 'n8n-workflow';

import { runProcess } from '../../runtime/processes.mts';
import { createProgress } from '../../runtime/progress.mts';
import { root } from './engine.mts';
import type { NodeUnderTest } from './workflow.mts';

const folder = join(root, 'bench', 'n8n-nodes-base');
/** Written last, with what was installed: without it `node_modules` is half done or another version's. */
const marker = join(folder, 'node_modules', '.installed.json');
const lock = join(folder, 'package-lock.json');

const isInstalled = () =>
	existsSync(marker) && readFileSync(marker, 'utf8') === readFileSync(lock, 'utf8');

/** Installs n8n's own nodes into the benches' folder, once: about 900 MB, a minute or two. Scripts do not run. */
export async function ensureBuiltIns(): Promise<void> {
	if (isInstalled()) return;
	const progress = createProgress(process.stderr);
	progress.step('Installing n8n-nodes-base (900 MB, once; one to two minutes)');
	try {
		await runProcess('npm', ['ci', '--ignore-scripts', '--no-progress'], {
			cwd: folder,
			env: process.env,
			logFile: join(folder, 'install.log'),
		});
	} catch (error) {
		progress.abandon();
		throw error;
	}
	writeFileSync(marker, readFileSync(lock));
	progress.done();
}

const load = (file: string) =>
	createRequire(join(folder, 'package.json'))(`n8n-nodes-base/dist/nodes/${file}`) as unknown;

const byAddress = { values: [{ field1: 'primaryInfo.email', field2: 'profile.email.email' }] };
type Items = readonly INodeExecutionData[];

/** Compare Datasets 2.3, the address as the field to match, else its defaults. */
export function compareDatasets(inputs: readonly [Items, Items]): NodeUnderTest {
	const { CompareDatasets } = load('CompareDatasets/CompareDatasets.node.js') as {
		CompareDatasets: new () => INodeType;
	};
	return {
		type: new CompareDatasets(),
		typeVersion: 2.3,
		parameters: { mergeByFields: byAddress, resolve: 'includeBoth' },
		inputs,
	};
}

/** Merge 3.2 by matching fields, everything kept (an outer join), else its defaults. */
export function merge(inputs: readonly [Items, Items]): NodeUnderTest {
	const { Merge } = load('Merge/Merge.node.js') as { Merge: new () => VersionedNodeType };
	return {
		type: new Merge().getNodeType(3.2),
		typeVersion: 3.2,
		parameters: {
			mode: 'combine',
			combineBy: 'combineByFields',
			advanced: true,
			mergeByFields: byAddress,
			joinMode: 'keepEverything',
		},
		inputs,
	};
}
