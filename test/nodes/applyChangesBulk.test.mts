import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { addressOf, applyWorld, contact, emailItemsOf, updateWith } from './applyChangesWorld.mts';
import { outcomesOf, resultIn } from './rows.mts';

const { world, apply, createOf, other, put, stored, through, update } = applyWorld('wix');

const ids = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
const contacts = (count: number) => ids(count).map((id) => contact(id, `${id}@old.example.com`));
const move = (id: string) => update(id, `${id}@old.example.com`, `${id}@new.example.com`);
const moves = (count: number) => ids(count).map(move);

/** Calls of the run by what they are. */
async function calls() {
	const { byRoute } = await world().wix.requests();
	const sum = (matches: (route: string) => boolean) =>
		Object.entries(byRoute).reduce((all, [route, count]) => all + (matches(route) ? count : 0), 0);
	const bulkWrites = sum((route) => route.includes('/v5/bulk/'));
	const reads = sum((route) => route.startsWith('GET ') || route.endsWith('/query'));
	return { bulkWrites, reads, others: sum(() => true) - bulkWrites - reads };
}

/** Applies `changes` and keeps what the bulk calls sent. */
async function bulkBodiesOf(changes: IDataObject[]) {
	const bodies: Array<{ contacts: Array<{ contact: IDataObject }> }> = [];
	const run = await through(
		({ url, body }) => {
			if (url.includes('/v5/')) bodies.push(JSON.parse(body) as (typeof bodies)[0]);
		},
		async () => await apply(changes),
	);
	return { run, bodies };
}

describe('calls', () => {
	test('1,000 updates take at most 10 bulk writes and 10 reads, and keep their order', async () => {
		await put(contacts(1000));
		const run = await apply(moves(1000));
		expect(run.error).toBeUndefined();
		const [, history = []] = run.outputs.Node ?? [];
		expect(history.map(({ json, pairedItem }) => [json.wixId, json.outcome, pairedItem])).toEqual(
			ids(1000).map((id, item) => [id, 'applied', { item }]),
		);
		const made = await calls();
		expect(made.bulkWrites).toBeLessThanOrEqual(10);
		expect(made.reads).toBeLessThanOrEqual(10);
		expect(made.others).toBe(0);
		const { contacts: after } = await world().wix.state();
		expect(after.map(addressOf)).toEqual(ids(1000).map((id) => `${id}@new.example.com`));
	});

	test('1,000 creates take at most 10 bulk writes and 10 reads, and give each row its own id', async () => {
		await put([]);
		const run = await apply(ids(1000).map((id) => createOf(`${id}@example.com`)));
		const made = await calls();
		expect(made.bulkWrites).toBeLessThanOrEqual(10);
		expect(made.reads).toBeLessThanOrEqual(10);
		expect(made.others).toBe(0);
		const { contacts: after } = await world().wix.state();
		const addresses = new Map(after.map((record) => [record.id, addressOf(record)]));
		expect(run.json.map(({ wixId }) => addresses.get(String(wixId)))).toEqual(
			ids(1000).map((id) => `${id}@example.com`),
		);
		expect(run.json.map(({ id, updatedAt }) => [id, updatedAt])).toEqual(
			run.input.map(({ id, updatedAt }) => [id, updatedAt]),
		);
	});

	test('1,000 that are done already, and 1,000 verifies, take reads alone', async () => {
		await put(contacts(1000));
		const done = ids(1000).map((id) => update(id, 'before@example.com', `${id}@old.example.com`));
		const run = await apply([...done, ...ids(1000).map((id) => other('verify', id))]);
		expect(new Set(outcomesOf(run).slice(0, 1000))).toEqual(new Set(['already']));
		expect(new Set(outcomesOf(run).slice(1000))).toEqual(new Set(['present']));
		expect(await calls()).toEqual({ bulkWrites: 0, reads: 10, others: 0 });
	});

	test('one by one: not a single v5 call', async () => {
		await put(contacts(5));
		const run = await apply(moves(5), { write: 'oneByOne' });
		expect(outcomesOf(run)).toEqual(Array(5).fill('applied'));
		expect(await calls()).toEqual({ bulkWrites: 0, reads: 5, others: 5 });
	});

	test('a body of a bulk call names no v4 part, and each contact with its revision', async () => {
		await put(contacts(3));
		const { bodies } = await bulkBodiesOf(moves(3));
		expect(bodies).toHaveLength(1);
		expect(entryAt(bodies, 0).contacts.map(({ contact: sent }) => sent)).toEqual(
			ids(3).map((id) => ({ id, revision: '1', email: { email: `${id}@new.example.com` } })),
		);
	});
});

