import type { DataFlow, PropertyRule } from '../../shared/contract';

const inBothDirections = (wix: string, user: string): PropertyRule => ({
	wix,
	user,
	type: 'string',
	compare: 'email',
	direction: 'both',
});

const otherAddresses = {
	wix: ['info.emails.items[].email'],
	user: ['profile.unverifiedEmail.email'],
};

type Preset = DataFlow & Required<Pick<DataFlow, 'alsoHolds'>>;

/** Preset *Wix contacts and users*. */
export const contactsAndUsers: Preset = {
	id: 'contacts',
	title: 'Wix contacts and users',
	wixEntity: 'contact',
	link: [{ pairs: [{ wix: 'primaryInfo.email', user: 'profile.email.email', compare: 'email' }] }],
	properties: [
		inBothDirections('primaryInfo.email', 'profile.email'),
		inBothDirections('primaryInfo.email', 'profile.email.email'),
	],
	alsoHolds: otherAddresses,
};

/** Preset *Wix members and users*. */
export const membersAndUsers: Preset = {
	id: 'members',
	title: 'Wix members and users',
	wixEntity: 'member',
	link: [{ pairs: [{ wix: 'loginEmail', user: 'profile.email.email', compare: 'email' }] }],
	properties: [
		inBothDirections('loginEmail', 'profile.email'),
		inBothDirections('loginEmail', 'profile.email.email'),
	],
	alsoHolds: otherAddresses,
};
