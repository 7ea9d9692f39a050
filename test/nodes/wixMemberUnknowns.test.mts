import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { resultIn } from './rows.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';
import {
	byId,
	contactFor,
	loginUpdate,
	member,
	memberPath,
	membersOf,
	otherChange,
} from './wixMemberWorld.mts';

/** What Wix's documentation leaves open: the node gets by with each answer. */
let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, run, stored, all, behind } = membersOf(() => world);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
});
afterEach(() => clock.restore());

const creation = otherChange('create', {
	set: { loginEmail: 'ada@example.com' },
	link: { wixId: '', userId: 'u1' },
});

describe.each([
	[400, ''],
	[400, 'MEMBER_ALREADY_EXISTS'],
	[409, ''],
	[409, 'ALREADY_EXISTS'],
])('a login email in use answers %i with the code "%s"', (duplicateStatus, memberDuplicateCode) => {
	/** Somebody signs up between the look and the create. */
	const racing = async <T,>(work: () => Promise<T>): Promise<T> => {
		await put([]);
		await world.wix.behave({ duplicateStatus, memberDuplicateCode });
		let hasJoined = false;
		return await behind(async ({ method, url }) => {
			if (hasJoined || method !== 'POST' || url !== memberPath) return;
			hasJoined = true;
			await put([member('m7', 'ada@example.com')]);
		}, work);
	};

	test('Apply Changes says who is there', async () => {
		const result = await racing(async () => resultIn(await run('applyChanges', {}, [creation])));
		expect(result).toMatchObject({ outcome: 'exists', others: ['m7'] });
		expect(await all()).toHaveLength(1);
	});

	test('Create says it, too', async () => {
		const { error } = await racing(async () => run('create', { loginEmail: 'ada@example.com' }));
		expect(error?.message).toContain('Another member has this login email');
		expect(error?.message).toContain('member m7');
	});

	test('a changed login email is reviewed as taken, and tried again on a later day', async () => {
		await put([member('m1', 'a@example.com'), member('m7', 'new@example.com')]);
		await world.wix.behave({ changeLoginEmail: 200, duplicateStatus, memberDuplicateCode });
		const change = loginUpdate('m1', 'a@example.com', 'new@example.com');
		const options = { changeLoginEmail: true };
		const result = resultIn(await run('applyChanges', { options }, [change]));
		expect(result).toMatchObject({
			outcome: 'refusedForNow',
			others: ['m7'],
		});
	});
});

test.each<[string, JsonObject]>([
	['addresses heed case', { eqCaseSensitive: true }],
	['no total is told', { omitTotal: true }],
	['there are too many to count', { tooManyToCount: true }],
	['a larger page is cut', { membersLimit: 'clamped' }],
	['changed members cannot be sorted', { memberUpdatedSort: false }],
	['a sent login email is refused', { rejectLoginEmail: true }],
	['addresses of the contact are ignored', { memberContactEmails: 'ignored' }],
	['addresses of the contact are refused', { memberContactEmails: 'refused' }],
	['new members wait for approval', { memberCreateStatus: 'PENDING' }],
	['extended fields are replaced whole', { replaceExtendedFields: true }],
])('members are created, found, changed and deleted where %s', async (_, switches) => {
	await put(
		Array.from({ length: 120 }, (_each, n) => member(`m${n}`, `p${n}@example.com`)),
		[contactFor('m0', 'p0@example.com')],
	);
	await world.wix.behave(switches);
	const made = await run('create', { loginEmail: 'Ada@Example.com' });
	const id = String(entryAt(made.json, 0).id);
	const found = await run('getAll', {
		returnAll: true,
		filters: { loginEmail: 'Ada@Example.com' },
	});
	expect(found.json.map((each) => each.id)).toEqual([id]);
	expect((await run('getAll', { returnAll: true })).json).toHaveLength(121);
	await run('update', { memberId: byId('m0'), updateFields: { firstName: 'Ada', phones: ['1'] } });
	expect((await stored('m0')).contact).toMatchObject({
		firstName: 'Ada',
		lastName: 'Last',
		phones: ['1'],
	});
	expect((await run('delete', { memberId: byId(id) })).json).toEqual([{ id, deleted: true }]);
});

test('without the Members Area every operation says what may be missing', async () => {
	await world.wix.behave({ membersArea: 'missing' });
	const { error } = await run('getAll', { returnAll: true });
	expect(error?.message).toContain('HTTP 404');
});

test.each([401, 403, 404])(
	'a set-password email that is not permitted (%i) says so',
	async (status) => {
		await put([member('m1', 'a@example.com')]);
		await world.wix.behave({ setPasswordEmail: status });
		const { error } = await run('sendSetPasswordEmail', { memberId: byId('m1') });
		expect(error?.message).toContain('does not let this API key send set-password emails');
	},
);

test('a thousand members and one more: eleven calls, and nobody twice', async () => {
	await put(Array.from({ length: 1001 }, (_, n) => member(`m${n}`, `p${n}@example.com`)));
	const { json } = await run('getAll', { returnAll: true, output: 'syncFields' });
	expect(new Set(json.map(({ id }) => id)).size).toBe(1001);
	expect((await world.wix.requests()).byRoute).toEqual({ [`POST ${memberPath}/query`]: 11 });
});
