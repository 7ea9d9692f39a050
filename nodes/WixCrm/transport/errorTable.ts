/** What each error code of Wix means to a person: what happened (the beginning of a sentence), and what to do about it. */
const table: Readonly<Record<string, readonly [meaning: string, remedy: string]>> = {
	// Contacts: values
	INSUFFICIENT_CONTACT_DATA: [
		'The contact would have no name, no email and no phone number',
		'A contact needs a name, an email or a phone number.',
	],
	INSUFFICIENT_UPDATE_CONTACT_DATA: [
		'The update holds nothing to change',
		'Fill in at least one field that differs from what Wix has.',
	],
	CANNOT_HAVE_MULTIPLE_PRIMARY_INFO: [
		'More than one address or number is marked as the primary one',
		'Mark only one address and one number as primary.',
	],
	INVALID_EXTENDED_FIELD_VALUE: [
		'The value of an extended field is not of the kind that the field holds',
		'Look up the field under Contacts in the Wix dashboard: a number, a date such as 2026-05-30, a URL or a text. Take its key from the list.',
	],
	DUPLICATE_EMAIL: [
		'The same email is in the contact twice',
		'Leave out one of them: the primary email must not be among the additional ones.',
	],
	DUPLICATE_PHONE: [
		'The same phone number is in the contact twice',
		'Leave out one of them: the primary number must not be among the additional ones.',
	],
	DUPLICATE_ADDRESS: [
		'The same postal address is in the contact twice',
		'Leave out one of the two addresses.',
	],
	DUPLICATE_ADDRESS_ID: [
		'Two postal addresses have the same ID',
		'Leave out the ID of an address that is new: Wix gives it one.',
	],
	MULTIPLE_DEFAULT_ADDRESSES: [
		'More than one postal address is marked as the default one',
		'Mark only one address as the default one.',
	],
	EMAIL_REQUIRED: [
		'The contact has additional emails but no primary one',
		'Give the contact a primary email first.',
	],
	PHONE_REQUIRED: [
		'The contact has additional phone numbers but no primary one',
		'Give the contact a primary phone number first.',
	],
	INVALID_TIME_ZONE: [
		'The time zone is none that Wix knows',
		'Give the name of a time zone such as Europe/Stockholm.',
	],
	INVALID_BIRTHDATE: [
		'The birthdate is no day of the calendar',
		'Give the birthdate as year, month and day, such as 1991-04-23.',
	],
	INVALID_IMAGE_URL: [
		'Wix cannot load a picture from the URL',
		'Give a URL that leads straight to a picture and that anybody can open.',
	],
	CANNOT_CHANGE_EXTERNAL_ID: [
		'The external ID of a contact can be set only once',
		'Leave out the external ID: this contact has one already.',
	],
	FORMAT: [
		'A value is not written the way Wix wants it',
		'Look at the field that is named: an email, a phone number, a date or an ID may be misspelt.',
	],
	MAX_LENGTH: ['A text is longer than Wix allows', 'Shorten the value of the field that is named.'],
	MIN_LENGTH: ['A text is shorter than Wix allows', 'Fill in the field that is named.'],
	MAX_SIZE: ['A list is longer than Wix allows', 'Take entries out of the field that is named.'],
	ENUM: [
		'A value is none of those that Wix knows',
		'Choose one of the values that the field that is named can have.',
	],
	TYPE: [
		'A value is of the wrong kind',
		'Give a text, a number or a list, as the field that is named wants it.',
	],
	REQUIRED_FIELD: ['A value is missing', 'Fill in the field that is named.'],
	// Contacts: other contacts, members, revisions
	DUPLICATE_CONTACT_EXISTS: [
		'Another contact holds the address or number already',
		'Another contact holds the address or number: change or merge one of them.',
	],
	CONTACT_ID_ALREADY_EXISTS: [
		'There is a contact with this ID already',
		'Leave out the ID: Wix gives each new contact one.',
	],
	CONTACT_NOT_FOUND: [
		'Wix has no such contact',
		'It was deleted, merged, or it belongs to another site. Check the ID, and the site ID in the credential.',
	],
	CONTACT_ALREADY_CHANGED: [
		'The contact was changed by somebody else at the same time',
		'The contact kept changing while it was written: run again.',
	],
	CANNOT_UPDATE_MEMBER_EMAIL: [
		'The primary email of a site member’s contact is locked',
		'The contact belongs to a site member, whose address Wix lets nobody change through its API: change it in the member’s account.',
	],
	CANNOT_UPDATE_MEMBER: [
		'The contact belongs to a site member and was left as it is',
		'Change it with the operation ‘Update’, or change the member.',
	],
	UNAUTHORIZED_UPDATE_MEMBER: [
		'The API key may not change the contacts of site members',
		'Give the API key the permission to manage members, too, or leave members out.',
	],
	// Contacts: deleting
	CANNOT_DELETE_MEMBER: [
		'The contact belongs to a site member',
		'The contact belongs to a site member: delete the member first.',
	],
	CANNOT_DELETE_SITE_MEMBERS: [
		'Some of the contacts belong to site members',
		'Delete the members first, then their contacts.',
	],
	CANNOT_DELETE_CONTACT_WITH_BILLING_SUBSCRIPTION: [
		'The contact pays for a subscription',
		'Cancel the subscription in the Wix dashboard, or let it end; then delete the contact.',
	],
	CANNOT_DELETE_MEMBER_OWNER_OR_CONTRIBUTOR: [
		'The contact belongs to the owner or a collaborator of the site',
		'Take away the role under Roles & Permissions in the Wix dashboard first.',
	],
	CANNOT_DELETE_WIX_USERS_MEMBER: [
		'The contact belongs to the owner or a collaborator of the site',
		'Take away the role under Roles & Permissions in the Wix dashboard first.',
	],
	UNAUTHORIZED_DELETE_MEMBER: [
		'The API key may not delete the contacts of site members',
		'Give the API key the permission to manage members, too, or delete the member in the Wix dashboard.',
	],
	FAILED_DELETE_CONTACT_AFTER_MEMBER_DELETION: [
		'The member was deleted, but its contact was not',
		'Run again: only the contact is left to delete.',
	],
	// Contacts: merging
	ILLEGAL_MERGE: [
		'Wix does not merge these contacts',
		'Name one to five other contacts of this site, none of them a site member.',
	],
	INVALID_CONTACT_MERGE: [
		'Wix does not merge these contacts',
		'Name one to five other contacts of this site, each once.',
	],
	CANNOT_MERGE_SOURCE_MEMBER: [
		'One of the contacts to be merged belongs to a site member',
		'A member’s contact can only be the one that stays: swap the two.',
	],
	SOURCE_NOT_FOUND: [
		'One of the contacts to be merged is not there',
		'It was deleted or merged already. Check the IDs of the contacts to merge.',
	],
	FAILED_PRECONDITION: [
		'The contact is in a state in which Wix does not do this',
		'Look at the contact in the Wix dashboard: a site member’s contact, or one with a subscription, has more rules.',
	],
	// Queries and bulk
	UNSUPPORTED_SORT_FIELD: [
		'Wix does not sort by this field',
		"Choose another field under 'Sort': of extended fields only people’s own can be sorted by.",
	],
	INVALID_SORT: ['Wix does not sort by this field', "Choose another field under 'Sort'."],
	ILLEGAL_LIMIT: [
		'More results were asked for at once than Wix gives',
		"Choose a smaller 'Limit', or switch on 'Return All', which reads page by page.",
	],
	MALFORMED_FILTER: [
		'Wix does not understand the filter',
		"Look at the values under 'Filters', above all at those that come from an expression.",
	],
	UNSUPPORTED_FILTER: [
		'Wix does not support these filters together',
		"Take some of the 'Filters' out, and sort out the rest with a Filter node.",
	],
	UNSUPPORTED_FILTER_FIELD: [
		'Wix does not filter by this field',
		"Take it out of the 'Filters', and sort out the results with a Filter node.",
	],
	UNSUPPORTED_FILTER_FIELD_UNKNOWN: [
		'Wix knows no such field to filter by',
		"Choose the field under 'Filters' from the list: it may have been deleted from the site.",
	],
	UNSUPPORTED_FILTER_OPERATOR: [
		'Wix does not compare this field in this way',
		"Choose another comparison under 'Filters': texts know Equals, Not Equal To and Starts With; numbers and dates all but Starts With.",
	],
	UNSUPPORTED_FILTER_VALUE: [
		'Wix does not know this value for the field',
		'Choose one of the values that the filter offers, or write a date such as 2026-05-30.',
	],
	UNSUPPORTED_FILTER_VALUE_TYPE: [
		'The value of a filter is of the wrong kind for its field',
		"Give a number for a number field, a date for a date field under 'Filters'.",
	],
	NEITHER_FILTER_NOR_SEARCH: [
		'Nothing says which contacts are meant',
		'Name the contacts: a change of all contacts at once is never sent.',
	],
	NO_IDENTIFIER_PROVIDED: [
		'Nothing says which contact is meant',
		'Give an email, a phone number or an external ID.',
	],
	EMPTY_ASSIGN_AND_UNASSIGN_LISTS: [
		'There is no label to add or to remove',
		'Choose at least one label.',
	],
	// Labels and extended fields
	LABELS_QUOTA_REACHED: [
		'The site has as many labels as Wix allows',
		'Delete labels that nobody needs, under Contacts in the Wix dashboard.',
	],
	FIELDS_QUOTA_EXCEEDED: [
		'The site has as many extended fields as Wix allows',
		'Delete fields that nobody needs, under Contacts in the Wix dashboard.',
	],
	// Members
	OWNER_OR_CONTRIBUTOR_MEMBER_DELETE_FORBIDDEN: [
		'The member is the owner or a collaborator of the site',
		'Take away the role under Roles & Permissions in the Wix dashboard first.',
	],
	ACTIVE_SUBSCRIPTION_MEMBER_DELETE_FORBIDDEN: [
		'The member has an active subscription',
		'Cancel the subscription in the Wix dashboard, or let it end; then run again.',
	],
	ACTIVE_SUBSCRIPTION_MEMBER_BLOCK_FORBIDDEN: [
		'The member has an active subscription',
		'Cancel the subscription in the Wix dashboard, or let it end; then run again.',
	],
	OWNER_MEMBER_BLOCK_FORBIDDEN: [
		'The member is the owner of the site, whom nobody can block',
		'Leave the owner out.',
	],
	MEMBER_SELF_BLOCK_FORBIDDEN: [
		'The API key belongs to this very member',
		'A member cannot block itself: leave this one out.',
	],
	MEMBER_TO_MEMBER_BLOCKED: [
		'One of two members has blocked the other',
		'Lift the block in the Wix dashboard first.',
	],
	SLUG_ALREADY_EXISTS: [
		'Another member has this address of the profile page',
		'Choose another one.',
	],
	INVALID_CUSTOM_FIELD_URL: [
		'The value of a custom field is no URL',
		'Give a whole URL, beginning with https:// or http://.',
	],
};

const column = (index: 0 | 1): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(table).map(([code, words]) => [code, words[index]]));

export const meanings = column(0);
export const remedies = column(1);
