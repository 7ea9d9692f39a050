import type { ReviewReason, Side } from '../../../shared/contract';

/** One possible answer: what the person enters, and what follows from it. */
export interface Answer {
	code: string;
	words: string;
}

/** What is said of a matter, and what can be answered: for a person who knows neither rules nor rows. */
export interface Words {
	question: string;
	answers: readonly Answer[];
}

/**
 * One question to a person. Invariants: the ids are those of `code`'s whole matter, and with the code they name it from run to
 * run; an answer counts only for the very `question` that was asked.
 */
export interface Question extends Words {
	code: ReviewReason;
	wixIds: readonly string[];
	userIds: readonly string[];
	/** The address by which a record is known that this run has not read. */
	remembered?: string;
}

type Ids = Partial<Record<'wixIds' | 'userIds', readonly string[]>>;

export const ask = (
	code: ReviewReason,
	{ wixIds = [], userIds = [] }: Ids,
	said: Words,
): Question => ({ code, wixIds, userIds, ...said });

/** Ids that stand on one side. */
export const idsOn = (side: Side, ids: readonly string[]): Ids =>
	side === 'wix' ? { wixIds: ids } : { userIds: ids };

export const distinct = (ids: readonly string[]) =>
	[...new Set(ids)].filter((id) => id !== '').sort();
