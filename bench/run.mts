/** `npm run bench [name] [-- options]`: one bench, or all short ones one after the other, each in a process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const short = [
	'builtIns',
	'minimum',
	'growth',
	'oneEdit',
	'wholeNode',
	'applyChangeCalls',
	'pacing',
	'contactCalls',
	'memberCalls',
	'userCalls',
	'userUpdates',
	'simulation',
];
/** They take minutes to hours, so they run by name only. */
const onRealN8n = ['load', 'breakdown', 'sideBySide', 'soak', 'queueMode'];
const benches = [...short, ...onRealN8n];
const [name, ...options] = process.argv.slice(2);
const isOne = name !== undefined && benches.includes(name);
if (name !== undefined && !isOne) {
	console.error(`There is no bench '${name}'; there are ${benches.join(', ')}`);
	process.exit(2);
}
for (const bench of isOne ? [name] : short) {
	const module = fileURLToPath(new URL(`./${bench}.mts`, import.meta.url));
	const command = ['--max-old-space-size=6000', '--import', 'tsx', module, ...options];
	const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
	if (status !== 0) process.exit(status ?? 1);
}
