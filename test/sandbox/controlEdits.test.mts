import { idOf } from './harness.mts';
import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';

const world = freshWorld({ people: 20, seed: 3 });

const wixEdit = (id: string, path: string, value: JsonValue) =>
	world().wixControl('POST', '/edit', { id, path, value });
const hubEdit = (id: string, path: string, value: JsonValue) =>
	world().hubControl('POST', '/edit', { id, path, value });

describe('edits in Wix', () => {
	const one = async (email: string | null, more: JsonObject[] = []) => {
		const items =
			email === null ? [] : [{ id: 'first', tag: 'WORK', email, primary: true }, ...more];
		await world().wixControl('PUT', '/state', {
			contacts: [{ id: 'a', revision: 4, info: { name: { first: 'Ada' }, emails: { items } } }],
		});
	};

	it('types over the primary address in place', async () => {
		await one('ada@example.com', [{ id: 'other', email: 'other@example.com' }]);
		const reply = await wixEdit('a', 'primaryInfo.email', 'new@example.com');
		expect(reply.body).toMatchObject({
			id: 'a',
			revision: 5,
			primaryInfo: { email: 'new@example.com' },
			info: {
				emails: {
					items: [{ id: 'first', tag: 'WORK', email: 'new@example.com' }, { id: 'other' }],
				},
			},
		});
		expect(String(reply.body.updatedDate) > String(reply.body.createdDate)).toBe(true);
		expect((await world().contacts('GET', '/a')).body.contact).toEqual(reply.body);
	});

	it('moves the primary flag to an address that is there already', async () => {
		await one('ada@example.com', [{ id: 'other', email: 'other@example.com' }]);
		const reply = await wixEdit('a', 'primaryInfo.email', 'Other@example.com');
		expect(reply.at('info.emails.items')).toMatchObject([
			{ id: 'first', email: 'ada@example.com', primary: false },
			{ id: 'other', email: 'other@example.com', primary: true },
		]);
	});

	it.each([[''], [null]])('empties the primary address with %j', async (value) => {
		await one('ada@example.com');
		expect((await wixEdit('a', 'primaryInfo.email', value)).at('info.emails')).toEqual({});
	});

	it('adds the first address, and edits other parts by path', async () => {
		await one(null);
		expect(
			(await wixEdit('a', 'primaryInfo.email', 'new@example.com')).at('info.emails.items[0]'),
		).toMatchObject({
			email: 'new@example.com',
			primary: true,
		});
		expect((await wixEdit('a', 'info.name.first', 'Augusta')).at('info.name.first')).toBe(
			'Augusta',
		);
		const listed = await wixEdit('a', 'info.emails.items[0].email', 'third@example.com');
		expect(listed.at('primaryInfo.email')).toBe('third@example.com');
		expect((await wixEdit('a', 'info.emails.items', [])).at('primaryInfo')).toBeUndefined();
	});

	it("changes a member's login with its contact, and the reverse", async () => {
		await world().wixControl('PUT', '/state', {
			members: [{ id: 'm', loginEmail: 'li@example.com' }],
		});
		const contactId = String((await world().members('GET', '/m')).at('member.contactId'));
		const login = () => world().members('GET', '/m?fieldsets=FULL');
		const primary = async () =>
			(await world().contacts('GET', `/${contactId}`)).at('contact.primaryInfo.email');
		await wixEdit('m', 'loginEmail', 'new@example.com');
		expect([(await login()).at('member.loginEmail'), await primary()]).toEqual([
			'new@example.com',
			'new@example.com',
		]);
		await wixEdit(contactId, 'primaryInfo.email', 'third@example.com');
		expect([(await login()).at('member.loginEmail'), await primary()]).toEqual([
			'third@example.com',
			'third@example.com',
		]);
		expect((await wixEdit(contactId, 'primaryInfo.email', null)).status).toBe(400);
		const membership = async (status: string) => {
			await wixEdit('m', 'status', status);
			const fields = (await world().contacts('GET', `/${contactId}`)).at(
				'contact.info.extendedFields.items',
			);
			return (fields as JsonObject)['members.membershipStatus'];
		};
		expect(await membership('PENDING')).toBe('PENDING');
		expect(await membership('BLOCKED')).toBe('DENIED');
		expect(await membership('OFFLINE')).toBe('INACTIVE');
	});

	it('refuses unknown ids and what nobody can edit', async () => {
		await one('ada@example.com');
		expect((await wixEdit('nobody', 'primaryInfo.email', 'x@example.com')).status).toBe(404);
		expect((await wixEdit('a', 'revision', 9)).status).toBe(400);
		expect((await wixEdit('a', 'info.__proto__.x', 9)).status).toBe(400);
		expect((await world().wixControl('POST', '/edit', { path: 'info.company' })).status).toBe(400);
	});
});

