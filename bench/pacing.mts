/** How close single writes come to a limit of requests per minute, by the pace of the node. Time is played, not waited for. */
import type * as ApiModule from '../nodes/shared/Api';
import type * as ClockModule from '../nodes/shared/clock';
import type * as PacerModule from '../nodes/shared/pacer';
import type * as StoreModule from '../nodes/WixCrm/records/contactStore';
import type * as ServiceModule from '../nodes/WixCrm/transport/wixService';
import { startSandbox } from '../sandbox/startSandbox.mts';
import { build, loadBuilt } from './lib/engine.mts';
import { fetchingContext } from './lib/fetching.mts';
import { readOptions } from './lib/options.mts';
import { control, type Counts } from './lib/sandboxControl.mts';
import { count, printTable } from './lib/table.mts';

// From a build, where all modules share one clock: tsx loads the sources of an `.mts` and of a `.ts` apart.
const dist = build();
const { Api } = loadBuilt(dist, 'nodes/shared/Api.js') as typeof ApiModule;
const { clock } = loadBuilt(dist, 'nodes/shared/clock.js') as typeof ClockModule;
const { Pacer } = loadBuilt(dist, 'nodes/shared/pacer.js') as typeof PacerModule;
const { createContact } = loadBuilt(
	dist,
	'nodes/WixCrm/records/contactStore.js',
) as typeof StoreModule;
const { wixService } = loadBuilt(
	dist,
	'nodes/WixCrm/transport/wixService.js',
) as typeof ServiceModule;

const { records, limit } = readOptions({ records: 1_000, limit: 200 }).numbers;
const sandbox = await startSandbox();

// The sandbox reads the same clock, so that its minute is the node's.
let time = Date.UTC(2026, 0, 1);
Date.now = () => time;
clock.now = () => time;
clock.random = () => 0;
clock.sleep = async (milliseconds) => {
	time += milliseconds;
};

const paces: Array<[string, number | undefined]> = [
	['180 a minute (default)', 180],
	[`${Math.floor(limit * 0.95)} a minute`, Math.floor(limit * 0.95)],
	[`${limit} a minute`, limit],
	['not paced', undefined],
];

async function row([name, pace]: (typeof paces)[number]): Promise<string[]> {
	await control(sandbox.wixUrl, 'reset', 'POST', {});
	await control(sandbox.wixUrl, 'state', 'PUT', { contacts: [] });
	await control(sandbox.wixUrl, 'limits', 'POST', { requestsPerMinute: limit });
	const settings = pace === undefined ? {} : { pacer: new Pacer(pace) };
	const api = new Api(fetchingContext([{}]), wixService, sandbox.wixUrl, settings);
	const start = time;
	let failed = 0;
	for (let index = 0; index < records; index++) {
		const made = await createContact(api, { 'info.name.first': `First ${index}` }, false);
		if (!made.ok) failed++;
	}
	const minutes = (time - start) / 60_000;
	const { total } = await control<Counts>(sandbox.wixUrl, 'requests', 'GET');
	const perMinute = records / minutes;
	return [
		name,
		count(failed),
		count(total - records),
		minutes.toFixed(2),
		perMinute.toFixed(0),
		`${((perMinute / limit) * 100).toFixed(1)} %`,
	];
}

const rows: string[][] = [];
for (const pace of paces) rows.push(await row(pace));
printTable(
	`${count(records)} single writes under a limit of ${limit} requests a minute`,
	['pace', 'failed', 'refused', 'minutes', 'a minute', 'of the limit'],
	rows,
);
await sandbox.close();
