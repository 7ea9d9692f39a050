import type { IDataObject, INodeType } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { clock } from '../../nodes/shared/clock';
import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import { seededRandom } from '../../sandbox/control/random.mts';
import { pollContextFor } from './harness.mts';
import { oktaId, oktaUser } from './oktaRun.mts';
import { person } from './scimWorld.mts';
import { controlOf, startNodesWorld, type NodesWorld } from './world.mts';

/**
 * People edit at random while a trigger polls, n8n's clock is wrong, polls overlap edits, fail, or do not come for a while:
 * what is edited is delivered with its last value, and no version twice.
 */
let world: NodesWorld;
const real = { ...clock };
beforeAll(async () => {
	world = await startNodesWorld();
	world.credentials.scimUsersApi = { baseUrl: world.sandbox.scimUrl, token: 'token-of-test' };
});
afterAll(async () => await world.close());
afterEach(() => Object.assign(clock, real));

interface Watched {
	Node: new () => INodeType;
	parameters: IDataObject;
	control: () => ReturnType<typeof controlOf>;
	state: (ids: string[]) => JsonObject;
	idOf: (name: string) => string;
	/** What an edit changes, as it is edited, and as the trigger delivers it. */
	path: string;
	valueOf: (item: IDataObject) => string;
	value: (text: string) => string;
}

const named = (item: IDataObject) => String(item.name ?? item.firstName ?? '');
const since = '2026-01-01T00:00:00.000Z';

const watched: Record<string, Watched> = {
	contacts: {
		Node: WixCrmTrigger,
		parameters: { event: 'contactChanged', output: 'simplified' },
		control: () => world.wix,
		state: (ids) => ({
			contacts: ids.map((id) => ({
				id,
				createdDate: since,
				updatedDate: since,
				info: { name: { first: 'First' } },
			})),
			members: [],
		}),
		idOf: (name) => name,
		path: 'info.name.first',
		valueOf: named,
		value: (text) => text,
	},
	members: {
		Node: WixCrmTrigger,
		parameters: { event: 'memberUpdated', output: 'full' },
		control: () => world.wix,
		state: (ids) => ({
			contacts: [],
			members: ids.map((id) => ({
				id,
				createdDate: since,
				updatedDate: since,
				contactId: `${id}-contact`,
				loginEmail: `${id}@example.com`,
				profile: { nickname: id },
			})),
		}),
		idOf: (name) => name,
		path: 'loginEmail',
		valueOf: ({ loginEmail }) => String(loginEmail).split('@')[0] ?? '',
		value: (text) => `${text}@example.com`,
	},
	youTrack: {
		Node: TargetUsersTrigger,
		parameters: { system: 'youTrack', event: 'userChanged', output: 'full' },
		control: () => world.hub,
		state: (ids) => ({
			users: ids.map((id) => ({
				id,
				login: id,
				name: 'First',
				profile: { email: { type: 'EmailJSON', verified: true, email: `${id}@example.com` } },
			})),
		}),
		idOf: (name) => name,
		path: 'name',
		valueOf: named,
		value: (text) => text,
	},
	okta: {
		Node: TargetUsersTrigger,
		parameters: { system: 'okta', event: 'userChanged', output: 'full', detectBy: 'date' },
		control: () => world.okta,
		state: (ids) => ({ users: ids.map((id) => oktaUser(id, `${id}@example.com`)) }),
		idOf: oktaId,
		path: 'profile.firstName',
		valueOf: ({ profile }) => String((profile as IDataObject).firstName),
		value: (text) => text,
	},
	scim: {
		Node: TargetUsersTrigger,
		parameters: { system: 'scim', event: 'userChanged', output: 'full', detectBy: 'date' },
		control: () => controlOf(new URL(world.sandbox.scimUrl).origin),
		state: (ids) => ({ users: ids.map((id) => person(id, `${id}@example.com`)) }),
		idOf: (name) => name,
		path: 'displayName',
		valueOf: ({ displayName }) => String(displayName),
		value: (text) => text,
	},
};

const names = Array.from({ length: 8 }, (_, index) => `p${index}`);
const hour = 3_600_000;

/** As n8n does it: what a poll keeps counts only if the poll ends well, and is JSON. */
function start({ Node, parameters }: Watched, most: number) {
	let kept = '{}';
	const node = {
		type: `n8n-nodes-wix-user-sync.${new Node().description.name}`,
		parameters: { ...parameters, options: { most, overlap: 2 } } as never,
	};
	return async (): Promise<IDataObject[]> => {
		const data = JSON.parse(kept) as IDataObject;
		const context = pollContextFor(node, world.credentials, data, 'trigger');
		const outputs = await new Node().poll?.call(context);
		kept = JSON.stringify(data);
		return outputs?.[0]?.map(({ json }) => json) ?? [];
	};
}

const seeds = [1, 2, 3];
const cases = Object.keys(watched).flatMap((name) => seeds.map((seed) => [name, seed] as const));

test.each(cases)('%s, seed %i: no edit is missed, none comes twice', async (name, seed) => {
	const side = watched[name] as Watched;
	const random = seededRandom(seed);
	const control = side.control();
	await control.reset();
	await control.put(side.state(names));
	const skew = [-5 * hour, 0, 3 * hour][seed % 3] ?? 0;
	clock.now = () => real.now() + skew;
	clock.sleep = async () => undefined;

	const poll = start(side, 3);
	await poll();
	const last = new Map<string, string>();
	const delivered: string[] = [];
	const take = (items: IDataObject[]) =>
		delivered.push(...items.map((item) => `${String(item.id)} ${side.valueOf(item)}`));
	let count = 0;
	const edit = async () => {
		const who = names[Math.floor(random() * names.length)] ?? '';
		const text = `edit${seed}x${++count}`;
		await control.edit(side.idOf(who), side.path, side.value(text));
		last.set(side.idOf(who), text);
	};

	for (let step = 0; step < 25; step++) {
		const dice = random();
		if (dice < 0.15) {
			await control.faults({ rate: 1, kinds: ['500'], seed });
			await expect(poll()).rejects.toThrow();
			await control.faults({ rate: 0 });
		} else if (dice < 0.5) {
			// Several at once: some of them bear the same date
			await Promise.all([edit(), edit(), edit()]);
		} else if (dice < 0.8) {
			const [items] = await Promise.all([poll(), edit()]);
			take(items);
		} else {
			take(await poll());
		}
	}
	for (let quiet = 0; quiet < 3;) {
		const items = await poll();
		take(items);
		quiet = items.length === 0 ? quiet + 1 : 0;
	}

	expect(last.size).toBeGreaterThan(4);
	for (const [id, text] of last) expect(delivered).toContain(`${id} ${text}`);
	expect(new Set(delivered).size).toBe(delivered.length);
});
