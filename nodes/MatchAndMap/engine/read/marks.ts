import type { Side } from '../../../shared/contract';
import type { RecordList, SideRecord } from './records';

/** Ids of one side that bear a mark. A listed record is marked by its place, which saves a set of ids. */
export class Marks {
	private readonly places: Uint8Array;
	private readonly unlisted: Set<string>;

	/** @param from marks to begin with; they are copied */
	constructor(
		private readonly list: Pick<RecordList, 'byId' | 'places'>,
		from?: Marks,
	) {
		this.places = from === undefined ? new Uint8Array(list.places) : from.places.slice();
		this.unlisted = new Set(from?.unlisted);
	}

	has(id: string): boolean {
		const record = this.list.byId.get(id);
		return record === undefined ? this.unlisted.has(id) : this.bears(record);
	}

	bears({ place }: SideRecord): boolean {
		return this.places[place] === 1;
	}

	/**
	 * Marks an id; '' is none.
	 * @param record what is listed under the id
	 * @returns whether it was marked before
	 */
	add(id: string, record: SideRecord | undefined = this.list.byId.get(id)): boolean {
		const was = record === undefined ? this.unlisted.has(id) : this.bears(record);
		if (record !== undefined) this.places[record.place] = 1;
		else if (id !== '') this.unlisted.add(id);
		return was;
	}
}

export const marksOf = (
	lists: Record<Side, RecordList>,
	from?: Record<Side, Marks>,
): Record<Side, Marks> => ({
	wix: new Marks(lists.wix, from?.wix),
	users: new Marks(lists.users, from?.users),
});
