import { valueNamed } from '../../runtime/entries.mts';
import { contactsAndUsers } from '../../nodes/MatchAndMap/engine';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { emailOfUser as emailIn, outcomes, runsOf, Table, user } from './planRuns.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
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

const contact = (id: string, email: string): JsonObject => ({
	id,
	info: {
		name: { first: 'Ada', last: id },
		emails: { items: [{ id: `${id}-1`, tag: 'WORK', email, primary: true }] },
	},
});
const { run, settle } = runsOf(() => world, contactsAndUsers);
const emailOfUser = async (id: string) => await emailIn(world, id);
const emailOfContact = async (id: string) =>
	(
		valueNamed(await world.wix.state(), 'contacts').find((one) => one.id === id)?.primaryInfo as
			JsonObject | undefined
	)?.email;

test('an edit on either side reaches the other, and then all is quiet', async () => {
	await world.wix.put({
		contacts: [contact('c1', 'a1@example.com'), contact('c2', 'a2@example.com')],
	});
	await world.hub.put({ users: [user('u1', 'a1@example.com'), user('u2', 'a2@example.com')] });
	const table = new Table();
	await run(table);
	await world.wix.edit('c1', 'primaryInfo.email', 'w1@example.com');
	await world.hub.edit('u2', 'profile.email.email', 'v2@example.com');
	const { results } = await run(table);
	expect(outcomes(results)).toEqual(['users update applied', 'wix update applied']);
	expect([await emailOfUser('u1'), await emailOfContact('c2')]).toEqual([
		'w1@example.com',
		'v2@example.com',
	]);
	await settle(table);
});

test('missing records are created once on each side, and linked', async () => {
	await world.wix.put({ contacts: [contact('c1', 'only-wix@example.com')] });
	await world.hub.put({ users: [user('u1', 'only-hub@example.com')] });
	const table = new Table();
	const policies = { createMissing: 'both' } as const;
	expect(outcomes((await run(table, policies)).results)).toEqual([]);
	const { results } = await run(table, policies);
	expect(outcomes(results).sort()).toEqual(['users create applied', 'wix create applied']);
	await settle(table, policies);
	const linked = [...table.rows.values()].filter(({ state }) => state === 'linked');
	expect(linked).toHaveLength(2);
	expect(
		linked.every(({ wixId, userId, pending }) => wixId !== '' && userId !== '' && pending === ''),
	).toBe(true);
	expect((await world.wix.state()).contacts).toHaveLength(2);
});

test.each([
	['deactivate', 'users deactivate applied'],
	['delete', 'users delete applied'],
] as const)(
	'a contact that is gone: verified first, then the user is handled by policy %s',
	async (vanished, outcome) => {
		await world.wix.put({
			contacts: [contact('c1', 'a1@example.com'), contact('c2', 'a2@example.com')],
		});
		await world.hub.put({
			users: [
				user('u1', 'a1@example.com'),
				user('u2', 'a2@example.com'),
				user('keeper', 'k@example.com'),
			],
		});
		const table = new Table();
		await run(table, { vanished });
		await world.wix.remove('c1');
		expect(outcomes((await run(table, { vanished })).results)).toEqual(['wix verify gone']);
		expect(outcomes((await run(table, { vanished })).results)).toEqual([outcome]);
		expect([...table.rows.values()].map(({ wixId, state }) => `${wixId} ${state}`).sort()).toEqual([
			'c1 unlinked',
			'c2 linked',
		]);
		await settle(table, { vanished });
	},
);

test('a merged contact: the link heals to the survivor', async () => {
	await world.wix.put({
		contacts: [contact('c1', 'a1@example.com'), contact('c9', 'nine@example.com')],
	});
	await world.hub.put({ users: [user('u1', 'a1@example.com')] });
	const table = new Table();
	await run(table);
	await world.wix.merge('c9', ['c1']);
	expect(outcomes((await run(table)).results)).toEqual(['wix verify moved']);
	await settle(table);
	expect([...table.rows.values()].map(({ wixId, userId }) => [wixId, userId])).toEqual([
		['c9', 'u1'],
	]);
});

test('a member’s contact is refused once and not tried again', async () => {
	await world.wix.put({
		contacts: [contact('c1', 'm@example.com')],
		members: [{ id: 'm1', loginEmail: 'm@example.com', contactId: 'c1' }],
	});
	await world.hub.put({ users: [user('u1', 'm@example.com')] });
	const table = new Table();
	await run(table);
	await world.hub.edit('u1', 'profile.email.email', 'new@example.com');
	expect(outcomes((await run(table)).results)).toEqual(['wix update refused']);
	await settle(table);
	expect(table.reasons()).toEqual(['refused']);
	expect([await emailOfUser('u1'), await emailOfContact('c1')]).toEqual([
		'new@example.com',
		'm@example.com',
	]);
});

test('an address that is parked waits, and is never written back', async () => {
	await world.wix.put({ contacts: [contact('c1', 'a1@example.com')] });
	await world.hub.put({ users: [user('u1', 'a1@example.com')] });
	await world.hub.behave({ parkUnverified: true });
	const table = new Table();
	await run(table);
	await world.wix.edit('c1', 'primaryInfo.email', 'w1@example.com');
	expect(outcomes((await run(table)).results)).toEqual(['users update sent']);
	await settle(table);
	expect([await emailOfUser('u1'), await emailOfContact('c1')]).toEqual([
		'a1@example.com',
		'w1@example.com',
	]);
	await world.hub.edit('u1', 'profile.unverifiedEmail', true);
	await settle(table);
	expect([...table.rows.values()][0]).toMatchObject({
		pending: '',
		lastSynced: JSON.stringify({ 'primaryInfo.email': 'w1@example.com' }),
	});
});

test('a swap of addresses converges', async () => {
	await world.wix.put({
		contacts: [contact('c1', 'a1@example.com'), contact('c2', 'a2@example.com')],
	});
	await world.hub.put({ users: [user('u1', 'a1@example.com'), user('u2', 'a2@example.com')] });
	const table = new Table();
	await run(table);
	await world.hub.edit('u1', 'profile.email.email', 'a2@example.com');
	await world.hub.edit('u2', 'profile.email.email', 'a1@example.com');
	await settle(table);
	expect([await emailOfContact('c1'), await emailOfContact('c2')]).toEqual([
		'a2@example.com',
		'a1@example.com',
	]);
});
