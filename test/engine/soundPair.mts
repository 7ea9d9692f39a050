import type { LinkRow, Policies, Side } from '../../nodes/MatchAndMap/engine/index';
import {
	a,
	b,
	contact,
	finding,
	goneUser,
	linked,
	pendingOf,
	pendings,
	run,
	user,
	type Given,
} from './builders.mts';

/** A linked pair with nothing to do: a side on which somebody is left is not taken for an empty one. */
export const others = {
	wix: contact('C2', b),
	user: user('U2', b),
	link: linked('C2', 'U2', b),
};

function withoutRecord(side: Side, row: Partial<LinkRow>): LinkRow {
	const link = linked('C1', 'U1', a, row);
	return { ...link, pending: pendings(...pendingOf(link), finding(side, 'gone')) };
}

/** A pair whose contact is proved gone, besides what its row remembers, beside a sound one. */
export function withoutContact(
	vanished: Policies['vanished'],
	row: Partial<LinkRow> = {},
	given: Given = {},
): Given {
	return {
		...given,
		wixRecords: [others.wix, ...(given.wixRecords ?? [])],
		users: [...(given.users ?? [user('U1', a)]), others.user],
		links: [withoutRecord('wix', row), others.link],
		policies: { vanished, ...given.policies },
	};
}

/** The same, with the user gone. */
export const withoutUser = (vanished: Policies['vanished'], address: string | null = a): Given => ({
	wixRecords: [contact('C1', address), others.wix],
	users: [others.user],
	links: [linked('C1', 'U1', a, goneUser), others.link],
	policies: { vanished },
});

/** One row beside a sound pair; its records are listed where they are given. */
export const beside = (row: Partial<LinkRow>, given: Given = {}) =>
	run({
		...given,
		wixRecords: [others.wix, ...(given.wixRecords ?? [])],
		users: [others.user, ...(given.users ?? [])],
		links: [linked('C1', 'U1', a, row), others.link],
	});
