import { contact, linked, user, type Given } from './builders.mts';
import { told } from './explaining.mts';

export const a = 'ada@example.com';
export const b = 'byron@example.com';

/** What the explanation says, as one text. */
export const about = (name: string, given: Given) => told(name, given).join('\n');

/** Two that are in no link yet. */
export const one = (left: string, right = left): Given => ({
	wixRecords: [contact('C1', left)],
	users: [user('U1', right)],
});

/** Two whose link last agreed on `a`. */
export const pair = (
	left: string,
	right: string,
	more: Parameters<typeof linked>[3] = {},
): Given => ({
	...one(left, right),
	links: [linked('C1', 'U1', a, more)],
});
