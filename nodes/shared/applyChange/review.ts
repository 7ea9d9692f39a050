import type { Change, ReviewItem, ReviewReason } from '../contract';
import { reviewId } from '../reviewId';

const howToDecide = {
	refused:
		'Change the value by hand where it is refused, or put the other side back. Or set the row’s state to ignored.',
	addressTaken:
		'Decide which record keeps the address: change or merge the other one, or set the row’s state to ignored.',
	badValue: 'Correct the value on the side it comes from.',
} as const satisfies Partial<Record<ReviewReason, string>>;

/** A matter for a person that came up while `change` was carried out; `otherIds` are further records of the same side. */
export function reviewOf(
	change: Change,
	reason: keyof typeof howToDecide,
	message: string,
	otherIds: readonly string[] = [],
): ReviewItem {
	const { wixId, userId } = change.link;
	const own = (side: Change['side'], id: string) =>
		[...new Set([id, ...(change.side === side ? otherIds : [])])]
			.filter((known) => known !== '')
			.sort();
	const wixIds = own('wix', wixId);
	const userIds = own('users', userId);
	return {
		reviewId: reviewId(change.flow, reason, [...wixIds, ...userIds]),
		flow: change.flow,
		reason,
		wixIds,
		userIds,
		message,
		howToDecide: howToDecide[reason],
	};
}
