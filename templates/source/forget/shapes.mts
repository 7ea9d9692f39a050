/** What the steps of Forget a person hand on; rows are as n8n gives them. */

export interface LinkRow {
	id: number;
	flow: string | null;
	wixId: string | null;
	userId: string | null;
	linkId: string | null;
	state: string | null;
	lastSynced: string | null;
	pending: string | null;
	movedTo: string | null;
}

export interface HistoryRow {
	id: number;
	flow: string | null;
	wixId: string | null;
	userId: string | null;
	linkId: string | null;
	oldValue: string | null;
	newValue: string | null;
}

export interface ReviewRow {
	id: number;
	/** Separated by a comma and a space. */
	wixIds: string | null;
	userIds: string | null;
	message: string | null;
}

export interface FailureRow {
	id: number;
	message: string | null;
}

export interface Asked {
	/** As typed, trimmed. */
	term: string;
	/** What to look for with "contains": `%` stands where upper and lower case may differ from what n8n's database knows. */
	pattern: string;
}

/** The ids of one person on either side. */
export interface Person {
	ids: string[];
}

export interface Rows {
	links: LinkRow[];
	history: HistoryRow[];
	review: ReviewRow[];
	failures: FailureRow[];
}

export interface Mark {
	flow: string;
	wixId: string;
	userId: string;
	linkId: string;
	state: string;
	note: string;
}

export interface Found {
	wixIds: string[];
	userIds: string[];
	counts: Record<keyof Rows, number>;
	total: number;
	/** Row ids of each table. */
	rows: Array<{ table: keyof Rows; id: number }>;
	/** Rows that keep the records out of the sync. */
	marks: Mark[];
}
