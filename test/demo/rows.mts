import type { LinkRow, ReviewRow } from '../../sandbox/demo/world.mts';

/** A linked pair's row with nothing to remember. */
export const linkRow = (own: Pick<LinkRow, 'wixId' | 'userId'> & Partial<LinkRow>): LinkRow => ({
	linkId: `contacts:${own.wixId}:${own.userId}`,
	flow: 'contacts',
	state: 'linked',
	lastSynced: '',
	pending: '',
	note: '',
	...own,
});

/** A question that waits for its answer. */
export const reviewRow = (own: Pick<ReviewRow, 'reason'> & Partial<ReviewRow>): ReviewRow => ({
	reviewId: own.reason,
	flow: 'contacts',
	who: '',
	question: '',
	answers: '',
	wixIds: '',
	userIds: '',
	state: 'open',
	...own,
});
