import type { JsonObject } from '../../nodes/shared/contract/index';
import { emailObject, guestId, ownerId, type User } from '../youtrack/types.mts';
import type { Person } from './person.mts';
import { userAddress } from './variants.mts';

const firstBirth = Date.UTC(2023, 5, 1);
const minutes = 60_000;

export interface UserPlan {
	person: Person;
	email: string | undefined;
	/** Told apart from the person's first account, where there is one. */
	suffix?: string;
	banned?: boolean;
	guest?: boolean;
}

function userOf(id: string, login: string, name: string, born: number, profile: JsonObject): User {
	return {
		type: 'user',
		id,
		aliases: [],
		login,
		name,
		banned: false,
		guest: false,
		profile: {
			avatar: { type: 'defaultavatar', url: `/hub/api/rest/avatar/${id}` },
			...profile,
			locale: { language: 'en', name: 'en' },
		},
		details: [],
		groups: [{ type: 'UserGroup', id: '1f0d3a90-77aa-4a1c-9f3c-5e0b3d2c1a00', name: 'All Users' }],
		creationTime: born,
	};
}

/** A login without white space that no other person has. */
export const loginOf = ({ first, last, number }: Person, suffix: string): string =>
	`${first}.${last}`.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, '') + number + suffix;

/** The user of a plan. Some addresses are unproven, and some people have a second one that awaits confirmation. */
export function youTrackPerson(plan: UserPlan, order: number, mintId: () => string): User {
	const { person, email, suffix = '', banned, guest } = plan;
	const { number, first, last } = person;
	const login = loginOf(person, suffix);
	const born = firstBirth + order * 5 * minutes;
	const id = mintId();
	const user = userOf(id, login, `${first} ${last}${suffix && ' (old)'}`, born, {
		...(email === undefined ? {} : { email: emailObject(email, number % 14 !== 13) }),
		...(email !== undefined && number % 90 === 58
			? { unverifiedEmail: emailObject(`pending.${number}@example.net`, false) }
			: {}),
	});
	return {
		...user,
		...(email === undefined ? {} : { details: [{ type: 'EmailuserdetailsJSON', id: mintId() }] }),
		...(banned ? { banned, banReason: 'left the organisation' } : {}),
		...(guest ? { guest } : {}),
		...(number % 5 === 0 ? {} : { lastAccessTime: born + (order % 997) * 60 * minutes }),
	};
}

export const addressOfUser = userAddress;

/** The two accounts that every Hub has: the anonymous guest, and the one whose token the sync uses. */
export function standingAccounts(): User[] {
	const guest = userOf(guestId, 'guest', 'guest', firstBirth - minutes, {});
	const owner = userOf(ownerId, 'sync.service', 'Sync Service', firstBirth - minutes, {
		email: emailObject('sync.service@example.com', true),
	});
	return [{ ...guest, guest: true }, owner];
}
