import type { IDataObject } from 'n8n-workflow';

import type { Change, JsonObject } from '../../nodes/shared/contracts';
import {
	fastClock,
	linkOf,
	pendingIn,
	resultIn,
	startNodesWorld,
	throughProxy,
	updateOf,
	type NodesWorld,
} from './world.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

const apply = async (changes: IDataObject[], more?: IDataObject) =>
	await world.wixCrm({ resource: 'contact', operation: 'applyChange' }, changes, more);

const contact = (id: string, email: string | undefined, info: JsonObject = {}): JsonObject => ({
	id,
	info: {
		name: { first: `First-${id}` },
		emails: email ? { items: [{ id: `${id}-mail`, tag: 'WORK', email, primary: true }] } : {},
		...info,
	},
});

const put = async (contacts: JsonObject[], members: JsonObject[] = []) =>
	await world.wix.put({ contacts, members });

type Stored = IDataObject & {
	primaryInfo: IDataObject;
	info: { emails: { items: IDataObject[] } };
};
const stored = async (id: string) =>
	(await world.wix.state()).contacts.find((one) => one.id === id) as unknown as Stored;
const writes = async () => (await world.wix.requests()).writes;

const createOf = (email: string, more: Partial<Change> = {}): IDataObject => ({
	changeId: 'create-1',
	flow: 'contacts',
	side: 'wix',
	operation: 'create',
	expected: {},
	set: { 'primaryInfo.email': email },
	defaults: { 'info.name.first': 'Ada' },
	reason: 'missing',
	link: linkOf({ userId: 'u1' }, [
		{
			operation: 'create',
			property: 'primaryInfo.email',
			side: 'wix',
			from: null,
			to: email,
			at: '2026-11-23T09:00:00.000Z',
			outcome: 'announced',
		},
	]),
	...more,
});

const other = (
	operation: Change['operation'],
	recordId: string,
	expected: JsonObject = {},
): IDataObject => ({
	changeId: `${operation}-1`,
	flow: 'contacts',
	side: 'wix',
	operation,
	recordId,
	expected,
	set: {},
	reason: 'vanished',
	link: linkOf({ wixId: recordId, userId: 'u1' }),
});

