import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { filesIn } from '../contract/tree.mts';

test('every bench that can be asked for by name is a file', () => {
	const [, lists = ''] =
		/const short = \[([^]*?)const benches/.exec(readFileSync('bench/run.mts', 'utf8')) ?? [];
	const named = [...lists.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
	expect(named.length).toBeGreaterThan(10);
	expect(named.filter((name) => !existsSync(`bench/${name}.mts`))).toEqual([]);
});

test('a program that tsx starts finds what the nodes give by name', () => {
	// Node sees no name behind `export *` of a file without extension; jest does, and would not tell
	const blind = filesIn('nodes').filter((path) =>
		/^export \* from/m.test(readFileSync(path, 'utf8')),
	);
	expect(blind).toEqual([]);
	const program =
		"console.log(typeof (await import(process.cwd() + '/bench/lib/phases.mts')).playPhases)";
	const options = ['--import', 'tsx', '--input-type=module', '-e', program];
	expect(execFileSync(process.execPath, options, { encoding: 'utf8' }).trim()).toBe('function');
});
