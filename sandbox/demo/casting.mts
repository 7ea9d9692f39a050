import type { JsonObject } from '../../nodes/shared/contracts';
import { SetupError } from '../../runtime/setupError.mts';
import {
	addressKey,
	contactAddress,
	contactAddresses,
	isMember,
	sameAddress,
	userAddress,
} from './records.mts';
import type { Pick, Step } from './scenario.mts';
import type { World } from './world.mts';

/** A linked pair that plays a part in a step. */
export interface Person {
	contact: JsonObject;
	user: JsonObject;
}

/** Finds people for the parts of a step; `used` (contact ids) grows, so that every step has fresh people. */
export function cast(step: Step, world: World, used: Set<string>): Map<string, Person> {
	const found = new Map<string, Person>();
	if (!step.people) return found;
	const pairs = pairsInSync(world);
	const holders = holderCounts(world);
	for (const [name, pick] of Object.entries(step.people)) {
		const fitting = pairs.filter(
			({ contact }) => !used.has(String(contact.id)) && fits(pick, contact, holders),
		);
		const person = fitting[pick.n ?? 0];
		if (person) {
			used.add(String(person.contact.id));
			found.set(name, person);
		} else if (!pick.optional) {
			throw new SetupError(
				`"${step.title}": there is no ${pick.pick} left for the part "${name}". More --people would help.`,
			);
		}
	}
	return found;
}

function pairsInSync(world: World): Person[] {
	const people: Person[] = [];
	for (const link of world.links) {
		if (link.state !== 'linked') continue;
		const contact = world.contacts.get(link.wixId);
		const user = world.users.get(link.userId);
		if (!contact || !user) continue;
		if (sameAddress(contactAddress(contact), userAddress(user))) people.push({ contact, user });
	}
	return people;
}

function fits(pick: Pick, contact: JsonObject, holders: Map<string, number>): boolean {
	if (pick.pick === 'member') return isMember(contact);
	if (isMember(contact)) return false;
	const others = otherAddresses(contact);
	if (pick.pick === 'linkedPair') return others.length === 0;
	return others.some((address) => holders.get(addressKey(address)) === 1);
}

/** The addresses of a contact apart from its primary one. */
export function otherAddresses(contact: JsonObject): string[] {
	const primary = contactAddress(contact);
	return contactAddresses(contact).filter((address) => !sameAddress(address, primary));
}

/** How many contacts and users hold an address, as any of theirs. */
function holderCounts(world: World): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (addresses: string[]) => {
		for (const key of new Set(addresses.map(addressKey)))
			counts.set(key, (counts.get(key) ?? 0) + 1);
	};
	for (const contact of world.contacts.values()) add(contactAddresses(contact));
	for (const user of world.users.values()) add([userAddress(user)]);
	return counts;
}
