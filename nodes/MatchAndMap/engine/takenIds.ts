import type { SideRecord } from './records';

/** Ids of one side that a linked row (or a broken one) names. A listed record carries the mark itself, which saves a set. */
export class TakenIds {
	private readonly unlisted = new Set<string>();

	constructor(private readonly listed: ReadonlyMap<string, SideRecord>) {}

	has(id: string): boolean {
		return this.listed.get(id)?.isTaken ?? this.unlisted.has(id);
	}

	add(id: string): void {
		this.take(id, this.listed.get(id));
	}

	/**
	 * As `add`, for a row that is read; '' is no id.
	 * @param record what is listed under the id
	 * @returns whether the id was taken before
	 */
	take(id: string, record: SideRecord | undefined): boolean {
		const was = record?.isTaken ?? this.unlisted.has(id);
		if (record !== undefined) record.isTaken = true;
		else if (id !== '') this.unlisted.add(id);
		return was;
	}
}
