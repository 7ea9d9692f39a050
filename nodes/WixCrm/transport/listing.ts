import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Api } from '../../shared/Api';
import type { ApiFailure, Call } from '../../shared/apiTypes';
import type { JsonObject, JsonValue } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';

interface ListingBase {
	/** In the plural, for messages: "contacts". */
	noun: string;
	/** Where an answer holds the records, and what it tells about the page. */
	recordsIn: string;
	metadataIn: 'metadata' | 'pagingMetadata';
	/** Wix's largest page. */
	largestPage: number;
	/** Default: the record's `id`. */
	idOf?: (record: JsonObject) => string;
}

/** Pages by their offset, in one fixed order. */
export interface OffsetListing extends ListingBase {
	/** `since`: only records whose watermark is this one or comes after it in the listing's order. */
	page: (paging: { limit: number; offset: number }, since?: string) => Call;
	/** What the records are sorted by, if a deep listing can go on from there. */
	watermarkOf?: (record: JsonObject) => string | undefined;
}

/** Pages that each name the next one. */
export interface CursorListing extends ListingBase {
	pageAfter: (limit: number, cursor: string | undefined) => Call;
}

export type Listing = OffsetListing | CursorListing;

export interface Listed {
	records: JsonObject[];
	/** Why there may be more records than these; undefined when the listing, or as much of it as was wanted, is whole. */
	fault?: NodeApiError | NodeOperationError;
}

export interface Page {
	records: JsonObject[];
	/** How many records there are altogether; undefined when Wix does not count them. */
	total?: number;
	next?: string;
}

const emptyAnswer: ApiFailure = { kind: 'cut', status: 200, enveloped: false, firstContact: false };

/** The page in `body`; undefined when there is none. A list without a record may be left out. */
function pageIn(listing: Listing, body: JsonValue | undefined): Page | undefined {
	if (!isJsonObject(body)) return undefined;
	const list = body[listing.recordsIn];
	const metadata = body[listing.metadataIn];
	if (!Array.isArray(list) && !isJsonObject(metadata)) return undefined;
	const { total, tooManyToCount, cursors } = isJsonObject(metadata) ? metadata : {};
	const next = isJsonObject(cursors) ? cursors.next : undefined;
	return {
		records: Array.isArray(list) ? list.filter(isJsonObject) : [],
		...(typeof total === 'number' && tooManyToCount !== true ? { total } : {}),
		...(typeof next === 'string' && next !== '' ? { next } : {}),
	};
}

/** Gathers the records of one listing, each once, in the order in which they came. */
export class Gathering {
	readonly records: JsonObject[] = [];

	private readonly ids = new Set<string>();

	constructor(
		private readonly api: Api,
		private readonly listing: Listing,
		private readonly itemIndex: number,
	) {}

	private idOf(record: JsonObject): string {
		return this.listing.idOf?.(record) ?? String(record.id);
	}

	knows(record: JsonObject): boolean {
		return this.ids.has(this.idOf(record));
	}

	/** Returns how many of `records` are new. */
	add(records: readonly JsonObject[]): number {
		const before = this.records.length;
		for (const record of records) {
			if (this.knows(record)) continue;
			this.ids.add(this.idOf(record));
			this.records.push(record);
		}
		return this.records.length - before;
	}

	async ask(call: Call): Promise<Page | { fault: NodeApiError }> {
		const answer = await this.api.ask(call);
		if (!answer.ok) return { fault: this.faultOf(answer.failure) };
		const page = pageIn(this.listing, answer.value.body);
		const requestId = this.api.lastRequestId;
		return page ?? { fault: this.faultOf({ ...emptyAnswer, requestId }) };
	}

	private faultOf(failure: ApiFailure): NodeApiError {
		const count = this.records.length;
		const subject = count > 0 ? `After ${count} ${this.listing.noun}` : undefined;
		return this.api.toError(failure, this.itemIndex, subject);
	}
}
