import { coded, wixClient, type WixClient } from './wixClient.mts';
import { brokenPromises, promisedPaths } from './wixPromises.mts';
import { startWorld, type World } from './harness.mts';

const types = 'auto_sdk_members_members';

let world: World;
let client: WixClient;
beforeAll(async () => {
	world = await startWorld({ people: 120 });
	client = wixClient(world.sandbox.wixUrl);
});
afterAll(() => world.close());
beforeEach(() => world.wixControl('POST', '/reset', {}));

const newMember = async (loginEmail: string, firstName = 'Ada') => {
	const member = await client.members.createMember({
		member: { loginEmail, contact: { firstName } },
	});
	return { member, id: String(member._id), contactId: String(member.contactId) };
};

describe("Wix's own client: the tour of members", () => {
	it('creates, reads, updates without a revision, deletes; the contact stays', async () => {
		const { id, contactId, member } = await newMember('ada@example.com');
		expect(member).toMatchObject({ status: 'APPROVED', loginEmail: 'ada@example.com' });
		const updated = await client.members.updateMember(id, {
			contact: { lastName: 'Alder', phones: ['207 555 0142'] },
			profile: { nickname: 'Addy' },
		});
		expect(updated).toMatchObject({
			contact: { firstName: 'Ada', lastName: 'Alder', phones: ['207 555 0142'] },
			profile: { nickname: 'Addy' },
		});
		const contact = await client.contacts.getContact(contactId);
		expect(contact.info?.name).toEqual({ first: 'Ada', last: 'Alder' });
		const cleared = await client.members.deleteMemberPhones(id);
		expect(cleared.member?.contact?.phones).toEqual([]);
		await client.members.deleteMember(id);
		await expect(client.members.getMember(id)).rejects.toMatchObject(coded('MEMBER_NOT_FOUND'));
		expect((await client.contacts.getContact(contactId)).primaryInfo?.email).toBe(
			'ada@example.com',
		);
	});

	it.each([
		['PUBLIC', undefined, 'UNKNOWN', false],
		['EXTENDED', 'ada@example.com', 'APPROVED', false],
		['FULL', 'ada@example.com', 'APPROVED', true],
	] as const)('reads with the fieldset %s', async (fieldset, loginEmail, status, hasContact) => {
		const { id } = await newMember('ada@example.com');
		const read = await client.members.getMember(id, { fieldsets: [fieldset] });
		expect([read.loginEmail, read.status]).toEqual([loginEmail, status]);
		expect(read.contact !== undefined).toBe(hasContact);
		const listed = await client.members.listMembers({ fieldsets: [fieldset] });
		const { items } = await client.members.queryMembers({ fieldsets: [fieldset] }).find();
		for (const members of [listed.members ?? [], items]) {
			expect(members.length).toBeGreaterThan(1);
			for (const member of members) {
				expect(member.loginEmail === undefined).toBe(loginEmail === undefined);
				expect(member.contact === undefined).toBe(!hasContact);
			}
		}
	});

	it('reads with PUBLIC when it asks for nothing', async () => {
		const { id } = await newMember('ada@example.com');
		expect((await client.members.getMember(id)).loginEmail).toBeUndefined();
		const { items } = await client.members
			.queryMembers()
			.eq('loginEmail', 'ada@example.com')
			.find();
		expect(items).toMatchObject([{ _id: id, status: 'UNKNOWN' }]);
	});

	it('goes through the states', async () => {
		const { id, contactId } = await newMember('ada@example.com');
		const states = [
			await client.members.blockMember(id),
			await client.members.approveMember(id),
			await client.members.disconnectMember(id),
		];
		expect(states.map(({ member }) => member?.status)).toEqual(['BLOCKED', 'APPROVED', 'OFFLINE']);
		const activities = [await client.members.muteMember(id), await client.members.unmuteMember(id)];
		expect(activities.map(({ member }) => member?.activityStatus)).toEqual(['MUTED', 'ACTIVE']);
		const contact = await client.contactsV5.getContact(contactId);
		expect(contact.memberInfo).toMatchObject({ memberId: id, status: 'OFFLINE' });
	});

	it('changes a slug once, deletes in bulk', async () => {
		const [ada, bo] = [await newMember('ada@example.com'), await newMember('bo@example.com')];
		await client.members.updateMemberSlug(ada.id, 'wanted');
		await expect(client.members.updateMemberSlug(bo.id, 'wanted')).rejects.toMatchObject(
			coded('SLUG_ALREADY_EXISTS'),
		);
		const nobody = 'd0c1b2a3-9485-4766-8574-a3b2c1d0e9f8';
		const { results = [] } = await client.members.bulkDeleteMembers([ada.id, nobody, bo.id]);
		expect(results.map(({ itemMetadata }) => itemMetadata?.success)).toEqual([true, false, true]);
	});

	it("finds a member's contact locked", async () => {
		const { contactId } = await newMember('ada@example.com');
		const { revision } = await client.contacts.getContact(contactId);
		const emails = { items: [{ email: 'new@example.com', primary: true }] };
		await expect(
			client.contacts.updateContact(contactId, { emails }, revision ?? 0),
		).rejects.toMatchObject(coded('CANNOT_UPDATE_MEMBER_EMAIL'));
		await expect(client.contacts.deleteContact(contactId)).rejects.toMatchObject(
			coded('CANNOT_DELETE_MEMBER'),
		);
	});

	it('sends a link for the password, and may not change the login email unless let', async () => {
		const { id } = await newMember('ada@example.com');
		expect(await client.authentication.sendSetPasswordEmail('ada@example.com')).toEqual({
			accepted: true,
		});
		const change = () => client.authentication.changeLoginEmail(id, 'new@example.com');
		await expect(change()).rejects.toMatchObject(coded(403));
		await world.wixControl('POST', '/behave', { changeLoginEmail: 200 });
		const changed = await change();
		expect(changed.member).toMatchObject({ _id: id, loginEmail: 'new@example.com' });
		const paths = promisedPaths('auto_sdk_members_authentication', 'changeLoginEmail');
		expect(brokenPromises(changed, paths)).toEqual([]);
	});

	it('gets what the types promise', async () => {
		const listed = await client.members.listMembers({ fieldsets: ['FULL'] });
		expect(brokenPromises(listed, promisedPaths(types, 'listMembers'))).toEqual([]);
		for (const { _id } of listed.members ?? []) {
			for (const fieldset of ['PUBLIC', 'FULL'] as const) {
				const member = await client.members.getMember(String(_id), { fieldsets: [fieldset] });
				expect(brokenPromises(member, promisedPaths(types, 'getMember'))).toEqual([]);
			}
		}
		const { id, member } = await newMember('ada@example.com');
		expect(brokenPromises(member, promisedPaths(types, 'createMember'))).toEqual([]);
		const blocked = await client.members.blockMember(id);
		expect(brokenPromises(blocked, promisedPaths(types, 'blockMember'))).toEqual([]);
	});
});
