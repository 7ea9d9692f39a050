import type { JsonObject } from '../../nodes/shared/contract/index';
import { contact, updateWith } from './applyChangesWorld.mts';
import { all, bulkWorld, contacts, count, ids, isBulk } from './bulkOfEight.mts';
import type { Fate, Passing } from './proxy.mts';
import { outcomesOf, resultIn } from './rows.mts';

const { world, apply, put, through, moves, createOf, other, expectMovedOnce } = bulkWorld();

const isQuery = ({ url }: Passing) => url.endsWith('/contacts/query');
const isCreate = ({ method, url }: Passing) => method === 'POST' && url.endsWith('/v4/contacts');
const answer = (body: JsonObject): Fate => ({ status: 200, body: JSON.stringify(body) });

describe('in bulk', () => {
	test('changes of which none can be sent ask for no record', async () => {
		await put(contacts());
		const bad = ids.map((id) => updateWith('wix', id, {}, { 'info.nothing': 'x' }));
		const run = await apply(bad);
		expect(outcomesOf(run)).toEqual(all('refused'));
		expect((await world().wix.requests()).total).toBe(0);
	});

	test('an answer without results: each is looked at, and written once', async () => {
		await put(contacts());
		let isFirst = true;
		const run = await through(
			(call) => {
				if (!isBulk(call) || !isFirst) return undefined;
				isFirst = false;
				return answer({ bulkActionMetadata: {} });
			},
			async () => await apply(moves()),
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});

	test('a full page of holders may hide some: single calls look for them', async () => {
		await put(contacts());
		const page = Array.from({ length: 1000 }, (_, index) => ({ id: `x${index}`, info: {} }));
		const run = await through(
			(call) =>
				isQuery(call) && call.body.includes('"limit":1000')
					? answer({ contacts: page })
					: undefined,
			async (proxy) => {
				const done = await apply(moves());
				expect(proxy.calls.filter(isBulk)).toEqual([]);
				return done;
			},
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		await expectMovedOnce();
	});

	test('dates of birth and languages of new contacts are kept', async () => {
		await put([]);
		const defaults = { 'info.birthdate': '1990-01-02', 'info.locale': 'sv-se' };
		const run = await through(
			() => undefined,
			async (proxy) => {
				const done = await apply(ids.map((id) => createOf(`${id}@example.com`, { defaults })));
				expect(proxy.calls.filter(isBulk)).toHaveLength(1);
				return done;
			},
		);
		expect(outcomesOf(run)).toEqual(all('applied'));
		const { contacts: after } = await world().wix.state();
		expect(after.map(({ info }) => info)).toMatchObject(
			all('').map(() => ({ birthdate: '1990-01-02', locale: 'sv-se' })),
		);
		expect(after).toHaveLength(count);
	});
});

describe('a create', () => {
	const create = async (decide: (call: Passing) => Fate | Promise<Fate>) =>
		resultIn(await through(decide, async () => await apply([createOf('n@example.com')])));

	test('that Wix answers without an id: the contact is found by its address', async () => {
		await put([]);
		const result = await create(async (call) => {
			if (!isCreate(call)) return undefined;
			await put([contact('c7', 'n@example.com')]);
			return answer({ contact: { info: {} } });
		});
		expect(result).toMatchObject({ outcome: 'applied', recordId: 'c7', link: { wixId: 'c7' } });
	});

	test.each([
		['is refused', { status: 400, body: '{"message":"no","details":{}}' }],
		['answers no list', answer({})],
	] as Array<[string, Fate]>)('whose look for the address %s is not sent', async (_, fate) => {
		await put([]);
		let creates = 0;
		const result = await create((call) => {
			if (isCreate(call)) creates++;
			return isQuery(call) ? fate : undefined;
		});
		expect(result.outcome).not.toBe('applied');
		expect([creates, (await world().wix.state()).contacts]).toEqual([0, []]);
	});
});

test.each([
	["info.extendedFields.items['members.membershipStatus']", 'Wix itself keeps this extended field'],
	['info.extendedFields.items', 'no such field to write'],
	["info.extendedFields['custom.crm-id']", 'no such field to write'],
])('%s cannot be written: said, and nothing is sent', async (path, words) => {
	await put([contact('c1', 'a@example.com')]);
	const result = resultIn(
		await apply([updateWith('wix', 'c1', { [path]: null }, { [path]: 'x' })]),
	);
	expect(result.outcome).toBe('refused');
	expect(result.message).toContain(words);
	expect((await world().wix.requests()).writes).toBe(0);
});

test('contacts cannot be deactivated: said, and the contact stays', async () => {
	await put([contact('c1', 'a@example.com')]);
	const run = await apply([other('deactivate', 'c1', { 'primaryInfo.email': 'a@example.com' })]);
	expect(resultIn(run)).toMatchObject({
		outcome: 'refused',
		code: 'notSupported',
		message: expect.stringContaining('cannot be deactivated, only deleted'),
	});
	expect((await world().wix.state()).contacts).toHaveLength(1);
});
