import { seededOktaIds } from '../okta/ids.mts';
import { oktaProvider, serviceAccount, userType, type User } from '../okta/types.mts';
import type { UserPlan } from './youTrackPeople.mts';
import { loginOf } from './youTrackPeople.mts';

const firstBirth = Date.UTC(2023, 5, 1);
const minutes = 60_000;

function statusOf({ person, banned, suffix, email }: UserPlan): string {
	if (banned) return suffix || email === undefined ? 'DEPROVISIONED' : 'SUSPENDED';
	if (person.number % 14 === 13) return 'PROVISIONED';
	return person.number % 50 === 9 ? 'PASSWORD_EXPIRED' : 'ACTIVE';
}

/** The user of a plan. Okta has no user without an address: who has none elsewhere gets one of the organization's own. */
function oktaPerson(plan: UserPlan, order: number, id: string): User {
	const { person, suffix = '' } = plan;
	const { number, first, last, company, jobTitle, phone } = person;
	const status = statusOf(plan);
	const born = firstBirth + order * 5 * minutes;
	const date = (later: number) => new Date(born + later * minutes).toISOString();
	const hasSignedIn = status !== 'PROVISIONED' && number % 5 !== 0;
	return {
		id,
		status,
		created: date(0),
		activated: date(1),
		statusChanged: date(2),
		lastLogin: hasSignedIn ? date((order % 997) * 60) : null,
		lastUpdated: date(2 + (order % 1000) * 11),
		passwordChanged: status === 'PROVISIONED' ? null : date(2),
		type: userType,
		profile: {
			login: `${loginOf(person, suffix)}@example.com`,
			email: plan.email ?? `account.${number}@example.net`,
			firstName: first,
			lastName: `${last}${suffix && ' (old)'}`,
			mobilePhone: phone?.phone ?? null,
			...(company ? { organization: company } : {}),
			...(jobTitle ? { title: jobTitle } : {}),
		},
		credentials: {
			...(status === 'PROVISIONED' ? {} : { password: {} }),
			provider: oktaProvider,
		},
	};
}

/** The users' side of the people in Okta's shape: all but the guests, whom Okta does not know, and the account of the token. */
export function oktaPeople(plans: readonly UserPlan[], seed: number): User[] {
	if (plans.length === 0) return [];
	const mintId = seededOktaIds(seed);
	const users = plans
		.filter(({ guest }) => !guest)
		.map((plan, order) => oktaPerson(plan, order, mintId('00u')));
	return [serviceAccount(new Date(firstBirth - minutes).toISOString()), ...users];
}
