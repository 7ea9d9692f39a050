import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { atLeast, entryAt, valueNamed } from '../../runtime/entries.mts';
import { throughProxy } from './world.mts';
import { contactOf, byId } from './wixRun.mts';
import { contactWorld } from './wixContactWorld.mts';

const { world, run, put } = contactWorld();

describe('Get Many', () => {
	test('returns all, in pages of Wix’s largest size, each contact once', async () => {
		await put(
			Array.from({ length: 2003 }, (_, index) => contactOf(`c${index}`, `p${index}@example.com`)),
		);
		const { json, items, error } = await run('getAll', { returnAll: true, output: 'syncFields' });
		expect(error).toBeUndefined();
		expect(new Set(json.map(({ id }) => id)).size).toBe(2003);
		expect(json).toHaveLength(2003);
		expect(items.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(true);
		const { byRoute, writes } = await world().wix.requests();
		expect(byRoute).toEqual({ 'POST /contacts/v4/contacts/query': 3 });
		expect(writes).toBe(0);
	});

	test('a contact that moves to a later page while they are read comes once', async () => {
		const many = Array.from({ length: 1001 }, (_, index) =>
			contactOf(`c${index}`, `p${index}@example.com`),
		);
		await put(many);
		const again = JSON.stringify({
			contacts: [contactOf('c999', 'p999@example.com'), contactOf('c1000', 'p1000@example.com')],
		});
		const second = { status: 200, body: again };
		const { json } = await throughProxy(
			world(),
			'wix',
			({ body }) => (body.includes('"offset":999') ? second : undefined),
			async () => await run('getAll', { returnAll: true }),
		);
		expect(json).toHaveLength(1001);
		expect(json.filter(({ id }) => id === 'c999')).toHaveLength(1);
	});

	test('returns up to a limit, oldest first', async () => {
		await put([
			contactOf('c1', 'a@example.com'),
			contactOf('c2', 'b@example.com'),
			contactOf('c3', 'c@example.com'),
		]);
		const { json } = await run('getAll', { returnAll: false, limit: 2 });
		expect(json.map(({ id }) => id)).toEqual(['c1', 'c2']);
	});

	test('sync fields hold what the sync reads and tell a member’s contact, and nothing else', async () => {
		await put(
			[
				contactOf('c1', 'a@example.com', {
					company: 'Tidewater',
					phones: { items: [{ phone: '123', primary: true }] },
				}),
				contactOf('c2', 'member@example.com'),
			],
			[{ id: 'm2', loginEmail: 'member@example.com', contactId: 'c2' }],
		);
		const { json } = await run('getAll', { returnAll: true, output: 'syncFields' });
		const [plain, member] = atLeast(json as Array<IDataObject & { info: IDataObject }>, 2);
		expect(Object.keys(plain).sort()).toEqual(['id', 'info', 'primaryInfo', 'revision']);
		expect(Object.keys(plain.info).sort()).toEqual(['emails', 'name']);
		expect(plain).toMatchObject({
			id: 'c1',
			revision: 1,
			primaryInfo: { email: 'a@example.com' },
			info: { emails: { items: [{ id: 'c1-mail', email: 'a@example.com', primary: true }] } },
		});
		expect(member.info.extendedFields).toEqual({
			items: { 'members.membershipStatus': 'APPROVED' },
		});
	});

	test('full holds the whole contact', async () => {
		await put([contactOf('c1', 'a@example.com', { company: 'Tidewater' })]);
		const { json } = await run('getAll', { returnAll: true, output: 'full' });
		expect(json[0]).toMatchObject({ id: 'c1', info: { company: 'Tidewater' } });
	});

	const filterCases: Array<[string, IDataObject, string[]]> = [
		['any address, whatever its case', { email: 'SECOND@example.org' }, ['c1']],
		['first name', { firstName: 'First-c2' }, ['c2']],
		['last name', { lastName: 'Zim' }, ['c3']],
		['label', { label: 'custom.vip' }, ['c2']],
		['created after', { createdAfter: '2026-05-01T00:00:00Z' }, ['c3']],
		['updated after', { updatedAfter: '2026-06-01T00:00:00Z' }, ['c2', 'c3']],
	];
	test.each(filterCases)('filters by %s', async (_name, filters, ids) => {
		const two = [
			{ email: 'a@example.com', primary: true },
			{ email: 'second@example.org', primary: false },
		];
		await put([
			{
				...contactOf('c1', ''),
				info: { name: { first: 'First-c1' }, emails: { items: two } },
				createdDate: '2026-01-01T00:00:00.000Z',
			},
			{
				...contactOf('c2', 'b@example.com', { labelKeys: { items: ['custom.vip'] } }),
				createdDate: '2026-02-01T00:00:00.000Z',
				updatedDate: '2026-06-02T00:00:00.000Z',
			},
			{
				...contactOf('c3', 'c@example.com', { name: { first: 'Z', last: 'Zimmer' } }),
				createdDate: '2026-06-03T00:00:00.000Z',
			},
		]);
		const { json, error } = await run('getAll', {
			returnAll: true,
			filters: filters as INodeParameters,
		});
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id)).toEqual(ids);
	});

	test('an address typed in capitals is found where Wix heeds case', async () => {
		await world().wix.behave({ eqCaseSensitive: true });
		await put([contactOf('c1', 'a@example.com')]);
		const { json } = await run('getAll', { returnAll: true, filters: { email: 'A@EXAMPLE.com' } });
		expect(json.map(({ id }) => id)).toEqual(['c1']);
	});

	test('sorts as chosen', async () => {
		await put([
			contactOf('c1', 'b@example.com'),
			contactOf('c2', 'c@example.com'),
			contactOf('c3', 'a@example.com'),
		]);
		const sort = { fieldName: 'primaryInfo.email', order: 'DESC' };
		const { json } = await run('getAll', { returnAll: true, sort });
		expect(json.map(({ id }) => id)).toEqual(['c2', 'c1', 'c3']);
	});

	test('each output item is linked to the input item it came from', async () => {
		await put([
			contactOf('c1', 'a@example.com'),
			contactOf('c2', 'b@example.com'),
			contactOf('c3', 'b2@example.com', { name: { first: 'First-c2' } }),
		]);
		const filters = { firstName: '={{ $json.want }}' };
		const { json, items } = await run('getAll', { returnAll: true, filters }, [
			{ want: 'First-c2' },
			{ want: 'First-c1' },
		]);
		expect(json.map(({ id }) => id)).toEqual(['c2', 'c3', 'c1']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 0 },
			{ item: 1 },
		]);
	});

	test('a filter that is no date is refused with its name', async () => {
		const { error } = await run('getAll', {
			returnAll: true,
			filters: { createdAfter: 'yesterday-ish' },
		});
		expect(error?.message).toContain("'Created After' is no date");
		expect(error?.context?.itemIndex).toBe(0);
	});
});

