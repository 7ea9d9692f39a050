import type { Known } from '../read';
import { settleClaims } from './claims';
import { takeOverFromContacts } from './handover';
import { match } from './match';
import { lookFor } from './missing';
import { Pairing, type Paired } from './pairing';

export { unprovedOf, withoutSeen } from './missing';
export type { Half, Pair, Paired } from './pairing';

/** Finds out who belongs to whom: what rows say of each other, which records are missing, and who is linked by rule. */
export function pair(known: Known): Paired {
	const pairing = new Pairing(known);
	for (const row of settleClaims(pairing)) lookFor(pairing, row);
	if (known.isFull) takeOverFromContacts(pairing);
	const lone = known.isFull ? match(pairing) : { wix: [], users: [] };
	const { atRest, decided, pairs, halves, unlinked, taken, doubles, handedOver } = pairing;
	return { known, atRest, decided, pairs, halves, unlinked, lone, taken, doubles, handedOver };
}
