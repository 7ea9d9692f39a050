/**
 * The types that cross a border: between Match & Map, the two writers and n8n's Data Tables.
 *
 * A link row is the message, the memory and the table row at once. Match & Map takes rows and gives rows; a saved row goes through
 * the writers, which carry out what it announces for their side and note what came of it; then the row is saved again. Items have
 * exactly the columns of their table, so n8n's Data Table steps take them as they are. `docs/` explains the words.
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

export type WriteReason =
	| 'wixEdited'
	| 'userEdited'
	| 'policy'
	| 'answer'
	| 'firstLink'
	| 'fillEmpty'
	| 'putBack'
	| 'missing'
	| 'vanished'
	| 'unseen';

/**
 * One step of a row. It names everything that a writer needs, so that no writer has to guess. At most one entry is announced for
 * each side, operation and property.
 *
 * `outcome`:
 * - announced: saved before it is sent. It belongs to the run that saved it until `until`, its lease: no other run sends it or saves
 *   anything on the row before that. A lease counts as over only if `until` is not after `PlanInput.readFrom`; `until` counts from
 *   the planning. A writer begins nothing that could land after it.
 * - held: never sent as it stands. Either it was announced once (it keeps `until`) and stays for its echo, or it is wanted but not
 *   now (a trial, a slice, an address that is not free, a create that was just found to be wanted; no `until`).
 * - sent: accepted and not shown yet, or (a removal) done: never sent again.
 * - refused: for good, while both sides hold what they held. refusedForNow: tried again on full runs, once a day at most.
 * - gone, moved (`code` is the new id), present: what a verify found. present: it stands outside the list; not looked up again for
 *   a week.
 */
export interface Pending {
	operation: WriteOperation | 'verify';
	side: Side;
	/** Key of the property in `LinkRow.lastSynced` (its Wix path); '' for deactivate, delete and verify. */
	property: string;
	/** The path that is written on `side`; '' likewise. */
	field: string;
	/** What the target was seen to hold; for deactivate and delete an object, field to value, that has to hold still. */
	from: JsonValue;
	to: JsonValue;
	/** ISO time of the first announcement (kept when the same write is announced again); for a verify, of its finding. */
	at: string;
	/** ISO time: the end of the lease. */
	until?: string;
	reason: WriteReason;
	outcome:
		'announced' | 'held' | 'sent' | 'refused' | 'refusedForNow' | 'gone' | 'moved' | 'present';
	/** The service's own code of a refusal; of a moved record, its new id. */
	code?: string;
	/** Ids on `side` of those who hold what was refused. */
	others?: string[];
	/** For a create: what the rules do not give (a name, a login). Dropped as soon as the record is there. */
	defaults?: JsonObject;
	/** `linkId` of a row, announced in the same plan, whose write frees an address and has to be done first. */
	after?: string;
	/** The first write of a swap of addresses between Wix contacts. */
	allowDuplicates?: boolean;
}

/**
 * One row of the links table; all own columns are text. A known row is saved by compare-and-set: with `id` and `updatedAt` as it was
 * read. Within one run a row is named by its `id`; over time by its `linkId`, for n8n may give an `id` again.
 */
export interface LinkRow {
	/** n8n's own columns; absent until the row is saved. */
	id?: number;
	createdAt?: string;
	updatedAt?: string;
	/** Opaque and permanent, `flow:wixId:userId` at birth. Empty on a row that a person typed: it is given one. */
	linkId: string;
	flow: string;
	wixId: string;
	userId: string;
	/** `removed`: to be swept; counts as not there. */
	state: 'linked' | 'unlinked' | 'keepApart' | 'ignored' | 'removed';
	/** JSON object: property key to the value both sides held when last seen equal. '' is {}. */
	lastSynced: string;
	/** JSON array of `Pending`, oldest first; '' when none. */
	pending: string;
	/** A person's own words. */
	note: string;
}

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

/** One row of the review table: one question to a person, and the place for the answer. */
export interface ReviewRow {
	id?: number;
	createdAt?: string;
	updatedAt?: string;
	/** The same matter keeps it from run to run. */
	reviewId: string;
	flow: string;
	reason: ReviewReason;
	/** Who it is about, as a person knows them: names and addresses, not ids. */
	who: string;
	/** What was found, with the values, and what follows from it. */
	question: string;
	/** The answers that are possible, one a line: a code, a colon, words. */
	answers: string;
	/** The code of one of them. Absent from what Match & Map gives, unless it is to be cleared: a save must not wipe out an answer. */
	answer?: string;
	/** Ids separated by comma and blank. */
	wixIds: string;
	userIds: string;
	state: 'open' | 'settled';
}

