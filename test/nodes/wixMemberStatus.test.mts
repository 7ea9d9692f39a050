import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { searchMembers } from '../../nodes/WixCrm/methods/members';
import { loadOptionsFor } from './harness.mts';
import { outcomesOf, resultIn } from './rows.mts';
import { fastClock, startNodesWorld, type NodesWorld } from './world.mts';
import {
	byId,
	contactFor,
	loginUpdate,
	member,
	membersOf,
	otherChange,
} from './wixMemberWorld.mts';

let world: NodesWorld;
let clock: ReturnType<typeof fastClock>;
const { put, run, stored, writes, behind } = membersOf(() => world);

beforeAll(async () => {
	world = await startNodesWorld();
});
afterAll(async () => await world.close());
beforeEach(async () => {
	clock = fastClock();
	await world.wix.reset();
	await put(
		[member('m1', 'a@example.com', { status: 'PENDING' })],
		[contactFor('m1', 'a@example.com')],
	);
});
afterEach(() => clock.restore());

const one: INodeParameters = { memberId: byId('m1') };

describe.each([
	['approve', 'APPROVED'],
	['block', 'BLOCKED'],
	['disconnect', 'OFFLINE'],
])('%s', (operation, status) => {
	test('changes the status and returns the member with the login email', async () => {
		const { json, error } = await run(operation, one);
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: 'm1', status, loginEmail: 'a@example.com' }]);
		expect((await stored('m1')).status).toBe(status);
	});

	test('after a lost answer it is not done again', async () => {
		const { json } = await behind(
			({ method }) => (method === 'POST' ? 'dropAfter' : undefined),
			async () => await run(operation, { ...one, output: 'syncFields' }),
		);
		expect(json).toMatchObject([{ id: 'm1', status }]);
		expect(await writes()).toBe(1);
	});

	test('a lost request is sent again', async () => {
		const { json } = await behind(
			({ method, nth }) => (method === 'POST' && nth < 2 ? 'dropBefore' : undefined),
			async () => await run(operation, one),
		);
		expect(json).toMatchObject([{ id: 'm1', status }]);
	});

	test('a member who is not there is named', async () => {
		const { error } = await run(operation, { memberId: byId('m9') });
		expect(error?.message).toBe('Wix has no member m9');
	});
});

test('Apply Changes blocks a member whose user is gone, once', async () => {
	const change = otherChange('deactivate', { expected: { loginEmail: 'A@example.com' } });
	const first = resultIn(await run('applyChanges', {}, [change]));
	expect(first).toMatchObject({ outcome: 'applied', link: { state: 'unlinked' } });
	expect((await stored('m1')).status).toBe('BLOCKED');
	expect(resultIn(await run('applyChanges', {}, [change])).outcome).toBe('already');
	expect(await writes()).toBe(1);
});

describe('Change Login E-Mail', () => {
	const change = async (newLoginEmail = 'new@example.com', more?: IDataObject) =>
		await run('changeLoginEmail', { ...one, newLoginEmail }, undefined, more);

	test('changes it where Wix permits it; the contact follows', async () => {
		await world.wix.behave({ changeLoginEmail: 200 });
		const { json, error } = await change(' new@example.com ');
		expect(error).toBeUndefined();
		expect(json).toMatchObject([{ id: 'm1', loginEmail: 'new@example.com', status: 'PENDING' }]);
		expect(await stored('m1')).toMatchObject({
			loginEmail: 'new@example.com',
			contact: { emails: ['new@example.com'] },
		});
	});

	test.each([401, 403, 404])('HTTP %i says just that', async (status) => {
		await world.wix.behave({ changeLoginEmail: status });
		const { error } = await change();
		expect(error?.message).toContain(
			`Member m1: Wix does not let this API key change login emails (HTTP ${status}`,
		);
		expect(error?.description).toContain('experimental and not documented for API keys');
		expect((await stored('m1')).loginEmail).toBe('a@example.com');
	});

	test('a refusal of this call does not stop the items that follow', async () => {
		await world.wix.behave({ changeLoginEmail: 401 });
		const changes = [loginUpdate('m1', 'a@example.com', 'new@example.com'), otherChange('verify')];
		const options = { changeLoginEmail: true };
		const done = await run('applyChanges', { options }, changes);
		expect(done.error).toBeUndefined();
		expect(outcomesOf(done)).toEqual(['refused', 'present']);
		expect(resultIn(done).code).toBe('LOGIN_EMAIL_CHANGE_NOT_PERMITTED');
	});

	test('is not sent when it is that already, and not over what somebody changed meanwhile', async () => {
		await world.wix.behave({ changeLoginEmail: 200 });
		expect((await change('A@example.com')).json).toMatchObject([{ loginEmail: 'a@example.com' }]);
		expect(await writes()).toBe(0);
		const { error } = await behind(
			async ({ method }) => {
				if (method !== 'PATCH') return undefined;
				await world.wix.edit('m1', 'loginEmail', 'other@example.com');
				return 'dropBefore';
			},
			async () => await change(),
		);
		expect(error?.message).toBe('Member m1 was edited at the same time');
	});

	test('needs an address', async () => {
		const { error } = await change('new');
		expect(error?.message).toContain("The parameter 'New Login Email' is no email address");
	});
});

