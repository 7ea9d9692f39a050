/** How many calls, bytes and seconds Apply Changes takes for many users of each system, against the sandbox. */
import type { JsonObject } from '../nodes/shared/contract/index';
import { systems, type System } from '../sandbox/demo/system.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { readOptions } from './lib/options.mts';
import { rowOf } from './lib/rows.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { count, milliseconds, printTable } from './lib/table.mts';
import { idAt, runTargetUsers, usersOf } from './lib/users.mts';

const { records } = readOptions({ records: 1000 }).numbers;
const sandbox = await startSandbox();

/** By the switches of the sandbox that make a server answer so. */
const scenarios: Array<[string, System, JsonObject]> = [
	['YouTrack', systems.youTrack, {}],
	['YouTrack, empty answers', systems.youTrack, { emptyUpdates: true }],
	['Okta', systems.okta, {}],
	['SCIM', systems.scim, {}],
	['SCIM, empty answers', systems.scim, { scimPatchAnswer: 204 }],
	['SCIM without PATCH', systems.scim, { scimPatch: '501' }],
];

const rowAt = (index: number): JsonObject =>
	rowOf('users', `contact-${index}`, idAt(index), {
		from: `person${index}@old.example.com`,
		to: `person${index}@new.example.com`,
	});

async function checkWritten(name: string, system: System, origin: string): Promise<void> {
	const { users } = await control<{ users: JsonObject[] }>(origin, 'state', 'GET');
	const late = users.filter((user) => !system.addressOf(user).endsWith('@new.example.com'));
	if (late.length > 0) throw new Error(`${name}: ${late.length} users have their old address`);
}

async function row([name, system, switches]: (typeof scenarios)[number]): Promise<string[]> {
	const { origin } = new URL(system.urlIn(sandbox));
	await control(origin, 'reset', 'POST', {});
	await control(origin, 'behave', 'POST', switches);
	await control(origin, 'state', 'PUT', { users: usersOf(system, records, 'old.example.com') });
	const rows = Array.from({ length: records }, (_, index) => rowAt(index));
	const start = performance.now();
	const parameters = { operation: 'applyChanges' };
	const [, history = []] = await runTargetUsers(sandbox, system, parameters, rows);
	const time = performance.now() - start;
	const applied = history.filter(({ json }) => json.outcome === 'applied').length;
	if (applied !== records) throw new Error(`${name}: only ${applied} of ${records} were applied`);
	await checkWritten(name, system, origin);

	const counts = await control<Counts>(origin, 'requests', 'GET');
	const { total, writes, byRoute, bytesIn, bytesOut } = counts;
	const reads = Object.entries(byRoute)
		.filter(([route]) => /^GET .*:id$/.test(route))
		.reduce((sum, [, calls]) => sum + calls, 0);
	return [
		name,
		count(writes),
		count(records),
		count(reads - records),
		count(total - writes - reads),
		count(Math.round(bytesIn / 1024)),
		count(Math.round(bytesOut / 1024)),
		milliseconds(time),
	];
}

const rows: string[][] = [];
for (const scenario of scenarios) rows.push(await row(scenario));
printTable(
	`Apply Changes on ${count(records)} users`,
	['system', 'writes', 'reads before', 're-reads', 'other', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