describe('update', () => {
	test('applied: the primary item is replaced in place, others stay, the row stays as announced', async () => {
		const second = { id: 'i2', tag: 'HOME', email: 'second@example.org', primary: false };
		const first = { id: 'i1', tag: 'WORK', email: 'old@example.com', primary: true };
		await put([contact('c1', undefined, { emails: { items: [second, first] } })]);
		const change = updateOf('wix', 'c1', 'old@example.com', 'new@example.com');
		const run = await apply([change]);
		expect(run.error).toBeUndefined();
		expect(run.json).toEqual([
			{
				changeId: change.changeId,
				flow: 'contacts',
				side: 'wix',
				operation: 'update',
				outcome: 'applied',
				recordId: 'c1',
			},
		]);
		expect(run.items[0].pairedItem).toEqual({ item: 0 });
		expect((await stored('c1')).info.emails.items).toEqual([
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
		const run = await apply([updateOf('wix', 'c1', 'old@example.com', 'Second@example.org')]);
		expect(resultIn(run).outcome).toBe('applied');
		expect((await stored('c1')).info.emails.items).toEqual([
			{ ...items[0], primary: false },
			{ ...items[1], primary: true },
		]);
	});

	test('applied: a contact without any address gets one', async () => {
		await put([contact('c1', undefined)]);
		const run = await apply([updateOf('wix', 'c1', null, 'new@example.com')]);
		expect(resultIn(run).outcome).toBe('applied');
		expect((await stored('c1')).info.emails.items).toMatchObject([
			{ tag: 'MAIN', email: 'new@example.com', primary: true },
		]);
	});

	test('already: the value is there, by the comparison of addresses; nothing is written', async () => {
		await put([contact('c1', ' NEW@Example.com ')]);
		const run = await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]);
		expect(resultIn(run)).toMatchObject({ outcome: 'already', recordId: 'c1' });
		expect(resultIn(run).link).toBeUndefined();
		expect(await writes()).toBe(0);
	});

	test('stale: the contact holds neither what was expected nor what is wanted; nothing is written', async () => {
		await put([contact('c1', 'person@example.com')]);
		const run = await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]);
		expect(resultIn(run)).toMatchObject({ outcome: 'stale' });
		expect(resultIn(run).link).toBeUndefined();
		expect(await writes()).toBe(0);
	});

	test('what the row says was sent there before counts as expected', async () => {
		await put([contact('c1', 'earlier@example.com')]);
		const change = updateOf('wix', 'c1', 'old@example.com', 'new@example.com', {
			link: linkOf({ wixId: 'c1', userId: 'u1' }, [
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'wix',
					from: 'old@example.com',
					to: 'earlier@example.com',
					at: '2026-11-22T09:00:00.000Z',
					outcome: 'sent',
				},
				{
					operation: 'update',
					property: 'primaryInfo.email',
					side: 'wix',
					from: 'old@example.com',
					to: 'new@example.com',
					at: '2026-11-23T09:00:00.000Z',
					outcome: 'announced',
				},
			]),
		});
		expect(resultIn(await apply([change])).outcome).toBe('applied');
		expect((await stored('c1')).primaryInfo.email).toBe('new@example.com');
	});

	test('refused: a member’s contact; the announced entry and a review item say so', async () => {
		await put(
			[contact('c1', 'm@example.com')],
			[{ id: 'm1', loginEmail: 'm@example.com', contactId: 'c1' }],
		);
		const run = await apply([updateOf('wix', 'c1', 'm@example.com', 'new@example.com')]);
		const result = resultIn(run);
		expect(result).toMatchObject({
			outcome: 'refused',
			review: { flow: 'contacts', reason: 'refused', wixIds: ['c1'], userIds: ['user-1'] },
		});
		expect(result.review?.reviewId).toMatch(/^[0-9a-f]{16,}$/);
		expect(pendingIn(result)).toMatchObject([
			{ outcome: 'refused', code: 'CANNOT_UPDATE_MEMBER_EMAIL', to: 'new@example.com' },
		]);
		expect(`${result.message} ${result.review?.message}`).not.toContain('@');
	});

	test('refusedForNow: another contact holds the address; both are named', async () => {
		await put([contact('c1', 'old@example.com'), contact('c7', 'taken@example.com')]);
		const result = resultIn(
			await apply([updateOf('wix', 'c1', 'old@example.com', 'taken@example.com')]),
		);
		expect(result).toMatchObject({
			outcome: 'refusedForNow',
			review: { reason: 'addressTaken', wixIds: ['c1', 'c7'], userIds: ['user-1'] },
		});
		expect(pendingIn(result)).toMatchObject([
			{ outcome: 'refusedForNow', code: 'DUPLICATE_CONTACT_EXISTS' },
		]);
	});

	test('a swap: the first write may pass as a duplicate, and both converge', async () => {
		await put([contact('c1', 'a@example.com'), contact('c2', 'b@example.com')]);
		const run = await apply([
			updateOf('wix', 'c1', 'a@example.com', 'b@example.com', { allowDuplicates: true }),
			updateOf('wix', 'c2', 'b@example.com', 'a@example.com'),
		]);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect((await stored('c1')).primaryInfo.email).toBe('b@example.com');
		expect((await stored('c2')).primaryInfo.email).toBe('a@example.com');
	});

	test('a value that is no address is refused as badValue without a call', async () => {
		await put([contact('c1', 'old@example.com')]);
		const result = resultIn(await apply([updateOf('wix', 'c1', 'old@example.com', 'nobody')]));
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'badValue' } });
		expect(result.message).toContain(
			'contact c1: the value for primaryInfo.email is no e-mail address',
		);
		expect((await world.wix.requests()).total).toBe(0);
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
		const run = await throughProxy(
			world,
			'wix',
			({ method }) => (method === 'PATCH' ? { status: 400, body } : undefined),
			async () => await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
		);
		const result = resultIn(run);
		expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'badValue' } });
		expect(result.message).toContain('code FORMAT, field info.emails.items[0].email');
		expect(result.message).not.toContain('@');
	});

	test('gone: Wix does not know the id', async () => {
		await put([]);
		const result = resultIn(
			await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
		);
		expect(result).toMatchObject({
			outcome: 'gone',
			link: { goneSide: 'wix', goneConfirmedAt: '2026-11-23T10:00:00.000Z' },
		});
	});

	test('moved: the contact was merged into another; nothing is written', async () => {
		await put([contact('c1', 'old@example.com'), contact('c9', 'nine@example.com')]);
		await world.wix.merge('c9', ['c1']);
		const before = await writes();
		const result = resultIn(
			await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
		);
		expect(result).toMatchObject({
			outcome: 'moved',
			recordId: 'c1',
			movedTo: 'c9',
			link: { movedTo: 'c9' },
		});
		expect(await writes()).toBe(before);
	});

	test('a conflict is read again, and written again while the value is the expected one', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'wix',
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth < 2)
					await world.wix.edit('c1', 'info.company', `Company ${nth}`);
			},
			async () => await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect(await stored('c1')).toMatchObject({
			primaryInfo: { email: 'new@example.com' },
			info: { company: 'Company 1' },
		});
	});

	test('a conflict in which the value itself was edited ends as stale', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'wix',
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth === 0)
					await world.wix.edit('c1', 'primaryInfo.email', 'person@example.com');
			},
			async () => await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('stale');
		expect((await stored('c1')).primaryInfo.email).toBe('person@example.com');
	});

	test('failed: a contact that keeps changing is given up with a message, the next item goes on', async () => {
		await put([contact('c1', 'old@example.com'), contact('c2', 'old2@example.com')]);
		const run = await throughProxy(
			world,
			'wix',
			async ({ method, url }) => {
				if (method === 'PATCH' && url.endsWith('/c1'))
					await world.wix.edit('c1', 'info.company', String(Math.random()));
			},
			async () =>
				await apply([
					updateOf('wix', 'c1', 'old@example.com', 'new@example.com'),
					updateOf('wix', 'c2', 'old2@example.com', 'new2@example.com'),
				]),
		);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['failed', 'applied']);
		expect(resultIn(run).message).toMatch(
			/contact c1, primaryInfo.email: .*CONTACT_ALREADY_CHANGED/,
		);
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});

	test('a lost answer is followed by a look: applied, and written once', async () => {
		await put([contact('c1', 'old@example.com')]);
		const run = await throughProxy(
			world,
			'wix',
			({ method, nth }) => (method === 'PATCH' && nth === 0 ? 'dropAfter' : undefined),
			async () => await apply([updateOf('wix', 'c1', 'old@example.com', 'new@example.com')]),
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
		const change = updateOf('wix', 'c1', null, '', {
			expected,
			set,
			link: linkOf({ wixId: 'c1' }),
		});
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
			const result = resultIn(
				await apply([updateOf('wix', 'c1', null, '', { set, expected: {} })]),
			);
			expect(result).toMatchObject({ outcome: 'refused', review: { reason: 'badValue' } });
			expect(result.message).toContain(path);
		},
	);
});

