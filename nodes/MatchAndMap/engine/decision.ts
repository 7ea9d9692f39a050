import type {
	JsonObject,
	JsonValue,
	Outcome,
	ReviewReason,
	Side,
	WriteOperation,
	WriteReason,
} from '../../shared/contract';
import { isBlank } from '../../shared/normalize';
import { ask, words, type Question, type Words } from './ask';
import { baseOf, type Row, type SideRecord } from './read';
import type { Property, Rules } from './rules';

/** Why a decision came out as it did, where no question and no edit says it. */
export type Circumstance =
	| 'addressSoon'
	| 'agreed'
	| 'answered'
	| 'barred'
	| 'bothGone'
	| 'doubled'
	| 'identified'
	| 'leased'
	| 'linkedNow'
	| 'lookUp'
	| 'nextRun'
	| 'noKey'
	| 'noPartner'
	| 'notShown'
	| 'outside'
	| 'removedByUs'
	| 'superseded'
	| 'trial'
	| 'unseen';

/** The reason of a decision as data. */
export interface Because {
	code: ReviewReason | WriteReason | Circumstance;
	side?: Side;
	/** The path on `side`, or on the Wix side where none is named. */
	field?: string;
	/** Records of `side` that it hangs on. */
	ids?: readonly string[];
}

/** One property of a planned write. */
export interface WriteValue {
	property: Property;
	/** What the target was seen to hold (or stands in for it): the writer expects it. */
	expected: JsonValue;
	to: JsonValue;
	/** The key of `to`. */
	toKey: string;
	reason: WriteReason;
	/** When an earlier run announced the very same write. */
	announcedAt?: string;
}

/** A write that a decision comes to. The release may still hold it back. */
export interface Write {
	side: Side;
	operation: WriteOperation;
	/** '' for a create. */
	recordId: string;
	values: readonly WriteValue[];
	defaults?: JsonObject;
	allowDuplicates?: boolean;
	/** The row whose write has to be done first: it frees the address. */
	after?: Row;
	/** The row holds this very step already: the guard weighed it when it got there. */
	isKnown: boolean;
}

/**
 * What one run decided about one pair, or about one record that is in no row. Invariants: a pair or record that is not at rest has
 * one decision with an `outcome`, and counts by it; a decision without one counts elsewhere. `row` is the row as it is to be
 * saved, but for what the release announces in it. At most one write. What people are asked, told and shown is read off these.
 */
export interface Decision {
	readonly row?: Row | undefined;
	readonly record?: SideRecord;
	readonly outcome?: Outcome | undefined;
	readonly because: Because;
	readonly questions?: readonly Question[];
	/** Questions whose answers this decision carries out. */
	readonly answered?: readonly Question[];
	/** Questions that were answered, and whose answers wait for a later run. */
	readonly kept?: readonly Question[];
	readonly write?: Write | undefined;
	/** The write waits for a later run; it is noted in the row. */
	readonly isLater?: boolean;
	/** Sides whose record is looked up by its id. */
	readonly lookUps?: readonly Side[];
	/** The side whose record is gone: the row loses its link. */
	readonly gone?: Side | undefined;
	/** Something that was sent is not shown yet. */
	readonly isUnderWay?: boolean;
	/** A new link that the trial leaves to a later run: told, not saved. */
	readonly isLeftOut?: boolean;
	/** Nothing was judged: what people were asked about the two stays as it is. */
	readonly isLeft?: boolean;
}

/** By rank: what has several parts counts by the first that fits. */
export const outcomes: readonly Outcome[] = [
	'ignored',
	'excluded',
	'refused',
	'review',
	'changed',
	'waiting',
	'waitingForFullRun',
	'vanished',
	'linkedNow',
	'putBack',
	'outside',
	'inSync',
	'withoutKey',
	'unmatched',
];

/** The outcome of what has these parts. */
export const weightiest = (parts: readonly Outcome[]): Outcome | undefined =>
	outcomes.find((outcome) => parts.includes(outcome));

/** Why a write is made: a value that only goes back to what the rule says is the least of its reasons. */
export const reasonOf = ({ values }: Pick<Write, 'values'>): WriteReason =>
	values.find(({ reason }) => reason !== 'putBack')?.reason ?? 'putBack';

/** A question about records that are in no row, as one decision for each of them. */
export const askedAbout = (records: readonly SideRecord[], question: Question): Decision[] =>
	records.map((record, index) => ({
		record,
		outcome: 'review',
		because: { code: question.code },
		...(index === 0 ? { questions: [question] } : {}),
	}));

/** A question about the two of a row. A record that is not listed is known by the address that both last held. */
export function aboutRow(
	{ properties }: Rules,
	row: Row,
	code: Question['code'],
	said: Words,
	others: Partial<Record<Side, readonly string[]>> = {},
): Question {
	const held = properties.flatMap(({ unique, key }) => (unique ? [baseOf(row, key)] : []));
	const remembered = held.find((value) => !isBlank(value));
	const ids = {
		wixIds: [row.wixId, ...(others.wix ?? [])],
		userIds: [row.userId, ...(others.users ?? [])],
	};
	const question = ask(code, ids, said);
	return remembered === undefined ? question : { ...question, remembered: String(remembered) };
}

export const keptApart = (rules: Rules, row: Row): Question =>
	aboutRow(
		rules,
		row,
		'badLink',
		words.badLink('the same two records are to be kept apart by another row'),
	);
