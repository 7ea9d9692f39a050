/** How many calls, bytes and seconds Apply Change takes for many users of each system, against the sandbox. */
import type { Change, JsonObject } from '../nodes/shared/contract/index';
import { systems, USER_EMAIL, type System } from '../sandbox/demo/system.mts';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { linkOf } from './lib/changes.mts';
import { readOptions } from './lib/options.mts';
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

const changeAt = (index: number): Change => ({
	changeId: `change-${index}`,
	flow: 'contacts',
	side: 'users',
	operation: 'update',
	recordId: idAt(index),
	expected: { [USER_EMAIL]: `person${index}@old.example.com` },
	set: { [USER_EMAIL]: `person${index}@new.example.com` },
	reason: 'wixEdited',
	link: linkOf(`contact-${index}`, idAt(index)),
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
	const changes = Array.from({ length: records }, (_, index) => changeAt(index));
	const start = performance.now();
	const parameters = { operation: 'applyChange' };
	const items = changes as unknown as JsonObject[];
	const results = await runTargetUsers(sandbox, system, parameters, items);
	const time = performance.now() - start;
	const failed = results.filter(({ json }) => json.outcome !== 'applied').length;
	if (failed > 0) throw new Error(`${name}: ${failed} results are not 'applied'`);
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
	`Apply Change on ${count(records)} users`,
	['system', 'writes', 'reads before', 're-reads', 'other', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
