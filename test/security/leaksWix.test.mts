import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { runNode } from '../nodes/harness.mts';
import { byId, contactOf } from '../nodes/wixRun.mts';
import { updateOf } from '../nodes/rows.mts';
import { controlOf } from '../nodes/world.mts';
import { itTellsNothing, type Case } from './leaks.mts';
import { address, newAddress, personName, secrets } from './marks.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

const input = { id: 'c1', other: 'c2', email: address, to: newAddress, name: personName };
const contact = { contactId: byId('={{ $json.id }}') };
const member = { memberId: byId('={{ $json.id }}') };
const label = { labelKey: byId('custom.one') };
const fields = { email: '={{ $json.to }}', firstName: '={{ $json.name }}' };
const labels = { labelKeys: ['custom.one'] };
const list = { returnAll: true };

const on = (
	resource: string,
	operation: string,
	parameters: INodeParameters = {},
	given: IDataObject = input,
): Case => ({
	name: `${resource}: ${operation}`,
	parameters: { resource, operation, ...parameters },
	input: given,
});
const change = (recordId: string, path: string) =>
	updateOf('wix', recordId, address, newAddress, {
		expected: { [path]: address },
		set: { [path]: newAddress },
	});

const cases: Case[] = [
	on('contact', 'get', contact),
	on('contact', 'getAll', list),
	on('contact', 'create', { additionalFields: fields }),
	on('contact', 'update', { ...contact, updateFields: fields }),
	on('contact', 'upsert', {
		email: '={{ $json.email }}',
		additionalFields: { firstName: '={{ $json.name }}' },
	}),
	on('contact', 'delete', contact),
	on('contact', 'merge', { ...contact, sourceContactIds: '={{ $json.other }}' }),
	on('contact', 'addLabels', { ...contact, ...labels }),
	on('contact', 'removeLabels', { ...contact, ...labels }),
	on('contact', 'applyChanges', { write: 'oneByOne' }, change('c1', 'primaryInfo.email')),
	on('contact', 'applyChanges', {}, change('c1', 'primaryInfo.email')),
	on('member', 'get', member, { ...input, id: 'm1' }),
	on('member', 'getAll', list),
	on('member', 'create', { email: '={{ $json.to }}', loginEmail: '={{ $json.to }}' }),
	on('member', 'update', { ...member, updateFields: fields }, { ...input, id: 'm1' }),
	on('member', 'delete', member, { ...input, id: 'm1' }),
	on(
		'member',
		'changeLoginEmail',
		{ ...member, newLoginEmail: '={{ $json.to }}' },
		{ ...input, id: 'm1' },
	),
	on('member', 'sendSetPasswordEmail', member, { ...input, id: 'm1' }),
	on('member', 'approve', member, { ...input, id: 'm1' }),
	on('member', 'block', member, { ...input, id: 'm1' }),
	on('member', 'disconnect', member, { ...input, id: 'm1' }),
	on('member', 'applyChanges', {}, change('m1', 'loginEmail')),
	on('label', 'get', label),
	on('label', 'getAll', list),
	on('label', 'create', { displayName: '={{ $json.name }}' }),
	on('label', 'update', { ...label, displayName: '={{ $json.name }}' }),
	on('label', 'delete', label),
	on('site', 'get', { siteId: byId('s1') }),
	on('site', 'getAll', { ...list, accountId: 'account' }),
];

itTellsNothing(cases, {
	server: () => sandbox.wixUrl,
	restore: async () => {
		await controlOf(sandbox.wixUrl).put({
			contacts: [contactOf('c1', address), contactOf('c2', `other.${address}`)],
			members: [{ id: 'm1', loginEmail: address, contactId: 'c1' }],
		});
	},
	run: async (baseUrl, { parameters, input: given }, more) =>
		await runNode(
			{ type: 'n8n-nodes-wix-user-sync.wixCrm', parameters, ...more },
			{ wixCrmApi: { apiKey: secrets.wix, siteId: 'site', advanced: true, baseUrl } },
			[given],
		),
});
