import { searchUsers } from '../../nodes/TargetUsers/methods/listSearch';
import { loadOptionsFor } from './harness.mts';
import { scimWorld } from './scimWorld.mts';

const { world, through } = scimWorld();

const pick = async (filter?: string, system = 'scim') =>
	await searchUsers.call(
		loadOptionsFor(
			{ type: 'n8n-nodes-wix-user-sync.targetUsers', parameters: { system } },
			world().credentials,
		),
		filter,
	);
const picked = async (users: object[], filter?: string) =>
	await through(
		() => ({
			status: 200,
			body: JSON.stringify({ Resources: users, totalResults: users.length }),
		}),
		async () => (await pick(filter)).results,
	);

test('users are named by name and login, or by whatever there is', async () => {
	const users = [
		{ id: 'u1', displayName: 'Ada Example', userName: 'ada' },
		{ id: 'u2', displayName: 'Bo Example' },
		{ id: 'u3', userName: 'cy' },
		{ id: 'u4' },
	];
	expect(await picked(users)).toEqual([
		{ name: 'Ada Example (ada)', value: 'u1' },
		{ name: 'Bo Example (u2)', value: 'u2' },
		{ name: 'cy', value: 'u3' },
		{ name: 'u4', value: 'u4' },
	]);
});

test('a user without a name is found by the rest, where the server searches badly', async () => {
	const users = [{ id: 'u1', userName: 'bo' }, { id: 'u2', displayName: 'Gunda' }, { id: 'u3' }];
	expect(await picked(users, ' UND ')).toEqual([{ name: 'Gunda (u2)', value: 'u2' }]);
});

test('no system, no users', async () => {
	expect(await pick('', 'ldap')).toEqual({ results: [] });
});

test('users who cannot be listed are an error, with its remedy', async () => {
	await through(
		() => ({ status: 403 }),
		async () =>
			await expect(pick()).rejects.toMatchObject({
				message: 'SCIM 2.0 does not permit this (HTTP 403)',
				description: expect.stringContaining('Check that the token may read') as string,
			}),
	);
});
