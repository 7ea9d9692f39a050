import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { pollContextFor } from './harness.mts';
import { oktaId, oktaUser } from './oktaRun.mts';
import { person } from './scimWorld.mts';
import { controlOf, startNodesWorld, type NodesWorld } from './world.mts';

let world: NodesWorld;
beforeAll(async () => {
	world = await startNodesWorld();
	world.credentials.scimUsersApi = { baseUrl: world.sandbox.scimUrl, token: 'token-of-test' };
});
afterAll(async () => await world.close());

const hubUser = (name: string, email: string | undefined, more: JsonObject = {}): JsonObject => ({
	id: name,
	login: `login-${name}`,
	name: `Name ${name}`,
	profile: email === undefined ? {} : { email: { type: 'EmailJSON', verified: true, email } },
	...more,
});

const systems = {
	youTrack: {
		control: () => world.hub,
		user: (name: string) => hubUser(name, `${name}@example.com`),
		idOf: (name: string) => name,
	},
	okta: {
		control: () => world.okta,
		user: (name: string) => oktaUser(name, `${name}@example.com`),
		idOf: (name: string) => oktaId(name),
	},
	scim: {
		control: () => controlOf(new URL(world.sandbox.scimUrl).origin),
		user: (name: string) => person(name, `${name}@example.com`),
		idOf: (name: string) => name,
	},
};
type Name = keyof typeof systems;

/** A trigger that is switched on: each call is one poll, and brings the items of the run that it starts. */
function trigger(system: Name, event: string, options: IDataObject = {}, more: IDataObject = {}) {
	let kept: IDataObject = {};
	const node = {
		type: 'n8n-nodes-wix-user-sync.targetUsersTrigger',
		parameters: { system, event, options, output: 'simplified', ...more } as never,
	};
	const once = async (mode: 'trigger' | 'manual') => {
		kept = JSON.parse(JSON.stringify(kept)) as IDataObject;
		const context = pollContextFor(node, world.credentials, kept, mode);
		const outputs = await new TargetUsersTrigger().poll.call(context);
		return outputs === null ? null : entryAt(outputs, 0).map(({ json }) => json);
	};
	return {
		poll: async () => await once('trigger'),
		test: async () => await once('manual'),
		kept: () => kept,
	};
}
const ids = (items: IDataObject[] | null) => items?.map(({ id }) => id).sort() ?? null;

describe.each(Object.keys(systems) as Name[])('%s', (name) => {
	const { control, user, idOf } = systems[name];
	beforeEach(async () => {
		await control().reset();
		await control().put({ users: ['a', 'b', 'c'].map(user) });
	});
	const edit = async (who: string, email: string) =>
		await control().edit(idOf(who), 'profile.email', email);
	const create = async (email: string) => {
		const { json } = await world.targetUsers({
			system: name,
			resource: 'user',
			operation: 'create',
			email,
		});
		return String(entryAt(json, 0).id);
	};

	test('the first poll delivers nothing; then who is new or changed, once', async () => {
		const { poll } = trigger(name, 'userChanged');
		expect(await poll()).toBeNull();
		await edit('b', 'other@example.com');
		const id = await create('new@example.com');
		expect(ids(await poll())).toEqual([idOf('b'), id].sort());
		expect(await poll()).toBeNull();
		await edit('b', 'third@example.com');
		expect(await poll()).toMatchObject([{ id: idOf('b'), email: 'third@example.com' }]);
	});

	test('an idle poll makes one call; YouTrack is asked first whether it shows everybody', async () => {
		const { poll } = trigger(name, 'userChanged');
		await poll();
		await poll();
		const before = (await control().requests()).total;
		expect(await poll()).toBeNull();
		expect((await control().requests()).total - before).toBe(name === 'youTrack' ? 2 : 1);
	});

	test('new and changed are told apart', async () => {
		const created = trigger(name, 'userCreated');
		const updated = trigger(name, 'userUpdated');
		await created.poll();
		await updated.poll();
		const id = await create('new@example.com');
		expect(ids(await created.poll())).toEqual([id]);
		expect(await updated.poll()).toBeNull();
		await edit('a', 'other@example.com');
		expect(await created.poll()).toBeNull();
		expect(ids(await updated.poll())).toEqual([idOf('a')]);
	});

	test('more than one poll may deliver comes with the next ones', async () => {
		const { poll } = trigger(name, 'userChanged', { most: 2 });
		await poll();
		for (const who of ['a', 'b', 'c']) await edit(who, `new-${who}@example.com`);
		const [first, second] = [(await poll()) ?? [], (await poll()) ?? []];
		expect([first.length, second.length]).toEqual([2, 1]);
		expect(ids([...first, ...second])).toEqual(['a', 'b', 'c'].map(idOf).sort());
		expect(await poll()).toBeNull();
	});

	test('a test in the editor shows a user, and moves nothing on', async () => {
		const { poll, test: look, kept } = trigger(name, 'userChanged');
		await poll();
		const before = JSON.stringify(kept());
		expect(await look()).toHaveLength(1);
		expect(JSON.stringify(kept())).toBe(before);
	});

	test('all users can be compared, too', async () => {
		const { poll, kept } = trigger(name, 'userChanged', {}, { detectBy: 'comparison' });
		expect(await poll()).toBeNull();
		expect(Object.keys(kept())).toEqual(['fingerprints']);
		await edit('c', 'other@example.com');
		expect(ids(await poll())).toEqual([idOf('c')]);
		expect(await poll()).toBeNull();
	});
});

describe('comparison', () => {
	const { control, user } = systems.youTrack;
	beforeEach(async () => await control().reset());

	test('10,000 users are remembered in less than 400 kB', async () => {
		const many = Array.from({ length: 10_000 }, (_, index) => user(`user-${index}`));
		await control().put({ users: many });
		const { poll, kept } = trigger('youTrack', 'userChanged');
		await poll();
		expect(JSON.stringify(kept()).length).toBeLessThan(400_000);
		await control().edit('user-7777', 'name', 'Other');
		expect(ids(await poll())).toEqual(['user-7777']);
	});

	test('a token that may not see addresses any more changes nobody', async () => {
		await control().put({ users: ['a', 'b'].map(user) });
		const { poll } = trigger('youTrack', 'userChanged');
		await poll();
		await control().behave({ hiddenEmails: true });
		await expect(poll()).rejects.toThrow('shows no address');
		await control().behave({ hiddenEmails: false });
		expect(await poll()).toBeNull();
	});

	test('what does not count is no change: a sign-in', async () => {
		await control().put({ users: ['a', 'b'].map(user) });
		const { poll } = trigger('youTrack', 'userChanged');
		await poll();
		await control().edit('a', 'lastAccessTime', 1_800_000_000_000);
		expect(await poll()).toBeNull();
	});
});
