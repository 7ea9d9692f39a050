import type { IDataObject } from 'n8n-workflow';

import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { byId, contactOf, rows, runOn } from './wixRun.mts';
import { throughProxy } from './world.mts';
import { contactWorld } from './wixContactWorld.mts';
import { plain, people, type Info } from './plainContacts.mts';

const { world, waits, run, put } = contactWorld();

const label = runOn(world, 'label');
const stored = async () =>
	((await world().wix.state()).contacts as unknown as Array<{ info: Info }>).map(plain);

const nothing = { phones: [], cities: [], labels: [], own: {}, work: ['', ''] };

/** Runs one operation that has to succeed. */
async function done(
	operation: string,
	parameters: Parameters<typeof run>[1],
	input?: IDataObject[],
) {
	const { json, error } = await run(operation, parameters, input);
	expect(error).toBeUndefined();
	return json;
}

/** One of each that an open question could touch, and what has to be in Wix afterwards. */
async function tour() {
	const listed = await done('getAll', { returnAll: true });
	expect(listed.map(({ id }) => id)).toEqual(['c1', 'c2', 'c3']);
	const found = await done('getAll', { returnAll: true, filters: { email: 'ADA@example.com' } });
	expect(found.map(({ id }) => id)).toEqual(['c1']);

	await done('create', { additionalFields: { firstName: 'Cleo', phone: '070 4' } });
	const input = ['new@example.com', 'NEW@example.com', 'bea@example.com'].map((to) => ({ to }));
	const upserted = await done(
		'upsert',
		{ email: '={{ $json.to }}', additionalFields: { lastName: 'Last', jobTitle: 'Pilot' } },
		input,
	);
	expect(upserted.map(({ action }) => action)).toEqual(['created', 'updated', 'updated']);
	await done('update', {
		contactId: byId('c1'),
		updateFields: {
			email: 'ada.new@example.com',
			lastName: 'Newname',
			clearFields: ['info.name.first', 'info.company', 'info.phones'],
			extendedFields: rows(
				{ key: 'custom.crm-id', value: '' },
				{ key: 'custom.seats', value: '5' },
			),
		},
	});
	await done('update', {
		contactId: byId('c2'),
		updateFields: {
			email: 'only@example.com',
			additionalEmails: rows({ email: 'second@example.com', tag: 'HOME' }),
			additionalPhones: rows({ phone: '070 5', tag: 'HOME' }),
			addresses: rows({ city: 'Portland', country: 'US', tag: 'HOME' }),
		},
	});
	await done('addLabels', { contactId: byId('c1'), labelKeys: ['custom.vip'] });
	await done('removeLabels', { contactId: byId('c1'), labelKeys: ['custom.newsletter'] });
}

const afterTour = [
	{
		...nothing,
		name: ['', 'Newname'],
		emails: ['ada.new@example.com'],
		labels: ['custom.vip'],
		own: { 'custom.seats': 5, 'custom.renewal-date': '2026-05-30' },
		work: ['', 'Engineer'],
	},
	{
		...nothing,
		name: ['Name', 'Only'],
		emails: ['only@example.com', 'second@example.com'],
		phones: ['070 5'],
		cities: ['Portland'],
	},
	{
		...nothing,
		name: ['First-c3', 'Last'],
		emails: ['Bea@Example.com'],
		phones: ['070 3'],
		work: ['', 'Pilot'],
	},
	{ ...nothing, name: ['Cleo', ''], emails: [], phones: ['070 4'] },
	{ ...nothing, name: ['', 'Last'], emails: ['new@example.com'], work: ['', 'Pilot'] },
];

test.each<JsonObject>([
	{},
	{ defaultSort: 'createdDesc' },
	{ queryLagReads: 9 },
	{ queryLagReads: 9, consistencyToken: true },
	{ consistencyToken: true },
	{ emptyLists: 'items' },
	{ emptyLists: 'absent' },
	{ clearBy: 'emptyText' },
	{ clearBy: 'null' },
	{ emptyListClears: false },
	{ clearBy: 'null', emptyListClears: false },
	{ clearBy: 'null', replaceParts: true, replaceExtendedFields: true },
	{ unlabelBy: 'body' },
	{ unlabelBy: 'query' },
	{ createsDuplicateToo: true },
	{ forceSameEmail: false },
	{ memberExtraEmails: false },
	{ replaceParts: true },
	{ replaceExtendedFields: true },
	{ v5ForeignLists: 'refused' },
	{ v5DescSort: false },
	{ suffixedKeys: true },
	{ quotaReached: true },
	{ eqCaseSensitive: true },
	{ omitTotal: true },
	{ tooManyToCount: true },
	{ duplicateStatus: 400 },
	{ v5ConflictCode: '' },
])('every operation does the same where Wix has it so: %j', async (switches) => {
	await put(people());
	await world().wix.behave(switches);
	await tour();
	expect(await stored()).toEqual(afterTour);
});

test.each<JsonObject>([
	{ defaultSort: 'createdDesc' },
	{ omitTotal: true },
	{ tooManyToCount: true },
])('more than a page of contacts comes whole and in order: %j', async (switches) => {
	const ids = Array.from({ length: 1200 }, (_, nth) => `c${nth}`);
	await put(ids.map((id) => contactOf(id, `${id}@example.com`)));
	await world().wix.behave(switches);
	const json = await done('getAll', { returnAll: true, output: 'syncFields' });
	expect(json.map(({ id }) => id)).toEqual(ids);
});

