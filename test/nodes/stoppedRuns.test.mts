import { WorkflowExecute } from 'n8n-core';
import type { INodeExecutionData } from 'n8n-workflow';

import { TargetUsers } from '../../nodes/TargetUsers/TargetUsers.node';
import { WixCrm } from '../../nodes/WixCrm/WixCrm.node';
import { entryAt } from '../../runtime/entries.mts';
import { contact, createFor } from './applyChangesWorld.mts';
import { bulkWorld, contacts, isBulk } from './bulkOfEight.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { throughProxy } from './world.mts';
import { user } from './youTrackWorld.mts';

const { world, apply, put, through, moves } = bulkWorld();

/** Stops the run that is going on, as a person does by the button in the editor. n8n does not wait for the node then. */
function stopper() {
	const runs = jest.spyOn(WorkflowExecute.prototype, 'run');
	const nodes = [WixCrm, TargetUsers].map(({ prototype }) => jest.spyOn(prototype, 'execute'));
	return {
		stop: () => {
			const execution = entryAt(runs.mock.results, 0).value as unknown as { cancel: () => void };
			execution.cancel();
		},
		/** What came out of the node. */
		ended: async () =>
			await Promise.all(
				nodes.flatMap(({ mock }) =>
					mock.results.map(async ({ value }) => await (value as Promise<INodeExecutionData[][]>)),
				),
			),
	};
}
afterEach(() => jest.restoreAllMocks());

test('a run that is stopped leaves the items alone that are left', async () => {
	await world().hub.reset();
	await world().hub.put({ users: ['u1', 'u2', 'u3'].map((id) => user(id, `${id}@example.com`)) });
	const { stop, ended } = stopper();
	const outputs = await throughProxy(
		world(),
		'users',
		({ method }) => {
			if (method === 'POST') stop();
		},
		async () => {
			await world().targetUsers(
				{
					system: 'youTrack',
					resource: 'user',
					operation: 'deactivate',
					userId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
				},
				[{ id: 'u1' }, { id: 'u2' }, { id: 'u3' }],
				{ onError: 'continueRegularOutput' },
			);
			return await ended();
		},
	);
	// n8n breaks off the call that is under way
	expect(outputs).toMatchObject([
		[[{ json: { error: 'User u1: YouTrack could not be reached' }, pairedItem: { item: 0 } }]],
	]);
	const { users } = await world().hub.state();
	expect(users.slice(1).map(({ banned }) => banned)).toEqual([false, false]);
});

test.each([
	['refused', { status: 400, body: '{}' }],
	['broken off', undefined],
])('what is left of a bulk call that was %s is not written singly', async (_what, fate) => {
	await put(contacts());
	const { stop, ended } = stopper();
	await through(
		(call) => {
			if (!isBulk(call)) return undefined;
			stop();
			return fate;
		},
		async ({ calls }) => {
			await apply(moves());
			expect(await ended()).toEqual([[[], [], []]]);
			expect(calls.filter(isBulk)).toHaveLength(1);
			expect(calls.filter(({ method }) => method === 'PATCH')).toEqual([]);
		},
	);
});

test('creates in bulk without further values, one of them impossible', async () => {
	await put([contact('c0', 'taken@example.com')]);
	const bare = createFor('wix', 'n1@example.com', { defaults: {} });
	const done = await through(
		() => undefined,
		async (proxy) => ({
			...(await apply([
				bare,
				createFor('wix', 'no address'),
				createFor('wix', 'n3@example.com'),
				createFor('wix', 'Taken@example.com'),
			])),
			bulk: proxy.calls.filter(isBulk).map(({ body }) => body),
		}),
	);
	expect(outcomesOf(done)).toEqual(['applied', 'refused', 'applied', 'exists']);
	expect(resultIn(done, 1).message).toBe(
		'new contact for u1: the value for primaryInfo.email has white space inside',
	);
	expect(done.bulk).toHaveLength(1);
	expect(done.bulk[0]).not.toContain('no address');
});

test('creates whose addresses cannot be looked up in bulk are looked up one by one', async () => {
	await put([]);
	let queries = 0;
	const done = await through(
		({ url }) =>
			url.includes('/contacts/query') && ++queries === 1 ? { status: 400, body: '{}' } : undefined,
		async (proxy) => ({
			...(await apply(['a', 'b', 'c'].map((name) => createFor('wix', `${name}@example.com`)))),
			bulk: proxy.calls.filter(isBulk),
		}),
	);
	expect(outcomesOf(done)).toEqual(['applied', 'applied', 'applied']);
	expect(done.bulk).toEqual([]);
});
