import { idOf, listAt, startWorld, type Reply, type World } from './harness.mts';
import type { JsonObject } from '../../nodes/shared/contract/index';

let world: World;
beforeAll(async () => {
	world = await startWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
	await world.wixControl('POST', '/reset', {});
	await world.hubControl('POST', '/reset', {});
});

const wix = (switches: JsonObject) => world.wixControl('POST', '/behave', switches);
const hub = (switches: JsonObject) => world.hubControl('POST', '/behave', switches);
const contact = (email: string) =>
	world.contacts('POST', '', { info: { emails: { items: [{ email }] } } });
const user = (login: string, email = `${login}@example.com`) =>
	world.users('POST', '', { login, profile: { email: { type: 'EmailJSON', email } } });
const contactEmails = async () =>
	listAt(await world.contacts('GET', ''), 'contacts').map(({ primaryInfo }) => primaryInfo);
const byEmail = (email: string) =>
	world.contacts('POST', '/query', { query: { filter: { 'primaryInfo.email': email } } });
const logins = async (query = '') =>
	listAt(await world.users('GET', `?query=${encodeURIComponent(query)}`), 'users').map(
		({ login }) => login,
	);

describe('queryLagReads', () => {
	it('shows writes to lists and queries only after so many of them; Get shows them at once', async () => {
		await wix({ queryLagReads: 2 });
		const created = await contact('ada@example.com');
		expect((await world.contacts('GET', `/${idOf(created)}`)).status).toBe(200);
		expect(await contactEmails()).toEqual([]);
		expect(listAt(await byEmail('ada@example.com'), 'contacts')).toEqual([]);
		expect(await contactEmails()).toEqual([{ email: 'ada@example.com' }]);
	});

	it('goes on showing what was changed or deleted', async () => {
		const id = idOf(await contact('ada@example.com'));
		await wix({ queryLagReads: 1 });
		const info = { emails: { items: [{ email: 'new@example.com' }] } };
		await world.contacts('PATCH', `/${id}`, { revision: 1, info });
		expect(listAt(await byEmail('ada@example.com'), 'contacts')[0]?.revision).toBe(1);
		expect(listAt(await byEmail('ada@example.com'), 'contacts')).toEqual([]);
		await world.contacts('DELETE', `/${id}`);
		expect(await contactEmails()).toEqual([{ email: 'new@example.com' }]);
		expect(await contactEmails()).toEqual([]);
	});

	it('holds in YouTrack, too', async () => {
		await hub({ queryLagReads: 1 });
		await user('ada');
		expect(await logins('email: ada@example.com')).toEqual([]);
		expect(await logins('email: ada@example.com')).toEqual(['ada']);
	});
});

describe('queryLagMs', () => {
	afterEach(() => {
		jest.restoreAllMocks();
	});

	it('shows writes after that time', async () => {
		await hub({ queryLagMs: 60_000 });
		const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
		const created = await user('ada');
		clock.mockReturnValue(1_059_999);
		expect(await logins()).toEqual([]);
		expect((await world.users('GET', `/${idOf(created)}`)).status).toBe(200);
		clock.mockReturnValue(1_060_000);
		expect(await logins()).toEqual(['ada']);
	});
});

describe('answerAfterMs', () => {
	it('works on a call only after that time', async () => {
		await wix({ answerAfterMs: 100 });
		const start = performance.now();
		await Promise.all(Array.from({ length: 20 }, () => world.contacts('GET', '')));
		const took = performance.now() - start;
		// A timer may ring a moment early; nothing is said about how late
		expect(took).toBeGreaterThan(95);
		await wix({ answerAfterMs: 0 });
		expect((await world.contacts('GET', '')).status).toBe(200);
	});
});

describe('answers of the whole server', () => {
	it('htmlPage: every call gets a web page', async () => {
		await wix({ htmlPage: true });
		const reply = await world.contacts('GET', '');
		expect([reply.status, reply.headers.get('content-type')]).toEqual([
			200,
			'text/html; charset=utf-8',
		]);
		expect(reply.text).toContain('<html>');
	});

	it('forbiddenEmpty: every call gets a 403 without a body', async () => {
		await hub({ forbiddenEmpty: true });
		const reply = await world.users('GET', '');
		expect([reply.status, reply.text]).toEqual([403, '']);
	});

	it('duplicateStatus: 400 instead of 409', async () => {
		await wix({ duplicateStatus: 400 });
		await hub({ duplicateStatus: 400 });
		await contact('ada@example.com');
		await user('ada');
		const replies: Reply[] = [await contact('ada@example.com'), await user('ada')];
		expect(replies.map(({ status, code }) => [status, code])).toEqual([
			[400, 'DUPLICATE_CONTACT_EXISTS'],
			[400, 'must-be-unique'],
		]);
	});
});

