import type { Change } from '../../nodes/shared/contract/index';

/** The row of a linked pair that nothing else is known of. */
export const linkOf = (wixId: string, userId: string): Change['link'] => ({
	linkId: `contacts:${wixId}`,
	flow: 'contacts',
	wixId,
	userId,
	state: 'linked',
	lastSynced: '',
	pending: '',
	decision: '',
	goneSide: '',
	goneConfirmedAt: '',
	movedTo: '',
	note: '',
});
