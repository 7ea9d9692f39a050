/**
 * The types that cross a border: between Match & Map, the two writers and the links table.
 * `docs/` explains the words; names and meanings here are fixed.
 */
export type JsonValue =
	null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };
export type JsonObject = { [key: string]: JsonValue };

export type Side = 'wix' | 'users';
export type Comparison = 'exact' | 'ignoreCase' | 'email' | 'phone';

/**
 * One combination of pairs that all have to match. An empty value on either side gives no key.
 * Rules apply in order; records that are ambiguous under one rule are not tried under a later one.
 */
export interface LinkRule {
	pairs: Array<{ wix: string; user: string; compare: Comparison }>;
}

/** A property kept in sync. With a one-way direction an edit on the receiving side is put back (`putBack`). */
export interface PropertyRule {
	wix: string;
	user: string;
	type: 'string' | 'number' | 'boolean' | 'date';
	compare: Comparison;
	direction: 'both' | 'toUsers' | 'toWix';
}

export interface DataFlow {
	/** Stable for the life of the links table; never derived from the title. */
	id: string;
	title: string;
	wixEntity: 'contact' | 'member';
	link: LinkRule[];
	properties: PropertyRule[];
	/** Further places that hold an address (`[]` stands for each item). They bar a create, never an update, and never link. */
	alsoHolds?: { wix: string[]; user: string[] };
}

export type WriteOperation = 'create' | 'update' | 'deactivate' | 'delete';

/** A write that was announced and has not been seen yet on the side it went to. */
export interface Pending {
	operation: WriteOperation;
	/** The property key, as in `Link.lastSynced`. */
	property: string;
	side: Side;
	from: JsonValue;
	to: JsonValue;
	/** ISO time of the announcement; kept when the same write is planned again. */
	at: string;
	/**
	 * announced: saved before the write, sent again while the target is still at `from`.
	 * sent: accepted but not shown yet; waits and is never sent again.
	 * refused: for good, while both sides hold what they held. refusedForNow: tried again on full runs, once a day at most.
	 */
	outcome: 'announced' | 'sent' | 'refused' | 'refusedForNow';
	code?: string;
}

/** One row of the links table. Every column is a string there; null, absent and '' mean the same. */
export interface Link {
	/** The table's own row id, present when the row was read from the table. */
	rowId?: string;
	/** Opaque and permanent, `flow:wixId:userId` at birth. Empty on a row that a person typed. */
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	state: 'linked' | 'unlinked' | 'keepApart' | 'ignored';
	/** JSON object: property key to the value both sides held when last seen equal. '' is {}. */
	lastSynced: string;
	/** JSON array of `Pending`, '' when none. */
	pending: string;
	/** A person's answer to what this row has in review; used once, then cleared. */
	decision: '' | 'wixWins' | 'usersWin';
	/** The side that a verify found gone, and when (ISO). */
	goneSide: '' | Side;
	goneConfirmedAt: string;
	/** The id that a verify found the record merged into. */
	movedTo: string;
	note: string;
}

export interface Policies {
	bothEdited: 'review' | 'wixWins' | 'usersWin';
	firstLink: 'review' | 'wixWins' | 'usersWin';
	createMissing: 'nobody' | 'users' | 'wix' | 'both';
	vanished: 'unlink' | 'recreate' | 'deactivate' | 'delete';
	memberContacts: 'sync' | 'leaveAlone';
	/** Trips when both limits are exceeded on one side; null switches it off, except for a complete side that lists nobody. */
	guard: { records: number; percent: number } | null;
	/** The hash of one tripped plan that a person approved. */
	approvedPlan: string;
	/** Days after which a sent value that never shows up is reviewed. */
	pendingDays: number;
	/** When not empty, only these ids or addresses may be written. */
	onlyRecords: string[];
	dryRun: boolean;
}

