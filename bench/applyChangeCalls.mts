/** How many calls, bytes and seconds Apply Change takes for many contacts, in bulk and one by one, against the sandbox. */
import type { Change, JsonObject } from '../nodes/shared/contract/index';
import { Api } from '../nodes/shared/Api';
import { applyItems } from '../nodes/shared/applyChange/applyItem';
import { bulkContacts } from '../nodes/WixCrm/records/bulkContacts';
import { contactStore } from '../nodes/WixCrm/records/contactStore';
import { wixService } from '../nodes/WixCrm/transport/wixService';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { entryAt } from '../runtime/entries.mts';
import { linkOf } from './lib/changes.mts';
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

const changeAt = (index: number, part: Partial<Change>): Change => ({
	changeId: `change-${index}`,
	flow: 'contacts',
	side: 'wix',
	operation: 'update',
	...(part.operation === 'create' ? {} : { recordId: idAt(index) }),
	expected: { 'primaryInfo.email': entryAt(before, index) },
	set: { 'primaryInfo.email': entryAt(after, index) },
	reason: 'userEdited',
	link: linkOf(idAt(index), 'user'),
	...part,
});
const creation = { operation: 'create', expected: {} } as const;
const look = { operation: 'verify', set: {}, expected: {} } as const;

const contacts = before.map((email, index): JsonObject => ({
	id: idAt(index),
	info: { emails: { items: [{ email, primary: true }] } },
}));
const scenarios: Array<[string, JsonObject[], Partial<Change>, string]> = [
	['update', contacts, {}, 'applied'],
	['already there', contacts, { set: {} }, 'already'],
	['create', [], creation, 'applied'],
	['verify', contacts, look, 'present'],
];

async function row(
	[name, given, part, expected]: (typeof scenarios)[number],
	isBulk: boolean,
): Promise<string[]> {
	await control(sandbox.wixUrl, 'reset', 'POST', {});
	await control(sandbox.wixUrl, 'state', 'PUT', { contacts: given });
	const changes = before.map((email, index) => {
		const change = changeAt(index, part);
		return name === 'already there' ? { ...change, set: { 'primaryInfo.email': email } } : change;
	});
	const context = fetchingContext(changes as unknown as JsonObject[]);
	const api = new Api(context, wixService, sandbox.wixUrl);
	const single = contactStore(api);
	const store = isBulk ? { ...single, bulk: bulkContacts(api) } : single;
	const start = performance.now();
	const results = (await applyItems(context, api, store)).flat();
	const time = performance.now() - start;
	const failed = results.filter(({ json }) => json.outcome !== expected).length;
	if (failed > 0) throw new Error(`${name}: ${failed} results are not '${expected}'`);
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
	`Apply Change on ${count(records)} contacts`,
	['scenario', 'bulk writes', 'reads', 'single writes', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
