import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { WixCrmTrigger } from '../../nodes/WixCrm/WixCrmTrigger.node';
import { pagingLimits } from '../../nodes/WixCrm/transport';
import { pollContextFor } from './harness.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';

let world: NodesWorld;
const { deepest } = pagingLimits;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => await world.wix.reset());
afterEach(() => {
	pagingLimits.deepest = deepest;
});

type Event =
	'contactCreated' | 'contactUpdated' | 'contactChanged' | 'memberCreated' | 'memberUpdated';

/** A trigger that is switched on: each call is one poll, and brings the items of the run that it starts. */
function trigger(event: Event, options: IDataObject = {}, output = 'full') {
	let kept: IDataObject = {};
	const node = {
		type: 'n8n-nodes-wix-user-sync.wixCrmTrigger',
		parameters: { event, output, options } as never,
	};
	const once = async (mode: 'trigger' | 'manual') => {
		// n8n keeps JSON
		kept = JSON.parse(JSON.stringify(kept)) as IDataObject;
		const context = pollContextFor(node, world.credentials, kept, mode);
		const outputs = await new WixCrmTrigger().poll.call(context);
		return outputs === null ? null : entryAt(outputs, 0).map(({ json }) => json);
	};
	return {
		poll: async () => await once('trigger'),
		test: async () => await once('manual'),
		kept: () => kept,
		keep: (other: IDataObject) => {
			kept = other;
		},
	};
}

const contact = (id: string, more: JsonObject = {}): JsonObject => ({
	id,
	info: {
		name: { first: `First-${id}` },
		emails: { items: [{ email: `${id}@example.com`, primary: true }] },
	},
	...more,
});
const member = (id: string, more: JsonObject = {}): JsonObject => ({
	id,
	loginEmail: `${id}@example.com`,
	contactId: `${id}-contact`,
	profile: { nickname: id },
	...more,
});
const put = async (contacts: JsonObject[], members: JsonObject[] = []) =>
	await world.wix.put({ contacts, members });
const create = async (name: string) => {
	const run = await world.wixCrm({
		resource: 'contact',
		operation: 'create',
		additionalFields: { email: `${name}@example.com`, firstName: name },
	});
	return String(entryAt(run.json, 0).id);
};
const ids = (items: IDataObject[] | null) => items?.map(({ id }) => id) ?? null;
const rename = async (id: string, name: string) =>
	await world.wix.edit(id, 'info.name.first', name);

