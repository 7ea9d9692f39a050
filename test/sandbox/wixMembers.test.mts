import { idOf, listAt, startWorld, type Reply, type World } from './harness.mts';

let world: World;
let member: Reply;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.wixControl('POST', '/reset', {});
	member = await world.members('POST', '', {
		member: {
			loginEmail: 'li@example.com',
			contact: { firstName: 'Li' },
			profile: { nickname: 'li_h' },
		},
	});
});

const contactId = () => String(member.at('member.contactId'));
const contact = () => world.contacts('GET', `/${contactId()}`);
const patchContact = async (info: Record<string, never> | object) =>
	world.contacts('PATCH', `/${contactId()}`, {
		revision: (await contact()).at('contact.revision') ?? 0,
		info: info as Record<string, never>,
	});

describe("a member's contact", () => {
	it('is made with the member and shows that it is one', async () => {
		expect(member.at('member.status')).toBe('APPROVED');
		const reply = await contact();
		expect(reply.at('contact.primaryInfo.email')).toBe('li@example.com');
		expect(reply.at('contact.info.name.first')).toBe('Li');
		expect(reply.at('contact.info.labelKeys.items')).toEqual(['contacts.site-members']);
		expect(reply.at('contact.info.extendedFields.items')).toMatchObject({
			'members.membershipStatus': 'APPROVED',
		});
	});

	it('is the contact that has the address already, where there is one', async () => {
		const lead = await world.contacts('POST', '', {
			info: { name: { first: 'Sam' }, emails: { items: [{ email: 'Sam@example.com' }] } },
		});
		const joined = await world.members('POST', '', { member: { loginEmail: 'sam@example.com' } });
		expect(joined.at('member.contactId')).toBe(idOf(lead));
	});

	it('keeps its primary address locked: 428 CANNOT_UPDATE_MEMBER_EMAIL', async () => {
		const before = await contact();
		const refused = [
			await patchContact({ emails: { items: [{ email: 'new@example.com', primary: true }] } }),
			await patchContact({ emails: { items: [] } }),
			await patchContact({
				emails: {
					items: [{ email: 'li@example.com' }, { email: 'new@example.com', primary: true }],
				},
			}),
		];
		expect(refused.map(({ status, code }) => [status, code])).toEqual(
			Array.from({ length: 3 }, () => [428, 'CANNOT_UPDATE_MEMBER_EMAIL']),
		);
		expect((await contact()).body).toEqual(before.body);
	});

	it('takes a second address and other changes', async () => {
		const reply = await patchContact({
			name: { last: 'Hansen' },
			emails: {
				items: [{ email: 'li@example.com', primary: true }, { email: 'second@example.com' }],
			},
		});
		expect(reply.status).toBe(200);
		expect(reply.at('contact.info.emails.items[1].email')).toBe('second@example.com');
	});

	it('cannot be deleted or merged away while the member is there', async () => {
		const refused = await world.contacts('DELETE', `/${contactId()}`);
		expect([refused.status, refused.code]).toEqual([428, 'CANNOT_DELETE_MEMBER']);
		const target = await world.contacts('POST', '', { info: { name: { first: 'T' } } });
		const merge = await world.contacts('POST', `/${idOf(target)}/merge`, {
			targetContactRevision: 1,
			sourceContactIds: [contactId()],
		});
		expect([merge.status, merge.code]).toEqual([428, 'FAILED_PRECONDITION']);
	});

	it("stays when the member is deleted, and is a member's no more", async () => {
		await world.members('DELETE', `/${idOf(member)}`);
		expect((await world.members('GET', `/${idOf(member)}`)).status).toBe(404);
		const reply = await contact();
		expect(reply.at('contact.info.labelKeys')).toBeUndefined();
		const fields = reply.at('contact.info.extendedFields.items') ?? {};
		expect(Object.keys(fields)).not.toContain('members.membershipStatus');
		expect(
			(await patchContact({ emails: { items: [{ email: 'free@example.com' }] } })).status,
		).toBe(200);
		expect((await world.contacts('DELETE', `/${contactId()}`)).status).toBe(200);
	});
});

describe('fieldsets', () => {
	it('hides the address and the statuses by default', async () => {
		const reply = await world.members('GET', `/${idOf(member)}`);
		expect(reply.body.member).toMatchObject({
			status: 'UNKNOWN',
			privacyStatus: 'UNKNOWN',
			activityStatus: 'UNKNOWN',
		});
		expect(Object.keys(reply.body.member ?? {})).not.toContain('loginEmail');
		expect(reply.at('member.contact')).toBeUndefined();
	});

	it('shows more in EXTENDED and all in FULL', async () => {
		const extended = await world.members('GET', `/${idOf(member)}?fieldsets=EXTENDED`);
		expect(extended.body.member).toMatchObject({
			loginEmail: 'li@example.com',
			status: 'APPROVED',
		});
		expect(extended.at('member.contact')).toBeUndefined();
		const full = await world.members('GET', `/${idOf(member)}?fieldsets=FULL`);
		expect(full.at('member.contact')).toMatchObject({
			contactId: contactId(),
			firstName: 'Li',
			emails: ['li@example.com'],
			phones: [],
		});
	});

	it('reads them at the top of a query, and refuses unknown ones', async () => {
		const full = await world.members('POST', '/query', { fieldsets: ['FULL'] });
		expect(full.at('members[0].loginEmail')).toBe('li@example.com');
		const inside = await world.members('POST', '/query', { query: { fieldsets: ['FULL'] } });
		expect(inside.at('members[0].loginEmail')).toBeUndefined();
		expect((await world.members('GET', '?fieldsets=ALL')).status).toBe(400);
	});
});

