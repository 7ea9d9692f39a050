/** How many calls, bytes and seconds Get Many takes for many users of each system, against the sandbox. */
import type { System } from '../sandbox/demo/system.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { readOptions } from './lib/options.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { count, milliseconds, printTable } from './lib/table.mts';
import { allSystems, runTargetUsers, usersOf } from './lib/users.mts';

const { records } = readOptions({ records: 10_000 }).numbers;
const sandbox = await startSandbox();

async function row(system: System): Promise<string[]> {
	const { origin } = new URL(system.urlIn(sandbox));
	await control(origin, 'state', 'PUT', { users: usersOf(system, records, 'example.com') });
	const start = performance.now();
	const parameters = { operation: 'getAll', returnAll: true, output: 'syncFields' };
	const [items = []] = await runTargetUsers(sandbox, system, parameters);
	const time = performance.now() - start;
	if (items.length !== records) throw new Error(`${system.title}: ${items.length} users came`);
	const { total, byRoute, bytesIn, bytesOut } = await control<Counts>(origin, 'requests', 'GET');
	const pages = Object.entries(byRoute)
		.filter(([route]) => /^GET .*\/users$/i.test(route))
		.reduce((sum, [, calls]) => sum + calls, 0);
	return [
		system.title,
		count(items.length),
		count(pages),
		count(total - pages),
		count(Math.round(bytesIn / 1024)),
		count(Math.round(bytesOut / 1024)),
		milliseconds(time),
	];
}

const rows: string[][] = [];
for (const system of allSystems) rows.push(await row(system));
printTable(
	`Get Many of ${count(records)} users`,
	['system', 'users', 'pages', 'other calls', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
