import type { JsonObject } from '../../nodes/shared/contract/index';
import { seededIds } from '../control/random.mts';
import { userSchema, versionOf, type ScimUser } from '../scim/types.mts';
import { loginOf, type UserPlan } from './youTrackPeople.mts';

const firstBirth = Date.UTC(2023, 5, 1);
const minutes = 60_000;

/** The addresses as SCIM servers have them: marked or not, of a type in any case or of none, one or two. */
function emailsFor(address: string, { person, suffix = '' }: UserPlan): JsonObject[] {
	const { number } = person;
	const home = { value: `home.${number}${suffix}@example.net`, type: 'home' };
	if (number % 7 === 2) return [home, { value: address, type: 'work', primary: true }];
	if (number % 17 === 8) return [home, { value: address, type: 'work' }];
	if (number % 11 === 4) return [{ value: address, type: 'work' }];
	if (number % 13 === 6) return [{ value: address, type: 'Work', primary: true }];
	if (number % 19 === 10) return [{ value: address, primary: true }];
	return [{ value: address, type: 'work', primary: true }];
}

/** Some servers use the address as the user name. A second account needs another one. */
function userNameFor({ person, email, suffix = '' }: UserPlan): string {
	if (person.number % 10 === 3 && email !== undefined && suffix === '') return email;
	return loginOf(person, suffix);
}

function scimPerson(plan: UserPlan, order: number, id: string): ScimUser {
	const { person, email, suffix, banned = false } = plan;
	const { number, first, last, jobTitle } = person;
	const born = firstBirth + order * 5 * minutes;
	const familyName = suffix ? `${last} (old)` : last;
	return {
		schemas: [userSchema],
		id,
		...(number % 4 === 0 ? { externalId: `EX-${String(number).padStart(6, '0')}` } : {}),
		userName: userNameFor(plan),
		name: { formatted: `${first} ${familyName}`, familyName, givenName: first },
		displayName: `${first} ${familyName}`,
		...(jobTitle ? { title: jobTitle } : {}),
		active: !banned,
		...(email === undefined ? {} : { emails: emailsFor(email, plan) }),
		meta: {
			resourceType: 'User',
			created: new Date(born).toISOString(),
			lastModified: new Date(born + (order % 1000) * 11 * minutes).toISOString(),
			version: versionOf(1 + (order % 9)),
		},
	};
}

/** The users' side of the people in SCIM's shape, in YouTrack's order. A guest is a user without an address. */
export function scimPeople(plans: readonly UserPlan[], seed: number): ScimUser[] {
	const mintId = seededIds(seed);
	return plans.map((plan, order) => scimPerson(plan, order, mintId()));
}