describe('edits in YouTrack', () => {
	beforeEach(() =>
		world().hubControl('PUT', '/state', {
			users: [
				{
					id: 'u',
					profile: {
						email: { type: 'EmailJSON', email: 'ada@example.com', verified: true },
						locale: { language: 'en' },
					},
				},
				{ id: 'n', profile: {} },
				{ id: 's', profile: { email: 'flat@example.com' } },
			],
		}),
	);

	it('types over the address and leaves it as verified as it was', async () => {
		for (const path of ['profile.email.email', 'profile.email']) {
			const reply = await hubEdit('u', path, `${path.length}@example.com`);
			expect(reply.at('profile')).toEqual({
				email: { type: 'EmailJSON', email: `${path.length}@example.com`, verified: true },
				locale: { language: 'en' },
			});
		}
		expect(
			(await hubEdit('n', 'profile.email.email', 'n@example.com')).at('profile.email'),
		).toEqual({
			type: 'EmailJSON',
			email: 'n@example.com',
			verified: false,
		});
		expect((await hubEdit('s', 'profile.email', 's@example.com')).at('profile.email')).toBe(
			's@example.com',
		);
		expect((await hubEdit('u', 'profile.email.email', '')).at('profile.email')).toBeUndefined();
	});

	it('edits name and ban, and answers 404 for nobody', async () => {
		expect((await hubEdit('u', 'name', 'Ada')).at('name')).toBe('Ada');
		expect((await hubEdit('u', 'banned', true)).at('banned')).toBe(true);
		expect((await hubEdit('nobody', 'name', 'x')).status).toBe(404);
		expect((await hubEdit('u', 'id', 'x')).status).toBe(400);
	});
});

describe('deletes and merges as a person makes them', () => {
	it('deletes a contact with its member, and a user', async () => {
		await world().wixControl('PUT', '/state', {
			members: [{ id: 'm', loginEmail: 'li@example.com', contactId: 'c' }],
		});
		expect((await world().wixControl('POST', '/delete', { id: 'c' })).status).toBe(200);
		expect((await world().wixControl('GET', '/state')).body).toEqual({ contacts: [], members: [] });
		expect((await world().wixControl('POST', '/delete', { id: 'c' })).status).toBe(404);
		await world().hubControl('PUT', '/state', { users: [{ id: 'u' }] });
		expect((await world().hubControl('POST', '/delete', { id: 'u' })).status).toBe(200);
		expect((await world().users('GET', '/u')).status).toBe(404);
	});

	it('merges contacts and users', async () => {
		await world().wixControl('PUT', '/state', { contacts: [{ id: 'a' }, { id: 'b' }] });
		await world().wixControl('POST', '/merge', { targetId: 'a', sourceIds: ['b'] });
		expect((await world().contacts('GET', '/b')).at('responseType')).toBe('MERGED');
		await world().hubControl('PUT', '/state', { users: [{ id: 'a' }, { id: 'b' }] });
		await world().hubControl('POST', '/merge', { targetId: 'a', sourceIds: ['b'] });
		expect(idOf(await world().users('GET', '/b'))).toBe('a');
		expect(
			(await world().hubControl('POST', '/merge', { targetId: 'x', sourceIds: ['b'] })).status,
		).toBe(404);
		expect(
			(await world().wixControl('POST', '/merge', { targetId: 'a', sourceIds: [] })).status,
		).toBe(400);
	});
});
