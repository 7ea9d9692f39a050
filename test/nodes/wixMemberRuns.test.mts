import { membersAndUsers } from '../../nodes/MatchAndMap/engine';
import { emailOfUser, outcomes, runsOf, Table, user } from './planRuns.mts';
import { linkOf } from './rows.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';
import { contactFor, member, membersOf } from './wixMemberWorld.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, stored, all, behind } = membersOf(() => world);
const { run, settle } = runsOf(() => world, membersAndUsers);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await world.hub.reset();
});
afterEach(() => clock.restore());

const loginOf = async (id: string) => (await stored(id)).loginEmail;

async function twoPairs(): Promise<Table> {
	await put([member('m1', 'a1@example.com'), member('m2', 'a2@example.com')]);
	await world.hub.put({ users: [user('u1', 'A1@example.com'), user('u2', 'a2@example.com')] });
	const table = new Table();
	const { made, results } = await run(table);
	expect([made.changedLinks, results]).toEqual([[], []]);
	expect(made.report.counts.linkedNow).toBe(2);
	return table;
}

test('a login email edited in Wix reaches the user, and then all is quiet', async () => {
	const table = await twoPairs();
	await world.wix.edit('m1', 'loginEmail', 'w1@example.com');
	expect(outcomes((await run(table)).results)).toEqual(['users update applied']);
	expect(await emailOfUser(world, 'u1')).toBe('w1@example.com');
	await settle(table);
});

test('an address edited on the user’s side goes to review once, is not tried again, and settles when the member follows', async () => {
	const table = await twoPairs();
	await world.hub.edit('u2', 'profile.email.email', 'v2@example.com');
	expect(outcomes((await run(table)).results)).toEqual(['wix update refused']);
	await settle(table);
	expect(table.reasons()).toEqual(['refused']);
	expect([await emailOfUser(world, 'u2'), await loginOf('m2')]).toEqual([
		'v2@example.com',
		'a2@example.com',
	]);
	await world.wix.edit('m2', 'loginEmail', 'v2@example.com');
	await settle(table);
	expect(table.reasons()).toEqual([]);
});

describe('with Change Login E-Mail Too switched on', () => {
	const write = { options: { changeLoginEmail: true } };

	test.each([401, 403, 404])(
		'where Wix does not permit it (HTTP %i) the matter is the same as without, and says so',
		async (status) => {
			const table = await twoPairs();
			await world.hub.edit('u2', 'profile.email.email', 'v2@example.com');
			await world.wix.edit('m1', 'loginEmail', 'w1@example.com');
			const { results } = await behind(
				({ url }) => (url.includes('change-login-email') ? { status, body: '' } : undefined),
				async () => await run(table, {}, write),
			);
			expect(outcomes(results).sort()).toEqual(['users update applied', 'wix update refused']);
			const refused = results.find(({ outcome }) => outcome === 'refused');
			expect(refused?.message).toContain(
				`Wix does not let this API key change login emails (HTTP ${status}`,
			);
			expect(refused?.message).toContain('not documented for API keys');
			await settle(table, {}, write);
			expect(table.reasons()).toEqual(['refused']);
		},
	);

	test('where Wix permits it both sides agree, and then all is quiet', async () => {
		await world.wix.behave({ changeLoginEmail: 200 });
		const table = await twoPairs();
		await world.hub.edit('u2', 'profile.email.email', 'v2@example.com');
		expect(outcomes((await run(table, {}, write)).results)).toEqual(['wix update applied']);
		expect(await loginOf('m2')).toBe('v2@example.com');
		await settle(table, {}, write);
		expect(table.reasons()).toEqual([]);
	});

	test('a change refused before is sent once its row’s pending cell is emptied', async () => {
		await world.wix.behave({ changeLoginEmail: 200 });
		const table = await twoPairs();
		await world.hub.edit('u2', 'profile.email.email', 'v2@example.com');
		await run(table);
		await settle(table, {}, write);
		expect(await loginOf('m2')).toBe('a2@example.com');
		for (const row of table.rows.values()) row.pending = '';
		expect(outcomes((await run(table, {}, write)).results)).toEqual(['wix update applied']);
		expect(await loginOf('m2')).toBe('v2@example.com');
		await settle(table, {}, write);
	});
});

test('missing records are created once on each side, with names, and linked', async () => {
	await put([member('m1', 'only-wix@example.com')], [contactFor('m1', 'only-wix@example.com')]);
	await world.hub.put({ users: [user('u1', 'only-hub@example.com')] });
	const table = new Table();
	const policies = { createMissing: 'both' } as const;
	expect(outcomes((await run(table, policies)).results)).toEqual([]);
	const { results } = await run(table, policies);
	expect(outcomes(results).sort()).toEqual(['users create applied', 'wix create applied']);
	await settle(table, policies);
	const made = (await all()).find(({ id }) => id !== 'm1');
	expect(made).toMatchObject({
		loginEmail: 'only-hub@example.com',
		contact: { firstName: 'Name', lastName: 'u1' },
	});
	const { users } = await world.hub.state();
	expect(users.find(({ id }) => id !== 'u1')?.name).toBe('First-m1 Last');
	expect([...table.rows.values()].map(({ state, pending }) => [state, pending])).toEqual([
		['linked', ''],
		['linked', ''],
	]);
});

test.each([
	['delete', 'wix delete applied', ['gone', 'APPROVED'], ['linked']],
	['unlink', undefined, ['APPROVED', 'APPROVED'], ['linked', 'unlinked']],
] as const)(
	'a user who is gone: verified first, then the member is handled by policy %s',
	async (vanished, outcome, statuses, states) => {
		const table = await twoPairs();
		await world.hub.remove('u1');
		expect(outcomes((await run(table, { vanished })).results)).toEqual(['users verify gone']);
		const { results } = await run(table, { vanished });
		expect(outcomes(results)).toEqual(outcome === undefined ? [] : [outcome]);
		const shown = async (id: string) => (await stored(id))?.status ?? 'gone';
		expect([await shown('m1'), await shown('m2')]).toEqual(statuses);
		await settle(table, { vanished });
		expect([...table.rows.values()].map(({ state }) => state).sort()).toEqual(states);
	},
);

test('a member who is gone is verified, and the pair is unlinked', async () => {
	const table = await twoPairs();
	await world.wix.remove('m1');
	expect(outcomes((await run(table)).results)).toEqual(['wix verify gone']);
	await settle(table);
	expect(await emailOfUser(world, 'u1')).toBe('A1@example.com');
});

test('the person whom the contact flow linked passes to the member flow with its base', async () => {
	await put([member('m1', 'w1@example.com')], [contactFor('m1', 'w1@example.com')]);
	await world.hub.put({ users: [user('u1', 'a1@example.com')] });
	const table = new Table();
	table.insert(
		linkOf({
			linkId: 'contacts:m1-contact:u1',
			wixId: 'm1-contact',
			userId: 'u1',
			lastSynced: JSON.stringify({ 'primaryInfo.email': 'a1@example.com' }),
		}),
	);
	expect(outcomes((await run(table)).results)).toEqual([]);
	expect(outcomes((await run(table)).results)).toEqual(['users update applied']);
	await settle(table);
	expect([...table.rows.values()].map(({ flow, wixId }) => [flow, wixId])).toEqual([
		['members', 'm1'],
	]);
	expect(await emailOfUser(world, 'u1')).toBe('w1@example.com');
});
