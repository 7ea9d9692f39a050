import type { INodeParameters } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { loadOptionsFor } from './harness.mts';
import { startNodesWorld, throughProxy, type NodesWorld } from './world.mts';

let world: NodesWorld;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => await world.wix.reset());

const { methods, description } = new WixCrm();
const context = (parameters: INodeParameters = {}) =>
	loadOptionsFor({ type: 'n8n-nodes-wix-user-sync.wixCrm', parameters }, world.credentials);
const options = async (name: keyof typeof methods.loadOptions) =>
	await methods.loadOptions[name].call(context());

test('the lists of labels and extended fields have names to show and keys to use, by name', async () => {
	const labels = await options('getLabels');
	expect(labels).toContainEqual({ name: 'VIP', value: 'custom.vip', description: 'custom.vip' });
	expect(labels.map(({ name }) => name)).toEqual(
		labels.map(({ name }) => name).sort((a, b) => a.localeCompare(b)),
	);
	const values = (await options('getExtendedFields')).map(({ value }) => value);
	expect(values).toEqual(expect.arrayContaining(['custom.seats', 'members.membershipStatus']));
});

test('only the fields that people made can be chosen to be set', async () => {
	const values = (await options('getWritableExtendedFields')).map(({ value }) => value);
	expect(values.sort()).toEqual(['custom.crm-id', 'custom.renewal-date', 'custom.seats']);
});

test('labels are found by a part of their name or key', async () => {
	const { results } = await methods.listSearch.searchLabels.call(context(), 'NEWS');
	expect(results).toEqual([{ name: 'Newsletter', value: 'custom.newsletter' }]);
});

test('sites are found by a part of their name, in the account that the node names', async () => {
	const headers: Array<string | undefined> = [];
	const sites = [
		{ id: 's1', displayName: 'Tidewater Ceramics' },
		{ id: 's2', displayName: 'Harbour' },
	];
	const search = async (parameters: INodeParameters) =>
		await throughProxy(
			world,
			'wix',
			(call) => {
				headers.push(call.headers['wix-account-id']);
				return { status: 200, body: JSON.stringify({ sites, metadata: { count: 2 } }) };
			},
			async () => await methods.listSearch.searchSites.call(context(parameters), 'tide'),
		);
	const { results } = await search({ resource: 'site', operation: 'get', accountId: 'account-1' });
	expect(results).toEqual([{ name: 'Tidewater Ceramics', value: 's1' }]);
	expect(headers).toEqual(['account-1']);
	await expect(search({ resource: 'site', operation: 'get' })).rejects.toThrow(
		"'Account ID' is empty",
	);
});

test('a refusal is shown, not an empty list', async () => {
	const credential = valueNamed(world.credentials, 'wixCrmApi');
	world.credentials.wixCrmApi = { ...credential, apiKey: 'invalid' };
	await expect(options('getLabels')).rejects.toThrow('Wix does not accept the API key');
	await expect(options('getExtendedFields')).rejects.toThrow('Wix does not accept the API key');
	world.credentials.wixCrmApi = credential;
});

test('every list that a parameter names exists', () => {
	const named = [
		...JSON.stringify(description.properties).matchAll(
			/"(searchListMethod|loadOptionsMethod)":"(\w+)"/g,
		),
	];
	expect(named.length).toBeGreaterThan(5);
	const known = { ...methods.listSearch, ...methods.loadOptions };
	expect(named.map((found) => entryAt(found, 2)).filter((name) => !(name in known))).toEqual([]);
});
