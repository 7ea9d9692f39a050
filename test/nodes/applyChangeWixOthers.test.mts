import type { IDataObject } from 'n8n-workflow';

import { atLeast, entryAt, valueNamed } from '../../runtime/entries.mts';
import { applyWorld, contact, outcomesOf } from './applyChangeWorld.mts';
import { linkOf, pendingIn, resultIn, updateOf } from './world.mts';

const { world, apply, createOf, other, put, through, update, writes } = applyWorld('wix');

describe('create', () => {
	test('applied: the new id is in the result and in the row', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		const [made] = atLeast(valueNamed(await world().wix.state(), 'contacts'), 1);
		expect(result).toMatchObject({
			outcome: 'applied',
			recordId: made.id,
			link: { wixId: made.id, userId: 'u1' },
		});
		expect(pendingIn(result)).toMatchObject([{ outcome: 'announced' }]);
		expect(made).toMatchObject({
			primaryInfo: { email: 'ada@example.com' },
			info: { name: { first: 'Ada' } },
		});
	});

	test('exists: somebody holds the address, as a second one and in another spelling; nobody is adopted', async () => {
		const items = [
			{ email: 'x@example.com', primary: true },
			{ email: 'Ada@Example.com', primary: false },
		];
		await put([contact('c5', undefined, { emails: { items } })]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		expect(result).toMatchObject({ outcome: 'exists', recordId: 'c5', link: { wixId: '' } });
		expect(pendingIn(result)).toMatchObject([{ outcome: 'refusedForNow', code: 'exists' }]);
		expect(await writes()).toBe(0);
	});

	test('exists: Wix finds a duplicate that the look before missed', async () => {
		await put([contact('c5', 'ada@example.com')]);
		const empty = {
			status: 200,
			body: JSON.stringify({ contacts: [], pagingMetadata: { count: 0 } }),
		};
		const run = await through(
			({ url }) => (url.endsWith('/query') ? empty : undefined),
			async () => await apply([createOf('ada@example.com')]),
		);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', recordId: 'c5' });
	});

	test('a lost answer is followed by a look: one contact, told as existing', async () => {
		await put([]);
		const run = await through(
			({ url, nth, method }) =>
				method === 'POST' && !url.endsWith('/query') && nth < 2 ? 'dropAfter' : undefined,
			async () => await apply([createOf('ada@example.com')]),
		);
		const { contacts } = await world().wix.state();
		expect(contacts).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', recordId: entryAt(contacts, 0).id });
	});

	test('a lost request is sent again', async () => {
		await put([]);
		const run = await through(
			({ url, nth, method }) =>
				method === 'POST' && !url.endsWith('/query') && nth < 2 ? 'dropBefore' : undefined,
			async () => await apply([createOf('ada@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect((await world().wix.state()).contacts).toHaveLength(1);
	});
});

describe('delete, deactivate, verify', () => {
	test('delete: applied, and the row is unlinked', async () => {
		await put([contact('c1', 'a@example.com')]);
		const result = resultIn(
			await apply([other('delete', 'c1', { 'primaryInfo.email': 'a@example.com' })]),
		);
		expect(result).toMatchObject({ outcome: 'applied', link: { state: 'unlinked', wixId: 'c1' } });
		expect((await world().wix.state()).contacts).toEqual([]);
	});

	test('delete: stale when the contact was edited, gone when it is not there', async () => {
		await put([contact('c1', 'person@example.com')]);
		const run = await apply([
			other('delete', 'c1', { 'primaryInfo.email': 'a@example.com' }),
			other('delete', 'c2', { 'primaryInfo.email': 'a@example.com' }),
		]);
		expect(outcomesOf(run)).toEqual(['stale', 'gone']);
		expect(await writes()).toBe(0);
	});

	test('delete: a member’s contact is refused', async () => {
		await put(
			[contact('c1', 'm@example.com')],
			[{ id: 'm1', loginEmail: 'm@example.com', contactId: 'c1' }],
		);
		const result = resultIn(
			await apply([other('delete', 'c1', { 'primaryInfo.email': 'm@example.com' })]),
		);
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'refused' } });
	});

	test('deactivate: Wix knows no such thing', async () => {
		await put([contact('c1', 'a@example.com')]);
		const result = resultIn(await apply([other('deactivate', 'c1')]));
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'refused' } });
		expect(await writes()).toBe(0);
	});

	test('verify: present, gone, moved; nothing is written', async () => {
		await put([
			contact('c1', 'a@example.com'),
			contact('c2', 'b@example.com'),
			contact('c9', 'nine@example.com'),
		]);
		await world().wix.merge('c9', ['c2']);
		const before = await writes();
		const run = await apply([other('verify', 'c1'), other('verify', 'c2'), other('verify', 'c3')]);
		expect(run.json).toMatchObject([
			{ outcome: 'present' },
			{ outcome: 'moved', movedTo: 'c9', link: { movedTo: 'c9' } },
			{ outcome: 'gone', link: { goneSide: 'wix', state: 'linked' } },
		]);
		expect(resultIn(run).link).toBeUndefined();
		expect(await writes()).toBe(before);
	});
});

describe('items', () => {
	test('a replay of all changes doubles nothing', async () => {
		await put([contact('c1', 'old@example.com'), contact('c2', 'b@example.com')]);
		const changes = [
			update('c1', 'old@example.com', 'new@example.com'),
			createOf('ada@example.com'),
			other('delete', 'c2', { 'primaryInfo.email': 'b@example.com' }),
		];
		const first = await apply(changes);
		expect(first.json.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
		const before = await world().wix.state();
		const again = await apply(changes);
		expect(again.json.map(({ outcome }) => outcome)).toEqual(['already', 'exists', 'gone']);
		expect(await world().wix.state()).toEqual(before);
	});

	const good = () => update('c1', 'old@example.com', 'new@example.com');
	const cases: Array<[string, IDataObject, string]> = [
		['no change at all', { id: 'c1' }, "'changeId' is missing"],
		[
			'one for the other side',
			updateOf('users', 'u1', 'a@example.com', 'b@example.com'),
			'for Target Users, not for Wix CRM',
		],
		['one without a record id', { ...good(), recordId: undefined }, "'recordId' is missing"],
		['one without a row', { ...good(), link: undefined }, "'link' is missing"],
		[
			'one whose pending writes are broken',
			{ ...good(), link: linkOf({ pending: '{oops' }) as unknown as IDataObject },
			"'link.pending'",
		],
		['one that sets nothing', { ...good(), set: {} }, "'set' names no property"],
		[
			'one of an unknown kind',
			{ ...good(), operation: 'upsert' },
			"'operation' is missing or unknown",
		],
	];
	test.each(cases)('an item that is %s is an item error', async (_name, item, words) => {
		await put([contact('c1', 'old@example.com')]);
		const alone = await apply([item]);
		expect(alone.error?.message).toContain(words);
		expect(alone.error?.description).toContain('Match & Map');
		expect(alone.error?.context?.itemIndex).toBe(0);
		const run = await apply([item, good()], {}, { onError: 'continueRegularOutput' });
		expect(run.json[0]).toEqual({ error: expect.stringContaining(words) });
		expect(run.json[1]).toMatchObject({ outcome: 'applied' });
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
