import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import type { ExplainedReport } from '../../nodes/MatchAndMap/outputs';
import { readPending } from '../../nodes/shared/contract/index';
import { createFor, otherFor } from './applyChangesWorld.mts';
import { runWorkflow } from './harness.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { crowd, crowdId, goOn, ids, tokenOwner, user, youTrackWorld } from './youTrackWorld.mts';

const { hub, put, run, users, world, writes, withToken } = youTrackWorld();

const hidden =
	'YouTrack shows no address of any user to this token (HTTP 403, code addressesHidden)';
const asGuest =
	'YouTrack does not accept the permanent token: it answers as to its guest (HTTP 401, code answersAsGuest)';
const listAll = async (filters = {}) => await run('getAll', { returnAll: true, filters });
const options = { acceptHidden: true };

describe('a token that cannot see addresses', () => {
	beforeEach(async () => {
		await put([tokenOwner, ...crowd(3)]);
		await hub().behave({ hiddenEmails: true });
	});

	test('Get Many of all fails with what is missing and how to get it', async () => {
		const { error, json } = await listAll();
		expect(error?.message).toBe(hidden);
		expect(error?.description).toMatch(/Read User Details.*Accept Hidden Addresses/);
		expect(json).toEqual([]);
	});

	test('Get Many goes on with the filter Accept Hidden Addresses, with a limit, and with a query', async () => {
		const accepted = await listAll({ acceptHidden: true });
		expect(accepted.error).toBeUndefined();
		expect(ids(accepted.json)).toEqual([tokenOwner.id, ...[0, 1, 2].map(crowdId)]);
		const some = await run('getAll', { returnAll: false, limit: 2 });
		expect(some.json).toHaveLength(2);
		const found = await listAll({ query: `login: login-${crowdId(1)}` });
		expect(ids(found.json)).toEqual([crowdId(1)]);
	});

	test('Apply Changes creates nobody, and looks once for all its rows', async () => {
		const changes = ['new1', 'new2'].map((name) => createFor('users', `${name}@example.com`));
		const done = await run('applyChanges', {}, changes, goOn);
		expect(outcomesOf(done)).toEqual(['failed', 'failed']);
		expect(resultIn(done).message).toContain(hidden);
		expect(resultIn(done).message).not.toContain('@');
		expect(await users()).toHaveLength(4);
		const { byRoute } = await hub().requests();
		// One search for each change, one list and one look at the own account for both.
		expect(byRoute).toMatchObject({
			'GET /hub/api/rest/users': 3,
			'GET /hub/api/rest/users/me': 1,
		});
	});

	test('Create or Update creates nobody, whoever may hold the address', async () => {
		const { error } = await run('upsert', { email: 'p1@example.com' });
		expect(error?.message).toBe(hidden);
		expect(await writes()).toBe(0);
	});

	test('both create with the option Accept Hidden Addresses', async () => {
		const change = createFor('users', 'new1@example.com');
		expect(resultIn(await run('applyChanges', { options }, [change])).outcome).toBe('applied');
		const { json } = await run('upsert', { email: 'new2@example.com', options });
		expect(json[0]).toMatchObject({ action: 'created', login: 'new2@example.com' });
		expect(await users()).toHaveLength(6);
	});

	test('Match & Map gets an error item under Continue: that side is not whole, nobody is linked or created', async () => {
		const refused = await listAndMatch();
		expect(refused.users).toEqual([{ error: hidden }]);
		expect([...refused.links, ...refused.changed]).toEqual([]);
		expect(refused.facts.counts.waitingForFullRun).toBe(2);
		await hub().behave({ hiddenEmails: false });
		const seen = await listAndMatch();
		expect(seen.facts.counts.waitingForFullRun).toBe(0);
		expect(seen.links).toEqual([`contacts:c1:${crowdId(1)}`, 'contacts:c2:']);
		expect(seen.wanted).toMatchObject([{ side: 'users', operation: 'create', outcome: 'held' }]);
	});
});