describe('429', () => {
	test.each(
		(['json', 'html', 'empty'] as const).flatMap((throttleBody) =>
			[true, false].map((throttleRetryAfter) => ({ throttleBody, throttleRetryAfter })),
		),
	)('every operation waits and goes on: %j', async (switches) => {
		await put(people());
		await world().wix.behave(switches);
		await world().wix.faults({ rate: 0.3, kinds: ['429'], seed: 5 });
		await tour();
		await world().wix.faults({ rate: 0 });
		expect(await stored()).toEqual(afterTour);
		const { throttleRetryAfter } = switches;
		expect(waits().includes(1_000)).toBe(throttleRetryAfter);
		expect(waits().includes(2_000)).toBe(!throttleRetryAfter);
	});

	test.each(['json', 'html', 'empty'])(
		'that stays is told, with a body of %s',
		async (throttleBody) => {
			await put(people());
			await world().wix.behave({ throttleBody, throttleRetryAfter: false });
			await world().wix.faults({ rate: 1, kinds: ['429'], seed: 5 });
			const { error } = await run('create', { additionalFields: { firstName: 'Ada' } });
			await world().wix.faults({ rate: 0 });
			expect(error?.message).toContain('New contact: Wix receives too many requests (HTTP 429');
			expect(error?.description).toContain('Run again later');
			expect(waits().filter((wait) => wait >= 2_000)).toEqual([2_000, 8_000, 30_000, 60_000]);
			expect(await stored()).toHaveLength(3);
		},
	);
});

describe('what Wix clears in no way is told; everything else is written', () => {
	test('a list, where neither an empty one nor null does it', async () => {
		await put(people());
		await world().wix.behave({ clearBy: 'emptyText', emptyListClears: false });
		const { error } = await run('update', {
			contactId: byId('c1'),
			updateFields: { lastName: 'Newname', clearFields: ['info.phones', 'info.company'] },
		});
		expect(error?.message).toBe('Contact c1: Wix took the update, but did not clear info.phones');
		expect(error?.description).toContain('Clear it in the Wix dashboard');
		const [ada] = await stored();
		expect(ada).toMatchObject({
			name: ['First-c1', 'Newname'],
			phones: ['070 1', '070 2'],
			work: ['', 'Engineer'],
		});
	});

	test('a person’s edit between the two ways stays', async () => {
		await put(people());
		await world().wix.behave({ clearBy: 'null' });
		let writes = 0;
		const { error } = await throughProxy(
			world(),
			'wix',
			async ({ method }) => {
				if (method !== 'PATCH' || ++writes !== 2) return;
				await world().wix.edit('c1', 'info.company', 'Person Ltd');
			},
			async () =>
				await run('update', {
					contactId: byId('c1'),
					updateFields: { clearFields: ['info.company'] },
				}),
		);
		expect(error?.message).toBe('Contact c1 was edited at the same time');
		expect(entryAt(await stored(), 0).work).toEqual(['Person Ltd', 'Engineer']);
	});

	test.each([
		[{ clearFields: ['info.company'], company: 'New Ltd' }, 'to be cleared and to get a value'],
		[{ clearFields: ['info.phones'], phone: '1' }, 'to be cleared and to get a value'],
		[{ clearFields: ['id'] }, "'Clear Fields' holds 'id', which cannot be cleared"],
	])('%j is refused before anything is sent', async (updateFields, words) => {
		await put(people());
		const { error } = await run('update', { contactId: byId('c1'), updateFields });
		expect(error?.message).toContain(words);
		expect((await world().wix.requests()).total).toBe(0);
	});
});

test('a site’s quota of labels: new ones are refused in plain words, those that are there are found', async () => {
	await world().wix.behave({ quotaReached: true });
	const { error } = await label('create', { displayName: 'Spring Fair' });
	expect(error?.message).toContain('The site has as many labels as Wix allows');
	expect(error?.description).toContain('Delete labels that nobody needs');
	const { json } = await label('create', { displayName: 'VIP' });
	expect(json).toMatchObject([{ key: 'custom.vip', newLabel: false }]);
});

test.each([false, true])(
	'keys of labels and extended fields are Wix’s own (with a suffix: %s)',
	async (suffixedKeys) => {
		await put(people());
		await world().wix.behave({ suffixedKeys });
		const made = await label('create', { displayName: 'Spring Fair' });
		const again = await label('create', { displayName: 'Spring Fair' });
		const labelKey = String(entryAt(made.json, 0).key);
		expect(labelKey === 'custom.spring-fair').toBe(!suffixedKeys);
		expect(again.json).toMatchObject([{ key: labelKey, newLabel: false }]);
		const answer = await fetch(`${world().sandbox.wixUrl}/contacts/v4/extended-fields`, {
			method: 'POST',
			headers: {
				'content-type': 'application/json',
				authorization: 'key-of-test',
				'wix-site-id': 'site',
			},
			body: JSON.stringify({ displayName: 'Shoe Size', dataType: 'NUMBER' }),
		});
		const { field } = (await answer.json()) as { field: { key: string } };
		await done('addLabels', { contactId: byId('c2'), labelKeys: [labelKey] });
		const extendedFields = rows({ key: field.key, value: '42' });
		await done('update', { contactId: byId('c2'), updateFields: { extendedFields } });
		expect((await stored())[1]).toMatchObject({ labels: [labelKey], own: { [field.key]: 42 } });
		await done('removeLabels', { contactId: byId('c2'), labelKeys: [labelKey] });
		expect(entryAt(await stored(), 1).labels).toEqual([]);
	},
);