describe('what v5 cannot do as v4 does goes by v4', () => {
	const singleWrites = async (special: ReturnType<typeof contact>, change: IDataObject) => {
		await put([...contacts(3), special]);
		const { run, bodies } = await bulkBodiesOf([...moves(3), change]);
		expect(outcomesOf(run)).toEqual(Array(4).fill('applied'));
		const { bulkWrites, others } = await calls();
		expect(bulkWrites).toBe(1);
		expect(entryAt(bodies, 0).contacts).toHaveLength(4 - others);
		return others;
	};

	test('an address among the others becomes the primary one, and keeps its tag', async () => {
		const items = [
			{ id: 'i1', tag: 'WORK', email: 'x@example.com', primary: true },
			{ id: 'i2', tag: 'HOME', email: 'y@example.com', primary: false },
		];
		const special = contact('x', undefined, { emails: { items } });
		expect(await singleWrites(special, update('x', 'x@example.com', 'y@example.com'))).toBe(1);
		expect(emailItemsOf(await stored('x'))).toEqual([
			{ ...items[0], primary: false },
			{ ...items[1], primary: true },
		]);
	});

	test('a contact with more addresses than v5 holds keeps them all', async () => {
		const items = Array.from({ length: 12 }, (_, index) => ({
			id: `i${index}`,
			tag: 'HOME',
			email: `x${index}@example.com`,
			primary: index === 0,
		}));
		const special = contact('x', undefined, { emails: { items } });
		expect(await singleWrites(special, update('x', 'x0@example.com', 'new@example.com'))).toBe(1);
		expect(emailItemsOf(await stored('x'))).toEqual([
			{ ...items[0], email: 'new@example.com' },
			...items.slice(1),
		]);
	});

	test('a number with a country code', async () => {
		const item = { id: 'p1', tag: 'MOBILE', phone: '070 111', countryCode: 'SE', primary: true };
		const special = contact('x', 'x@example.com', { phones: { items: [item] } });
		const change = updateWith(
			'wix',
			'x',
			{ 'primaryInfo.phone': '070 111' },
			{ 'primaryInfo.phone': '070 222' },
		);
		expect(await singleWrites(special, change)).toBe(1);
		expect(await stored('x')).toMatchObject({
			info: { phones: { items: [{ id: 'p1', phone: '070 222', countryCode: 'SE' }] } },
		});
	});

	test('an extended field', async () => {
		const path = "info.extendedFields.items['custom.crm-id']";
		const items = { 'custom.crm-id': '38', 'custom.seats': 4 };
		const special = contact('x', 'x@example.com', { extendedFields: { items } });
		expect(
			await singleWrites(special, updateWith('wix', 'x', { [path]: '38' }, { [path]: '39' })),
		).toBe(1);
		expect(await stored('x')).toMatchObject({
			info: { extendedFields: { items: { ...items, 'custom.crm-id': '39' } } },
		});
	});

	test('other addresses, names and the company stay when the primary address goes by v5', async () => {
		const items = [
			{ id: 'i1', tag: 'WORK', email: 'x@example.com', primary: true },
			{ id: 'i2', tag: 'HOME', email: 'y@example.com', primary: false },
		];
		const special = contact('x', undefined, {
			emails: { items },
			name: { first: 'Ada', last: 'Example' },
			company: 'Example Ltd',
		});
		const change = updateWith(
			'wix',
			'x',
			{ 'primaryInfo.email': 'x@example.com', 'info.name.last': 'Example', 'info.jobTitle': null },
			{
				'primaryInfo.email': 'new@example.com',
				'info.name.last': 'Sample',
				'info.jobTitle': 'Baker',
			},
		);
		expect(await singleWrites(special, change)).toBe(0);
		expect(emailItemsOf(await stored('x'))).toMatchObject([
			{ email: 'new@example.com', primary: true },
			{ id: 'i2', tag: 'HOME', email: 'y@example.com', primary: false },
		]);
		expect(await stored('x')).toMatchObject({
			info: {
				name: { first: 'Ada', last: 'Sample' },
				company: 'Example Ltd',
				jobTitle: 'Baker',
			},
		});
	});
});