describe('Wix CRM Trigger', () => {
	test('the first poll delivers nothing; then what is new or changed, once', async () => {
		await put([contact('c1'), contact('c2')]);
		const { poll } = trigger('contactChanged');
		expect(await poll()).toBeNull();
		await rename('c2', 'Bea');
		const id = await create('new');
		expect((ids(await poll()) ?? []).sort()).toEqual(['c2', id].sort());
		expect(await poll()).toBeNull();
		await rename('c2', 'Cleo');
		expect(await poll()).toMatchObject([{ id: 'c2', info: { name: { first: 'Cleo' } } }]);
	});

	test('an idle poll makes one call', async () => {
		await put([contact('c1'), contact('c2')], [member('m1')]);
		for (const event of [
			'contactChanged',
			'contactCreated',
			'memberCreated',
			'memberUpdated',
		] as const) {
			const { poll } = trigger(event, { startFrom: '2020-01-01T00:00:00.000Z' });
			await poll();
			const before = (await world.wix.requests()).total;
			expect(await poll()).toBeNull();
			expect((await world.wix.requests()).total - before).toBe(1);
		}
	});

	test('created and updated are told apart', async () => {
		await put([contact('c1')]);
		const created = trigger('contactCreated');
		const updated = trigger('contactUpdated');
		await created.poll();
		await updated.poll();
		const id = await create('new');
		expect(ids(await created.poll())).toEqual([id]);
		expect(ids(await updated.poll())).toBeNull();
		await rename(id, 'Other');
		await rename('c1', 'Other');
		expect(ids(await created.poll())).toBeNull();
		expect((ids(await updated.poll()) ?? []).sort()).toEqual(['c1', id].sort());
	});

	test('from a date on: the backlog comes in portions, the oldest first', async () => {
		const dates = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'].map(
			(day) => `${day}T00:00:00.000Z`,
		);
		await put(
			dates.map((date, index) =>
				contact(`c${index}`, { createdDate: date, updatedDate: date, revision: 2 }),
			),
		);
		const { poll } = trigger('contactChanged', { startFrom: '2026-01-15T00:00:00.000Z', most: 2 });
		expect([ids(await poll()), ids(await poll()), await poll()]).toEqual([
			['c1', 'c2'],
			['c3'],
			null,
		]);
	});

	test('nothing is missed while n8n is down, and nothing comes again after a restart', async () => {
		await put([contact('c1'), contact('c2')]);
		const { poll, kept, keep } = trigger('contactChanged');
		await poll();
		const saved = JSON.parse(JSON.stringify(kept())) as IDataObject;
		await poll();
		await rename('c1', 'While it was down');
		keep(saved);
		expect(ids(await poll())).toEqual(['c1']);
		expect(await poll()).toBeNull();
	});

	test('a poll that fails goes back to where it was', async () => {
		await put([contact('c1')]);
		const { poll } = trigger('contactChanged');
		await poll();
		await rename('c1', 'Bea');
		const { restore } = fastClock();
		try {
			await world.wix.faults({ rate: 1, kinds: ['500'], seed: 1 });
			await expect(poll()).rejects.toThrow('Wix could not process the request');
		} finally {
			restore();
		}
		await world.wix.faults({ rate: 0 });
		expect(ids(await poll())).toEqual(['c1']);
	});

	test('a border of a page in the middle of equal dates', async () => {
		const date = '2026-05-01T00:00:00.000Z';
		const many = Array.from({ length: 1030 }, (_, index) =>
			contact(`c${String(index).padStart(4, '0')}`, {
				createdDate: date,
				updatedDate: date,
				revision: 3,
			}),
		);
		await put(many);
		const { poll } = trigger('contactChanged', { startFrom: date, most: 700 });
		const delivered = [...((await poll()) ?? []), ...((await poll()) ?? [])].map(({ id }) => id);
		expect(new Set(delivered).size).toBe(1030);
		expect(delivered).toHaveLength(1030);
		expect(await poll()).toBeNull();
	});

	test.each([[true], [false]])(
		'members that changed, whether Wix sorts by it (%s) or not',
		async (memberUpdatedSort) => {
			await put([], [member('m1'), member('m2'), member('m3')]);
			await world.wix.behave({ memberUpdatedSort });
			const { poll } = trigger('memberUpdated');
			expect(await poll()).toBeNull();
			await world.wix.edit('m2', 'loginEmail', 'other@example.com');
			expect(await poll()).toMatchObject([{ id: 'm2', loginEmail: 'other@example.com' }]);
			expect(await poll()).toBeNull();
		},
	);

	test('members that are new, over several pages', async () => {
		await put([], [member('old', { createdDate: '2026-01-01T00:00:00.000Z' })]);
		const { poll } = trigger('memberCreated', { startFrom: '2026-02-01T00:00:00.000Z' });
		const many = Array.from({ length: 230 }, (_, index) =>
			member(`m${index}`, { createdDate: new Date(Date.UTC(2026, 2, 1) + index).toISOString() }),
		);
		await put([], [member('old', { createdDate: '2026-01-01T00:00:00.000Z' }), ...many]);
		expect(ids(await poll())).toEqual(many.map(({ id }) => id));
		expect(await poll()).toBeNull();
	});

	test('a test in the editor shows the latest record, and moves nothing on', async () => {
		await put([contact('c1'), contact('c2')], [member('m1')]);
		const contacts = trigger('contactUpdated', {}, 'simplified');
		await contacts.poll();
		const before = JSON.stringify(contacts.kept());
		const [shown] = (await contacts.test()) ?? [];
		expect(shown).toMatchObject({ email: expect.stringMatching(/^(c[12]|m1)@example\.com$/) });
		expect(JSON.stringify(contacts.kept())).toBe(before);
		expect(ids(await trigger('memberUpdated').test())).toEqual(['m1']);
		await put([]);
		expect(await contacts.test()).toBeNull();
	});

	test('a date that is none is named', async () => {
		await expect(trigger('contactChanged', { startFrom: 'soon' }).poll()).rejects.toThrow(
			"The option 'Start From' is no date",
		);
	});
});
