import type { Api } from '../Api';
import type { Attempt } from '../apiTypes';
import type { JsonObject } from '../contract';
import { emptyAnswer } from '../failures';
import { readByCursor } from './cursorPages';
import type { Listed, Listing } from './listing';
import { readByOffset } from './offsetPages';

export { itemsOf } from './itemsOf';
export type { CursorListing, Listed, Listing, OffsetListing, Page } from './listing';
export { pagingLimits } from './offsetPages';

/**
 * All records of `listing`, or the first `limit`, each once. Throws nothing: what went wrong comes beside the records that
 * were read before it.
 */
export async function readAll(
	api: Api,
	listing: Listing,
	limit: number,
	itemIndex: number,
): Promise<Listed> {
	return 'pageAfter' in listing
		? await readByCursor(api, listing, limit, itemIndex)
		: await readByOffset(api, listing, limit, itemIndex);
}

/** As `readAll`, for those who take a list only whole. */
export async function readAllOf(
	api: Api,
	listing: Listing,
	limit = Infinity,
): Promise<Attempt<JsonObject[]>> {
	const { records, fault, failure } = await readAll(api, listing, limit, 0);
	return fault === undefined
		? { ok: true, value: records }
		: { ok: false, failure: failure ?? emptyAnswer };
}
