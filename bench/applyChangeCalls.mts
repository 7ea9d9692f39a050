/** How many calls, bytes and seconds Apply Changes takes for many contacts, in bulk and one by one, against the sandbox. */
import type { INodeExecutionData } from 'n8n-workflow';

import type { JsonObject, Pending } from '../nodes/shared/contract/index';
import { Api } from '../nodes/shared/Api';
import { applyRows } from '../nodes/shared/apply/applyRows';
import { bulkContacts } from '../nodes/WixCrm/records/bulkContacts';
import { contactStore } from '../nodes/WixCrm/records/contactStore';
import { wixService } from '../nodes/WixCrm/transport/wixService';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { entryAt } from '../runtime/entries.mts';
import { rowOf } from './lib/rows.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { fetchingContext } from './lib/fetching.mts';
import { readOptions } from './lib/options.mts';
import { count, milliseconds, printTable } from './lib/table.mts';

const { records } = readOptions({ records: 10_000 }).numbers;
const sandbox = await startSandbox();

const addresses = (domain: string) =>
	Array.from({ length: records }, (_, index) => `person${index}@${domain}`);
const before = addresses('old.example.com');
const after = addresses('new.example.com');
const idAt = (index: number) => `contact-${index}`;

const contacts = before.map((email, index): JsonObject => ({
	id: idAt(index),
	info: { emails: { items: [{ email, primary: true }] } },
}));

type Entry = (index: number) => Partial<Pending>;
const update: Entry = (index) => ({ from: entryAt(before, index), to: entryAt(after, index) });
const already: Entry = (index) => ({ from: entryAt(after, index), to: entryAt(before, index) });
const create: Entry = (index) => ({ operation: 'create', to: entryAt(after, index) });
const look: Entry = () => ({ operation: 'verify', property: '', field: '' });
const scenarios: Array<[name: string, given: JsonObject[], entry: Entry, outcome: string]> = [
	['update', contacts, update, 'applied'],
	['already there', contacts, already, 'already'],
	['create', [], create, 'applied'],
	['verify', contacts, look, 'present'],
];

/** How many rows came to `outcome`: a look that finds the record is in its row, all else in the history. */
function countOf(outcome: string, [rows = [], history = []]: INodeExecutionData[][]): number {
	return outcome === 'present'
		? rows.filter(({ json }) => String(json.pending).includes('"present"')).length
		: history.filter(({ json }) => json.outcome === outcome).length;
}

async function row(
	[name, given, entry, expected]: (typeof scenarios)[number],
	isBulk: boolean,
): Promise<string[]> {
	await control(sandbox.wixUrl, 'reset', 'POST', {});
	await control(sandbox.wixUrl, 'state', 'PUT', { contacts: given });
	const wixIdAt = (index: number) => (given.length === 0 ? '' : idAt(index));
	const rows = before.map((_, index) =>
		rowOf('wix', wixIdAt(index), `user-${index}`, entry(index)),
	);
	const context = fetchingContext(rows);
	const api = new Api(context, wixService, sandbox.wixUrl);
	const single = contactStore(api);
	const store = isBulk ? { ...single, bulk: bulkContacts(api) } : single;
	const start = performance.now();
	const outputs = await applyRows(
		context,
		'wix',
		async () => await Promise.resolve({ api, store }),
	);
	const time = performance.now() - start;
	const done = countOf(expected, outputs);
	if (done !== records) throw new Error(`${name}: only ${done} results are '${expected}'`);
	const { total, byRoute, bytesIn, bytesOut } = await control<Counts>(
		sandbox.wixUrl,
		'requests',
		'GET',
	);
	const sum = (matches: (route: string) => boolean) =>
		Object.entries(byRoute).reduce((all, [route, calls]) => all + (matches(route) ? calls : 0), 0);
	const bulkWrites = sum((route) => route.includes('/v5/bulk/'));
	const reads = sum((route) => route.startsWith('GET ') || route.endsWith('/query'));
	return [
		`${name}, ${isBulk ? 'in bulk' : 'one by one'}`,
		count(bulkWrites),
		count(reads),
		count(total - bulkWrites - reads),
		count(Math.round(bytesIn / 1024)),
		count(Math.round(bytesOut / 1024)),
		milliseconds(time),
	];
}

const rows: string[][] = [];
for (const scenario of scenarios)
	for (const isBulk of [true, false]) rows.push(await row(scenario, isBulk));
printTable(
	`Apply Changes on ${count(records)} contacts`,
	['scenario', 'bulk writes', 'reads', 'single writes', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
