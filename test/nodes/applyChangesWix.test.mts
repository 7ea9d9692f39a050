import type { JsonObject } from '../../nodes/shared/contract/index';
import { addressOf, applyWorld, contact, emailItemsOf, rowWith } from './applyChangesWorld.mts';
import { outcomesOf, resultIn } from './rows.mts';

const { world, apply, applyUpdate, put, stored, writes, through, update } = applyWorld('wix');

describe('update', () => {
	test('applied: the primary item is replaced in place, others stay, the row stays as announced', async () => {
		const second = { id: 'i2', tag: 'HOME', email: 'second@example.org', primary: false };
		const first = { id: 'i1', tag: 'WORK', email: 'old@example.com', primary: true };
		await put([contact('c1', undefined, { emails: { items: [second, first] } })]);
		const change = update('c1', 'old@example.com', 'new@example.com');
		const run = await apply([change]);
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([]);
		expect(resultIn(run).history).toEqual([
			{
				at: '2026-11-23T10:00:00.000Z',
				flow: 'contacts',
				side: 'wix',
				operation: 'update',
				reason: 'userEdited',
				linkId: change.linkId,
				wixId: 'c1',
				userId: 'user-1',
				property: 'primaryInfo.email',
				oldValue: 'old@example.com',
				newValue: 'new@example.com',
				outcome: 'applied',
				message: '',
			},
		]);
		expect(emailItemsOf(await stored('c1'))).toEqual([
			second,
			{ ...first, email: 'new@example.com' },
		]);
	});

	test('applied: an address among the others becomes primary', async () => {
		const items = [
			{ id: 'i1', tag: 'WORK', email: 'old@example.com', primary: true },
			{ id: 'i2', tag: 'HOME', email: 'second@example.org', primary: false },
		];
		await put([contact('c1', undefined, { emails: { items } })]);
		const run = await apply([update('c1', 'old@example.com', 'Second@example.org')]);
		expect(resultIn(run).outcome).toBe('applied');
		expect(emailItemsOf(await stored('c1'))).toEqual([
			{ ...items[0], primary: false },
			{ ...items[1], primary: true },
		]);
	});

	test('applied: a contact without any address gets one', async () => {
		await put([contact('c1', undefined)]);
		const run = await apply([update('c1', null, 'new@example.com')]);
		expect(resultIn(run).outcome).toBe('applied');
		expect(emailItemsOf(await stored('c1'))).toMatchObject([
			{ tag: 'MAIN', email: 'new@example.com', primary: true },
		]);
	});

	test('already: the value is there, by the comparison of addresses; nothing is written', async () => {
		await put([contact('c1', ' NEW@Example.com ')]);
		const run = await apply([update('c1', 'old@example.com', 'new@example.com')]);
		expect(resultIn(run)).toMatchObject({ outcome: 'already', recordId: 'c1' });
		expect(resultIn(run).link).toBeUndefined();
		expect(await writes()).toBe(0);
	});

	test('stale: the contact holds neither what was expected nor what is wanted; nothing is written', async () => {
		await put([contact('c1', 'person@example.com')]);
		const run = await apply([update('c1', 'old@example.com', 'new@example.com')]);
		expect(resultIn(run)).toMatchObject({ outcome: 'stale' });
		expect(resultIn(run).link).toBeUndefined();
		expect(await writes()).toBe(0);
	});

	test('what the row says was sent there before counts as expected', async () => {
		await put([contact('c1', 'earlier@example.com')]);
		const change = update('c1', 'old@example.com', 'new@example.com', {
			link: rowWith('wix', 'c1', [
				['old@example.com', 'earlier@example.com', 'sent'],
				['old@example.com', 'new@example.com', 'announced'],
			]),
		});
		expect(resultIn(await apply([change])).outcome).toBe('applied');
		expect(addressOf(await stored('c1'))).toBe('new@example.com');
	});

	test('refused: a member’s contact; its row and the history say so', async () => {
		await put(
			[contact('c1', 'm@example.com')],
			[{ id: 'm1', loginEmail: 'm@example.com', contactId: 'c1' }],
		);
		const run = await apply([update('c1', 'm@example.com', 'new@example.com')]);
		const result = resultIn(run);
		expect(result.outcome).toBe('refused');
		expect(result.pending).toMatchObject([
			{ outcome: 'refused', code: 'CANNOT_UPDATE_MEMBER_EMAIL', to: 'new@example.com' },
		]);
		expect(result.message).not.toContain('@');
	});

	test('refusedForNow: another contact holds the address; both are named', async () => {
		await put([contact('c1', 'old@example.com'), contact('c7', 'taken@example.com')]);
		const result = await applyUpdate('c1', 'old@example.com', 'taken@example.com');
		expect(result).toMatchObject({
			outcome: 'refusedForNow',
			others: ['c7'],
		});
		expect(result.pending).toMatchObject([
			{ outcome: 'refusedForNow', code: 'DUPLICATE_CONTACT_EXISTS' },
		]);
	});

	test('a swap: the first write may pass as a duplicate, and both converge', async () => {
		await put([contact('c1', 'a@example.com'), contact('c2', 'b@example.com')]);
		const run = await apply([
			update('c1', 'a@example.com', 'b@example.com', { allowDuplicates: true }),
			update('c2', 'b@example.com', 'a@example.com'),
		]);
		expect(outcomesOf(run)).toEqual(['applied', 'applied']);
		expect(addressOf(await stored('c1'))).toBe('b@example.com');
		expect(addressOf(await stored('c2'))).toBe('a@example.com');
	});

	test('a value that is no address is refused as badValue without a call', async () => {
		await put([contact('c1', 'old@example.com')]);
		const result = await applyUpdate('c1', 'old@example.com', 'nobody');
		expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
		expect(result.message).toContain(
			'contact c1: the value for primaryInfo.email is no email address',
		);
		expect((await world().wix.requests()).total).toBe(0);
	});

	test('a value that Wix finds invalid is refused as badValue', async () => {
		await put([contact('c1', 'old@example.com')]);
		const body = JSON.stringify({
			message: 'invalid',
			details: {
				validationError: {
					fieldViolations: [
						{
							field: 'info.emails.items[0].email',
							violatedRule: 'FORMAT',
							description: 'new@example.com is bad',
						},
					],
				},
			},
		});
		const run = await through(
			({ method }) => (method === 'PATCH' ? { status: 400, body } : undefined),
			async () => await apply([update('c1', 'old@example.com', 'new@example.com')]),
		);
		const result = resultIn(run);
		expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
		expect(result.message).toContain('code FORMAT, field info.emails.items[0].email');
		expect(result.message).not.toContain('@');
	});

	test('gone: Wix does not know the id', async () => {
		await put([]);
		const result = await applyUpdate('c1', 'old@example.com', 'new@example.com');
		expect(result).toMatchObject({
			outcome: 'gone',
			found: 'gone',
			foundAt: '2026-11-23T10:00:00.000Z',
		});
	});

	test('moved: the contact was merged into another; nothing is written', async () => {
		await put([contact('c1', 'old@example.com'), contact('c9', 'nine@example.com')]);
		await world().wix.merge('c9', ['c1']);
		const before = await writes();
		const result = await applyUpdate('c1', 'old@example.com', 'new@example.com');
		expect(result).toMatchObject({
			outcome: 'moved',
			recordId: 'c1',
			found: 'moved',
			code: 'c9',
		});
		expect(await writes()).toBe(before);
	});

	test('a conflict is read again, and written again while the value is the expected one', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await through(
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth < 2)
					await world().wix.edit('c1', 'info.company', `Company ${nth}`);
			},
			async () => await apply([update('c1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(await stored('c1')).toMatchObject({
			primaryInfo: { email: 'new@example.com' },
			info: { company: 'Company 1' },
		});
	});

	test('a conflict in which the value itself was edited ends as stale', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await through(
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth === 0)
					await world().wix.edit('c1', 'primaryInfo.email', 'person@example.com');
			},
			async () => await apply([update('c1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('stale');
		expect(addressOf(await stored('c1'))).toBe('person@example.com');
	});

	test('failed: a contact that keeps changing is given up with a message, the next item goes on', async () => {
		await put([contact('c1', 'old@example.com'), contact('c2', 'old2@example.com')]);
		const run = await through(
			async ({ method, url }) => {
				if (method === 'PATCH' && url.endsWith('/c1'))
					await world().wix.edit('c1', 'info.company', String(Math.random()));
			},
			async () =>
				await apply([
					update('c1', 'old@example.com', 'new@example.com'),
					update('c2', 'old2@example.com', 'new2@example.com'),
				]),
		);
		expect(outcomesOf(run)).toEqual(['failed', 'applied']);
		const { message, error } = resultIn(run);
		expect(message).toMatch(/contact c1, primaryInfo.email: .*CONTACT_ALREADY_CHANGED/);
		expect(error).toBe(message);
	});

	test('a lost answer is followed by a look: applied, and written once', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await through(
			({ method, nth }) => (method === 'PATCH' && nth === 0 ? 'dropAfter' : undefined),
			async () => await apply([update('c1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(await stored('c1')).toMatchObject({
			revision: 2,
			primaryInfo: { email: 'new@example.com' },
		});
	});

	test('other paths are written by the same mechanism, each beside what is there', async () => {
		const phones = {
			items: [{ id: 'p1', tag: 'MOBILE', phone: '070 123', countryCode: 'SE', primary: true }],
		};
		await put([contact('c1', 'a@example.com', { phones, company: 'Old' })]);
		const set = {
			'info.name.last': 'Example',
			'info.company': 'New',
			'primaryInfo.phone': '+46 70 999',
		};
		const expected = {
			'info.name.last': null,
			'info.company': 'Old',
			'primaryInfo.phone': '070123',
		};
		const change = update('c1', null, '', { expected, set });
		expect(resultIn(await apply([change])).outcome).toBe('applied');
		expect(await stored('c1')).toMatchObject({
			primaryInfo: { email: 'a@example.com', phone: '+46 70 999' },
			info: {
				name: { first: 'First-c1', last: 'Example' },
				company: 'New',
				phones: { items: [{ id: 'p1', tag: 'MOBILE' }] },
			},
		});
	});

	test.each(['__proto__.x', 'constructor.prototype.x', 'info.nothing'])(
		'a path such as %s is refused',
		async (path) => {
			await put([contact('c1', 'a@example.com')]);
			const set = JSON.parse(`{${JSON.stringify(path)}: "x"}`) as JsonObject;
			const result = await applyUpdate('c1', null, '', { set, expected: {} });
			expect(result).toMatchObject({ outcome: 'refused', code: 'badValue' });
			expect(result.message).toContain(path);
		},
	);
});
