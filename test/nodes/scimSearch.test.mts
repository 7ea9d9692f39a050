import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import { crowd, ids, person, scimWorld } from './scimWorld.mts';

const { run, put, behave, calls, control, through } = scimWorld();

/** Looks for each address in one run; without anything to change, whoever is found stays as it is. */
const upserts = async (emails: string[]) =>
	await run(
		'upsert',
		{ email: '={{ $json.email }}', additionalFields: {} },
		emails.map((email) => ({ email })),
	);

const actions = (json: IDataObject[]) => json.map(({ id, action }) => [id, action]);

/** Every way in which a server may not answer a filter as the RFC has it. */
const servers: Array<[string, IDataObject]> = [
	['refuses filters', { scimFilter: 'refused' }],
	['answers 501 to filters', { scimFilter: '501' }],
	['ignores filters', { scimFilter: 'ignored' }],
	['has no filter for addresses', { scimFilterByEmail: false }],
	['heeds the case in filters', { scimFilterCaseExact: true }],
];

describe.each(servers)('a server that %s', (_, switches) => {
	beforeEach(async () => {
		await put([...crowd(450), person('last', 'Last@Example.com')]);
		await behave(switches as never);
	});

	test('is read once, and everybody is found', async () => {
		const { json, error } = await upserts([
			'last@example.com',
			'P449@example.com',
			'p3@EXAMPLE.com',
		]);
		expect(error).toBeUndefined();
		expect(actions(json)).toEqual([
			['last', 'unchanged'],
			['u00449', 'unchanged'],
			['u00003', 'unchanged'],
		]);
		// Three pages without a filter; and the filter, and somebody who is there in vain.
		expect((await calls())['GET /Users']).toBeLessThanOrEqual(6);
	});

	test('knows those whom this run has made', async () => {
		const { json } = await upserts(['new@example.com', 'NEW@example.com', 'last@example.com']);
		expect(json.map(({ action }) => action)).toEqual(['created', 'unchanged', 'unchanged']);
		expect(entryAt(json, 1).id).toBe(entryAt(json, 0).id);
		expect((await control().state()).users).toHaveLength(452);
	});
});

test('with filters, one call for each address and nothing read besides', async () => {
	await put(crowd(300));
	const { json } = await upserts(['p1@example.com', 'p299@example.com']);
	expect(ids(json)).toEqual(['u00001', 'u00299']);
	expect((await calls())['GET /Users']).toBe(2);
});

test('a server that answers nobody to a filter for addresses is not believed', async () => {
	await put([person('u1', 'a@example.com'), person('u2', 'b@example.com')]);
	const empty = { totalResults: 0, Resources: [] };
	const { json } = await through(
		({ url }) =>
			url.includes('filter=') ? { status: 200, body: JSON.stringify(empty) } : undefined,
		async () => await upserts(['b@example.com']),
	);
	expect(actions(json)).toEqual([['u2', 'unchanged']]);
});

test('a new user whose answer was lost is looked for anew, and found', async () => {
	await put(crowd(3));
	await behave({ scimFilter: 'refused' });
	const { json } = await through(
		({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
		async () => await upserts(['new@example.com']),
	);
	expect(json).toMatchObject([{ action: 'unchanged', profile: { email: 'new@example.com' } }]);
	expect((await control().state()).users).toHaveLength(4);
});

test.each([
	'o’hara@example.com',
	'a"b@example.com',
	'a\\b@example.com',
	'a+b@example.com',
	'ü@bücher.example',
])('%s is looked up and found again', async (address) => {
	await put([person('u1', 'x@example.com')]);
	const { json, error } = await upserts([address, address]);
	expect(error).toBeUndefined();
	expect(json.map(({ action }) => action)).toEqual(['created', 'unchanged']);
});
