import type { IDataObject } from 'n8n-workflow';

import { TargetUsersTrigger } from '../../nodes/TargetUsers/TargetUsersTrigger.node';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import { pollContextFor } from './harness.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';

let world: NodesWorld;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());

const contact = (id: string) => ({
	id,
	info: { emails: { items: [{ email: `${id}@example.com`, primary: true }] } },
});
const hubUser = (id: string) => ({
	id,
	login: id,
	name: id,
	profile: { email: { type: 'EmailJSON', verified: true, email: `${id}@example.com` } },
});

const triggers = {
	'by date': {
		node: {
			type: 'n8n-nodes-wix-user-sync.wixCrmTrigger',
			parameters: { event: 'contactChanged', options: {} } as never,
		},
		run: new WixCrmTrigger().poll,
		put: async (ids: string[]) => {
			await world.wix.reset();
			await world.wix.put({ contacts: ids.map(contact) });
		},
		edit: async (id: string, mark: string) => await world.wix.edit(id, 'info.name.first', mark),
	},
	'by comparison': {
		node: {
			type: 'n8n-nodes-wix-user-sync.targetUsersTrigger',
			parameters: { system: 'youTrack', event: 'userChanged', options: {} } as never,
		},
		run: new TargetUsersTrigger().poll,
		put: async (ids: string[]) => {
			await world.hub.reset();
			await world.hub.put({ users: ids.map(hubUser) });
		},
		edit: async (id: string, mark: string) => await world.hub.edit(id, 'name', mark),
	},
};

/** What n8n keeps, for the node and for the workflow. */
interface Saved {
	own: IDataObject;
	shared: IDataObject;
}

describe.each(Object.entries(triggers))('%s', (name, { node, run, put, edit }) => {
	const prefix = name.replace(' ', '-');
	/** A poll on what n8n has saved; the ids that it delivers. */
	const poll = async ({ own, shared }: Saved, budget?: number) => {
		const more = { shared, budget };
		const outputs = await run.call(pollContextFor(node, world.credentials, own, 'trigger', more));
		return outputs?.[0]?.map(({ json }) => json.id) ?? null;
	};
	const copy = (saved: Saved) => JSON.parse(JSON.stringify(saved)) as Saved;
	const switchedOn = async (ids: string[]) => {
		await put(ids);
		const saved: Saved = { own: {}, shared: {} };
		expect(await poll(saved)).toBeNull();
		return saved;
	};

	test('what happens after the activation is delivered, although n8n forgets its poll', async () => {
		const [first, second] = [`${prefix}-a1`, `${prefix}-a2`];
		const saved = await switchedOn([first, second]);
		saved.own = {};
		await edit(first, 'Early');
		expect(await poll(saved)).toEqual([first]);
		await edit(second, 'Later');
		expect(await poll(saved)).toEqual([second]);
		expect(await poll(saved)).toBeNull();
		expect(saved.shared).toEqual({});
	});

	test('polls that overlap deliver once, and so does one that begins with what was saved before', async () => {
		const id = `${prefix}-b`;
		const saved = await switchedOn([id]);
		await edit(id, 'Other');
		const before = copy(saved);
		const both = await Promise.all([poll(saved), poll(copy(before))]);
		expect(both.filter((ids) => ids !== null)).toEqual([[id]]);
		expect(await poll(copy(before))).toBeNull();
	});

	test('what n8n could not save is delivered by a later poll', async () => {
		const id = `${prefix}-c`;
		const saved = await switchedOn([id]);
		await edit(id, 'Other');
		const before = copy(saved);
		expect(await poll(saved)).toEqual([id]);
		const now = Date.now();
		const spy = jest.spyOn(Date, 'now').mockImplementation(() => now + 60_000);
		try {
			expect(await poll(before)).toEqual([id]);
		} finally {
			spy.mockRestore();
		}
	});

	test('a poll that failed does not keep the next one away', async () => {
		const id = `${prefix}-d`;
		const saved = await switchedOn([id]);
		await edit(id, 'Other');
		await expect(poll(saved, -1)).rejects.toThrow(
			'could not be read to the end within the 0 seconds that n8n gives one poll',
		);
		expect(await poll(saved)).toEqual([id]);
	});
});

test('a poll does not wait longer for a busy system than n8n waits for the poll', async () => {
	const { node, run, put } = triggers['by date'];
	await put(['e']);
	await world.wix.faults({ rate: 1, kinds: ['500'], seed: 1 });
	const { restore, waits } = fastClock();
	try {
		const context = pollContextFor(node, world.credentials, {}, 'trigger', { budget: 36_000 });
		await expect(run.call(context)).rejects.toThrow('Wix could not process the request');
		expect(waits.reduce((sum, wait) => sum + wait, 0)).toBeLessThan(36_000);
		expect(waits.length).toBeGreaterThan(0);
	} finally {
		restore();
		await world.wix.faults({ rate: 0 });
	}
});
