import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../nodes/shared/contract/index';
import { addressOf, applyWorld, contact, emailItemsOf } from './applyChangesWorld.mts';
import { byId, rows, runOn } from './wixRun.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { create, move, people, plan, expected } from './unknownsPlan.mts';

/** What Wix's documentation leaves open, where contacts can be doubled, locked or written in bulk. */
const { world, apply, put, stored, through, waits } = applyWorld('wix');
const run = runOn(() => world(), 'contact');

const state = async () => (await world().wix.state()).contacts;

async function expectPlanDone() {
	const all = await state();
	expect(all.map(addressOf)).toEqual([
		...['c1@new.example.com', 'c2@old.example.com', 'C3@Old.Example.com', 'c4@old.example.com'],
		...['c5@old.example.com', 'c6@example.com'],
		...['n1@example.com', 'n2@example.com', 'n3@example.com'],
	]);
	expect(all.map(({ info }) => info)).toMatchObject([
		{ name: { first: 'Ada', last: 'New' } },
		{ company: 'New Ltd', jobTitle: 'Pilot', phones: { items: [{ phone: '070 2' }] } },
		{ name: { first: 'First-c3' }, extendedFields: { items: { 'custom.crm-id': 'X' } } },
		{ name: { first: 'First-c4' } },
		{ name: { first: 'Bea' } },
		{ name: { first: 'Only' } },
		...Array.from({ length: 3 }, () => ({ name: { first: 'Ada' } })),
	]);
}

const answers: JsonObject[] = [
	{},
	{ bulkValidation: 'request' },
	{ v5ForeignLists: 'refused' },
	{ v5DescSort: false },
	{ v5ConflictCode: '' },
	{ duplicateStatus: 400 },
	{ replaceParts: true },
	{ replaceExtendedFields: true },
	{ eqCaseSensitive: true },
	{ emptyLists: 'items' },
	{ emptyLists: 'absent' },
	{ clearBy: 'emptyText' },
	{ clearBy: 'null' },
	{ emptyListClears: false },
	{ defaultSort: 'createdDesc' },
	{ omitTotal: true },
	{ tooManyToCount: true },
	{ forceSameEmail: false },
	{ memberExtraEmails: false },
	{ suffixedKeys: true, quotaReached: true, unlabelBy: 'query' },
	{ queryLagReads: 50 },
	{ queryLagReads: 50, consistencyToken: true },
];

describe.each(['bulk', 'oneByOne'])('Apply Changes (%s) comes to the same', (write) => {
	test.each(answers)('where Wix has it so: %j', async (switches) => {
		await put(people());
		await world().wix.behave(switches);
		const applied = await apply(plan(), { write });
		expect(outcomesOf(applied)).toEqual(expected);
		expect(resultIn(applied, 4).others).toEqual(['c5']);
		expect(resultIn(applied, 3).code).toBe('badValue');
		await expectPlanDone();
		const { byRoute } = await world().wix.requests();
		const isBulk = write === 'bulk';
		expect(byRoute['POST /contacts/v5/bulk/contacts/create']).toBe(isBulk ? 1 : undefined);
		// A held address in another case that no query finds is tried, and refused by Wix itself.
		const tried = switches.eqCaseSensitive === true ? 1 : 0;
		expect(byRoute['POST /contacts/v4/contacts'] ?? 0).toBe((isBulk ? 0 : 3) + tried);
	});

	test.each(['CONTACT_ALREADY_CHANGED', ''])(
		'in spite of conflicts, whose code in v5 is "%s"',
		async (v5ConflictCode) => {
			await put(people());
			await world().wix.behave({ v5ConflictCode });
			await world().wix.faults({ rate: 0.4, kinds: ['conflict'], seed: 3 });
			expect(outcomesOf(await apply(plan(), { write }))).toEqual(expected);
			await expectPlanDone();
		},
	);

	test.each(
		(['json', 'html', 'empty'] as const).flatMap((throttleBody) =>
			[true, false].map((throttleRetryAfter) => ({ throttleBody, throttleRetryAfter })),
		),
	)('in spite of 429: %j', async (switches) => {
		await put(people());
		await world().wix.behave(switches);
		await world().wix.faults({ rate: 0.3, kinds: ['429'], seed: 9 });
		expect(outcomesOf(await apply(plan(), { write }))).toEqual(expected);
		await expectPlanDone();
		expect(waits().includes(switches.throttleRetryAfter ? 1_000 : 2_000)).toBe(true);
	});
});