describe('switches of Wix', () => {
	it('eqCaseSensitive: $eq and $in want the case as stored, $startsWith does not', async () => {
		await contact('Ada@example.com');
		const count = async (condition: JsonObject) => {
			const filter = { 'primaryInfo.email': condition };
			return listAt(await world.contacts('POST', '/query', { query: { filter } }), 'contacts')
				.length;
		};
		expect(await count({ $eq: 'ada@example.com' })).toBe(1);
		await wix({ eqCaseSensitive: true });
		expect(await count({ $eq: 'ada@example.com' })).toBe(0);
		expect(await count({ $in: ['ada@example.com'] })).toBe(0);
		expect(await count({ $eq: 'Ada@example.com' })).toBe(1);
		expect(await count({ $startsWith: 'ada@' })).toBe(1);
	});

	it('tooManyToCount: no total', async () => {
		await wix({ tooManyToCount: true });
		expect((await world.contacts('GET', '')).at('pagingMetadata')).toEqual({
			count: 0,
			offset: 0,
			tooManyToCount: true,
		});
	});

	it('replaceExtendedFields: sent fields take the place of all own ones', async () => {
		const items = { 'custom.crm-id': 'A', 'custom.seats': 2 };
		const created = await world.contacts('POST', '', {
			info: { name: { first: 'A' }, extendedFields: { items } },
		});
		await wix({ replaceExtendedFields: true });
		const reply = await world.contacts('PATCH', `/${idOf(created)}`, {
			revision: 1,
			info: { extendedFields: { items: { 'custom.seats': 3 } } },
		});
		const left = reply.at('contact.info.extendedFields.items') ?? {};
		expect(Object.keys(left).filter((key) => key.startsWith('custom.'))).toEqual(['custom.seats']);
	});

	it('rejectLoginEmail: a new login address is refused instead of ignored', async () => {
		const member = await world.members('POST', '', { member: { loginEmail: 'li@example.com' } });
		await wix({ rejectLoginEmail: true });
		const reply = await world.members('PATCH', `/${idOf(member)}`, {
			member: { loginEmail: 'x@example.com' },
		});
		expect([reply.status, reply.at('details.validationError.fieldViolations[0].field')]).toEqual([
			400,
			'member.loginEmail',
		]);
	});
});

describe('switches of YouTrack', () => {
	const change = (id: string, email: string) =>
		world.users('POST', `/${id}?fields=profile(email(email,verified),unverifiedEmail(email))`, {
			profile: { email: { type: 'EmailJSON', email } },
		});

	it('parkUnverified: a new address waits until it is confirmed', async () => {
		const id = idOf(await user('ada'));
		await hub({ parkUnverified: true });
		const parked = await change(id, 'new@example.com');
		expect(parked.body.profile).toMatchObject({
			email: { email: 'ada@example.com' },
			unverifiedEmail: { email: 'new@example.com' },
		});
		const confirmed = await world.hubControl('POST', '/edit', {
			id,
			path: 'unverifiedEmail',
			value: true,
		});
		expect(confirmed.at('profile.email')).toEqual({
			type: 'EmailJSON',
			email: 'new@example.com',
			verified: true,
		});
		expect(confirmed.at('profile.unverifiedEmail')).toBeUndefined();
		const again = await world.hubControl('POST', '/edit', {
			id,
			path: 'unverifiedEmail',
			value: true,
		});
		expect(again.status).toBe(400);
	});

	it('parkUnverified: setting the address in force again takes the waiting one away', async () => {
		const id = idOf(await user('ada'));
		await hub({ parkUnverified: true });
		await change(id, 'new@example.com');
		const back = await change(id, 'ada@example.com');
		expect(back.at('profile.unverifiedEmail')).toBeUndefined();
	});

	it('emptyUpdates: nothing comes back although fields are asked for', async () => {
		const id = idOf(await user('ada'));
		await hub({ emptyUpdates: true });
		const reply = await change(id, 'new@example.com');
		expect([reply.status, reply.text]).toEqual([200, '']);
		expect((await world.users('GET', `/${id}`)).at('profile.email.email')).toBe('new@example.com');
	});

	it('licenceFull: nobody can be created', async () => {
		await hub({ licenceFull: true });
		const reply = await user('ada');
		expect([reply.status, reply.code]).toEqual([400, 'license_users_number_exceeded']);
		expect(await logins()).toEqual([]);
	});

	it('refuseOrderById: 400', async () => {
		await hub({ refuseOrderById: true });
		expect((await world.users('GET', '?orderBy=id')).status).toBe(400);
		expect((await world.users('GET', '?orderBy=name')).status).toBe(200);
	});

	it('looseEmailQuery: parts and waiting addresses are found, too', async () => {
		const id = idOf(await user('ada'));
		await user('adam', 'ada@example.com.example.net');
		await hub({ looseEmailQuery: true, parkUnverified: true });
		expect(await logins('email: ada@example.com')).toEqual(['ada', 'adam']);
		await change(id, 'new@example.com');
		expect(await logins('email: new@example.com')).toEqual(['ada']);
	});

	it('mergedIdsGone: the old id is unknown', async () => {
		const ids = [idOf(await user('ada')), idOf(await user('bob'))];
		await world.users(
			'POST',
			'/merge',
			ids.map((id) => ({ id })),
		);
		await hub({ mergedIdsGone: true });
		expect((await world.users('GET', `/${String(ids[1])}`)).status).toBe(404);
	});
});
