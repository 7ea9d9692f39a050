import type { JsonObject } from '../../nodes/shared/contract/index';
import { idOf, listAt, pick, startWorld, type Reply, type World } from './harness.mts';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const behave = (switches: JsonObject) => world.wixControl('POST', '/behave', switches);
const create = (loginEmail: string, more: JsonObject = {}) =>
	world.members('POST', '', { member: { loginEmail, ...more } });
const call = (id: string, name: string) => world.members('POST', `/${id}/${name}`, {});
const ruleOf = (reply: Reply) => reply.at('details.validationError.fieldViolations[0].ruleName');
const query = (body: JsonObject) => world.members('POST', '/query', body);

describe('the states of a member', () => {
	it.each([
		['block', 'BLOCKED', 'DENIED', 'BLOCKED'],
		['disconnect', 'OFFLINE', 'INACTIVE', 'OFFLINE'],
		['approve', 'APPROVED', 'APPROVED', 'ACTIVE'],
	])('%s: %s, in the contact %s (v4) and %s (v5)', async (name, status, inV4, inV5) => {
		if (name === 'approve') await behave({ memberCreateStatus: 'PENDING' });
		const member = await create('m@example.com');
		const contactId = String(member.at('member.contactId'));
		const changed = await call(idOf(member), name);
		expect(changed.at('member.status')).toBe(status);
		const contact = await world.contacts('GET', `/${contactId}`);
		const key = "contact.info.extendedFields.items['members.membershipStatus']";
		expect(contact.at(key)).toBe(inV4);
		const v5 = await world.v5('GET', `/contacts/${contactId}`);
		expect(v5.at('contact.memberInfo.status')).toBe(inV5);
	});

	it('approve ends a block; a disconnected member stays so', async () => {
		const id = idOf(await create('m@example.com'));
		await call(id, 'block');
		expect((await call(id, 'approve')).at('member.status')).toBe('APPROVED');
		await call(id, 'disconnect');
		expect((await call(id, 'approve')).status).toBe(428);
	});

	it('mute and unmute change only the activity', async () => {
		const id = idOf(await create('m@example.com'));
		expect((await call(id, 'mute')).body.member).toMatchObject({
			activityStatus: 'MUTED',
			status: 'APPROVED',
		});
		expect((await call(id, 'unmute')).at('member.activityStatus')).toBe('ACTIVE');
		expect((await call('nobody', 'mute')).status).toBe(404);
	});

	it('a slug is the only one of its kind', async () => {
		const id = idOf(await create('m@example.com'));
		await create('n@example.com', { profile: { slug: 'taken' } });
		const slug = (value: string) => world.members('POST', `/${id}/slug`, { slug: value });
		expect((await slug('mine')).at('member.profile.slug')).toBe('mine');
		expect((await slug('mine')).status).toBe(200);
		const taken = await slug('taken');
		expect([taken.status, taken.code]).toEqual([409, 'SLUG_ALREADY_EXISTS']);
		expect((await slug('')).status).toBe(400);
	});
});

describe('users of the account and subscribers', () => {
	beforeEach(() =>
		world.wixControl('PUT', '/state', {
			members: [
				{ id: 'owner', loginEmail: 'owner@example.com', role: 'OWNER' },
				{ id: 'helper', loginEmail: 'helper@example.com', role: 'CONTRIBUTOR' },
				{ id: 'payer', loginEmail: 'payer@example.com', activeSubscription: true },
				{ id: 'plain', loginEmail: 'plain@example.com' },
			],
		}),
	);

	it.each([
		['owner', 'OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN'],
		['helper', 'OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN'],
		['payer', 'ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN'],
	])('%s cannot be deleted', async (id, rule) => {
		const reply = await world.members('DELETE', `/${id}`);
		expect([reply.status, ruleOf(reply)]).toEqual([400, rule]);
	});

	it('cannot be blocked', async () => {
		expect((await call('owner', 'block')).code).toBe('OWNER_MEMBER_BLOCK_FORBIDDEN');
		expect((await call('payer', 'block')).code).toBe('ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN');
	});

	it('stay in a bulk delete, which tells each outcome', async () => {
		const reply = await world.members('POST', '/bulk/delete', {
			memberIds: ['plain', 'owner', 'nobody'],
		});
		const outcome = (index: number) => pick(listAt(reply, 'results')[index] ?? {}, 'itemMetadata');
		expect(outcome(0)).toEqual({ id: 'plain', originalIndex: 0, success: true });
		expect(outcome(1)).toMatchObject({ id: 'owner', originalIndex: 1, success: false });
		expect(outcome(2)).toMatchObject({ success: false, error: { code: 'MEMBER_NOT_FOUND' } });
		expect(reply.at('bulkActionMetadata.totalFailures')).toBe(2);
		expect((await world.members('POST', '/bulk/delete', { memberIds: [] })).status).toBe(400);
	});

	it('membersArea: a site without members, and one that shows only its owner', async () => {
		await behave({ membersArea: 'ownerOnly' });
		expect(listAt(await query({}), 'members').map(({ id }) => id)).toEqual(['owner']);
		await behave({ membersArea: 'missing' });
		expect((await query({})).status).toBe(404);
		expect((await create('new@example.com')).status).toBe(404);
	});
});