export const defaultPolicies: Policies = {
	bothEdited: 'review',
	firstLink: 'review',
	createMissing: 'nobody',
	vanished: 'unlink',
	memberContacts: 'sync',
	guard: { records: 50, percent: 10 },
	approvedPlan: '',
	pendingDays: 7,
	onlyRecords: [],
	dryRun: false,
};

export interface PlanInput {
	dataFlow: DataFlow;
	wixRecords: readonly JsonObject[];
	users: readonly JsonObject[];
	/** The rows of all flows: a user linked in another flow is no candidate in this one. */
	links: readonly Link[];
	/** Wix contact ids known to belong to members. */
	memberContactIds: readonly string[];
	/** Whether each listing is known to be whole. Unless both are, linked pairs are merged and nothing else happens. */
	complete: { wix: boolean; users: boolean };
	policies: Policies;
	/** ISO time of the run. */
	now: string;
}

/** One planned step on one record. `verify` reads the record by id and writes nothing. */
export interface Change {
	changeId: string;
	flow: string;
	side: Side;
	operation: WriteOperation | 'verify';
	recordId?: string;
	/** One key per property: the Wix path for side wix, the longest user path for side users. Nothing is null. */
	expected: JsonObject;
	set: JsonObject;
	/** For a create: what the rules do not give (a name, and a login that is the address). */
	defaults?: JsonObject;
	/** Only on the first write of a swap of addresses between Wix contacts. */
	allowDuplicates?: boolean;
	reason:
		| 'wixEdited'
		| 'userEdited'
		| 'policy'
		| 'decision'
		| 'firstLink'
		| 'fillEmpty'
		| 'putBack'
		| 'missing'
		| 'vanished'
		| 'unseen';
	/** The row with this write announced in `pending`, as it is saved before the write. */
	link: Link;
}

/** What became of one change. Found equal to `set` is `already`; found equal to neither is `stale`. */
export interface ApplyResult {
	changeId: string;
	flow: string;
	side: Side;
	operation: Change['operation'];
	outcome:
		| 'applied'
		| 'already'
		| 'stale'
		| 'refused'
		| 'refusedForNow'
		| 'exists'
		| 'gone'
		| 'present'
		| 'moved'
		| 'failed';
	recordId?: string;
	movedTo?: string;
	/** The row to save; absent when it stays as announced. */
	link?: Link;
	review?: ReviewItem;
	message?: string;
}

export type LinkChange = { operation: 'add' | 'update' | 'remove'; link: Link };

export type ReviewReason =
	| 'ambiguous'
	| 'bothEdited'
	| 'firstLinkDiffers'
	| 'emptied'
	| 'addressTaken'
	| 'linkedTwice'
	| 'linkedInOtherFlow'
	| 'mergedIntoLinked'
	| 'refused'
	| 'notTaken'
	| 'vanished'
	| 'badValue'
	| 'badLink'
	| 'guard';

/** One matter that waits for a person. The same matter keeps its `reviewId` from run to run. */
export interface ReviewItem {
	reviewId: string;
	flow: string;
	reason: ReviewReason;
	wixIds: string[];
	userIds: string[];
	message: string;
	howToDecide: string;
}

export type Outcome =
	| 'inSync'
	| 'linkedNow'
	| 'changed'
	| 'waiting'
	| 'waitingForFullRun'
	| 'review'
	| 'refused'
	| 'withoutKey'
	| 'unmatched'
	| 'excluded'
	| 'ignored'
	| 'putBack'
	| 'vanished';

export interface Report {
	/** Each pair or lone record once. */
	counts: Record<Outcome, number>;
	changes: Array<{ side: Side; operation: Change['operation']; property: string; count: number }>;
	review: Partial<Record<ReviewReason, number>>;
	withoutKey: { wix: number; users: number };
	guard: { tripped: boolean; wouldChange: { wix: number; users: number }; planHash: string };
	html: string;
}

/** On a side: vacating updates first, then updates, creates, deletes; otherwise in input order. */
export interface Plan {
	links: LinkChange[];
	toUsers: Change[];
	toWix: Change[];
	review: ReviewItem[];
	report: Report;
}
