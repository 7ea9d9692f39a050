import type { IDataObject } from 'n8n-workflow';

import { createFor, updateWith } from './applyChangesWorld.mts';
import { entriesFor, linkOf, outcomesOf, resultIn, toErrorOutput, updateOf } from './rows.mts';
import { user, youTrackWorld } from './youTrackWorld.mts';

const { run, put, stored, writes } = youTrackWorld();
beforeEach(async () => await put([user('u1', 'old@example.com')]));

const apply = async (items: IDataObject[]) => await run('applyChanges', {}, items, toErrorOutput);
const good = (cells: IDataObject = {}) => ({
	...updateOf('users', 'u1', 'old@example.com', 'new@example.com'),
	...cells,
});
const [announced] = entriesFor('users', { operation: 'update', set: { name: 'x' } });
const pendingWith = (part: IDataObject) => JSON.stringify([{ ...announced, ...part }]);

describe('an item that is no link row is an error of its own, and the others go on', () => {
	const unreadable = "its 'pending' is no JSON list of pending writes";
	const state = "its 'state' is none of linked, unlinked, keepApart, ignored, removed";
	test.each<[what: string, item: () => IDataObject, why: string]>([
		['no state', () => good({ state: '' }), state],
		['an unknown state', () => good({ state: 'Linked' }), state],
		['no columns at all', () => ({ id: 'u1' }), state],
		['pending of another kind', () => good({ pending: '{}' }), unreadable],
		['pending that is cut off', () => good({ pending: '[{' }), unreadable],
		['pending of other entries', () => good({ pending: '[1]' }), unreadable],
		[
			'an unknown operation',
			() => good({ pending: pendingWith({ operation: 'upsert' }) }),
			unreadable,
		],
		['an unknown side', () => good({ pending: pendingWith({ side: 'okta' }) }), unreadable],
		['an unknown outcome', () => good({ pending: pendingWith({ outcome: 'done' }) }), unreadable],
		['a list to write', () => good({ pending: pendingWith({ to: ['Ada'] }) }), unreadable],
		['an object to write', () => good({ pending: pendingWith({ to: { a: 1 } }) }), unreadable],
		['an entry without a field', () => good({ pending: pendingWith({ field: null }) }), unreadable],
		[
			'a list for an id',
			() => good({ userId: ['u1'] }),
			"its 'userId' holds characters that no ID can hold",
		],
		[
			'no record to write to',
			() => good({ userId: '' }),
			"its 'userId' is empty, and its 'pending' names a record there",
		],
	])('%s: told, and nothing is written for it', async (_what, item, why) => {
		const done = await apply([item(), updateOf('users', 'u1', 'old@example.com', 'b@example.com')]);
		const { error, link, history } = resultIn(done);
		expect(error).toMatch(/^This item( 'contacts:\d+')? is no link row: /);
		expect(error?.endsWith(`: ${why}`)).toBe(true);
		expect([link, history]).toEqual([undefined, []]);
		expect(outcomesOf(done)).toEqual(['error', 'applied']);
		expect(await writes()).toBe(1);
	});

	test.each([[[1, 2]], ['text']])('nor is one that holds no fields: %j', async (item) => {
		const done = await apply([item as unknown as IDataObject]);
		expect(resultIn(done).error).toContain('is no link row');
	});

	test('the run says what to connect', async () => {
		const { error } = await run('applyChanges', {}, [{ id: 1 }]);
		expect(error?.description).toBe(
			'Connect the step that saves the changed links to this node, without changing its items.',
		);
	});
});

test('a cell without a value comes as null from some tables, and JSON parsed', async () => {
	const { pending, ...cells } = good();
	const parsed = JSON.parse(String(pending)) as IDataObject[];
	const done = await apply([
		{ ...cells, lastSynced: null, note: null, pending: parsed },
		{ ...good(), pending: null },
	]);
	expect(outcomesOf(done)).toEqual(['applied', 'left']);
	expect(resultIn(done, 1).error).toBeUndefined();
});

test('a row that is to be swept asks nothing', async () => {
	const done = await apply([good({ state: 'removed' })]);
	expect(outcomesOf(done)).toEqual(['left']);
	expect(await writes()).toBe(0);
});

describe('a value that no system can take', () => {
	const why = 'is empty, and an empty value never replaces one';
	const rows: Array<[what: string, value: string | null]> = [
		['a blank', ' '],
		['nothing', null],
	];
	test.each(rows)('%s: an update is refused, as its row remembers', async (_what, value) => {
		const done = await apply([updateWith('users', 'u1', { name: 'Name u1' }, { name: value })]);
		expect(resultIn(done)).toMatchObject({
			outcome: 'refused',
			message: `user u1: the value for name ${why}`,
			pending: [{ outcome: 'refused', code: 'badValue', to: value }],
		});
		expect(await stored('u1')).toMatchObject({ name: 'Name u1' });
	});

	test.each(rows)('%s: so is a create', async (_what, value) => {
		const set = { 'profile.email.email': 'ada@example.com', name: value };
		const done = await apply([createFor('users', '', { set })]);
		expect(resultIn(done)).toMatchObject({
			outcome: 'refused',
			message: `new user for c1: the value for name ${why}`,
			pending: [
				{ outcome: 'refused', code: 'badValue' },
				{ outcome: 'refused', code: 'badValue' },
			],
		});
		expect(await writes()).toBe(0);
	});

	test('another value of the same row is not refused with it', async () => {
		const values = { name: ' ', 'profile.email.email': 'new@example.com' };
		const done = await apply([updateWith('users', 'u1', {}, values)]);
		expect(resultIn(done).pending.map(({ field, outcome }) => [field, outcome])).toEqual([
			['name', 'refused'],
			['profile.email.email', 'announced'],
		]);
		expect(resultIn(done).history).toHaveLength(1);
	});
});

test('a create that belongs to no record is named by its row', async () => {
	const asks = entriesFor('users', {
		operation: 'create',
		set: { 'profile.email.email': 'ada.example.com' },
	});
	const row = linkOf({ linkId: 'contacts:7' }, asks);
	expect(resultIn(await apply([{ ...row }])).message).toBe(
		'new user for contacts:7: the value for profile.email.email is no email address (there is no name@domain in it)',
	);
});
