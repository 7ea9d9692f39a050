import type { INodeParameters } from 'n8n-workflow';

import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { loadOptionsFor } from './harness.mts';
import { freshWorld } from './freshWorld.mts';
import type { Fate } from './proxy.mts';
import { throughProxy } from './world.mts';

/** What the pickers in the editor show of records that lack what they are known by, and of answers that are none. */
const { world } = freshWorld(async ({ wix }) => await wix.reset());

const { listSearch, loadOptions } = new WixCrm().methods;

const site = { resource: 'site', operation: 'get', accountId: 'account-1' };

async function searched(
	name: keyof typeof listSearch,
	answer: Fate,
	parameters: INodeParameters = {},
	filter?: string,
) {
	return await throughProxy(
		world(),
		'wix',
		() => answer,
		async () =>
			await listSearch[name].call(
				loadOptionsFor({ type: 'n8n-nodes-wix-user-sync.wixCrm', parameters }, world().credentials),
				filter,
			),
	);
}

const answer = (body: object): Fate => ({ status: 200, body: JSON.stringify(body) });

describe('a record without a name is shown', () => {
	test.each([
		[
			'searchContacts',
			{
				contacts: [
					{ id: 'c1' },
					{ id: 'c2', info: { name: { last: 'Byron' } } },
					{ id: 'c3', primaryInfo: { email: '', phone: '070' } },
				],
			},
			['c1', 'Byron', '070'],
		],
		[
			'searchMembers',
			{
				members: [
					{ id: 'm1' },
					{ id: 'm2', contact: {}, profile: { nickname: 'nick' } },
					{ id: 'm3', contact: { firstName: 'Ada' }, loginEmail: 'a@example.com' },
				],
				metadata: {},
			},
			['m1', 'nick', 'Ada · a@example.com'],
		],
		[
			'searchLabels',
			{ labels: [{ key: 'custom.z' }, { key: 'custom.a', displayName: 'Early' }], metadata: {} },
			['custom.z', 'Early'],
		],
	] as const)('%s', async (name, body, names) => {
		const { results } = await searched(name, answer(body));
		expect(results.map((one) => one.name)).toEqual(names);
	});

	test('searchSites, by its other name or its id, in the order of what is shown', async () => {
		const sites = [{ id: 's3' }, { id: 's1', name: 'tidewater' }, { id: 's2', displayName: 'B' }];
		const { results } = await searched('searchSites', answer({ sites, metadata: {} }), site);
		expect(results).toEqual([
			{ name: 'B', value: 's2' },
			{ name: 's3', value: 's3' },
			{ name: 'tidewater', value: 's1' },
		]);
	});

	test('in the lists of labels and extended fields by its key', async () => {
		const shown = await throughProxy(
			world(),
			'wix',
			() => answer({ labels: [{ key: 'custom.z' }], metadata: {} }),
			async () =>
				await loadOptions.getLabels.call(
					loadOptionsFor({ type: 'n8n-nodes-wix-user-sync.wixCrm' }, world().credentials),
				),
		);
		expect(shown).toEqual([{ name: 'custom.z', value: 'custom.z', description: 'custom.z' }]);
	});
});

describe('what cannot be listed is told, not shown as an empty list', () => {
	const refusal: Fate = { status: 403, body: '{"message":"no","details":{}}' };
	test.each<[keyof typeof listSearch, Fate]>([
		['searchContacts', refusal],
		['searchContacts', answer({})],
		['searchContacts', answer({ contacts: 'none' })],
		['searchMembers', refusal],
		['searchMembers', answer({})],
		['searchLabels', refusal],
		['searchLabels', answer({})],
		['searchSites', refusal],
		['searchSites', answer({})],
	])('%s %j', async (name, fate) => {
		await expect(searched(name, fate, site)).rejects.toThrow(/Wix/);
	});
});

test('a picker of sites asks for the account that the node lacks', async () => {
	const parameters = { ...site, accountId: null as unknown as string };
	await expect(searched('searchSites', answer({}), parameters)).rejects.toThrow(
		"The parameter 'Account ID' is empty",
	);
});
