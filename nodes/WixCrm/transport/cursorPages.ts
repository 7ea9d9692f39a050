import type { Api } from '../../shared/Api';
import { Gathering, type CursorListing, type Listed } from './listing';

/** All records of `listing`, or the first `limit`, each once. */
export async function readByCursor(
	api: Api,
	listing: CursorListing,
	limit: number,
	itemIndex: number,
): Promise<Listed> {
	const gathering = new Gathering(api, listing, itemIndex);
	const { records } = gathering;
	let cursor: string | undefined;
	for (;;) {
		const size = Math.min(listing.largestPage, limit - records.length);
		const page = await gathering.ask(listing.pageAfter(size, cursor));
		if ('fault' in page) return { records, fault: page.fault };
		const isNew = gathering.add(page.records) > 0;
		if (records.length >= limit) return { records: records.slice(0, limit) };
		// A cursor that brings nothing new would lead round in a circle.
		if (page.next === undefined || page.next === cursor || !isNew) return { records };
		cursor = page.next;
	}
}
