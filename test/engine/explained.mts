import { explain, makePlan, type Pending } from '../../nodes/MatchAndMap/engine/index';
import { a, contact, inputOf, linked, pendings, user, type Given } from './builders.mts';

/** What is told of whoever has this name. */
export const about = (name: string, given: Given) => explain(name, makePlan(inputOf(given)));

/** A linked pair that last agreed on `a`; the contact is Ada Example, the user User U1. */
export const pair = (
	wix: string,
	users: string,
	entries: Pending[] = [],
	more: Given = {},
): Given => ({
	...more,
	wixRecords: [contact('C1', wix), ...(more.wixRecords ?? [])],
	users: [user('U1', users), ...(more.users ?? [])],
	links: [linked('C1', 'U1', a, { pending: pendings(...entries) }), ...(more.links ?? [])],
});
