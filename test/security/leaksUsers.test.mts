import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { startSandbox, type Sandbox } from '../../sandbox/startSandbox.mts';
import { runNode, type TestCredentials } from '../nodes/harness.mts';
import { oktaId, oktaUser } from '../nodes/oktaRun.mts';
import { person } from '../nodes/scimWorld.mts';
import { rowFor, updateOf } from '../nodes/rows.mts';
import { controlOf } from '../nodes/world.mts';
import { byId, user } from '../nodes/youTrackWorld.mts';
import { itTellsNothing, type Case } from './leaks.mts';
import { address, newAddress, personName, secrets } from './marks.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await startSandbox();
});
afterAll(async () => await sandbox.close());

/** The operations of Target Users in one system. */
function casesOf(system: string, id: (name: string) => string, path: string): Case[] {
	const input = { id: id('u1'), other: id('u2'), email: address, to: newAddress, name: personName };
	const at = { userId: byId('={{ $json.id }}') };
	const names = {
		firstName: '={{ $json.name }}',
		lastName: '={{ $json.name }}',
		login: '={{ $json.to }}',
	};
	const given = { ...names, name: '={{ $json.name }}', userName: '={{ $json.to }}' };
	const on = (operation: string, parameters: INodeParameters = {}, item: IDataObject = input) => ({
		name: `${system}: ${operation}`,
		parameters: { system, resource: 'user', operation, ...parameters },
		input: item,
	});
	const change = updateOf('users', id('u1'), address, newAddress, {
		expected: { [path]: address },
		set: { [path]: newAddress },
	});
	const create = rowFor('users', {
		operation: 'create',
		set: { [path]: newAddress },
		defaults: { name: personName, login: newAddress },
	});
	return [
		on('get', at),
		on('getAll', { returnAll: true }),
		on('create', { email: '={{ $json.to }}', additionalFields: given }),
		on('update', { ...at, updateFields: { email: '={{ $json.to }}', ...given } }),
		on('upsert', { email: '={{ $json.email }}', additionalFields: given }),
		on('deactivate', at),
		on('delete', { ...at, successorId: byId('={{ $json.other }}') }),
		on('applyChanges', {}, change),
		{ ...on('applyChanges', {}, create), name: `${system}: applyChanges, a create` },
	];
}

const hubCases = casesOf('youTrack', (name) => name, 'profile.email.email');
const merge: Case = {
	...entryAt(hubCases, 0),
	name: 'youTrack: merge',
	parameters: {
		...entryAt(hubCases, 0).parameters,
		operation: 'merge',
		sourceUserIds: '={{ $json.other }}',
	},
};
const oktaCases = casesOf('okta', oktaId, 'profile.email');
const activate: Case = {
	...entryAt(oktaCases, 0),
	name: 'okta: activate',
	parameters: { ...entryAt(oktaCases, 0).parameters, operation: 'activate' },
};

const runWith =
	(credentials: (url: string) => TestCredentials) =>
	async (url: string, { parameters, input }: Case, more: IDataObject) =>
		await runNode(
			{ type: 'n8n-nodes-wix-user-sync.targetUsers', parameters, ...more },
			credentials(url),
			[input],
		);

describe('YouTrack', () => {
	itTellsNothing([...hubCases, merge], {
		server: () => sandbox.youTrackUrl,
		restore: async () => {
			await controlOf(sandbox.youTrackUrl).put({
				users: [user('u1', address), user('u2', `other.${address}`)],
			});
		},
		run: runWith((url) => ({ youTrackHubApi: { url, token: secrets.users } })),
	});
});

const restoreOkta = async () => {
	await controlOf(sandbox.oktaUrl).put({
		users: [oktaUser('u1', address), oktaUser('u2', `other.${address}`)],
	});
};

describe('Okta', () => {
	itTellsNothing([...oktaCases, activate], {
		server: () => sandbox.oktaUrl,
		restore: restoreOkta,
		run: runWith((url) => ({
			oktaUsersApi: { url, authentication: 'apiToken', apiToken: secrets.okta, accessToken: '' },
		})),
	});
});

describe('Okta, by OAuth', () => {
	itTellsNothing(oktaCases.slice(0, 3), {
		server: () => sandbox.oktaUrl,
		restore: restoreOkta,
		run: runWith((url) => ({
			oktaUsersApi: {
				...{ url, authentication: 'oAuth2', clientAuthentication: 'secret', clientId: 'client' },
				...{ clientSecret: secrets.oktaClient, scope: 'okta.users.read', tokenUrl: `${url}/token` },
				accessToken: '',
			},
		})),
	});
});

describe('SCIM', () => {
	itTellsNothing(
		casesOf('scim', (name) => name, 'emails[primary].value'),
		{
			server: () => new URL(sandbox.scimUrl).origin,
			restore: async () => {
				await controlOf(new URL(sandbox.scimUrl).origin).put({
					users: [person('u1', address), person('u2', `other.${address}`)],
				});
			},
			run: runWith((url) => ({
				scimUsersApi: { baseUrl: `${url}/scim/v2`, token: secrets.scim },
			})),
		},
	);
});
