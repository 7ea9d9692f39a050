import type { IDataObject } from 'n8n-workflow';

import { createFor, outcomesOf, updateWith } from './applyChangeWorld.mts';
import { goOn, user, youTrackWorld } from './youTrackWorld.mts';
import { linkOf, pendingIn, resultIn, updateOf } from './world.mts';

const { run, put, stored, writes } = youTrackWorld();
beforeEach(async () => await put([user('u1', 'old@example.com')]));

const apply = async (items: IDataObject[]) => await run('applyChange', {}, items, goOn);
const planned = () => updateOf('users', 'u1', 'old@example.com', 'new@example.com');
const inLink = (cells: IDataObject) => ({
	...planned(),
	link: { ...linkOf({ wixId: 'c1', userId: 'u1' }), ...cells },
});

describe('an item that is no planned change', () => {
	const unreadable = "'link.pending' is no JSON list of pending writes";
	test.each<[what: string, item: () => IDataObject, why: string]>([
		['no changeId', () => ({ ...planned(), changeId: '' }), "'changeId' is missing"],
		['no expected values', () => ({ ...planned(), expected: null }), "'expected' is missing"],
		['a list to set', () => ({ ...planned(), set: [] }), "'set' is missing"],
		['nothing to set', () => ({ ...planned(), set: {} }), "'set' names no property"],
		['defaults of a kind', () => ({ ...planned(), defaults: 'x' }), "'defaults' is no object"],
		[
			'no row',
			() => ({ ...planned(), link: null }),
			"'link' is missing or is no row of the links table",
		],
		[
			'a number in a cell',
			() => inLink({ note: 7 }),
			"'link' is missing or is no row of the links table",
		],
		['pending of another kind', () => inLink({ pending: '{}' }), unreadable],
		['pending that is cut off', () => inLink({ pending: '[{' }), unreadable],
		['pending of other entries', () => inLink({ pending: '[1]' }), unreadable],
	])('%s: told, and nothing is written', async (_what, item, why) => {
		const { json } = await apply([item()]);
		expect(json[0]?.error).toMatch(/^This item( 'change-\d+')? is no planned change: /);
		expect(String(json[0]?.error).endsWith(`: ${why}`)).toBe(true);
		expect(await writes()).toBe(0);
	});

	test.each([[[1, 2]], ['text']])('nor is one that holds no fields: %j', async (item) => {
		const { json } = await apply([item as unknown as IDataObject]);
		expect(String(json[0]?.error)).toContain('is no planned change');
	});
});

test('cells without a value come as null from some tables', async () => {
	const cells = { pending: null, decision: null, goneSide: null, movedTo: null, note: null };
	const done = await apply([inLink(cells), { ...planned(), defaults: null }]);
	expect(outcomesOf(done)).toEqual(['applied', 'already']);
});

describe('a value that no system can take', () => {
	const rows: Array<[what: string, value: never, why: string]> = [
		['a blank', ' ' as never, 'is empty, and an empty value never replaces one'],
		['nothing', null as never, 'is empty, and an empty value never replaces one'],
		['a list', ['Ada'] as never, 'is a list or an object'],
		['an object', { first: 'Ada' } as never, 'is a list or an object'],
	];
	test.each(rows)('%s: an update is refused, and reviewed', async (_what, value, why) => {
		const done = await apply([updateWith('users', 'u1', { name: 'Name u1' }, { name: value })]);
		expect(resultIn(done)).toMatchObject({
			outcome: 'refused',
			message: `user u1: the value for name ${why}`,
			review: { reason: 'badValue', howToDecide: 'Correct the value on the side it comes from.' },
		});
		expect(await stored('u1')).toMatchObject({ name: 'Name u1' });
	});

	test.each(rows)('%s: so is a create, whose row remembers it', async (_what, value, why) => {
		const create = createFor('users', 'ada@example.com');
		const set = { ...(create.set as IDataObject), name: value };
		const done = await apply([{ ...create, set }]);
		expect(resultIn(done)).toMatchObject({
			outcome: 'refused',
			message: `new user for c1: the value for name ${why}`,
		});
		expect(pendingIn(resultIn(done))).toMatchObject([{ outcome: 'refused', code: 'badValue' }]);
		expect(await writes()).toBe(0);
	});
});

test('a create that belongs to no record is named by its change', async () => {
	const create = { ...createFor('users', 'ada.example.com'), link: linkOf() };
	expect(resultIn(await apply([create])).message).toBe(
		'new user for create-1: the value for profile.email.email is no email address (there is no name@domain in it)',
	);
});
