import type { HistoryRow, LinkRow, ReviewRow } from './types';

/** The columns that n8n adds to every table itself. */
type Given = 'id' | 'createdAt' | 'updatedAt';

/** Own columns of the links table, in the order in which they are made. All are text. */
export const linkColumns = [
	'linkId',
	'flow',
	'wixId',
	'userId',
	'state',
	'lastSynced',
	'pending',
	'note',
] as const satisfies ReadonlyArray<Exclude<keyof LinkRow, Given>>;

/** Own columns of the review table, what a person reads first. All are text. */
export const reviewColumns = [
	'who',
	'question',
	'answers',
	'answer',
	'state',
	'reason',
	'flow',
	'wixIds',
	'userIds',
	'reviewId',
] as const satisfies ReadonlyArray<Exclude<keyof ReviewRow, Given>>;

/** Own columns of the history table: `at` is a date, all others are text. */
export const historyColumns = [
	'at',
	'flow',
	'side',
	'operation',
	'reason',
	'linkId',
	'wixId',
	'userId',
	'property',
	'oldValue',
	'newValue',
	'outcome',
	'message',
] as const satisfies ReadonlyArray<keyof HistoryRow>;
