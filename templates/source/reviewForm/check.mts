import type { Edit, LinkRow, Matter, MatterRow, Offer, Words } from './shapes.mts';

interface Then {
	offers: readonly Offer[];
	/** The rows as they were when the page was drawn, and as they are now. */
	before: readonly LinkRow[];
	now: readonly LinkRow[];
	/** The matter in the review table now; nothing when it is settled. */
	waiting: readonly MatterRow[];
	words: Words;
}

interface Checked {
	/** Whether there is something to save. */
	save: boolean;
	notice: string;
	answer: string;
	edits: Edit[];
}

/**
 * Takes an answer for what it was given for, or not at all: the matter must still wait, its links must be as they were shown,
 * and the answer one of those on the page.
 */
export const checkAnswer = (given: unknown, matter: Matter, then: Then): Checked => {
	const { offers, before, now, waiting, words } = then;
	const not = (notice: string): Checked => ({ save: false, notice, answer: '', edits: [] });
	if (given === undefined || given === null || given === '' || given === words.later)
		return not('');
	if (!waiting.some((row) => row.reviewId === matter.reviewId)) {
		return not(
			'Nothing was saved: the matter is settled already, by a run of the sync or by somebody else.',
		);
	}
	const told = (rows: readonly LinkRow[]) =>
		rows
			.map((row) =>
				JSON.stringify([
					row.id,
					...[row.flow, row.wixId, row.userId, row.state, row.decision],
					...[row.goneSide, row.movedTo, row.note, row.lastSynced, row.pending],
				]),
			)
			.sort()
			.join('\n');
	if (told(before) !== told(now)) {
		return not(
			'Nothing was saved: a run of the sync or somebody else changed this link meanwhile. Please look at the matter again.',
		);
	}
	const offer = offers.find((each) => each.label === given);
	if (offer === undefined) return not('Nothing was saved: this answer is not on offer.');
	const notice = `Saved: ${offer.saved} ${words.nextRun}`;
	return { save: true, notice, answer: offer.answer, edits: offer.edits };
};
