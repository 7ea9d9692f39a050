import type { JsonObject, Pending, Side } from '../../nodes/shared/contract/index';

/** A saved row of a pair that nothing is known of but what `entry` announces on `side`. */
export function rowOf(
	side: Side,
	wixId: string,
	userId: string,
	entry: Partial<Pending>,
): JsonObject {
	const announced: Pending = {
		operation: 'update',
		side,
		property: 'primaryInfo.email',
		field: side === 'wix' ? 'primaryInfo.email' : 'profile.email.email',
		from: null,
		to: null,
		at: new Date().toISOString(),
		until: new Date(Date.now() + 3_600_000).toISOString(),
		reason: side === 'wix' ? 'userEdited' : 'wixEdited',
		outcome: 'announced',
		...entry,
	};
	return {
		linkId: `contacts:${wixId}:${userId}`,
		flow: 'contacts',
		wixId,
		userId,
		state: 'linked',
		lastSynced: '',
		pending: JSON.stringify([announced]),
		note: '',
	};
}
