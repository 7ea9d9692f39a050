import type { Api } from '../Api';
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
		const wanted = listing.wants === undefined ? limit - records.length : Infinity;
		const size = Math.min(listing.largestPage, wanted);
		const page = await gathering.ask(listing.pageAfter(size, cursor));
		if ('fault' in page) return { records, ...page };
		const isNew = gathering.add(page.records) > 0;
		if (records.length >= limit) return { records: records.slice(0, limit) };
		// A cursor that brings nothing new would lead round in a circle.
		if (page.next === undefined || page.next === cursor || !isNew) return { records };
		cursor = page.next;
	}
}