describe('Send Set-Password E-Mail', () => {
	test('sends it to the login email', async () => {
		const sent = await behind(
			() => undefined,
			async ({ calls }) => {
				const { json, error } = await run('sendSetPasswordEmail', {
					...one,
					hideIgnoreMessage: true,
				});
				expect([json, error]).toEqual([[{ id: 'm1', accepted: true }], undefined]);
				return calls.filter(({ method }) => method === 'POST');
			},
		);
		expect(sent.map(({ url, body }) => [url, JSON.parse(body) as unknown])).toEqual([
			[
				'/identity/members/v1/auth/members/send-set-password-email',
				{ email: 'a@example.com', hideIgnoreMessage: true },
			],
		]);
	});

	test('is not sent twice after a lost answer', async () => {
		const { error, calls } = await behind(
			({ method }) => (method === 'POST' ? 'dropAfter' : undefined),
			async (proxy) => ({ ...(await run('sendSetPasswordEmail', one)), calls: proxy.calls }),
		);
		expect(error?.message).toContain('Member m1: Wix could not be reached');
		expect(calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
	});

	test.each([401, 403, 404])('HTTP %i is about this call, not about the key', async (status) => {
		const { error } = await behind(
			({ method }) => (method === 'POST' ? { status, body: '' } : undefined),
			async () => await run('sendSetPasswordEmail', one),
		);
		expect(error?.message).toContain(
			`Wix does not let this API key send set-password emails (HTTP ${status}`,
		);
		expect(error?.description).toContain('permission to manage members');
	});

	test('a member who is not there gets none', async () => {
		const { error } = await run('sendSetPasswordEmail', { memberId: byId('m9') });
		expect(error?.message).toBe('Wix has no member m9');
	});
});

describe('the picker', () => {
	const search = async (filter?: string, token?: string) =>
		await searchMembers.call(
			loadOptionsFor({ type: 'n8n-nodes-wix-user-sync.wixCrm' }, world.credentials),
			filter,
			token,
		);

	test('names members by person and login email, or by the nickname', async () => {
		await put(
			[member('m1', 'a@example.com'), member('m2', 'b@example.com')],
			[contactFor('m1', 'a@example.com'), contactFor('m2', 'b@example.com', { name: {} })],
		);
		expect((await search()).results).toEqual(
			expect.arrayContaining([
				{ name: 'First-m1 Last · a@example.com', value: 'm1' },
				{ name: 'nick-m2 · b@example.com', value: 'm2' },
			]),
		);
		expect((await search('B@exam')).results.map(({ value }) => value)).toEqual(['m2']);
	});

	test('comes page by page', async () => {
		await put(Array.from({ length: 60 }, (_, n) => member(`m${n}`, `p${n}@example.com`)));
		const first = await search();
		const second = await search(undefined, first.paginationToken as string);
		expect(new Set([...first.results, ...second.results].map(({ value }) => value)).size).toBe(60);
		expect(second.paginationToken).toBeUndefined();
	});

	test('shows a refusal, not an empty list', async () => {
		world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, apiKey: 'invalid' };
		await expect(search()).rejects.toThrow('Wix does not accept the API key');
		world.credentials.wixCrmApi = { ...world.credentials.wixCrmApi, apiKey: 'key-of-test' };
	});
});