describe('an address that another contact holds', () => {
	const given = () => [contact('c1', 'c1@old.example.com'), contact('c2', 'held@example.com')];
	const fields = { email: 'held@example.com', firstName: 'Ada', allowDuplicates: true };

	test.each([true, false])('may be forced, or not (forceSameEmail: %s)', async (forceSameEmail) => {
		await put(given());
		await world().wix.behave({ forceSameEmail });
		const made = await run('create', { additionalFields: fields });
		const updated = await run('update', {
			contactId: byId('c1'),
			updateFields: { email: 'held@example.com', allowDuplicates: true },
		});
		const addresses = (await state()).map(addressOf);
		if (forceSameEmail) {
			expect([made.error, updated.error]).toEqual([undefined, undefined]);
			expect(addresses).toEqual(Array.from({ length: 3 }, () => 'held@example.com'));
			return;
		}
		expect(made.error?.message).toContain('contact c2 holds the address or number already');
		expect(updated.error?.message).toContain('Contact c1: Another contact holds the address');
		expect(updated.error?.message).toContain('contact c2 holds it');
		expect(addresses).toEqual(['c1@old.example.com', 'held@example.com']);
	});

	test.each([
		[true, 'applied'],
		[false, 'refusedForNow'],
	])('in a plan that allows it (forceSameEmail: %s): %s', async (forceSameEmail, outcome) => {
		await put(given());
		await world().wix.behave({ forceSameEmail });
		const change = move('c1', 'held@example.com', { allowDuplicates: true });
		const result = resultIn(await apply([change]));
		expect(result.outcome).toBe(outcome);
		if (forceSameEmail) return;
		expect(result.others).toEqual(['c2']);
		expect(addressOf(await stored('c1'))).toBe('c1@old.example.com');
	});

	describe.each([400, 409])('refused with %i', (duplicateStatus) => {
		test.each([false, true])('Create says who holds it (made too: %s)', async (both) => {
			await put(given());
			await world().wix.behave({ duplicateStatus, createsDuplicateToo: both });
			const { error } = await run('create', {
				additionalFields: { ...fields, allowDuplicates: false },
			});
			const double = (await state()).at(2);
			expect(double !== undefined).toBe(both);
			expect(error?.message).toContain(
				both
					? `contacts c2, ${String(double?.id)} hold the address`
					: 'contact c2 holds the address or number already',
			);
			expect(error?.description).toContain(both ? 'merge what belongs together' : 'Update that');
		});

		/** Somebody else makes the contact between the look and the create. */
		const racing = async <T,>(work: () => Promise<T>): Promise<T> => {
			let hasJoined = false;
			return await through(async ({ method, url }) => {
				if (hasJoined || method !== 'POST' || !url.endsWith('/v4/contacts')) return;
				hasJoined = true;
				await put(given());
			}, work);
		};

		test.each([false, true])('Create or Update in a race (made too: %s)', async (both) => {
			await put([]);
			await world().wix.behave({ duplicateStatus, createsDuplicateToo: both });
			const parameters = { email: 'held@example.com', additionalFields: { lastName: 'New' } };
			const { json, error } = await racing(async () => await run('upsert', parameters));
			const [, held, double] = await state();
			if (both) {
				expect(error?.message).toBe(`2 contacts hold this address: c2, ${String(double?.id)}`);
				expect(error?.description).toContain('Merge them first');
				return;
			}
			expect(json[0]).toMatchObject({ id: 'c2', action: 'updated' });
			expect(held?.info).toMatchObject({ name: { first: 'First-c2', last: 'New' } });
			expect(double).toBeUndefined();
		});

		test.each([false, true])(
			'Apply Changes in a race adopts nobody (made too: %s)',
			async (both) => {
				await put([]);
				await world().wix.behave({ duplicateStatus, createsDuplicateToo: both });
				const result = await racing(async () =>
					resultIn(await apply([create('held@example.com')])),
				);
				const holders = (await state()).slice(1).map(({ id }) => String(id));
				expect(result).toMatchObject({ outcome: 'exists', others: holders, link: { wixId: '' } });
				expect(holders).toHaveLength(both ? 2 : 1);
				for (const id of holders) expect(result.message).toContain(id);
			},
		);
	});
});

