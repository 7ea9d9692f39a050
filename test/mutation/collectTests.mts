import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect } from 'expect';
import { bind } from 'jest-each';
import { entryAt } from '../../runtime/entries.mts';

/** Tests of size, told by their names, are left out: a mutant makes them no smaller, and they take seconds each. */
const ofSize = /\d0,000|MB|twice the size/;

export interface EngineTest {
	/** What it is called, with the blocks around it. */
	name: string;
	file: string;
	run: () => unknown;
}

interface Block {
	title: string;
	after: Array<() => unknown>;
}

/**
 * Loads every test file of the engine afresh, with the engine and its helpers, and hands back the tests in it.
 * Only what these tests use of jest is there: `describe` and `test` (with `each`), `afterEach`, `expect`.
 * @param root folder of the project
 */
export function collectTests(root: string): EngineTest[] {
	const tests: EngineTest[] = [];
	const blocks: Block[] = [];
	let file = '';
	const test = (title: string, run: () => unknown) => {
		const around = [...blocks];
		const name = [...around.map((block) => block.title), title].join(' › ');
		tests.push({ name, file, run: () => runBetween(around, run) });
	};
	const describe = (title: string, body: () => unknown) => {
		blocks.push({ title, after: [] });
		body();
		blocks.pop();
	};
	const afterEach = (hook: () => unknown) => entryAt(blocks, blocks.length - 1).after.push(hook);
	Object.assign(globalThis, {
		expect,
		afterEach,
		describe: Object.assign(describe, { each: bind(describe) }),
		test: Object.assign(test, { each: bind(test) }),
	});

	const folder = path.join(root, 'test/engine');
	const require = createRequire(path.join(folder, 'any.mts'));
	forget(require, root);
	for (const name of readdirSync(folder)) {
		if (!name.endsWith('.test.mts')) continue;
		file = path.join(folder, name);
		describe(name, () => require(file));
	}
	return tests.filter(({ name }) => !ofSize.test(name));
}

async function runBetween(blocks: readonly Block[], run: () => unknown): Promise<void> {
	try {
		await run();
	} finally {
		for (const hook of blocks.flatMap((block) => block.after)) await hook();
	}
}

function forget(require: NodeJS.Require, root: string): void {
	const own = ['test', 'nodes'].map((folder) => path.join(root, folder) + path.sep);
	for (const file of Object.keys(require.cache))
		if (own.some((folder) => file.startsWith(folder))) delete require.cache[file];
}
