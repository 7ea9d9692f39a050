import type { DataFlow } from '../../../shared/contract';

type Preset = DataFlow & Required<Pick<DataFlow, 'alsoHolds'>>;
type OfPreset = Pick<DataFlow, 'id' | 'title' | 'wixEntity'>;

/** Who has the same address is one person; then the address is kept the same, wherever it was edited. */
const byAddress = (flow: OfPreset, wix: string): Preset => ({
	...flow,
	link: [{ pairs: [{ wix, user: 'profile.email.email', compare: 'email' }] }],
	properties: [
		{ wix, user: 'profile.email', type: 'string', compare: 'email', direction: 'both' },
		{ wix, user: 'profile.email.email', type: 'string', compare: 'email', direction: 'both' },
	],
	alsoHolds: { wix: ['info.emails.items[].email'], user: ['profile.unverifiedEmail.email'] },
});

/** Preset *Wix contacts and users*. */
export const contactsAndUsers = byAddress(
	{ id: 'contacts', title: 'Wix contacts and users', wixEntity: 'contact' },
	'primaryInfo.email',
);

/** Preset *Wix members and users*. */
export const membersAndUsers = byAddress(
	{ id: 'members', title: 'Wix members and users', wixEntity: 'member' },
	'loginEmail',
);
