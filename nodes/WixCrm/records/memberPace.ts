import { clock } from '../../shared/clock';

/** https://dev.wix.com/docs/rest/crm/members-contacts/members/members/create-member asks for a second between two creates. */
const spacing = 1_000;

/** A turn further ahead than this comes from a clock that was put back: nobody waits for it. */
const longestQueue = 60_000;

/** When the last turn of each site is, in milliseconds; across runs, because a loop in a workflow runs the node once per item. */
const lastTurns = new Map<string, number>();

/** Waits until a second after the last create on this site. */
export async function awaitTurn(site: string): Promise<void> {
	const now = clock.now();
	const last = lastTurns.get(site) ?? -Infinity;
	const turn = last > now + longestQueue ? now : Math.max(now, last + spacing);
	lastTurns.set(site, turn);
	if (turn > now) await clock.sleep(turn - now);
}
