import { isMembersContact, wixAddresses } from '../../sandbox/demo/records.mts';
import type { LinkRow, World } from '../../sandbox/demo/world.mts';

/** Links of contacts without second address or membership: nothing but their own edit happens to them. */
export function plainLinks(world: World): LinkRow[] {
	return world.links.filter(({ state, wixId }) => {
		const contact = world.wix.get(wixId);
		return (
			state === 'linked' &&
			contact &&
			!isMembersContact(contact) &&
			wixAddresses(contact).length === 1
		);
	});
}
