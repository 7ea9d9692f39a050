import type { NodeApiError, NodeOperationError } from 'n8n-workflow';

import type { Api } from '../Api';
import type { ApiAnswer, ApiFailure, Call } from '../apiTypes';
import type { JsonObject } from '../contract';
import { emptyAnswer } from '../failures';

interface ListingBase {
	/** In the plural, for messages: "contacts". */
	noun: string;
	/** The page in an answer; undefined when there is none. */
	pageIn: (answer: ApiAnswer) => Page | undefined;
	/** The largest page that is asked for. */
	largestPage: number;
	/** Default: the record's `id`. */
	idOf?: (record: JsonObject) => string;
	/** Whether a record that came is wanted, where the request cannot say so. Default: every one. */
	wants?: ((record: JsonObject) => boolean) | undefined;
}

/** Pages by their offset, in one fixed order. */
export interface OffsetListing extends ListingBase {
	/** `since`: only records whose watermark is this one or comes after it in the listing's order. */
	page: (paging: { limit: number; offset: number }, since?: string) => Call;
	/** Whether nothing is wanted after a record, for a listing that is read only as far as that. */
	isEnough?: (record: JsonObject) => boolean;
	/** Whether a page after the first may be one record longer than `largestPage`: the one with which it begins is known already. */
	knownIsExtra?: boolean;
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
	/** The answer behind `fault`, where one answer was the reason. */
	failure?: ApiFailure;
}

export interface Page {
	records: JsonObject[];
	/** How many records there are altogether; undefined when the service does not count them. */
	total?: number;
	/** How many records a page has at most, where the service says that these are fewer than were asked for. */
	size?: number;
	next?: string;
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

	/** How many came, wanted or not. */
	get seen(): number {
		return this.ids.size;
	}

	/** Returns how many of `records` are new. */
	add(records: readonly JsonObject[]): number {
		const before = this.seen;
		for (const record of records) {
			if (this.knows(record)) continue;
			this.ids.add(this.idOf(record));
			if (this.listing.wants?.(record) ?? true) this.records.push(record);
		}
		return this.seen - before;
	}

	async ask(call: Call): Promise<Page | { fault: NodeApiError; failure: ApiFailure }> {
		const answer = await this.api.ask(call);
		if (!answer.ok) return this.failed(answer.failure);
		const page = this.listing.pageIn(answer.value);
		return page ?? this.failed({ ...emptyAnswer, requestId: this.api.lastRequestId });
	}

	private failed(failure: ApiFailure): { fault: NodeApiError; failure: ApiFailure } {
		const count = this.records.length;
		const subject = count > 0 ? `After ${count} ${this.listing.noun}` : undefined;
		return { fault: this.api.toError(failure, this.itemIndex, subject), failure };
	}
}
