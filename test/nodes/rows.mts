import type { IDataObject } from 'n8n-workflow';

import type {
	HistoryRow,
	JsonObject,
	LinkRow,
	Pending,
	Side,
} from '../../nodes/shared/contract/index';
import type { NodeRun } from './harness.mts';

/** What a row asks of one side, as a test says it: by the paths of that side. */
export interface Asked {
	operation: Pending['operation'];
	recordId?: string;
	/** What the record holds, as the plan saw it; for a removal, what has to hold still. */
	expected?: JsonObject;
	set?: JsonObject;
	defaults?: JsonObject;
	allowDuplicates?: boolean;
	after?: string;
	until?: string;
	flow?: string;
	/** Cells of the row; where they have `pending`, it announces nothing else. */
	link?: Partial<LinkRow>;
}

const announcedAt = '2026-11-23T09:00:00.000Z';
/** A lease that no test outlasts. */
const farAway = '2099-01-01T00:00:00.000Z';

/** The property of a path; the users' paths of the address stand for the contact's. */
const propertyOf = (field: string): string =>
	/^(profile\.email(\.email)?|emails\[primary\]\.value)$/.test(field) ? 'primaryInfo.email' : field;

export const entryOf = (side: Side, entry: Partial<Pending> = {}): Pending => ({
	operation: 'update',
	side,
	property: '',
	field: '',
	from: null,
	to: null,
	at: announcedAt,
	until: farAway,
	reason: side === 'wix' ? 'userEdited' : 'wixEdited',
	outcome: 'announced',
	...entry,
});

/** The entries that announce `asked`: one for each value, or one for the record. */
export function entriesFor(side: Side, asked: Asked): Pending[] {
	const { operation, expected = {}, set = {}, defaults, allowDuplicates, after, until } = asked;
	const shared = {
		operation,
		...(defaults === undefined ? {} : { defaults }),
		...(allowDuplicates === undefined ? {} : { allowDuplicates }),
		...(after === undefined ? {} : { after }),
		...(until === undefined ? {} : { until }),
	};
	if (operation === 'verify') return [entryOf(side, { ...shared, reason: 'unseen' })];
	if (operation === 'delete' || operation === 'deactivate') {
		return [entryOf(side, { ...shared, reason: 'vanished', from: expected })];
	}
	const reason = operation === 'create' ? { reason: 'missing' as const } : {};
	return Object.entries(set).map(([field, to]) =>
		entryOf(side, {
			...shared,
			...reason,
			property: propertyOf(field),
			field,
			from: operation === 'create' ? null : (expected[field] ?? null),
			to,
		}),
	);
}

let serial = 0;

/** A row as n8n's Data Table gives it, with `pending`. */
export function linkOf(link: Partial<LinkRow> = {}, pending: readonly Pending[] = []): LinkRow {
	serial++;
	return {
		id: serial,
		createdAt: '2026-11-01T00:00:00.000Z',
		updatedAt: `2026-11-23T09:00:00.${String(serial % 1000).padStart(3, '0')}Z`,
		linkId: `contacts:${serial}`,
		flow: 'contacts',
		wixId: '',
		userId: '',
		state: 'linked',
		lastSynced: '',
		pending: pending.length === 0 ? '' : JSON.stringify(pending),
		note: '',
		...link,
	};
}

/** The saved row that asks `asked` of `side`. */
export function rowFor(side: Side, asked: Asked): IDataObject {
	const { recordId = '', flow = 'contacts', link = {} } = asked;
	const ids =
		side === 'wix'
			? { wixId: recordId, userId: 'user-1' }
			: { wixId: 'contact-1', userId: recordId };
	return { ...linkOf({ ...ids, flow, ...link }, link.pending ? [] : entriesFor(side, asked)) };
}

/** A saved row with the update of an address; of other values, by `more`. */
export function updateOf(
	side: Side,
	recordId: string,
	from: string | null,
	to: string,
	more: Partial<Asked> = {},
): IDataObject {
	const path = side === 'wix' ? 'primaryInfo.email' : 'profile.email.email';
	return rowFor(side, {
		operation: 'update',
		recordId,
		expected: { [path]: from },
		set: { [path]: to },
		...more,
	});
}

/** What a run told of one input row. */
export interface Told {
	/** That of its history; `present` and `left` have none. Several different ones stand one after the other. */
	outcome: string;
	message: string;
	/** Of the row on this side, as the history has it. */
	recordId: string;
	/** Of the row that was handed on; undefined where none was. */
	link?: LinkRow;
	pending: Pending[];
	/** Of the entries that say one. */
	code?: string;
	others?: string[];
	/** What the row says of the record itself: gone, moved, present; and since when. */
	found?: string;
	foundAt?: string;
	history: HistoryRow[];
	error?: string;
}

const itemOf = (item: { pairedItem?: unknown }): number =>
	(item.pairedItem as { item: number }).item;

const errorIn = (json: IDataObject): string | undefined =>
	typeof json.error === 'string' ? json.error : undefined;

const entriesIn = (row: LinkRow | undefined): Pending[] =>
	JSON.parse(row?.pending || '[]') as Pending[];

/** What a run of Apply Changes told of the input row at `index`. */
export function resultIn(run: NodeRun, index = 0): Told {
	const [rows = [], written = [], failed = []] = run.outputs.Node ?? [];
	const mine = rows.filter((item) => itemOf(item) === index);
	const link = mine.find(({ json }) => errorIn(json) === undefined)?.json as LinkRow | undefined;
	const error = [...mine, ...failed.filter((item) => itemOf(item) === index)]
		.map(({ json }) => errorIn(json))
		.find((text) => text !== undefined);
	const history = written
		.filter((item) => itemOf(item) === index)
		.map(({ json }) => json as unknown as HistoryRow);
	const pending = entriesIn(link);
	const coded = pending.find(({ code }) => code !== undefined);
	const finding = pending.find(({ operation }) => operation === 'verify');
	const outcomes = [...new Set(history.map(({ outcome }) => outcome))];
	const untold =
		error !== undefined ? 'error' : finding?.outcome === 'present' ? 'present' : 'left';
	const [first] = history;
	return {
		recordId: (first?.side === 'wix' ? first.wixId : first?.userId) ?? '',
		outcome: outcomes.join(' ') || untold,
		message: first?.message ?? '',
		pending,
		history,
		...(link === undefined ? {} : { link }),
		...(coded?.code === undefined ? {} : { code: coded.code }),
		...(coded?.others === undefined ? {} : { others: coded.others }),
		...(finding === undefined ? {} : { found: finding.outcome, foundAt: finding.at }),
		...(error === undefined ? {} : { error }),
	};
}

/** The outcome of each input row. */
export const outcomesOf = (run: NodeRun): string[] =>
	run.input.map((_, index) => resultIn(run, index).outcome);

/** So that what fails does not end the run, and comes out of the third output. */
export const toErrorOutput = { onError: 'continueErrorOutput' };
