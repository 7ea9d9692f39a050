import { comparisonKey } from '../../nodes/shared/normalize';
import { profileText, type User } from '../../sandbox/okta/types.mts';
import { oktaPeople } from '../../sandbox/people/oktaPeople.mts';
import { generatePeople, planPeople } from '../../sandbox/people/people.mts';
import { addressIn, profileOf } from '../../sandbox/youtrack/types.mts';
import { startOkta } from './oktaWorld.mts';

const count = 600;
const inYouTrack = generatePeople(1, count).users;
const inOkta = oktaPeople(planPeople(1, count).users, 4);
const emails = inOkta.map((user) => profileText(user, 'email'));
const byLogin = new Map(inOkta.map((user) => [profileText(user, 'login'), user]));
const statusOf = (login: string) => byLogin.get(`${login}@example.com`)?.status;

describe('the people in Okta', () => {
	it('are those in YouTrack with the same addresses, letter by letter, but the guests', () => {
		const twins = inYouTrack.filter(({ guest }) => guest !== true);
		expect(inOkta).toHaveLength(twins.length);
		for (const twin of twins) {
			const address = addressIn(profileOf(twin).email);
			const user = byLogin.get(`${twin.login}@example.com`);
			expect(user && profileText(user, 'email')).toEqual(address ?? expect.stringMatching('@'));
		}
	});

	it('each have an id and a login of their own, and all that Okta requires', () => {
		for (const value of [
			(user: User) => user.id,
			(user: User) => profileText(user, 'login').toLowerCase(),
		]) {
			expect(new Set(inOkta.map(value)).size).toBe(inOkta.length);
		}
		for (const field of ['login', 'email', 'firstName', 'lastName']) {
			expect(inOkta.filter((user) => profileText(user, field) === '')).toEqual([]);
		}
		expect(inOkta.filter(({ id }) => !/^00u\w{17}$/.test(id))).toEqual([]);
	});

	it('are suspended or deprovisioned where they are banned in YouTrack, and only there', () => {
		const banned = inYouTrack.filter((user) => user.banned === true);
		const statuses = new Set(banned.map(({ login }) => statusOf(login)));
		expect(statuses).toEqual(new Set(['SUSPENDED', 'DEPROVISIONED']));
		const others = inYouTrack.filter((user) => user.banned !== true && user.guest !== true);
		const live = new Set(others.map(({ login }) => statusOf(login) ?? 'ACTIVE'));
		expect([...live].sort()).toEqual(['ACTIVE', 'PASSWORD_EXPIRED', 'PROVISIONED']);
	});

	it('have variants of case, decomposed letters, punycode, and one address twice', () => {
		expect(emails.some((email) => email !== email.toLowerCase())).toBe(true);
		expect(emails.some((email) => email !== email.normalize('NFC'))).toBe(true);
		expect(emails.some((email) => email.includes('@xn--'))).toBe(true);
		const keys = emails.map((email) => comparisonKey(email, 'email'));
		expect(new Set(keys).size).toBeLessThan(keys.length);
		const foreign = emails.filter((email) => !/(@example\.(com|org|net)|\.example)$/i.test(email));
		expect(foreign).toEqual([]);
	});

	it('are the same for the same seed, and come back at a reset', async () => {
		expect(oktaPeople(planPeople(1, count).users, 4)).toEqual(inOkta);
		expect(oktaPeople(planPeople(2, count).users, 8)).not.toEqual(inOkta);
		expect(oktaPeople([], 4)).toEqual([]);
		const world = await startOkta({ people: 20 });
		const state = async () => (await world.control('GET', '/state')).body;
		const before = await state();
		await world.populate([]);
		expect(await state()).toEqual({ users: [] });
		await world.control('POST', '/reset', {});
		expect(await state()).toEqual(before);
		await world.close();
	});
});
