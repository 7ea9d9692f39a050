/** How many calls, bytes and seconds Get Many takes for many members, against the sandbox. */
import type { JsonObject } from '../nodes/shared/contract/index';
import { Api } from '../nodes/shared/Api';
import { listMembers, type MemberQuery } from '../nodes/WixCrm/records/memberPages';
import { wixService } from '../nodes/WixCrm/transport/wixService';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { fetchingContext } from './lib/fetching.mts';
import { readOptions } from './lib/options.mts';
import { count, milliseconds, printTable } from './lib/table.mts';

const { records } = readOptions({ records: 10_000 }).numbers;
const sandbox = await startSandbox();

const members = Array.from({ length: records }, (_, index): JsonObject => ({
	id: `member-${index}`,
	loginEmail: `person${index}@example.com`,
	contactId: `contact-${index}`,
	status: index % 10 === 9 ? 'BLOCKED' : 'APPROVED',
	createdDate: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
}));
const scenarios: Array<[string, MemberQuery, number]> = [
	['return all', { filter: {} }, records],
	['one status', { filter: { status: { $in: ['BLOCKED'] } } }, Math.floor(records / 10)],
];

async function row(name: string, query: MemberQuery, expected: number): Promise<string[]> {
	await control(sandbox.wixUrl, 'reset', 'POST', {});
	await control(sandbox.wixUrl, 'state', 'PUT', { members });
	const api = new Api(fetchingContext([{}]), wixService, sandbox.wixUrl);
	const start = performance.now();
	const { records: found, fault } = await listMembers(api, query, Infinity, 0);
	const time = performance.now() - start;
	if (fault !== undefined) throw fault;
	if (found.length !== expected) throw new Error(`${name}: ${found.length} members came`);
	const { total, bytesIn, bytesOut } = await control<Counts>(sandbox.wixUrl, 'requests', 'GET');
	return [
		name,
		count(found.length),
		count(total),
		count(Math.round(bytesIn / 1024)),
		count(Math.round(bytesOut / 1024)),
		milliseconds(time),
	];
}

const rows: string[][] = [];
for (const scenario of scenarios) rows.push(await row(...scenario));
printTable(
	`Get Many of ${count(records)} members`,
	['scenario', 'members', 'calls', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
