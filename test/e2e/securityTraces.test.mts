import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failureOf, runByHand } from '../../runtime/executions.mts';
import { systems, USER_EMAIL } from '../../sandbox/demo/system.mts';
import { STEP } from '../../sandbox/demo/template.mts';
import { startProxy, type Fate, type Proxy } from '../nodes/proxy.mts';
import { failures } from '../security/failures.mts';
import { address, newAddress, personMark, secretMark, secrets } from '../security/marks.mts';
import { importWorkflow, linksOf, openBench, run, type Bench } from './workflows.mts';

/** Kinds of failures that runs meet here, each in runs of their own; none that is waited for. All of them repeat the credential and a person. */
const kinds = ['401', '403', 'a text', 'a code that is a sentence'];
const manual = { name: 'By hand', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 };

let bench: Bench;
let strike: (() => Fate | Promise<Fate>) | undefined;
let proxies: Proxy[];
beforeAll(async () => {
	bench = await openBench(20, { N8N_LOG_LEVEL: 'debug', N8N_LOG_OUTPUT: 'console' });
	const { sandbox, cleanup } = bench;
	const behind = [
		sandbox.wixUrl,
		sandbox.youTrackUrl,
		sandbox.oktaUrl,
		new URL(sandbox.scimUrl).origin,
	];
	proxies = await Promise.all(
		behind.map(async (url) => await startProxy(url, async () => await strike?.())),
	);
	for (const proxy of proxies) cleanup.add(async () => await proxy.close());
	bench.accounts = {
		wix: { apiKey: secrets.wix, siteId: 'site', baseUrl: proxies[0]?.url },
		users: { system: systems.youTrack, url: proxies[1]?.url ?? '', token: secrets.users },
	};
});
afterAll(async () => await bench.cleanup.run());

/** A workflow that lists users of a system, without a stop where that fails, and with it. */
async function listUsers(system: string, type: string, data: object): Promise<string> {
	const { id } = await bench.calls.rest<{ id: string }>('POST', '/credentials', {
		name: type,
		type,
		data,
	});
	const parameters = { system, resource: 'user', operation: 'getAll', returnAll: true };
	const node = (name: string, x: number, onError: string) => ({
		...{ id: name, name, type: 'n8n-nodes-wix-user-sync.targetUsers', typeVersion: 1 },
		...{ position: [x, 0], parameters, onError, credentials: { [type]: { id, name: type } } },
	});
	const to = (name: string) => ({ main: [[{ node: name, type: 'main', index: 0 }]] });
	const workflow = await bench.calls.api<{ id: string }>('POST', '/workflows', {
		name: `List ${system} by ${Object.keys(data).length}`,
		nodes: [
			{ ...manual, id: 'start', position: [0, 0], parameters: {} },
			node('Going on', 200, 'continueRegularOutput'),
			node('Stopping', 400, 'stopWorkflow'),
		],
		connections: { [manual.name]: to('Going on'), 'Going on': to('Stopping') },
		settings: {},
	});
	return workflow.id;
}

/** Every file below a folder, as the bytes are. */
const filesIn = (folder: string): string[] =>
	readdirSync(folder, { withFileTypes: true, recursive: true })
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name));

it('after a day of runs, good and bad, no file holds a secret, and no log holds a person', async () => {
	const { calls, servers, server } = bench;
	const sync = await importWorkflow(bench, 'sync-wix-contacts-and-users.json');
	await run(bench, sync);
	const [first, second] = (await linksOf(bench)).filter(({ state }) => state === 'linked');
	await servers.wix.edit(first?.wixId ?? '', 'primaryInfo.email', address);
	await servers.users.edit(second?.userId ?? '', USER_EMAIL, newAddress);
	await run(bench, sync);

	const [, , okta = { url: '' }, scim = { url: '' }] = proxies;
	const oAuth = { authentication: 'oAuth2', clientAuthentication: 'secret', clientId: 'app' };
	const lists = [
		await listUsers('okta', 'oktaUsersApi', {
			url: okta.url,
			authentication: 'apiToken',
			apiToken: secrets.okta,
		}),
		await listUsers('okta', 'oktaUsersApi', {
			...{ ...oAuth, url: okta.url, clientSecret: secrets.oktaClient },
			scope: 'okta.users.read',
		}),
		await listUsers('scim', 'scimUsersApi', {
			baseUrl: `${scim.url}/scim/v2`,
			token: secrets.scim,
		}),
	];
	for (const id of lists)
		expect(failureOf(await runByHand(calls, id, manual.name))).toBeUndefined();
	for (const kind of kinds) {
		strike = failures[kind];
		for (const id of [sync, ...lists]) {
			const name = id === sync ? STEP.byHand : manual.name;
			const failure = failureOf(await runByHand(calls, id, name)) ?? '';
			expect([failure.includes(personMark), failure.includes(secretMark)]).toEqual([false, false]);
		}
	}
	strike = undefined;

	const folder = dirname(server.logFile);
	const holding = (mark: string) =>
		filesIn(folder).filter((file) => readFileSync(file).includes(mark));
	expect(holding(secretMark)).toEqual([]);
	const withPeople = holding(personMark);
	// What was synced stands in the database, so the search does find things
	expect(withPeople.some((file) => file.includes('database.sqlite'))).toBe(true);
	expect(withPeople.filter((file) => !file.includes('database.sqlite'))).toEqual([]);
	expect(readFileSync(server.logFile, 'utf8')).toContain('"workflowId"');
});
