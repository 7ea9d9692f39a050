import type { IDataObject } from 'n8n-workflow';

import { contactsAndUsers, defaultPolicies, plan } from '../../nodes/MatchAndMap/engine';
import type { ApplyResult, JsonObject, Link, Plan, Policies } from '../../nodes/shared/contracts';
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
const user = (id: string, email: string): JsonObject => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	profile: { email: { type: 'EmailJSON', verified: true, email } },
});

class Table {
	rows = new Map<string, Link>();

	save(link: Link | undefined): void {
		if (link !== undefined) this.rows.set(link.linkId, link);
	}

	take({ links }: Plan): void {
		for (const { operation, link } of links) {
			if (operation === 'remove') this.rows.delete(link.linkId);
			else this.save(link);
		}
	}
}

const day = 24 * 3_600_000;
let today = 0;

/** One run of the main job, with the nodes in place of the servers' people. */
async function run(
	table: Table,
	policies: Partial<Policies> = {},
): Promise<{ made: Plan; results: ApplyResult[] }> {
	const many = { operation: 'getAll', returnAll: true, output: 'syncFields' };
	const contacts = await world.wixCrm({ resource: 'contact', ...many });
	const users = await world.targetUsers({ system: 'youTrack', resource: 'user', ...many });
	const made = plan({
		dataFlow: contactsAndUsers,
		wixRecords: contacts.json as JsonObject[],
		users: users.json as JsonObject[],
		links: [...table.rows.values()],
		memberContactIds: [],
		complete: { wix: true, users: true },
		policies: { ...defaultPolicies, guard: null, ...policies },
		now: new Date(Date.parse('2026-11-23T09:00:00Z') + today++ * day).toISOString(),
	});
	table.take(made);
	const results: ApplyResult[] = [];
	const successorId = { __rl: true, mode: 'id', value: 'keeper' };
	const asItems = (changes: Plan['toUsers']) => changes as unknown as IDataObject[];
	if (made.toUsers.length > 0) {
		const applied = await world.targetUsers(
			{ system: 'youTrack', resource: 'user', operation: 'applyChange', successorId },
			asItems(made.toUsers),
		);
		expect(applied.error).toBeUndefined();
		results.push(...(applied.json as unknown as ApplyResult[]));
	}
	if (made.toWix.length > 0) {
		const applied = await world.wixCrm(
			{ resource: 'contact', operation: 'applyChange' },
			asItems(made.toWix),
		);
		expect(applied.error).toBeUndefined();
		results.push(...(applied.json as unknown as ApplyResult[]));
	}
	for (const { link } of results) table.save(link);
	return { made, results };
}

const outcomes = (results: ApplyResult[]) =>
	results.map(({ side, operation, outcome }) => `${side} ${operation} ${outcome}`);
const writesSoFar = async () =>
	(await world.wix.requests()).writes + (await world.hub.requests()).writes;

/** Runs until nothing is planned; the last run writes nothing. */
async function settle(table: Table, policies: Partial<Policies> = {}): Promise<void> {
	for (let round = 0; round < 4; round++) await run(table, policies);
	const before = await writesSoFar();
	const { made } = await run(table, policies);
	expect([...made.toUsers, ...made.toWix]).toEqual([]);
	expect(await writesSoFar()).toBe(before);
}

const emailOfUser = async (id: string) =>
	(
		(await world.hub.state()).users.find((one) => one.id === id)?.profile as
			{ email?: JsonObject } | undefined
	)?.email?.email;
const emailOfContact = async (id: string) =>
	(
		(await world.wix.state()).contacts.find((one) => one.id === id)?.primaryInfo as
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
	const { made } = await run(table);
	expect(made.review.map(({ reason }) => reason)).toEqual(['refused']);
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
	expect(outcomes((await run(table)).results)).toEqual(['users update applied']);
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
