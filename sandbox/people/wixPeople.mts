import type { JsonObject } from '../../nodes/shared/contract/index';
import { finishContact } from '../wix/contactShape.mts';
import type { Contact, Member } from '../wix/types.mts';
import type { Person } from './person.mts';
import { wixAddress } from './variants.mts';

const firstBirth = Date.UTC(2024, 2, 1);
const minutes = 60_000;
const sources = ['WIX_FORMS', 'IMPORT', 'ADMIN', 'THIRD_PARTY', 'WIX_STORES'];
const memberStatuses = ['APPROVED', 'APPROVED', 'APPROVED', 'PENDING', 'APPROVED'];

export interface ContactPlan {
	person: Person;
	emails: string[];
	hasPhone: boolean;
	isMember: boolean;
}

/** Where the addresses of a person's contact come from: one as a rule, now and then a second or third. */
export function addressesFor(person: Person): string[] {
	const { number } = person;
	const addresses = [wixAddress(person)];
	if (number % 8 === 2) addresses.push(`private.${number}@example.org`);
	if (number % 24 === 2) addresses.push(`office.${number}@example.net`);
	return addresses;
}

function infoOf(plan: ContactPlan): JsonObject {
	const { person, emails, hasPhone } = plan;
	const { number, first, last, company, jobTitle, phone } = person;
	const isNameless = number % 33 === 32 && emails.length > 0;
	const items = emails.map((email, index) => ({
		tag: index === 0 ? 'MAIN' : 'HOME',
		email,
		primary: index === 0,
	}));
	const given = phone ?? { phone: `020 7946 0${String(1000 + (number % 1000)).slice(-3)}` };
	return {
		...(isNameless ? {} : { name: number % 29 === 28 ? { first } : { first, last } }),
		emails: { items },
		phones: { items: hasPhone ? [{ tag: 'MOBILE', ...given, primary: true }] : [] },
		addresses: {
			items:
				number % 9 === 4
					? [
							{
								tag: 'HOME',
								address: { addressLine: `${number} Harbor Lane`, city: 'Portland', country: 'US' },
							},
						]
					: [],
		},
		...(company ? { company } : {}),
		...(jobTitle ? { jobTitle } : {}),
		...(number % 6 === 0 ? { locale: 'en-us' } : {}),
		...(number % 7 === 0 ? { labelKeys: { items: ['custom.newsletter'] } } : {}),
		...(number % 12 === 0
			? { extendedFields: { items: { 'custom.crm-id': `EX-${String(number).padStart(6, '0')}` } } }
			: {}),
	};
}

/** The contact of a plan and, when the person has signed up at the site, the member. Dates follow from the order alone. */
export function wixPerson(
	plan: ContactPlan,
	order: number,
	mintId: () => string,
): { contact: Contact; member?: Member } {
	const born = firstBirth + order * 7 * minutes;
	const createdDate = new Date(born).toISOString();
	const updatedDate = new Date(born + (order % 1000) * 11 * minutes).toISOString();
	const status = plan.isMember ? (memberStatuses[order % memberStatuses.length] ?? '') : undefined;
	const contact = finishContact(
		{
			id: mintId(),
			revision: 1 + (order % 9),
			source: {
				sourceType: plan.isMember
					? 'WIX_SITE_MEMBERS'
					: (sources[order % sources.length] ?? 'OTHER'),
			},
			createdDate,
			updatedDate,
			lastActivity: { activityDate: updatedDate, activityType: 'GENERAL' },
			info: infoOf(plan),
		},
		status,
		mintId,
	);
	if (!status) return { contact };
	const slug = `member-${plan.person.number}`;
	const member: Member = {
		id: mintId(),
		loginEmail: plan.emails[0] ?? null,
		loginEmailVerified: status === 'APPROVED',
		status,
		contactId: contact.id,
		profile: { nickname: plan.person.first, slug, title: '' },
		privacyStatus: order % 4 === 0 ? 'PUBLIC' : 'PRIVATE',
		activityStatus: 'ACTIVE',
		createdDate,
		updatedDate,
		...(status === 'APPROVED' ? { lastLoginDate: updatedDate } : {}),
	};
	return { contact, member };
}
