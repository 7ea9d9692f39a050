import type { JsonObject } from '../../nodes/shared/contract/index';
import { seededRandom } from '../../sandbox/control/random.mts';
import { addressKey, isMembersContact, wixAddresses } from '../../sandbox/demo/records.mts';
import { USER_EMAIL } from '../../sandbox/demo/system.mts';
import type { Servers } from '../../sandbox/demo/world.mts';

/** Calls to the sandbox that are on their way at once. */
const AT_ONCE = 8;

interface Somebody {
	wixId: string;
	userId: string;
}

/** By address, the id of the one record that holds it; undefined for one that several hold. */
function soleHolders(
	records: ReadonlyMap<string, JsonObject>,
	addressesOf: (record: JsonObject) => string[],
): Map<string, string | undefined> {
	const holders = new Map<string, string | undefined>();
	for (const [id, record] of records) {
		for (const key of new Set(addressesOf(record).map(addressKey)))
			holders.set(key, holders.has(key) ? undefined : id);
	}
	return holders;
}

/** People with one address, held by one contact and one user alone, in a random order; nobody's contact is a member. */
export async function peopleOnBothSides(servers: Servers, seed: number): Promise<Somebody[]> {
	const [contacts, users] = await Promise.all([servers.wix.records(), servers.users.records()]);
	const inWix = soleHolders(contacts, wixAddresses);
	const inUsers = soleHolders(users, (user) => [servers.system.addressOf(user)]);
	const random = seededRandom(seed);
	const found: Array<Somebody & { rank: number }> = [];
	for (const [wixId, contact] of contacts) {
		if (isMembersContact(contact)) continue;
		const [key = '', ...others] = wixAddresses(contact).map(addressKey);
		const userId = inUsers.get(key);
		const isSole = others.length === 0 && inWix.get(key) === wixId;
		if (key !== '' && isSole && userId !== undefined) found.push({ wixId, userId, rank: random() });
	}
	return found.sort((one, other) => one.rank - other.rank);
}

/**
 * Gives people a new address on one side: `aSide` of them in Wix, as many others in the other system. No two edits are of one person.
 * @throws Error where there are not so many people
 */
export async function editPeople(servers: Servers, aSide: number, seed: number): Promise<void> {
	const people = await peopleOnBothSides(servers, seed);
	if (people.length < aSide * 2) throw new Error(`There are only ${people.length} people to edit`);
	const address = (index: number) => `day.${seed}.${index}@example.org`;
	const edits = people
		.slice(0, aSide * 2)
		.map(({ wixId, userId }, index) =>
			index < aSide
				? () => servers.wix.edit(wixId, 'primaryInfo.email', address(index))
				: () => servers.users.edit(userId, USER_EMAIL, address(index)),
		);
	const next = edits.values();
	await Promise.all(
		Array.from({ length: AT_ONCE }, async () => {
			for (const edit of next) await edit();
		}),
	);
}
