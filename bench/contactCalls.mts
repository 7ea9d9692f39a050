/** How many calls, bytes and seconds Get Many takes for many contacts, against the sandbox. */
import type { JsonObject } from '../nodes/shared/contract/index';
import { Api } from '../nodes/shared/Api';
import { contactListing, type ContactQuery } from '../nodes/WixCrm/records/contactPages';
import { selectionFor, type ContactOutput } from '../nodes/WixCrm/records/projection';
import { apiRequestAllItems } from '../nodes/WixCrm/transport';
import { wixService } from '../nodes/WixCrm/transport/wixService';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { fetchingContext } from './lib/fetching.mts';
import { readOptions } from './lib/options.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { count, milliseconds, printTable } from './lib/table.mts';

const { records } = readOptions({ records: 10_000 }).numbers;
const sandbox = await startSandbox();

const contacts = Array.from({ length: records }, (_, index): JsonObject => ({
	id: `contact-${index}`,
	createdDate: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
	info: {
		name: { first: `First ${index}`, last: `Last ${index}` },
		company: `Company ${index % 100}`,
		emails: { items: [{ tag: 'MAIN', email: `person${index}@example.com`, primary: true }] },
		phones: { items: [{ tag: 'MOBILE', phone: `+4670${index}`, primary: true }] },
	},
}));
const oldestFirst: ContactQuery['sort'] = { fieldName: 'createdDate', order: 'ASC' };
const byCompany: ContactQuery['sort'] = { fieldName: 'info.company', order: 'ASC' };
const scenarios: Array<[string, ContactOutput, ContactQuery['sort'], number]> = [
	['full', 'full', oldestFirst, Infinity],
	['sync fields', 'syncFields', oldestFirst, Infinity],
	['simplified', 'simplified', oldestFirst, Infinity],
	['simplified, by company', 'simplified', byCompany, Infinity],
	['simplified, limit 50', 'simplified', oldestFirst, 50],
];

async function row([name, output, sort, limit]: (typeof scenarios)[number]): Promise<string[]> {
	await control(sandbox.wixUrl, 'reset', 'POST', {});
	await control(sandbox.wixUrl, 'state', 'PUT', { contacts });
	const api = new Api(fetchingContext([{}]), wixService, sandbox.wixUrl);
	const listing = contactListing({ filter: {}, sort, ...selectionFor(output) });
	const start = performance.now();
	const { records: found, fault } = await apiRequestAllItems(api, listing, limit, 0);
	const time = performance.now() - start;
	if (fault !== undefined) throw fault;
	if (found.length !== Math.min(records, limit)) throw new Error(`${name}: ${found.length} came`);
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
for (const scenario of scenarios) rows.push(await row(scenario));
printTable(
	`Get Many of ${count(records)} contacts`,
	['scenario', 'contacts', 'calls', 'KiB sent', 'KiB received', 'ms'],
	rows,
);
await sandbox.close();
