import { seededIds } from '../control/random.mts';
import type { WixRecords } from '../wix/wixStore.mts';
import type { User } from '../youtrack/types.mts';
import { peopleSource, type Person } from './person.mts';
import { addressesFor, wixPerson, type ContactPlan } from './wixPeople.mts';
import {
	addressOfUser,
	standingAccounts,
	youTrackPerson,
	type UserPlan,
} from './youTrackPeople.mts';

export interface People {
	wix: WixRecords;
	users: User[];
}

/** Who lives on each side, before any system gives them its own shape. */
export interface Plans {
	contacts: ContactPlan[];
	users: UserPlan[];
}

const loneShare = 0.1;

const pairContact = (person: Person): ContactPlan => ({
	person,
	emails: addressesFor(person),
	hasPhone: person.phone !== undefined,
	isMember: person.number % 5 === 1,
});

const pairUser = (person: Person): UserPlan => ({
	person,
	email: addressOfUser(person),
	banned: person.number % 60 === 41,
});

/** Contacts without a user: leads with an address, by phone only, by name only, and a second contact of a paired person. */
function loneContact(person: Person, index: number, paired: Person): ContactPlan {
	const plain: ContactPlan = { person, emails: [person.address], hasPhone: false, isMember: false };
	switch (index % 10) {
		case 1:
		case 6:
			return { ...plain, emails: [], hasPhone: true };
		case 2:
			return { ...plain, emails: [] };
		case 3:
			return { ...plain, emails: [paired.address] };
		case 5:
			return { ...plain, isMember: true };
		default:
			return plain;
	}
}

/** Users without a contact: colleagues, banned accounts and guests without an address, and a second account of a paired person. */
function loneUser(person: Person, index: number, paired: Person): UserPlan {
	switch (index % 10) {
		case 1:
			return { person, email: undefined, banned: true };
		case 2:
			return { person: paired, email: paired.address, suffix: '.old' };
		case 3:
			return { person, email: undefined, guest: true };
		case 6:
			return { person: paired, email: paired.address, suffix: '.old', banned: true };
		default:
			return { person, email: person.address };
	}
}

/** The people of a seed, `count` a side; nobody for 0. */
export function planPeople(seed: number, count: number): Plans {
	if (count <= 0) return { contacts: [], users: [] };
	const nextPerson = peopleSource(seed);
	const lone = Math.floor(count * loneShare);
	const pairs = Array.from({ length: count - lone }, nextPerson);
	const paired = (index: number) => pairs[(index * 7 + 4) % pairs.length] as Person;
	const contacts = pairs.map(pairContact);
	const users = pairs.map(pairUser);
	for (let index = 0; index < lone; index++) {
		contacts.push(loneContact(nextPerson(), index, paired(index)));
		users.push(loneUser(nextPerson(), index, paired(index + lone)));
	}
	// Other order than in Wix, so that no client gets away with pairing by position.
	return { contacts, users: users.reverse() };
}

/** The planned people as Wix and YouTrack hold them; each system has its own source of ids. */
export function settle(plans: Plans, seed: number): People {
	const wix: WixRecords = { contacts: [], members: [] };
	if (plans.users.length === 0) return { wix, users: [] };
	const wixIds = seededIds(seed * 4);
	const userIds = seededIds(seed * 4 + 1);
	plans.contacts.forEach((plan, order) => {
		const { contact, member } = wixPerson(plan, order, wixIds);
		wix.contacts.push(contact);
		if (member) wix.members.push(member);
	});
	const users = plans.users.map((plan, order) => youTrackPerson(plan, order, userIds));
	return { wix, users: [...standingAccounts(), ...users] };
}

/**
 * The people of both systems, `count` records a side (and on the YouTrack side its two standing accounts): nine of ten are on
 * both sides. The same seed and count give the same records, ids and dates; 0 gives nobody at all.
 */
export const generatePeople = (seed: number, count: number): People =>
	settle(planPeople(seed, count), seed);