describe.each([true, false])('a member’s contact (further addresses free: %s)', (isFree) => {
	beforeEach(async () => {
		await put(
			[contact('c1', 'c1@old.example.com')],
			[{ id: 'm1', contactId: 'c1', loginEmail: 'c1@old.example.com' }],
		);
		await world().wix.behave({ memberExtraEmails: isFree });
	});
	const update = async (updateFields: IDataObject) =>
		await run('update', {
			contactId: byId('c1'),
			updateFields: updateFields as JsonObject as never,
		});

	test('gets a further address, or says that they are locked', async () => {
		const additionalEmails = rows({ email: 'more@example.com', tag: 'HOME' });
		const { error } = await update({ additionalEmails, lastName: 'New' });
		const emails = emailItemsOf(await stored('c1')).map(({ email }) => email);
		expect(emails).toEqual(['c1@old.example.com', ...(isFree ? ['more@example.com'] : [])]);
		if (isFree) expect(error).toBeUndefined();
		else expect(error?.message).toMatch(/^Contact c1: .* is locked .*CANNOT_UPDATE_MEMBER_EMAIL/);
	});

	test('keeps its primary address, and gets a new name', async () => {
		expect((await update({ lastName: 'New' })).error).toBeUndefined();
		expect((await update({ email: 'x@example.com' })).error?.message).toContain('is locked');
		expect(outcomesOf(await apply([move('c1', 'x@example.com')]))).toEqual(['refused']);
		expect(await stored('c1')).toMatchObject({
			primaryInfo: { email: 'c1@old.example.com' },
			info: { name: { last: 'New' } },
		});
	});
});

test.each(['either', 'body', 'query'])(
	'a hundred and more labels with long keys are taken off (keys in: %s)',
	async (unlabelBy) => {
		const keys = Array.from({ length: 120 }, (_, nth) => `custom.${'å'.repeat(80)}-${nth}`);
		await put([contact('c1', 'c1@old.example.com', { labelKeys: { items: keys } })]);
		await world().wix.behave({ unlabelBy });
		const lengths: number[] = [];
		const { error } = await through(
			({ url }) => void lengths.push(url.length),
			async () => await run('removeLabels', { contactId: byId('c1'), labelKeys: keys.slice(1) }),
		);
		expect(error).toBeUndefined();
		expect(Math.max(...lengths)).toBeLessThan(8_000);
		expect((await stored('c1'))?.info).toMatchObject({ labelKeys: { items: keys.slice(0, 1) } });
	},
);

test.each([false, true])('members are listed whole (memberDateFilter: %s)', async (known) => {
	const members = Array.from({ length: 250 }, (_, n) => ({
		id: `m${n}`,
		loginEmail: `p${n}@example.com`,
	}));
	await world().wix.put({ contacts: [], members });
	await world().wix.behave({ memberDateFilter: known });
	const { json } = await runOn(() => world(), 'member')('getAll', { returnAll: true });
	expect(new Set(json.map(({ id }) => id)).size).toBe(250);
});
