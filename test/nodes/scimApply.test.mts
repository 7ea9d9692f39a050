import type { IDataObject } from 'n8n-workflow';

import { atLeast } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { updateWith } from './applyChangesWorld.mts';
import { bodiesOf, person, primary, scimWorld } from './scimWorld.mts';
import { outcomesOf, resultIn, toErrorOutput, updateOf } from './rows.mts';

const { run, put, behave, control, stored, through, writes } = scimWorld();

const apply = async (rows: IDataObject[]) => await run('applyChanges', {}, rows, toErrorOutput);
const update = (id: string, from: string | null, to: string) => updateOf('users', id, from, to);

describe('update', () => {
	test('applied by the row’s alias, already there, edited by a person, gone', async () => {
		await put([person('u1', 'old@x.se'), person('u2', 'New@X.se'), person('u3', 'person@x.se')]);
		const result = await apply([
			update('u1', 'old@x.se', 'new@x.se'),
			update('u2', 'old@x.se', 'new@x.se'),
			update('u3', 'old@x.se', 'new@x.se'),
			update('u4', 'old@x.se', 'new@x.se'),
		]);
		expect(outcomesOf(result)).toEqual(['applied', 'already', 'stale', 'gone']);
		expect(resultIn(result).link).toBeUndefined();
		expect(resultIn(result, 3).found).toBe('gone');
		expect(await stored('u1')).toMatchObject(primary('new@x.se'));
		expect(await writes()).toBe(1);
	});

	test('both rows of the presets are one write', async () => {
		await put([person('u1', 'old@x.se')]);
		const both = (value: string) => ({ 'profile.email': value, 'profile.email.email': value });
		const changes = [updateWith('users', 'u1', both('old@x.se'), both('new@x.se'))];
		await through(
			() => undefined,
			async (proxy) => {
				expect(outcomesOf(await apply(changes))).toEqual(['applied']);
				const [{ body }] = atLeast(
					proxy.calls.filter(({ method }) => method === 'PATCH'),
					1,
				);
				expect((JSON.parse(body) as { Operations: unknown[] }).Operations).toHaveLength(1);
			},
		);
		expect(await stored('u1')).toMatchObject(primary('new@x.se'));
	});

	test('every switch of writing: applied, nothing else of the user touched', async () => {
		const home = { value: 'home@x.se', type: 'home' };
		const every: JsonObject[] = [
			{ scimPatchAnswer: 204 },
			{ scimPatch: '501' },
			{ scimPatch: '405', scimConfig: 'missing' },
			{ scimPatch: '501', scimConfig: 'wrong', scimVersions: false },
			{ scimVersions: false },
			{ scimContentType: 'application/json' },
		];
		for (const switches of every) {
			await control().reset();
			await put([
				person('u1', undefined, {
					title: 'Boss',
					emails: [home, { value: 'old@x.se', type: 'work', primary: true }],
				}),
			]);
			await behave(switches);
			expect(outcomesOf(await apply([update('u1', 'old@x.se', 'new@x.se')]))).toEqual(['applied']);
			expect(await stored('u1')).toMatchObject({
				title: 'Boss',
				emails: [home, { value: 'new@x.se', type: 'work', primary: true }],
			});
		}
	});

	test('without marks the same address is read and written', async () => {
		await put([
			person('u1', undefined, {
				emails: [
					{ value: 'home@x.se', type: 'home' },
					{ value: 'old@x.se', type: 'work' },
				],
			}),
		]);
		await behave({ scimPrimaryFlags: false });
		expect(outcomesOf(await apply([update('u1', 'old@x.se', 'new@x.se')]))).toEqual(['applied']);
		expect((await stored('u1'))?.emails).toMatchObject([
			{ value: 'home@x.se' },
			{ value: 'new@x.se', type: 'work' },
		]);
	});

	test('an edit between the read and the write is seen by its version', async () => {
		await put([person('u1', 'old@x.se')]);
		const result = await through(
			async ({ method, nth }) => {
				if (method === 'PATCH' && nth === 0)
					await control().edit('u1', 'profile.email', 'person@x.se');
				return undefined;
			},
			async () => await apply([update('u1', 'old@x.se', 'new@x.se')]),
		);
		expect(outcomesOf(result)).toEqual(['stale']);
		expect(await stored('u1')).toMatchObject(primary('person@x.se'));
	});

	test('a lost answer is followed by a look: applied, written once', async () => {
		await put([person('u1', 'old@x.se')]);
		await through(
			({ method, nth }) => (method === 'PATCH' && nth === 0 ? 'dropAfter' : undefined),
			async (proxy) => {
				expect(outcomesOf(await apply([update('u1', 'old@x.se', 'new@x.se')]))).toEqual([
					'applied',
				]);
				expect(proxy.calls.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
			},
		);
	});

	test('a user name in other case is the same', async () => {
		await put([person('u1', 'a@x.se', { userName: 'Ada' })]);
		const change = updateWith('users', 'u1', { userName: 'x' }, { userName: 'ada' });
		expect(outcomesOf(await apply([change]))).toEqual(['already']);
	});

	const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
	const department = `['${enterprise}'].department`;

	test.each<JsonObject>([{}, { scimPatch: '501' }])(
		'attributes of own rules, one of an extension among them (%j)',
		async (switches) => {
			await put([person('u1', 'a@x.se')]);
			await behave(switches);
			const set = {
				'name.givenName': 'Ada',
				nickName: 'A',
				'phoneNumbers[primary].value': '+46 8 1',
				[department]: 'Sales',
				active: 'false',
			};
			const expected = Object.fromEntries(Object.keys(set).map((path) => [path, null]));
			const { result, written } = await through(
				() => undefined,
				async (proxy) => ({
					result: await apply([updateWith('users', 'u1', { ...expected, active: true }, set)]),
					written: [...bodiesOf(proxy, 'PATCH'), ...bodiesOf(proxy, 'PUT')],
				}),
			);
			const operation = { op: 'replace', path: `${enterprise}:department`, value: 'Sales' };
			expect(written).toMatchObject([
				switches.scimPatch === undefined
					? { Operations: expect.arrayContaining([operation]) as unknown }
					: { schemas: expect.arrayContaining([enterprise]) as unknown },
			]);
			expect(outcomesOf(result)).toEqual(['applied']);
			expect(await stored('u1')).toMatchObject({
				name: { givenName: 'Ada' },
				nickName: 'A',
				phoneNumbers: [{ value: '+46 8 1', type: 'work', primary: true }],
				[enterprise]: { department: 'Sales' },
				active: false,
				...primary('a@x.se'),
			});
		},
	);

	test.each(['addresses[0].locality', 'emails', 'meta.version', 'groups', 'id', 'profile.name'])(
		'%s is refused with the paths that can be written, before anything is sent',
		async (path) => {
			await put([person('u1', 'a@x.se')]);
			const result = resultIn(await apply([updateWith('users', 'u1', {}, { [path]: 'x' })]));
			expect(result.outcome).toBe('refused');
			expect(result.message).toContain('SCIM 2.0 users have no such field to write');
			expect(result.message).toContain('profile.email.email');
			expect((await control().requests()).total).toBe(0);
		},
	);

	// [status, scimType, outcome, code in the row, whether somebody else holds the value]
	test.each<[number, string | undefined, string, string | undefined, boolean]>([
		[409, 'uniqueness', 'refusedForNow', 'uniqueness', true],
		[400, 'uniqueness', 'refusedForNow', 'uniqueness', true],
		[409, undefined, 'refusedForNow', 'HTTP_409', true],
		[400, 'invalidValue', 'refused', 'badValue', false],
		[400, 'mutability', 'refused', 'mutability', false],
		[400, 'invalidPath', 'refused', 'invalidPath', false],
		[400, 'invalidSyntax', 'refused', 'badValue', false],
		[400, 'noTarget', 'failed', undefined, false],
		[400, undefined, 'refused', 'badValue', false],
		[403, undefined, 'refusedForNow', 'HTTP_403', false],
		[404, undefined, 'gone', undefined, false],
	])('refused with %i %s: %s', async (status, scimType, outcome, code, isTaken) => {
		await put([person('u1', 'old@x.se')]);
		const body = JSON.stringify({
			schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
			status: String(status),
			scimType,
			detail: 'Ada Ek <ada@x.se> is not to be told of',
		});
		const result = await through(
			async ({ method }) => {
				if (method === 'GET') return undefined;
				if (status === 404) await control().remove('u1');
				return { status, body };
			},
			async () => resultIn(await apply([update('u1', 'old@x.se', 'new@x.se')])),
		);
		expect(result).toMatchObject({
			outcome,
			...(code === undefined ? {} : { pending: [{ code }] }),
		});
		expect(result.others !== undefined).toBe(isTaken);
		expect(JSON.stringify(result.message ?? '')).not.toMatch(/Ada|ada@/);
	});
});