describe('query and list', () => {
	it('filters, sorts and pages, under `metadata`', async () => {
		await world.members('POST', '', {
			member: { loginEmail: 'ann@example.com', profile: { nickname: 'ann' } },
		});
		const reply = await world.members('POST', '/query', {
			query: { sorting: [{ fieldName: 'profile.nickname', order: 'ASC' }], paging: { limit: 1 } },
			fieldsets: ['FULL'],
		});
		expect(listAt(reply, 'members').map(({ loginEmail }) => loginEmail)).toEqual([
			'ann@example.com',
		]);
		expect(reply.at('metadata')).toEqual({ count: 1, offset: 0, total: 2, tooManyToCount: false });
		const byEmail = await world.members('POST', '/query', {
			query: { filter: { loginEmail: { $eq: 'LI@example.com' } } },
		});
		expect(listAt(byEmail, 'members').map(({ id }) => id)).toEqual([idOf(member)]);
		const byName = await world.members('POST', '/query', {
			query: { filter: { 'contact.firstName': { $startsWith: 'l' } } },
		});
		expect(listAt(byName, 'members')).toHaveLength(1);
		const listed = await world.members('GET', '?paging.limit=1&paging.offset=1');
		expect(listAt(listed, 'members')).toHaveLength(1);
	});

	it('refuses pages over 100 and what cannot be filtered or sorted', async () => {
		const query = (body: object) =>
			world.members('POST', '/query', { query: body as Record<string, never> });
		expect((await query({ paging: { limit: 101 } })).code).toBe('ILLEGAL_LIMIT');
		expect((await query({ filter: { createdDate: { $gt: '2026-01-01T00:00:00Z' } } })).code).toBe(
			'UNSUPPORTED_FILTER_OPERATOR',
		);
		expect((await query({ filter: { nickname: 'x' } })).code).toBe(
			'UNSUPPORTED_FILTER_FIELD_UNKNOWN',
		);
		expect((await query({ sorting: [{ fieldName: 'loginEmail' }] })).code).toBe(
			'UNSUPPORTED_SORT_FIELD',
		);
	});

	it('searches parts of the nickname', async () => {
		const search = (expression: string) =>
			world.members('POST', '/query', { search: { expression } });
		expect(listAt(await search('I_h'), 'members')).toHaveLength(1);
		expect(listAt(await search('nobody'), 'members')).toHaveLength(0);
	});
});

describe('writes', () => {
	it('refuses a second member with the address, and an address that is none', async () => {
		const second = await world.members('POST', '', { member: { loginEmail: 'LI@example.com' } });
		expect([second.status, second.code]).toEqual([409, 'MEMBER_ALREADY_EXISTS']);
		const bad = await world.members('POST', '', { member: { loginEmail: 'nobody' } });
		expect(bad.at('details.validationError.fieldViolations[0].field')).toBe('member.loginEmail');
	});

	it('ignores a new login address; other parts reach the contact', async () => {
		const reply = await world.members('PATCH', `/${idOf(member)}`, {
			member: {
				loginEmail: 'new@example.com',
				contact: { lastName: 'Hansen', phones: ['+4733344455'], emails: ['other@example.com'] },
				profile: { title: 'Guide' },
			},
		});
		expect(reply.body.member).toMatchObject({
			loginEmail: 'li@example.com',
			profile: { nickname: 'li_h', title: 'Guide' },
			contact: {
				firstName: 'Li',
				lastName: 'Hansen',
				emails: ['li@example.com', 'other@example.com'],
			},
		});
		expect((await contact()).at('contact.info.phones.items[0].phone')).toBe('+4733344455');
	});

	it('takes an empty list as no change; the sub-resource clears it', async () => {
		const path = `/${idOf(member)}`;
		await world.members('PATCH', path, { member: { contact: { phones: ['+4733344455'] } } });
		const kept = await world.members('PATCH', path, { member: { contact: { phones: [] } } });
		expect(kept.at('member.contact.phones')).toEqual(['+4733344455']);
		const cleared = await world.members('DELETE', `${path}/phones`);
		expect(cleared.at('member.contact.phones')).toEqual([]);
		const emails = await world.members('DELETE', `${path}/emails`);
		expect(emails.at('member.contact.emails')).toEqual(['li@example.com']);
	});

	it('answers 404 for an unknown member', async () => {
		expect((await world.members('PATCH', '/nobody', { member: {} })).status).toBe(404);
	});
});