describe('the login email', () => {
	const change = (id: string, newEmail: string) =>
		world.wix('PATCH', `/api/v1/members/${id}/change-login-email`, { newEmail });

	it.each([401, 403, 404])(
		'the change answers %s by the switch, 403 by default',
		async (status) => {
			const id = idOf(await create('m@example.com'));
			if (status !== 403) await behave({ changeLoginEmail: status });
			expect((await change(id, 'new@example.com')).status).toBe(status);
			const member = await world.members('GET', `/${id}?fieldsets=FULL`);
			expect(member.at('member.loginEmail')).toBe('m@example.com');
		},
	);

	it('where it is let through, the contact follows, and the answer has the older shape', async () => {
		await behave({ changeLoginEmail: 200 });
		const member = await create('m@example.com');
		await create('taken@example.com');
		const id = idOf(member);
		const changed = await change(id, 'new@example.com');
		expect(changed.body.member).toMatchObject({ loginEmail: 'new@example.com', status: 'ACTIVE' });
		const contact = await world.contacts('GET', `/${String(member.at('member.contactId'))}`);
		expect(contact.at('contact.primaryInfo.email')).toBe('new@example.com');
		const taken = await change(id, 'Taken@example.com');
		expect([taken.status, taken.code]).toEqual([409, 'MEMBER_ALREADY_EXISTS']);
		expect((await change('nobody', 'x@example.com')).status).toBe(404);
	});

	it('a link to set the password is accepted for members only', async () => {
		await create('m@example.com');
		const mail = (email: string) =>
			world.wix('POST', '/identity/members/v1/auth/members/send-set-password-email', { email });
		expect((await mail('M@example.com')).body).toEqual({ accepted: true });
		expect((await mail('n@example.com')).body).toEqual({ accepted: false });
		expect((await mail('no address')).status).toBe(400);
		await behave({ setPasswordEmail: 403 });
		expect((await mail('m@example.com')).status).toBe(403);
	});
});

describe('switches of reads and writes', () => {
	it('memberCreateGapMs: a create that comes too soon gets 429', async () => {
		await behave({ memberCreateGapMs: 1000 });
		expect((await create('a@example.com')).status).toBe(200);
		const soon = await create('b@example.com');
		expect([soon.status, soon.headers.get('retry-after')]).toEqual([429, '1']);
		await world.wixControl('POST', '/clock', { advanceMs: 1000 });
		expect((await create('b@example.com')).status).toBe(200);
	});

	it('memberDuplicateCode: another code, or none', async () => {
		await create('a@example.com');
		await behave({ memberDuplicateCode: 'LOGIN_EMAIL_IN_USE', duplicateStatus: 400 });
		const coded = await create('A@example.com');
		expect([coded.status, coded.code]).toEqual([400, 'LOGIN_EMAIL_IN_USE']);
		await behave({ memberDuplicateCode: '' });
		expect((await create('a@example.com')).body).toEqual({
			message: 'Member already exists.',
			details: {},
		});
	});

	it('membersLimit: more than 100 are refused, or are 100', async () => {
		const people = Array.from({ length: 101 }, (_, number) => ({
			loginEmail: `m${number}@example.com`,
		}));
		await world.wixControl('PUT', '/state', { members: people });
		const page = () => query({ query: { paging: { limit: 101 } } });
		expect((await page()).status).toBe(400);
		await behave({ membersLimit: 'clamped' });
		expect(listAt(await page(), 'members')).toHaveLength(100);
	});

	it('memberDateFilter and memberUpdatedSort', async () => {
		await create('a@example.com');
		const filter = { createdDate: { $gt: '2020-01-01T00:00:00.000Z' } };
		const sorting = [{ fieldName: 'updatedDate', order: 'DESC' }];
		expect((await query({ query: { filter } })).status).toBe(400);
		expect((await query({ query: { sorting } })).status).toBe(200);
		await behave({ memberDateFilter: true, memberUpdatedSort: false });
		expect(listAt(await query({ query: { filter } }), 'members')).toHaveLength(1);
		expect((await query({ query: { sorting } })).code).toBe('UNSUPPORTED_SORT_FIELD');
	});

	it.each<[string, number, string[]]>([
		['replaced', 200, ['m@example.com', 'n@example.com']],
		['ignored', 200, ['m@example.com']],
		['refused', 400, ['m@example.com']],
	])('memberContactEmails: %s', async (memberContactEmails, status, emails) => {
		await behave({ memberContactEmails });
		const id = idOf(await create('m@example.com'));
		const contact = { emails: ['n@example.com'] };
		const reply = await world.members('PATCH', `/${id}`, { member: { contact } });
		expect(reply.status).toBe(status);
		const member = await world.members('GET', `/${id}?fieldsets=FULL`);
		expect(member.at('member.contact.emails')).toEqual(emails);
	});

	it('a custom field that is a URL takes nothing else', async () => {
		await world.wix('POST', '/contacts/v4/extended-fields', {
			displayName: 'Page',
			dataType: 'URL',
		});
		const id = idOf(await create('m@example.com'));
		const contact = { customFields: { 'custom.page': { value: 'no page' } } };
		const reply = await world.members('PATCH', `/${id}`, { member: { contact } });
		expect([reply.status, ruleOf(reply)]).toEqual([400, 'INVALID_CUSTOM_FIELD_URL']);
	});
});
