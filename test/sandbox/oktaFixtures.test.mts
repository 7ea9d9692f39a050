import type { JsonObject } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { differences, fixture, listAtFixture, missing } from './fixtureShapes.mts';
import { refusalOf, rowsOf, startOkta, type OktaWorld } from './oktaWorld.mts';

const user = fixture('users/okta-user.json');
const page = fixture('users/okta-users-page.json');

let world: OktaWorld;
beforeAll(async () => {
	world = await startOkta();
	await world.populate([...listAtFixture('users/okta-users-page.json', 'body'), user]);
});
afterAll(() => world.close());

const partsOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {});

describe('shapes', () => {
	it('users/okta-user.json, as imported and as created', async () => {
		const imported = await world.users('GET', `/${String(user.id)}`);
		const created = await world.users('POST', '', {
			profile: { ...partsOf(user.profile), login: 'other@example.com' },
			credentials: { password: { value: 'not-a-real-password' } },
		});
		for (const { body } of [imported, created]) {
			expect(differences(user, body)).toEqual([]);
			expect(missing(user, body)).toEqual([]);
		}
		expect(created.at('status')).toBe('ACTIVE');
	});

	it('users/okta-users-page.json, with the headers', async () => {
		const reply = await world.users('GET', '?limit=1');
		expect(missing(page.body ?? null, rowsOf(reply))).toEqual([]);
		expect(differences(page.body ?? null, rowsOf(reply))).toEqual([]);
		const { link, ...others } = partsOf(page.headers);
		for (const name of Object.keys(others)) expect(reply.headers.has(name)).toBe(true);
		const withoutValues = (text: string) =>
			text.replace(/https?:\/\/[^/]+/g, '').replace(/=[\w-]+/g, '=');
		expect(withoutValues(reply.headers.get('link') ?? '')).toBe(
			withoutValues((link as string[]).join(', ')).replace('after=&limit=', 'limit=&after='),
		);
	});

	it('users/okta-error.json', async () => {
		const { login } = partsOf(user.profile);
		const taken = { ...partsOf(user.profile), login: login ?? null };
		const reply = await world.users('POST', '', { profile: taken });
		const expected = fixture('users/okta-error.json');
		expect(Object.keys(reply.body)).toEqual(Object.keys(expected));
		expect(refusalOf(reply)).toEqual([
			400,
			expected.errorCode,
			(expected.errorCauses as JsonObject[]).map(({ errorSummary }) => errorSummary),
		]);
		expect(reply.body.errorSummary).toBe(expected.errorSummary);
	});
});