describe('Get', () => {
	test('one contact, by its id', async () => {
		await put([contactOf('c1', 'a@example.com'), contactOf('c2', 'b@example.com')]);
		const { json, items } = await run('get', { contactId: byId('c2') });
		expect(json).toHaveLength(1);
		expect(json[0]).toMatchObject({ id: 'c2', primaryInfo: { email: 'b@example.com' } });
		expect(entryAt(items, 0).pairedItem).toEqual({ item: 0 });
	});

	test('an unknown id is told, with what to check', async () => {
		const { error } = await run('get', { contactId: byId('nobody-0') });
		expect(error?.message).toBe('Wix has no contact nobody-0');
		expect(error?.description).toContain('Check the ID');
	});

	test('Continue On Fail: the item that fails becomes an error item, the others go on', async () => {
		await put([contactOf('c1', 'a@example.com'), contactOf('c3', 'c@example.com')]);
		const input = [{ want: 'c1' }, { want: 'gone-c2' }, { want: 'c3' }];
		const contactId = { __rl: true, mode: 'id', value: '={{ $json.want }}' };
		const { json, items, error } = await run('get', { contactId }, input, {
			onError: 'continueRegularOutput',
		});
		expect(error).toBeUndefined();
		expect(json.map(({ id }) => id)).toEqual(['c1', undefined, 'c3']);
		expect(json[1]).toEqual({ want: 'gone-c2', error: 'Wix has no contact gone-c2' });
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual([
			{ item: 0 },
			{ item: 1 },
			{ item: 2 },
		]);
	});

	test('the error output takes the item that fails', async () => {
		await put([contactOf('c1', 'a@example.com')]);
		const contactId = { __rl: true, mode: 'id', value: '={{ $json.want }}' };
		const input = [{ want: 'gone-c2' }, { want: 'c1' }];
		const { outputs } = await run('get', { contactId }, input, { onError: 'continueErrorOutput' });
		expect(entryAt(valueNamed(outputs, 'Node'), 0).map(({ json }) => json.id)).toEqual(['c1']);
		expect(valueNamed(outputs, 'Node')[1]).toHaveLength(1);
	});

	test('what fails before the first item is an error of every item, none is handed on as done', async () => {
		const input = [{ want: 'c1' }, { want: 'c2' }];
		const { outputs } = await run('noSuchOperation', {}, input, { onError: 'continueErrorOutput' });
		const [first = [], second = [], errors = []] = valueNamed(outputs, 'Node');
		// An operation that is not known has two outputs before the one for errors
		expect([first, second]).toEqual([[], []]);
		expect(errors.map(({ json }) => json.error)).toEqual([
			expect.stringContaining('noSuchOperation'),
			expect.stringContaining('noSuchOperation'),
		]);
	});
});
