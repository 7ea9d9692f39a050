import { timeLimit } from '../Api';
import { clock } from '../clock';
import type { JsonObject, JsonValue, LinkRow, Pending, Side } from '../contract';
import { isJsonObject } from '../paths';

/** What a writer heeds of a link row. */
export type KnownRow = Pick<LinkRow, 'linkId' | 'flow' | 'wixId' | 'userId' | 'state'>;

/** What one row asks of one side: the announced entries of one operation, which are one step. */
export interface RowTask {
	readonly row: KnownRow;
	readonly side: Side;
	readonly operation: Pending['operation'];
	/** Of the record to work on; '' for a create. */
	readonly recordId: string;
	readonly entries: readonly Pending[];
	/** All entries of the row for this side: what they replaced and what they wrote is ours, no person's edit. */
	readonly known: readonly Pending[];
	/** What is written, by path. */
	readonly set: JsonObject;
	/** What has to hold still before a removal, by path. */
	readonly expected: JsonObject;
	readonly defaults: JsonObject;
	readonly allowDuplicates: boolean;
	/** `linkId`s of the rows whose write has to be done first. */
	readonly after: readonly string[];
	/** From this time on no write may begin: it could land when the lease of the row is over. Milliseconds; NaN: none may at all. */
	readonly deadline: number;
}

/** For clocks that differ, beside the total time of a request; milliseconds. */
const clockMargin = 30_000;

/** The steps that `entries`, those of `row`, announce for `side`, in their order. */
export function tasksOf(row: KnownRow, entries: readonly Pending[], side: Side): RowTask[] {
	if (row.state === 'removed') return [];
	const known = entries.filter((entry) => entry.side === side);
	const announced = known.filter(({ outcome }) => outcome === 'announced');
	const operations = new Set(announced.map(({ operation }) => operation));
	return [...operations].map((operation) => {
		const entries = announced.filter((entry) => entry.operation === operation);
		const writesValues = operation === 'update' || operation === 'create';
		const ends = entries.map(({ until = '' }) => Date.parse(until));
		return {
			row,
			side,
			operation,
			recordId: operation === 'create' ? '' : idOn(side, row),
			entries,
			known,
			set: Object.fromEntries(writesValues ? entries.map(({ field, to }) => [field, to]) : []),
			expected: allOf(entries.map(({ from }) => from)),
			defaults: allOf(entries.map(({ defaults }) => defaults)),
			allowDuplicates: entries.some((entry) => entry.allowDuplicates === true),
			after: entries.flatMap(({ after }) => after ?? []),
			deadline: Math.min(...ends) - timeLimit.milliseconds - clockMargin,
		};
	});
}

/** All objects among `parts` as one. */
const allOf = (parts: ReadonlyArray<JsonValue | undefined>): JsonObject =>
	Object.fromEntries(parts.filter(isJsonObject).flatMap((part) => Object.entries(part)));

/** The id of the record that `row` has on `side`; '' for none. */
export const idOn = (side: Side, { wixId, userId }: KnownRow): string =>
	side === 'wix' ? wixId : userId;

/** Whether a write for it may begin now. */
export const isInTime = ({ deadline }: RowTask): boolean => clock.isBefore(deadline);