describe('create', () => {
	test('applied: the new id is in the result and in the row', async () => {
		await put([]);
		const result = resultIn(await apply([createOf('ada@example.com')]));
		const [made] = (await world.wix.state()).contacts;
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
		const run = await throughProxy(
			world,
			'wix',
			({ url }) => (url.endsWith('/query') ? empty : undefined),
			async () => await apply([createOf('ada@example.com')]),
		);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', recordId: 'c5' });
	});

	test('a lost answer is followed by a look: one contact, told as existing', async () => {
		await put([]);
		const run = await throughProxy(
			world,
			'wix',
			({ url, nth, method }) =>
				method === 'POST' && !url.endsWith('/query') && nth < 2 ? 'dropAfter' : undefined,
			async () => await apply([createOf('ada@example.com')]),
		);
		const { contacts } = await world.wix.state();
		expect(contacts).toHaveLength(1);
		expect(resultIn(run)).toMatchObject({ outcome: 'exists', recordId: contacts[0].id });
	});

	test('a lost request is sent again', async () => {
		await put([]);
		const run = await throughProxy(
			world,
			'wix',
			({ url, nth, method }) =>
				method === 'POST' && !url.endsWith('/query') && nth < 2 ? 'dropBefore' : undefined,
			async () => await apply([createOf('ada@example.com')]),
		);
		expect(resultIn(run).outcome).toBe('applied');
		expect((await world.wix.state()).contacts).toHaveLength(1);
	});
});

describe('delete, deactivate, verify', () => {
	test('delete: applied, and the row is unlinked', async () => {
		await put([contact('c1', 'a@example.com')]);
		const result = resultIn(
			await apply([other('delete', 'c1', { 'primaryInfo.email': 'a@example.com' })]),
		);
		expect(result).toMatchObject({ outcome: 'applied', link: { state: 'unlinked', wixId: 'c1' } });
		expect((await world.wix.state()).contacts).toEqual([]);
	});

	test('delete: stale when the contact was edited, gone when it is not there', async () => {
		await put([contact('c1', 'person@example.com')]);
		const run = await apply([
			other('delete', 'c1', { 'primaryInfo.email': 'a@example.com' }),
			other('delete', 'c2', { 'primaryInfo.email': 'a@example.com' }),
		]);
		expect(run.json.map(({ outcome }) => outcome)).toEqual(['stale', 'gone']);
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
		await world.wix.merge('c9', ['c2']);
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
			updateOf('wix', 'c1', 'old@example.com', 'new@example.com'),
			createOf('ada@example.com'),
			other('delete', 'c2', { 'primaryInfo.email': 'b@example.com' }),
		];
		const first = await apply(changes);
		expect(first.json.map(({ outcome }) => outcome)).toEqual(['applied', 'applied', 'applied']);
		const before = await world.wix.state();
		const again = await apply(changes);
		expect(again.json.map(({ outcome }) => outcome)).toEqual(['already', 'exists', 'gone']);
		expect(await world.wix.state()).toEqual(before);
	});

	const good = () => updateOf('wix', 'c1', 'old@example.com', 'new@example.com');
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
		const run = await apply([item, good()], { onError: 'continueRegularOutput' });
		expect(run.json[0]).toEqual({ error: expect.stringContaining(words) });
		expect(run.json[1]).toMatchObject({ outcome: 'applied' });
		expect(run.items.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
	});
});
