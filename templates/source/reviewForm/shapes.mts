/** What the steps of the review form hand on. Everything here goes through n8n as plain items. */

/** A row of the review table, as n8n gives it. */
export interface MatterRow {
	reviewId: string;
	flow: string | null;
	reason: string | null;
	/** Separated by a comma and a space. */
	wixIds: string | null;
	userIds: string | null;
	message: string | null;
	howToDecide: string | null;
}

/** The matter that was chosen. */
export interface Matter {
	reviewId: string;
	flow: string;
	reason: string;
	/** Those that the page shows: the first ten of a side. */
	wixIds: string[];
	userIds: string[];
	/** Records that the page does not show. */
	hidden: number;
	message: string;
	howToDecide: string;
	/** Whether the Wix records are members. */
	isMembers: boolean;
	/** What to look up in the links table: records, and rows that the message names. */
	lookUp: Array<{ id: string; rowId: number }>;
	/** What to read; `none` is always there, so that there is an item in any case. */
	ask: Array<{ kind: 'none' | 'contact' | 'member' | 'user'; id: string }>;
}

/** A row of the links table, as n8n gives it. */
export interface LinkRow {
	id: number;
	flow: string | null;
	wixId: string | null;
	userId: string | null;
	state: string | null;
	lastSynced: string | null;
	pending: string | null;
	decision: string | null;
	goneSide: string | null;
	goneConfirmedAt: string | null;
	movedTo: string | null;
	note: string | null;
}

/** A record as the Get operations give it (Simplified), or what was asked for with the error. */
export type Answered = Record<string, unknown> & { id?: unknown; error?: unknown };

/** One change of the links table, as Match & Map words its own. */
export interface Edit {
	operation: 'add' | 'update' | 'remove';
	link: Record<string, string>;
}

/** One answer that the form offers. */
export interface Offer {
	/** What is decided, as the history keeps it. */
	answer: string;
	label: string;
	/** What the next page says when it is saved. */
	saved: string;
	edits: Edit[];
}

export interface Field {
	fieldType: 'html' | 'radio' | 'dropdown';
	fieldLabel?: string;
	fieldName?: string;
	elementName?: string;
	html?: string;
	requiredField?: boolean;
	fieldOptions?: { values: Array<{ option: string }> };
}

/** The texts of the form, in the step `Words of the form`. */
export interface Words {
	reasons: Record<string, { title: string; means: string; elsewhere?: string }>;
	answers: Record<string, { label: string; saved: string }>;
	later: string;
	finish: string;
	nextRun: string;
}
