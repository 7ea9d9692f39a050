import type { IDataObject } from 'n8n-workflow';

import { otherFor, updateWith } from './applyChangesWorld.mts';
import { failureOf, memoryStore, type Turn } from './memoryStore.mts';
import { rowFor, type Asked } from './rows.mts';
import { applyTo } from './tasks.mts';

describe('a row that comes after another one', () => {
	const move = (id: string, from: string, to: string, more: Partial<Asked> = {}) =>
		updateWith('users', id, { email: from }, { email: to }, more);
	const given = () => [
		{ id: 'u1', email: 'a@x.se' },
		{ id: 'u2', email: 'b@x.se' },
	];
	const both = (first: IDataObject, more: Partial<Asked> = {}) => [
		first,
		move('u2', 'b@x.se', 'a@x.se', { after: String(first.linkId), ...more }),
	];

	test.each<[string, Turn[], IDataObject, string, string]>([
		['was written', [], move('u1', 'a@x.se', 'c@x.se'), 'applied', 'applied'],
		['was there already', [], move('u1', 'z@x.se', 'a@x.se'), 'already', 'applied'],
		[
			'is not shown yet',
			[{ stores: () => 'a@x.se' }],
			move('u1', 'a@x.se', 'c@x.se'),
			'sent',
			'applied',
		],
		['failed', [{ failure: failureOf(418) }], move('u1', 'a@x.se', 'c@x.se'), 'failed', 'left'],
		[
			'was refused',
			[{ failure: failureOf(400) }],
			move('u1', 'a@x.se', 'c@x.se'),
			'refused',
			'left',
		],
		[
			'holds an address of others',
			[{ failure: failureOf(409) }],
			move('u1', 'a@x.se', 'c@x.se'),
			'refusedForNow',
			'left',
		],
		['was edited', [], move('u1', 'z@x.se', 'c@x.se'), 'stale', 'left'],
		['is gone', [], move('u3', 'a@x.se', 'c@x.se'), 'gone', 'left'],
		[
			'was left itself',
			[],
			move('u1', 'a@x.se', 'c@x.se', { until: '2020-01-01T00:00:00Z' }),
			'left',
			'left',
		],
		['was only looked for', [], otherFor('users', 'verify', 'u1'), 'left', 'left'],
		[
			'asks nothing of this side',
			[],
			rowFor('wix', { operation: 'verify', recordId: 'c1' }),
			'left',
			'left',
		],
	])('which %s', async (_what, turns, first, firstOutcome, outcome) => {
		const { store, calls } = memoryStore('users', given(), [...turns]);
		const done = await applyTo(store, both(first));
		expect(done.map((each) => each.outcome)).toEqual([firstOutcome, outcome]);
		expect(calls.includes('write u2')).toBe(outcome === 'applied');
		if (outcome === 'left') expect(done[1]).toMatchObject({ isHandedOn: false, history: [] });
	});

	test('which did not come in', async () => {
		const { store, calls } = memoryStore('users', given());
		const [done] = await applyTo(store, [move('u2', 'b@x.se', 'd@x.se', { after: 'elsewhere' })]);
		expect(done?.outcome).toBe('left');
		expect(calls).toEqual([]);
	});
});
