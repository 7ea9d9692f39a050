import { atLeast, entryAt, valueNamed } from '../../runtime/entries.mts';
import { applyWorld, contact } from './applyChangesWorld.mts';
import { outcomesOf, resultIn } from './rows.mts';

const { world, apply, createOf, other, put, through, update, writes } = applyWorld('wix');

describe('create', () => {
	test('applied: the new id is in the row, whose identity stays; what was sent waits to be seen', async () => {
		await put([]);
		const row = createOf('ada@example.com');
		const result = resultIn(await apply([row]));
		const [made] = atLeast(valueNamed(await world().wix.state(), 'contacts'), 1);
		expect(result).toMatchObject({
			outcome: 'applied',
			recordId: made.id,
			link: { ...row, wixId: made.id, pending: expect.any(String) },
		});
		expect(result.pending).toEqual([
			{
				operation: 'create',
				side: 'wix',
				property: 'primaryInfo.email',
				field: 'primaryInfo.email',
				from: null,
				to: 'ada@example.com',
				at: '2026-11-23T09:00:00.000Z',
				reason: 'missing',
				outcome: 'sent',
			},
		]);
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
		expect(result).toMatchObject({ outcome: 'exists', others: ['c5'], link: { wixId: '' } });
		expect(result.pending).toMatchObject([{ outcome: 'refusedForNow', code: 'exists' }]);
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
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', others: ['c5'] });
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
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', others: [entryAt(contacts, 0).id] });
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
		expect(result).toMatchObject({
			outcome: 'refused',
			code: 'CANNOT_DELETE_MEMBER',
		});
	});

	test('deactivate: Wix knows no such thing', async () => {
		await put([contact('c1', 'a@example.com')]);
		const result = resultIn(await apply([other('deactivate', 'c1')]));
		expect(result).toMatchObject({
			outcome: 'refused',
			code: 'notSupported',
		});
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
		expect([0, 1, 2].map((index) => resultIn(run, index))).toMatchObject([
			{ outcome: 'present', found: 'present', history: [] },
			{ outcome: 'moved', found: 'moved', code: 'c9', link: { state: 'linked' } },
			{ outcome: 'gone', found: 'gone', link: { state: 'linked' } },
		]);
		for (const { pending } of [0, 1, 2].map((index) => resultIn(run, index))) {
			expect(pending).toHaveLength(1);
			expect(pending[0]).toMatchObject({ at: '2026-11-23T10:00:00.000Z' });
			expect(pending[0]).not.toHaveProperty('until');
		}
		expect(await writes()).toBe(before);
	});
});

describe('rows', () => {
	test('a replay of all doubles nothing', async () => {
		await put([contact('c1', 'old@example.com'), contact('c2', 'b@example.com')]);
		const rows = [
			update('c1', 'old@example.com', 'new@example.com'),
			createOf('ada@example.com'),
			other('delete', 'c2', { 'primaryInfo.email': 'b@example.com' }),
		];
		expect(outcomesOf(await apply(rows))).toEqual(['applied', 'applied', 'applied']);
		const before = await world().wix.state();
		expect(outcomesOf(await apply(rows))).toEqual(['already', 'exists', 'gone']);
		expect(await world().wix.state()).toEqual(before);
	});
});