/** Get Many under Continue, and Match & Map behind it with two contacts, one of them known among the users. */
async function listAndMatch() {
	const to = (node: string, index = 0) => [{ node, index, type: 'main' as const }];
	const wix = ['p1@example.com', 'new@example.com'].map((email, index) => ({
		id: `c${index + 1}`,
		primaryInfo: { email },
	}));
	const done = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{
				name: 'Users',
				type: 'n8n-nodes-wix-user-sync.targetUsers',
				parameters: {
					system: 'youTrack',
					resource: 'user',
					operation: 'getAll',
					returnAll: true,
					output: 'syncFields',
				},
				onError: 'continueRegularOutput',
			},
			{ name: 'Wix', type: 'test.items', parameters: { items: wix as unknown as string } },
			{ name: 'Links', type: 'test.items', parameters: { items: [{}] as unknown as string } },
			{
				name: 'Match',
				type: 'test.matchAndMap',
				parameters: {
					preset: 'contactsAndUsers',
					createMissing: 'users',
					options: { guard: false },
				},
			},
		],
		connections: {
			Start: { main: [[...to('Wix'), ...to('Users'), ...to('Links')]] },
			Wix: { main: [to('Match', 0)] },
			Users: { main: [to('Match', 1)] },
			Links: { main: [to('Match', 2)] },
		},
		credentials: world().credentials,
		nodeTypes: { 'test.matchAndMap': new MatchAndMap() },
	});
	expect(done.error).toBeUndefined();
	const [newLinks = [], report = [], , changed = []] = valueNamed(done.outputs, 'Match');
	return {
		users: entryAt(valueNamed(done.outputs, 'Users'), 0).map(({ json }) => json),
		links: newLinks.map(({ json }) => json.linkId),
		wanted: newLinks.flatMap(({ json }) => readPending(json.pending) ?? []),
		changed: changed.map(({ json }) => json),
		facts: entryAt(report, 0).json as unknown as ExplainedReport,
	};
}

describe('no false alarm', () => {
	test('a directory with the owner of the token alone, with an address or without, or with nobody', async () => {
		await hub().behave({ hiddenEmails: true });
		for (const alone of [[tokenOwner], [user(String(tokenOwner.id))], []]) {
			await put(alone);
			const { error, json } = await listAll();
			expect(error).toBeUndefined();
			expect(json).toHaveLength(alone.length);
		}
		const { error } = await run('upsert', { email: 'new@example.com' });
		expect(error).toBeUndefined();
	});

	test('one other user with an address is enough, also behind many without one', async () => {
		const many = crowd(400).map((one) => ({ ...one, profile: {} }));
		await put([...many, user('z', 'z@example.com')]);
		expect((await listAll()).json).toHaveLength(401);
		const { json } = await run('upsert', { email: 'new@example.com' });
		expect(json[0]).toMatchObject({ action: 'created' });
	});
});

describe('where visitors may look in', () => {
	beforeEach(async () => {
		await put(crowd(3));
		await hub().behave({ anonymousAccess: true });
	});

	test.each(['', 'invalid'])('the token %j lists nobody as a guest', async (token) => {
		const { error, json } = await withToken(token, async () => await listAll());
		expect(error?.message).toBe(asGuest);
		expect(error?.description).toContain('Make a new permanent token');
		expect(json).toEqual([]);
	});

	test('a user whom the guest does not find is not taken for gone, and nobody is created', async () => {
		const verify = otherFor('users', 'verify', 'far');
		await withToken('invalid', async () => {
			const gone = await run('applyChanges', {}, [verify], goOn);
			expect(entryAt(gone.json, 0).error).toContain(asGuest);
			const got = await run('get', { userId: { __rl: true, mode: 'id', value: 'far' } });
			expect(got.error?.message).toContain(asGuest);
			const made = await run('upsert', { email: 'new@example.com' });
			expect(made.error?.message).toBe(asGuest);
		});
		expect(await writes()).toBe(0);
	});

	test('a token that is valid is not taken for a guest', async () => {
		const { error, json } = await listAll();
		expect(error).toBeUndefined();
		expect(json).toHaveLength(3);
	});
});
