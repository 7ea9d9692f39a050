import { comparisonKey } from '../../nodes/shared/normalize';
import { generatePeople, type People } from '../../sandbox/people/people.mts';
import { itemsOf, type Contact } from '../../sandbox/wix/types.mts';
import { addressIn, profileOf, type User } from '../../sandbox/youtrack/types.mts';
import { startWorld } from './harness.mts';

const emailsOf = (contact: Contact) =>
	itemsOf(contact.info, 'emails').map(({ email }) => String(email));
const primaryOf = (contact: Contact) => emailsOf(contact)[0];
const addressOf = (user: User) => {
	const address = addressIn(profileOf(user).email);
	return typeof address === 'string' ? address : undefined;
};
const key = (address: string) => comparisonKey(address, 'email');

function groups<T>(
	records: readonly T[],
	address: (record: T) => string | undefined,
): Map<string, T[]> {
	const found = new Map<string, T[]>();
	for (const record of records) {
		const text = address(record);
		if (text !== undefined) found.set(key(text), [...(found.get(key(text)) ?? []), record]);
	}
	return found;
}

describe.each([60, 5000])('%i people', (count) => {
	const people: People = generatePeople(1, count);
	const { contacts, members } = people.wix;
	const byContact = groups(contacts, primaryOf);
	const byUser = groups(people.users, addressOf);
	const pairs = [...byContact].flatMap(([address, [contact]]) => {
		const user = byUser.get(address)?.[0];
		return contact && user ? [{ wix: primaryOf(contact) ?? '', user: addressOf(user) ?? '' }] : [];
	});
	const some = (test: (contact: Contact) => boolean) => contacts.some(test);

	it('fills both sides, most of them with a counterpart', () => {
		expect(contacts).toHaveLength(count);
		expect(people.users).toHaveLength(count + 2);
		expect(pairs.length / count).toBeGreaterThan(0.8);
		expect(pairs.length / count).toBeLessThan(1);
	});

	it('gives each record an id of its own and each user a login of its own', () => {
		const records = [...contacts, ...members, ...people.users];
		expect(new Set(records.map(({ id }) => id)).size).toBe(records.length);
		expect(new Set(people.users.map(({ login }) => login.toLowerCase())).size).toBe(
			people.users.length,
		);
		expect(people.users.filter(({ login }) => /\s/.test(login))).toEqual([]);
	});

	it('uses example domains only', () => {
		const all = [
			...contacts.flatMap(emailsOf),
			...people.users.flatMap((user) => addressOf(user) ?? []),
		];
		const other = all.filter(
			(address) => !/(@example\.(com|org|net)|\.example)\s*$/i.test(address),
		);
		expect(other).toEqual([]);
	});

	it('has variants of case and white space between the sides', () => {
		expect(
			pairs.some(({ wix, user }) => wix !== user && wix.toLowerCase() === user.toLowerCase()),
		).toBe(true);
		expect(pairs.some(({ wix, user }) => wix !== user && wix.trim() === user)).toBe(true);
	});

	it('has Unicode, IDN with one side in punycode, and plus-addresses', () => {
		expect(
			pairs.some(({ wix, user }) => /@.*[^\x00-\x7f]/.test(wix) && user.includes('xn--')),
		).toBe(true);
		expect(pairs.some(({ wix, user }) => wix !== user && wix === user.normalize('NFC'))).toBe(true);
		expect(pairs.some(({ wix }) => wix.includes('+'))).toBe(true);
	});

	it('has contacts with several addresses, with none, and phone-only leads', () => {
		expect(some((contact) => emailsOf(contact).length === 2)).toBe(true);
		expect(some((contact) => emailsOf(contact).length === 3)).toBe(true);
		expect(
			some(
				(contact) => emailsOf(contact).length === 0 && itemsOf(contact.info, 'phones').length === 0,
			),
		).toBe(true);
		expect(
			some(
				(contact) => emailsOf(contact).length === 0 && itemsOf(contact.info, 'phones').length > 0,
			),
		).toBe(true);
	});

	it('has two contacts with one address, and two users with one address', () => {
		expect([...byContact.values()].some((group) => group.length > 1)).toBe(true);
		expect([...byUser.values()].some((group) => group.length > 1)).toBe(true);
	});

	it('has banned users and guests without an address, and unproven addresses', () => {
		const without = people.users.filter((user) => addressOf(user) === undefined);
		expect(without.some(({ banned }) => banned === true)).toBe(true);
		expect(without.some(({ guest, login }) => guest === true && login !== 'guest')).toBe(true);
		expect(people.users.some((user) => JSON.stringify(user).includes('"verified":false'))).toBe(
			true,
		);
	});

	it('has members, each with its contact and the login that the contact shows', () => {
		expect(members.length / count).toBeGreaterThan(0.1);
		const byId = new Map(contacts.map((contact) => [contact.id, contact]));
		for (const member of members) {
			const contact = byId.get(member.contactId);
			expect(contact && primaryOf(contact)).toBe(member.loginEmail);
			expect(JSON.stringify(contact)).toContain(`"members.membershipStatus":"${member.status}"`);
		}
	});
});

describe('seed', () => {
	it('gives the same people again, others for another seed, nobody for 0', () => {
		expect(generatePeople(4, 300)).toEqual(generatePeople(4, 300));
		expect(generatePeople(5, 300)).not.toEqual(generatePeople(4, 300));
		expect(generatePeople(1, 0)).toEqual({ wix: { contacts: [], members: [] }, users: [] });
	});

	it('mints the same ids on a server of the same seed', async () => {
		const ids: unknown[] = [];
		for (let run = 0; run < 2; run++) {
			const world = await startWorld({ seed: 9 });
			ids.push(
				(await world.contacts('POST', '', { info: { name: { first: 'A' } } })).at('contact.id'),
			);
			await world.close();
		}
		expect(ids[0]).toEqual(expect.any(String));
		expect(ids[1]).toBe(ids[0]);
	});
});
