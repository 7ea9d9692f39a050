import type { IDataObject } from 'n8n-workflow';
import { createFor, otherFor } from './applyChangesWorld.mts';
import { person, primary, scimWorld } from './scimWorld.mts';
import { outcomesOf, resultIn, toErrorOutput, updateOf } from './rows.mts';

const { run, put, behave, calls, control, stored, through, withCredential, writes } = scimWorld();

const apply = async (rows: IDataObject[], more: IDataObject = toErrorOutput) =>
	await run('applyChanges', {}, rows, more);
const update = (id: string, from: string | null, to: string) => updateOf('users', id, from, to);
const create = (email: string, more?: Parameters<typeof createFor>[2]) =>
	createFor('users', email, more);

describe('create', () => {
	test('applied: login and name from the defaults, id in the row', async () => {
		await put([]);
		const defaults = { login: 'ada', name: 'Ada Ek' };
		const result = resultIn(await apply([create('ada@x.se', { defaults })]));
		expect(result).toMatchObject({ outcome: 'applied', link: { userId: result.recordId } });
		expect(await stored(String(result.recordId))).toMatchObject({
			userName: 'ada',
			displayName: 'Ada Ek',
			name: { formatted: 'Ada Ek' },
			active: true,
			...primary('ada@x.se'),
		});
	});

	test('exists: whoever holds the address anywhere; nobody is adopted', async () => {
		await put([
			person('u5', undefined, {
				emails: [{ value: 'x@x.se', primary: true }, { value: 'Ada@X.se' }],
			}),
		]);
		const result = resultIn(await apply([create('ada@x.se')]));
		expect(result).toMatchObject({ outcome: 'exists', others: ['u5'], link: { userId: '' } });
		expect(await writes()).toBe(0);
	});

	test('refusedForNow: the user name is taken, by somebody seen or by one deleted softly', async () => {
		await put([person('u5', 'x@x.se', { userName: 'ada@x.se' })]);
		expect(resultIn(await apply([create('ada@x.se')]))).toMatchObject({
			outcome: 'refusedForNow',
			others: ['u5'],
		});
		await behave({ scimSoftDelete: true });
		await apply([otherFor('users', 'delete', 'u5')]);
		expect(resultIn(await apply([create('ada@x.se')]))).toMatchObject({
			outcome: 'refusedForNow',
			others: [],
		});
	});

	test('a lost answer leaves one user, told as existing', async () => {
		for (const scimFilter of ['supported', 'refused']) {
			await control().reset();
			await put([person('u1', 'x@x.se')]);
			await behave({ scimFilter });
			const result = await through(
				({ method, nth }) => (method === 'POST' && nth === 0 ? 'dropAfter' : undefined),
				async () => resultIn(await apply([create('ada@x.se')])),
			);
			expect(result.outcome).toBe('exists');
			expect((await control().state()).users).toHaveLength(2);
		}
	});

	test('nobody is made where no address can be seen', async () => {
		await put([person('u1'), person('u2')]);
		const result = resultIn(await apply([create('ada@x.se')]));
		expect(result.outcome).toBe('failed');
		expect(result.message).toContain('shows no address of any user');
		expect(await writes()).toBe(0);
	});

	test('a hundred new users on a server without filters are one look at all', async () => {
		await put([person('u1', 'x@x.se')]);
		await behave({ scimFilter: 'refused' });
		const changes = Array.from({ length: 100 }, (_, index) =>
			create(`new${index}@x.se`, { defaults: {} }),
		);
		const result = await apply(changes);
		expect(new Set(outcomesOf(result))).toEqual(new Set(['applied']));
		const { 'GET /Users': lists, 'POST /Users': made } = await calls();
		expect(made).toBe(100);
		// Refused once; one look at everybody; and one at whether addresses show.
		expect(lists).toBeLessThanOrEqual(5);
	});
});

test('on a server without filters the run knows what it wrote and deleted itself', async () => {
	await put([person('u1', 'old@x.se'), person('u2', 'gone@x.se')]);
	await behave({ scimFilter: 'refused', scimPatchAnswer: 204 });
	const result = await apply([
		create('first@x.se', { defaults: {} }),
		update('u1', 'old@x.se', 'new@x.se'),
		create('new@x.se', { defaults: {} }),
		otherFor('users', 'delete', 'u2'),
		create('gone@x.se', { defaults: {} }),
	]);
	expect(outcomesOf(result)).toEqual(['applied', 'applied', 'exists', 'applied', 'applied']);
	expect(resultIn(result, 2).others).toEqual(['u1']);
});

describe('removal and looks', () => {
	test('deactivated once, deleted once, gone after that', async () => {
		await put([person('u1', 'a@x.se'), person('u2', 'b@x.se')]);
		const deactivate = otherFor('users', 'deactivate', 'u1', { 'profile.email.email': 'a@x.se' });
		expect(outcomesOf(await apply([deactivate, deactivate]))).toEqual(['applied', 'already']);
		expect(await stored('u1')).toMatchObject({ active: false });
		const remove = otherFor('users', 'delete', 'u2', { 'profile.email.email': 'b@x.se' });
		expect(outcomesOf(await apply([remove, remove]))).toEqual(['applied', 'gone']);
		expect(await stored('u2')).toBeUndefined();
	});

	test('whoever was edited since stays', async () => {
		await put([person('u1', 'person@x.se')]);
		const remove = otherFor('users', 'delete', 'u1', { 'profile.email.email': 'a@x.se' });
		expect(outcomesOf(await apply([remove]))).toEqual(['stale']);
		expect(await stored('u1')).toBeDefined();
	});

	test('present or gone', async () => {
		await put([person('u1', 'a@x.se')]);
		const looks = [otherFor('users', 'verify', 'u1'), otherFor('users', 'verify', 'u2')];
		expect(outcomesOf(await apply(looks))).toEqual(['present', 'gone']);
	});
});

test('a token that is refused ends the run, and nothing is marked refused', async () => {
	await put([person('u1', 'old@x.se')]);
	const result = await withCredential(
		{ token: 'invalid' },
		async () => await apply([update('u1', 'old@x.se', 'new@x.se')], {}),
	);
	expect(result.error?.message).toContain('SCIM 2.0 does not accept the bearer token (HTTP 401');
});
