import { atLeast } from '../../runtime/entries.mts';
import { contact, linked, run, user, type Given } from './builders.mts';

export const mail = (name: string) => `${name}@example.com`;

/**
 * Linked pairs, told as 'old new': the address that both held and the one that was entered on one side.
 * The numbers of the pairs are their places: C1-U1, C2-U2.
 */
export function moves(where: 'wix' | 'users', told: string[], more: Given = {}): Given {
	const pairs = told.map((text, n) => {
		const [old, next = old] = atLeast(text.split(' '), 1);
		return { n: n + 1, old: mail(old), next: mail(next) };
	});
	return {
		...more,
		wixRecords: [
			...pairs.map(({ n, old, next }) => contact(`C${n}`, where === 'wix' ? next : old)),
			...(more.wixRecords ?? []),
		],
		users: [
			...pairs.map(({ n, old, next }) => user(`U${n}`, where === 'users' ? next : old)),
			...(more.users ?? []),
		],
		links: [...pairs.map(({ n, old }) => linked(`C${n}`, `U${n}`, old)), ...(more.links ?? [])],
		policies: { guard: null, ...more.policies },
	};
}

/** The ids of the writes in the order they go out; '!' where a duplicate is allowed. */
export const order = (given: Given) => {
	const { toUsers, toWix } = run(given);
	return [...toUsers, ...toWix].map(({ recordId, allowDuplicates }) =>
		allowDuplicates === true ? `${recordId}!` : recordId,
	);
};

/** Ids of the matters about addresses, of the side that is written. */
export const taken = (given: Given) =>
	run(given).review.map(({ reason, wixIds, userIds }) => [
		reason,
		[wixIds, userIds].filter((ids) => ids !== '').join(', '),
	]);
