import type { JsonObject } from '../../nodes/shared/contract/index';
import { searchUsers } from '../../nodes/TargetUsers/methods/listSearch';
import { searchContacts } from '../../nodes/WixCrm/methods/listSearch';
import { loadOptionsFor } from './harness.mts';
import { startNodesWorld, type NodesWorld } from './world.mts';

let world: NodesWorld;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	await world.wix.reset();
	await world.hub.reset();
});

const contacts = async (filter?: string, token?: string) =>
	await searchContacts.call(
		loadOptionsFor({ type: 'n8n-nodes-wix-user-sync.wixCrm' }, world.credentials),
		filter,
		token,
	);
const users = async (filter?: string) =>
	await searchUsers.call(
		loadOptionsFor(
			{ type: 'n8n-nodes-wix-user-sync.targetUsers', parameters: { system: 'youTrack' } },
			world.credentials,
		),
		filter,
	);

const contact = (id: string, info: JsonObject): JsonObject => ({ id, info });
const mail = (email: string): JsonObject => ({ items: [{ email, primary: true }] });

describe('contacts', () => {
	test('are named by person and address, or by whatever there is; the newest come first', async () => {
		await world.wix.put({
			contacts: [
				contact('c1', { name: { first: 'Ada', last: 'Example' }, emails: mail('ada@example.com') }),
				contact('c2', { phones: { items: [{ phone: '070 1', primary: true }] } }),
				contact('c3', { name: { first: 'Bo' } }),
			],
		});
		expect((await contacts()).results).toEqual([
			{ name: 'Bo', value: 'c3' },
			{ name: '070 1', value: 'c2' },
			{ name: 'Ada Example · ada@example.com', value: 'c1' },
		]);
	});

	test('are found by the beginning of an address or a name, each once', async () => {
		await world.wix.put({
			contacts: [
				contact('c1', { name: { first: 'Ada', last: 'Adams' }, emails: mail('ada@example.com') }),
				contact('c2', { name: { first: 'Bo', last: 'Adair' }, emails: mail('bo@example.com') }),
				contact('c3', { name: { first: 'Cy' }, emails: mail('cy@example.com') }),
			],
		});
		const { results } = await contacts('Ada');
		expect(results.map(({ value }) => value).sort()).toEqual(['c1', 'c2']);
	});

	test('come page by page', async () => {
		const many = Array.from({ length: 60 }, (_, index) =>
			contact(`c${index}`, { name: { first: `N${index}` } }),
		);
		await world.wix.put({ contacts: many });
		const first = await contacts();
		const second = await contacts(undefined, first.paginationToken as string);
		const values = [...first.results, ...second.results].map(({ value }) => value);
		expect(new Set(values).size).toBe(60);
		expect(second.paginationToken).toBeUndefined();
	});

	test('a refusal is shown, not an empty list', async () => {
		world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, apiKey: 'invalid' };
		await expect(contacts()).rejects.toThrow('Wix does not accept the API key');
		world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, apiKey: 'key-of-test' };
	});
});

describe('users', () => {
	beforeEach(async () => {
		const email = (address: string): JsonObject => ({
			email: { type: 'EmailJSON', email: address, verified: true },
		});
		await world.hub.put({
			users: [
				{ id: 'u1', login: 'ada', name: 'Ada Example', profile: email('ada@example.com') },
				{ id: 'u2', login: 'bo', name: 'Bo', profile: email('special@example.com') },
			],
		});
	});

	test('are named by name and login', async () => {
		expect((await users()).results).toEqual(
			expect.arrayContaining([{ name: 'Ada Example (ada)', value: 'u1' }]),
		);
	});

	test.each([
		['Ada', ['u1']],
		['bo', ['u2']],
		['special@example.com', ['u2']],
		['{ada} or is: banned', []],
	])('are found by %s', async (typed, ids) => {
		expect((await users(typed)).results.map(({ value }) => value)).toEqual(ids);
	});
});
