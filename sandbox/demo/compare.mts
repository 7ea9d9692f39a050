import { wixAddress, sameAddress } from './records.mts';
import type { LinkRow, ReviewRow, World } from './world.mts';

export type Verdict = 'agree' | 'inReview' | 'differ';

export interface ComparedPair {
	wixId: string;
	userId: string;
	wix: string;
	user: string;
	verdict: Verdict;
}

/** Every linked pair, with the address that each server really holds. */
export function comparePairs(world: World): ComparedPair[] {
	const pairs = world.links.filter(({ state }) => state === 'linked');
	const matters = world.review.map(readIds);
	return pairs.map((link) => {
		const wix = wixAddress(world.wix.get(link.wixId));
		const user = world.system.addressOf(world.users.get(link.userId));
		const { wixId, userId } = link;
		return { wixId, userId, wix, user, verdict: judge(link, wix, user, matters) };
	});
}

export function totals(pairs: ComparedPair[]): Record<Verdict, number> {
	const counts = { agree: 0, inReview: 0, differ: 0 };
	for (const { verdict } of pairs) counts[verdict]++;
	return counts;
}

interface Matter {
	wixIds: Set<string>;
	userIds: Set<string>;
}

function judge(link: LinkRow, wix: string, user: string, matters: Matter[]): Verdict {
	if (wix !== '' && sameAddress(wix, user)) return 'agree';
	return matters.some((matter) => concerns(matter, link)) ? 'inReview' : 'differ';
}

/** A matter may name one side only; what it names must be of this pair. */
function concerns({ wixIds, userIds }: Matter, link: LinkRow): boolean {
	if (wixIds.size === 0 && userIds.size === 0) return false;
	return (
		(wixIds.size === 0 || wixIds.has(link.wixId)) &&
		(userIds.size === 0 || userIds.has(link.userId))
	);
}

function readIds({ wixIds, userIds }: ReviewRow): Matter {
	const split = (ids: string | null) => new Set((ids ?? '').split(', ').filter((id) => id !== ''));
	return { wixIds: split(wixIds), userIds: split(userIds) };
}
