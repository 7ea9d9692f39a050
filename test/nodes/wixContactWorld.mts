import type { JsonObject } from '../../nodes/shared/contract/index';
import { valueNamed } from '../../runtime/entries.mts';
import { freshWorld } from './freshWorld.mts';
import { runOn, storedContact } from './wixRun.mts';

/** A site of Wix without contacts for the tests of one file, and the node that works on its contacts. */
export function contactWorld() {
	const { world, waits } = freshWorld(async ({ wix }) => {
		await wix.reset();
		await wix.put({ contacts: [], members: [] });
	});
	const put = async (contacts: JsonObject[], members: JsonObject[] = []) =>
		await world().wix.put({ contacts, members });
	return {
		world,
		waits,
		run: runOn(world, 'contact'),
		put,
		putContacts: async (...contacts: JsonObject[]) => await put(contacts),
		stored: async (id: string) => await storedContact(world(), id),
		count: async () => valueNamed(await world().wix.state(), 'contacts').length,
	};
}
