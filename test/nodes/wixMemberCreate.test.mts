import type { IDataObject } from 'n8n-workflow';

import { atLeast, entryAt } from '../../runtime/entries.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';
import { member, memberPath, membersOf } from './wixMemberWorld.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, run, stored, all, writes, behind } = membersOf(() => world);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

describe('Create', () => {
	const fields: IDataObject = {
		firstName: 'Ada',
		lastName: ' Example ',
		company: 'Tidewater',
		nickname: 'ada',
		privacyStatus: 'PUBLIC',
		phones: ['+44 20 7946 0000', ''],
		addresses: { address: [{ addressLine: '1 Harbor Lane', city: 'Portland', country: '' }] },
		customFields: { field: [{ key: 'custom.crm-id', value: 'EX-1' }] },
	};

	test('makes a member and its contact with all that was given', async () => {
		await put([]);
		const { json, error } = await run('create', {
			loginEmail: ' ada@example.com ',
			additionalFields: fields as never,
		});
		expect(error).toBeUndefined();
		expect(await stored(String(entryAt(json, 0).id))).toMatchObject({
			loginEmail: 'ada@example.com',
			status: 'APPROVED',
			privacyStatus: 'PUBLIC',
			profile: { nickname: 'ada' },
			contact: {
				firstName: 'Ada',
				lastName: 'Example',
				company: 'Tidewater',
				phones: ['+44 20 7946 0000'],
				addresses: [{ addressLine: '1 Harbor Lane', city: 'Portland' }],
				customFields: { 'custom.crm-id': { value: 'EX-1' } },
			},
		});
		expect(json[0]).toMatchObject({ loginEmail: 'ada@example.com', contact: { firstName: 'Ada' } });
	});

	test('a second one with the login email is refused before anything is written', async () => {
		await put([member('m1', 'Ada@example.com')]);
		const { error } = await run('create', { loginEmail: 'ada@example.com' });
		expect(error?.message).toContain('Another member has this login email');
		expect(error?.message).toContain('member m1');
		expect(await writes()).toBe(0);
	});

	test('one whom the list does not show yet is refused by Wix, and named once it does', async () => {
		await put([]);
		await run('create', { loginEmail: 'ada@example.com' });
		const { error } = await behind(
			({ url, nth }) =>
				url.endsWith('/query') && nth === 0 ? { status: 200, body: '{"members":[]}' } : undefined,
			async () => await run('create', { loginEmail: 'ada@example.com' }),
		);
		const [made] = atLeast(await all(), 1);
		expect(error?.message).toContain('Another member has this login email (HTTP 409');
		expect(error?.message).toContain(`member ${String(made.id)}`);
		expect(await all()).toHaveLength(1);
	});

	test.each([
		['', 'is empty'],
		['no address', 'white space'],
		['ada', 'no email address'],
	])("'%s' is no login email", async (email, words) => {
		const { error } = await run('create', { loginEmail: '={{ $json.email }}' }, [{ email }]);
		expect(error?.message).toContain(`The parameter 'Login Email'`);
		expect(error?.message).toContain(words);
		expect((await world.wix.requests()).total).toBe(0);
	});

	test('creates are a second apart, in one run and from run to run', async () => {
		await put([]);
		world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, siteId: 'paced-site' };
		const turns: number[] = [];
		const { now } = (await import('../../nodes/shared/clock')).clock;
		const create = async (input: IDataObject[]) =>
			await run('create', { loginEmail: '={{ $json.email }}' }, input);
		await behind(
			({ method, url }) => {
				if (method === 'POST' && url === memberPath) turns.push(now());
			},
			async () => {
				await create([1, 2, 3].map((n) => ({ email: `p${n}@example.com` })));
				await create([{ email: 'p4@example.com' }]);
			},
		);
		expect(turns).toHaveLength(4);
		const gaps = turns.slice(1).map((turn, index) => turn - entryAt(turns, index));
		expect(gaps.every((gap) => gap >= 1000)).toBe(true);
		expect(await all()).toHaveLength(4);
	});

	test('a lost answer makes no second member', async () => {
		await put([]);
		const { json, error } = await behind(
			({ method, url, nth }) =>
				method === 'POST' && url === memberPath && nth < 3 ? 'dropAfter' : undefined,
			async () => await run('create', { loginEmail: 'ada@example.com' }),
		);
		expect(error).toBeUndefined();
		const members = await all();
		expect(members.map(({ id }) => id)).toEqual([entryAt(json, 0).id]);
	});

	test('… also where the list shows the new member late', async () => {
		await put([]);
		await world.wix.behave({ queryLagReads: 2 });
		const { json, error } = await behind(
			({ method, url, nth }) =>
				method === 'POST' && url === memberPath && nth < 3 ? 'dropAfter' : undefined,
			async () => await run('create', { loginEmail: 'ada@example.com' }),
		);
		expect(error).toBeUndefined();
		expect((await all()).map(({ id }) => id)).toEqual([entryAt(json, 0).id]);
	});

	test('one bad item of three leaves two done', async () => {
		await put([]);
		const { items } = await run(
			'create',
			{ loginEmail: '={{ $json.email }}' },
			[{ email: 'a@example.com' }, { email: 'bad' }, { email: 'c@example.com' }],
			{ onError: 'continueRegularOutput' },
		);
		expect(items.map(({ json }) => json.error === undefined)).toEqual([true, false, true]);
		expect(entryAt(items, 1).pairedItem).toEqual({ item: 1 });
		expect(await all()).toHaveLength(2);
	});
});
