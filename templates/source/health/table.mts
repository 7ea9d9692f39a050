import type { Table } from '../lib/tables.mts';

/** A row for each report and for each run that failed, so that a trend can be seen. No ids of records and no personal data. */
export const health: Table = {
	name: 'wix_user_sync_health',
	columns: {
		at: 'date',
		rules: 'string',
		pairs: 'number',
		inSync: 'number',
		due: 'number',
		waiting: 'number',
		forReview: 'number',
		refused: 'number',
		notLinked: 'number',
		writes: 'number',
		lastWriteAt: 'date',
		failed: 'string',
		run: 'string',
		picture: 'string',
	},
};
