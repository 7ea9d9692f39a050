import type { JsonObject, LinkRow, PlanInput } from '../../nodes/shared/contract/index';

type Listings = Pick<PlanInput, 'wixRecords' | 'users' | 'links'>;

interface Contact {
	id: string;
	primaryInfo: { email: string };
}

interface User {
	id: string;
	profile: { email: { email: string } };
}

const contactOf = (record: JsonObject) => record as unknown as Contact;
const userOf = (record: JsonObject) => record as unknown as User;
const cleaned = (address: string) => address.trim().toLowerCase();
const baseOf = (link: LinkRow) =>
	(JSON.parse(link.lastSynced) as { 'primaryInfo.email': string })['primaryInfo.email'];

/**
 * The least that any sync has to do: parse each link's base, trim and lower-case each address, one join through a Map,
 * one comparison per pair. No checks, no policies, no report. Fields are read directly, not by configured paths.
 * @returns pairs that are the same
 */
export function bareMinimum({ wixRecords, users, links }: Listings): number {
	return links.length === 0
		? joinByAddress(wixRecords, users)
		: joinByLink(wixRecords, users, links);
}

/** One Map of the users' addresses; the rows stand in the contacts' order, so a contact needs no Map to find its row. */
function joinByLink(
	wixRecords: readonly JsonObject[],
	users: readonly JsonObject[],
	links: readonly LinkRow[],
): number {
	const addresses = new Map<string, string>();
	for (const record of users) {
		const user = userOf(record);
		addresses.set(user.id, cleaned(user.profile.email.email));
	}
	let same = 0;
	let index = 0;
	for (const link of links) {
		const record = wixRecords[index++];
		if (record === undefined) return same;
		const address = cleaned(contactOf(record).primaryInfo.email);
		const base = cleaned(baseOf(link));
		if (address === addresses.get(link.userId) && address === base) same++;
	}
	return same;
}

function joinByAddress(wixRecords: readonly JsonObject[], users: readonly JsonObject[]): number {
	const byAddress = new Map<string, User>();
	for (const record of users) {
		const user = userOf(record);
		byAddress.set(cleaned(user.profile.email.email), user);
	}
	let same = 0;
	for (const record of wixRecords) {
		if (byAddress.get(cleaned(contactOf(record).primaryInfo.email)) !== undefined) same++;
	}
	return same;
}
