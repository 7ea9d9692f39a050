import type { JsonObject } from '../../nodes/shared/contract/index';
import { SetupError } from '../../runtime/setupError.mts';
import { addressKey, wixAddress, wixAddresses, isMembersContact, sameAddress } from './records.mts';
import type { Pick, Step } from './scenario.mts';
import type { World } from './world.mts';

/** A linked pair that plays a part in a step. */
export interface Person {
	wix: JsonObject;
	user: JsonObject;
}

/** Finds people for the parts of a step; `used` (Wix ids) grows, so that every step has fresh people. */
export function cast(step: Step, world: World, used: Set<string>): Map<string, Person> {
	const found = new Map<string, Person>();
	if (!step.people) return found;
	const { inSync, apart } = linkedPairs(world);
	const holders = holderCounts(world);
	for (const [name, pick] of Object.entries(step.people)) {
		const isFree = ({ wix }: Person) => !used.has(String(wix.id));
		const fitting =
			pick.pick === 'apart'
				? apart.filter((person) => ![...found.values()].includes(person))
				: inSync.filter((person) => isFree(person) && fits(pick, person.wix, holders));
		const person = fitting[pick.n ?? 0];
		if (person) {
			used.add(String(person.wix.id));
			found.set(name, person);
		} else if (!pick.optional) {
			throw new SetupError(
				`"${step.title}": there is no ${pick.pick} left for the part "${name}". More --people would help.`,
			);
		}
	}
	return found;
}

function linkedPairs(world: World): { inSync: Person[]; apart: Person[] } {
	const people: { inSync: Person[]; apart: Person[] } = { inSync: [], apart: [] };
	for (const link of world.links) {
		if (link.state !== 'linked') continue;
		const wix = world.wix.get(link.wixId);
		const user = world.users.get(link.userId);
		if (!wix || !user) continue;
		const side = sameAddress(wixAddress(wix), world.system.addressOf(user))
			? people.inSync
			: people.apart;
		side.push({ wix, user });
	}
	return people;
}

function fits(pick: Pick, wix: JsonObject, holders: Map<string, number>): boolean {
	const isContact = wix.loginEmail === undefined;
	if (pick.pick === 'member') return !isContact || isMembersContact(wix);
	if (isContact && isMembersContact(wix)) return false;
	const others = otherAddresses(wix);
	if (pick.pick === 'linkedPair') return others.length === 0;
	return others.some((address) => holders.get(addressKey(address)) === 1);
}

/** The addresses of a contact or a member apart from the one that is kept in sync. */
export function otherAddresses(wix: JsonObject): string[] {
	const primary = wixAddress(wix);
	return wixAddresses(wix).filter((address) => !sameAddress(address, primary));
}

/** How many records hold an address, as any of theirs. */
function holderCounts(world: World): Map<string, number> {
	const counts = new Map<string, number>();
	const add = (addresses: string[]) => {
		for (const key of new Set(addresses.map(addressKey)))
			counts.set(key, (counts.get(key) ?? 0) + 1);
	};
	for (const wix of world.wix.values()) add(wixAddresses(wix));
	for (const user of world.users.values()) add([world.system.addressOf(user)]);
	return counts;
}
