import { NodeOperationError } from 'n8n-workflow';

import type { Api } from '../Api';
import { Gathering, type Listed, type OffsetListing, type Page } from './listing';

/** From which offset on a listing goes on by its watermark instead; a test can shorten it. */
export const pagingLimits = { deepest: 10_000 };

/** So often a listing may go back because records vanished from the pages already read. */
const mostStepsBack = 20;

/** So often it is read again from the start because the service counts more records than came. */
const mostPasses = 3;

/** Reads one listing page by page. Each page begins with the last record of the page before it. */
class OffsetPages {
	private readonly gathering: Gathering;

	private offset = 0;

	/** The watermark at which the present window begins; undefined: the listing's own beginning. */
	private since: string | undefined;

	/** How many records came before the present window. */
	private before = 0;

	private stepsBack = 0;

	private passes = 1;

	private newInPass = 0;

	/** As long as pages are at most, by the service's own word. */
	private fullPage = Infinity;

	constructor(
		private readonly api: Api,
		private readonly listing: OffsetListing,
		private readonly limit: number,
		private readonly itemIndex: number,
	) {
		this.gathering = new Gathering(api, listing, itemIndex);
	}

	async read(): Promise<Listed> {
		const { records } = this.gathering;
		for (;;) {
			const size = this.pageSize();
			const page = await this.gathering.ask(
				this.listing.page({ limit: size, offset: this.offset }, this.since),
			);
			if ('fault' in page) return { records, ...page };
			const hasGap = this.hasGap(page);
			this.newInPass += this.gathering.add(page.records);
			if (records.length >= this.limit) return { records: records.slice(0, this.limit) };
			if (!hasGap && this.isEnough(page)) return { records };
			if (hasGap) {
				if (++this.stepsBack > mostStepsBack) return { records, fault: this.restless() };
				this.offset = Math.max(0, this.offset - (this.listing.largestPage - 1));
			} else if (!this.isLast(page, size)) {
				this.goOn(page);
			} else if (this.counted(page) || this.newInPass === 0) {
				return { records };
			} else if (this.passes++ >= mostPasses) {
				return { records, fault: this.restless() };
			} else {
				Object.assign(this, { offset: 0, since: undefined, before: 0, newInPass: 0 });
			}
		}
	}

	private pageSize(): number {
		const { largestPage, wants, knownIsExtra = false } = this.listing;
		const overlap = this.offset > 0 ? 1 : 0;
		const most = largestPage + (knownIsExtra ? overlap : 0);
		const isContinued = this.passes > 1 || this.since !== undefined;
		if (isContinued || wants !== undefined || this.limit === Infinity) return most;
		return Math.min(most, this.limit - this.gathering.records.length + overlap);
	}

	private isEnough({ records }: Page): boolean {
		const last = records[records.length - 1];
		return last !== undefined && (this.listing.isEnough?.(last) ?? false);
	}

	/** Nobody is known where the last page ended: records before it have vanished, others have moved up into pages already read. */
	private hasGap({ records }: Page): boolean {
		if (this.offset === 0) return false;
		const [first] = records;
		return first === undefined || !this.gathering.knows(first);
	}

	/** The last page reaches exactly as far as the service counts. Where it does not count, or less than came, it is a short one. */
	private isLast({ records, total, size }: Page, asked: number): boolean {
		if (records.length <= 1) return true;
		this.fullPage = size ?? this.fullPage;
		const reached = this.offset + records.length;
		if (total !== undefined && total >= reached) return total === reached;
		// Where one more than a page was asked for, a page may be all that the service gives
		return records.length < Math.min(asked, this.fullPage, this.listing.largestPage);
	}

	/** Whether as many records came as the service counts; true, too, when it does not count them. */
	private counted({ total }: Page): boolean {
		return total === undefined || this.gathering.seen - this.before >= total;
	}

	private goOn({ records }: Page): void {
		this.offset += records.length - 1;
		if (this.offset < pagingLimits.deepest) return;
		const last = records.at(-1);
		const watermark = last && this.listing.watermarkOf?.(last);
		if (watermark === undefined || watermark === this.since) return;
		this.since = watermark;
		this.offset = 0;
		this.before = this.countBefore(watermark);
	}

	/** Records with the very same watermark come once more in the window that begins with it. */
	private countBefore(watermark: string): number {
		const { records } = this.gathering;
		for (let count = records.length; ; count--) {
			const last = records[count - 1];
			if (last === undefined || this.listing.watermarkOf?.(last) !== watermark) return count;
		}
	}

	private restless(): NodeOperationError {
		const { noun } = this.listing;
		const id = this.api.lastRequestId;
		return new NodeOperationError(
			this.api.caller.getNode(),
			`The list of ${noun} kept changing while it was read: some may be missing${id ? ` (request id ${id})` : ''}`,
			{
				itemIndex: this.itemIndex,
				description: `${this.gathering.records.length} ${noun} were read. Run again when fewer of them are being deleted or changed.`,
			},
		);
	}
}

/** All records of `listing`, or the first `limit`; each once, whatever is created, changed or deleted meanwhile. */
export async function readByOffset(
	api: Api,
	listing: OffsetListing,
	limit: number,
	itemIndex: number,
): Promise<Listed> {
	return await new OffsetPages(api, listing, limit, itemIndex).read();
}