/** One row of the history table: one property that was written, or tried, by the writer that did it. */
export interface HistoryRow {
	/** ISO time. */
	at: string;
	flow: string;
	side: Side;
	operation: string;
	reason: string;
	linkId: string;
	wixId: string;
	userId: string;
	property: string;
	oldValue: string;
	newValue: string;
	outcome:
		| 'applied'
		| 'already'
		| 'stale'
		| 'sent'
		| 'refused'
		| 'refusedForNow'
		| 'exists'
		| 'gone'
		| 'moved'
		| 'failed';
	message: string;
}

export interface Policies {
	bothEdited: 'review' | 'wixWins' | 'usersWin';
	firstLink: 'review' | 'wixWins' | 'usersWin';
	createMissing: 'nobody' | 'users' | 'wix' | 'both';
	vanished: 'unlink' | 'recreate' | 'deactivate' | 'delete';
	memberContacts: 'sync' | 'leaveAlone';
	/**
	 * Updates trip when both limits are exceeded on one side; creates, removals and unlinks when the percentage alone is exceeded
	 * and more than three people are concerned. A complete side that lists nobody trips always, even where this is null; so does,
	 * unless it is null, a run that would create although no row of the flow was ever linked. A step is weighed once, when it first
	 * gets into a row.
	 */
	guard: { records: number; percent: number } | null;
	/** The hash of one tripped plan that a person approved. */
	approvedPlan: string;
	/** Days after which a sent value that never shows up is reviewed. */
	pendingDays: number;
	/** When not empty, only these ids or addresses may be written. */
	onlyRecords: string[];
	/** At most so many writes a run, the rest waits for the next one; 0: no limit. */
	writesPerRun: number;
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
	writesPerRun: 500,
	dryRun: false,
};

export interface PlanInput {
	dataFlow: DataFlow;
	/** Read after the rows: a list that is older than a row must not be judged by it. */
	wixRecords: readonly JsonObject[];
	users: readonly JsonObject[];
	/** The rows of all flows: a user linked in another flow is no candidate in this one. */
	links: readonly LinkRow[];
	/** The known matters, with the answers of people. */
	review: readonly ReviewRow[];
	/** Wix contact ids known to belong to members. */
	memberContactIds: readonly string[];
	/** Whether each listing is known to be whole. Unless both are, linked pairs are merged and nothing else happens. */
	complete: { wix: boolean; users: boolean };
	policies: Policies;
	/** ISO time of the planning. */
	now: string;
	/** ISO time from before the rows were read: what tells whether a lease is over. */
	readFrom: string;
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
	| 'vanished'
	| 'outside';

export interface Report {
	/** Each pair or lone record once. */
	counts: Record<Outcome, number>;
	changes: Array<{
		side: Side;
		operation: Pending['operation'];
		property: string;
		count: number;
	}>;
	review: Partial<Record<ReviewReason, number>>;
	withoutKey: { wix: number; users: number };
	/** What a person has to know before all else, most important first: a run that begins anew, or that does nothing. */
	notices: string[];
	guard: { tripped: boolean; wouldChange: { wix: number; users: number }; planHash: string };
	/**
	 * Rows of the links table that go by one delete, as its conditions: those in this state, with an id from one to the other, last
	 * saved by then. Mostly all that are removed; after runs that linked everybody at the same moment, a stretch of doubles.
	 */
	sweep: { state: LinkRow['state']; fromId: number; toId: number; savedUntil: string };
	html: string;
}

/** A preview and a tripped guard give no rows but the matters; their report is that of the real plan. */
export interface Plan {
	report: Report;
	/** Matters that are new, changed or settled; nothing for those that stand as they were. */
	review: ReviewRow[];
	/** Rows to insert, before anything else is saved. Nothing is sent for a row in the run that inserts it. */
	newLinks: LinkRow[];
	/** Known rows to save, in the order in which what they announce is to be sent: what frees an address first. */
	changedLinks: LinkRow[];
}