describe('order', () => {
	test('an address is taken only after the change that frees it', async () => {
		await put(contacts(6));
		const chain = [5, 4, 3, 2, 1].map((nth) =>
			update(`c${nth}`, `c${nth}@old.example.com`, `c${nth + 1}@old.example.com`),
		);
		const run = await apply(chain);
		expect(outcomesOf(run)).toEqual(Array(5).fill('applied'));
		const { contacts: after } = await world().wix.state();
		expect(after.map(addressOf)).toEqual(
			['c0', 'c2', 'c3', 'c4', 'c5', 'c6'].map((id) => `${id}@old.example.com`),
		);
	});

	test('a change that would have had to wait does not overtake: it is refused as it is one by one', async () => {
		await put(contacts(4));
		const run = await apply([
			update('c0', 'c0@old.example.com', 'c1@old.example.com'),
			move('c1'),
			move('c2'),
			move('c3'),
		]);
		expect(outcomesOf(run)).toEqual(['refusedForNow', 'applied', 'applied', 'applied']);
	});

	test('a swap among others', async () => {
		await put(contacts(5));
		const swap = [
			update('c0', 'c0@old.example.com', 'c1@old.example.com', { allowDuplicates: true }),
			update('c1', 'c1@old.example.com', 'c0@old.example.com'),
		];
		const run = await apply([...swap, move('c2'), move('c3'), move('c4')]);
		expect(outcomesOf(run)).toEqual(Array(5).fill('applied'));
		const { contacts: after } = await world().wix.state();
		expect(after.slice(0, 2).map(addressOf)).toEqual(['c1@old.example.com', 'c0@old.example.com']);
		expect((await calls()).bulkWrites).toBe(1);
	});

	test('two changes of one contact: the second sees the first', async () => {
		await put(contacts(3));
		const second = update('c0', 'c0@new.example.com', 'c0@newer.example.com');
		const run = await apply([...moves(3), second]);
		expect(outcomesOf(run)).toEqual(Array(4).fill('applied'));
		expect(await stored('c0')).toMatchObject({
			revision: 3,
			primaryInfo: { email: 'c0@newer.example.com' },
		});
	});

	test('a change back to what the contact holds now comes after the one that changes it', async () => {
		await put(contacts(3));
		const back = update('c0', 'c0@new.example.com', 'c0@old.example.com');
		expect(outcomesOf(await apply([...moves(3), back]))).toEqual(Array(4).fill('applied'));
		expect(await stored('c0')).toMatchObject({
			revision: 3,
			primaryInfo: { email: 'c0@old.example.com' },
		});
	});

	test('two creates of one address, in two spellings: one contact', async () => {
		await put([]);
		const { run, bodies } = await bulkBodiesOf(
			['a@example.com', 'b@example.com', 'A@Example.com', 'c@example.com'].map((email) =>
				createOf(email),
			),
		);
		expect(entryAt(bodies, 0).contacts).toHaveLength(3);
		expect(outcomesOf(run)).toEqual(['applied', 'applied', 'exists', 'applied']);
		expect(resultIn(run, 2).others).toEqual([resultIn(run, 0).recordId]);
		expect((await world().wix.state()).contacts).toHaveLength(3);
	});
});

test('one bad row of 1,000 leaves 999 done', async () => {
	await put(contacts(1000));
	const rows: IDataObject[] = moves(1000);
	rows[567] = { id: 'no row' };
	const run = await apply(rows, {}, { onError: 'continueRegularOutput' });
	expect(run.items).toMatchObject([
		{ json: { error: expect.stringContaining('no link row') }, pairedItem: { item: 567 } },
	]);
	const done = run.outputs.Node?.[1]?.filter(({ json }) => json.outcome === 'applied');
	expect(done).toHaveLength(999);
	expect((await calls()).bulkWrites).toBeLessThanOrEqual(10);
});

test('a bad row ends the run when all others are done', async () => {
	await put(contacts(8));
	const rows: IDataObject[] = moves(8);
	rows[4] = { id: 'no row' };
	const run = await apply(rows, {}, {});
	expect(run.error?.context?.itemIndex).toBe(4);
	const { contacts: after } = await world().wix.state();
	expect(after.filter((record) => addressOf(record)?.includes('@new.'))).toHaveLength(7);
});
