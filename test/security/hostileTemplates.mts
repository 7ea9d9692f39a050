import { entryAt } from '../../runtime/entries.mts';
import { reportStyle } from '../../nodes/MatchAndMap/engine/reportStyle';
import { pageOf as forgetPage } from '../../templates/source/forget/page.mts';
import { drawPage } from '../../templates/source/health/drawPage.mts';
import type { Figures } from '../../templates/source/health/shapes.mts';
import { listMatters, matterOf } from '../../templates/source/reviewForm/listMatters.mts';
import { offersOf } from '../../templates/source/reviewForm/offers.mts';
import { pageOf as reviewPage } from '../../templates/source/reviewForm/page.mts';
import type { LinkRow, MatterRow } from '../../templates/source/reviewForm/shapes.mts';
import { words } from '../../templates/source/reviewForm/words.mts';

const whole = (body: string) =>
	`<!doctype html><html><head><title>A page</title><style>${reportStyle}</style></head><body>${body}</body></html>`;

/** A number where the table gave a text: whatever a column holds, it goes through n8n untyped. */
const asNumber = (evil: string) => evil as unknown as number;

export function hostileHealthPage(evil: string): string {
	const number = asNumber(evil);
	const figures: Figures = {
		at: `2026-11-16T07:00:00.000Z ${evil}`,
		...{ pairs: number, inSync: number, drift: number, waiting: number, forReview: 1 },
		...{ failing: number, writesDone: number, writesFailed: number, failedRuns: number },
	};
	const count = { what: evil, count: number, side: evil, workflow: evil };
	const summary = {
		...figures,
		...{ pairs: number, waiting: number, failing: number, forReview: 1 },
		...{ writesDone: number, writesFailed: number, failedRuns: number, days: number },
		...{ failingBy: [count], reviewBy: [count], writesBy: [count], failedBy: [count] },
		oldest: { flow: evil, reason: evil, since: evil },
		compared: [{ flow: evil, inSync: null, drift: null, problem: evil }],
		lastGood: [{ flow: evil, at: evil }],
		before: { ...figures, at: evil },
		trend: [{ ...figures, at: evil }],
	};
	return whole(drawPage(summary));
}

const linkRow = (evil: string, more: Partial<LinkRow> = {}): LinkRow => ({
	...{ id: 12, flow: 'contacts', wixId: `C ${evil}`, userId: `U ${evil}`, state: 'linked' },
	...{ decision: evil, goneSide: '', goneConfirmedAt: '', movedTo: evil, note: evil },
	lastSynced: JSON.stringify({ [evil]: evil }),
	pending: JSON.stringify([{ side: evil, to: evil, outcome: 'refused', code: evil }]),
	...more,
});

/** The pages of the review form for every reason, one made up among them, below each other. */
export function hostileReviewPage(evil: string): string {
	const rows = [linkRow(evil), linkRow(evil, { id: 13, state: evil, flow: evil })];
	const ids = { wixIds: `C ${evil}, C2 ${evil}`, userIds: `U ${evil}, U2 ${evil}` };
	const said = { message: `Row 12 of the links table ${evil}`, howToDecide: `How ${evil}` };
	const field = { email: evil, name: evil, nickname: evil, login: evil, status: evil, phone: evil };
	const records = [
		{ id: `C ${evil}`, ...field, active: evil, company: evil, jobTitle: evil, createdDate: evil },
		{ id: `C2 ${evil}`, error: `Refused ${evil}` },
		{ id: `U ${evil}`, firstName: evil, lastName: evil, updatedDate: evil, lastLoginDate: evil },
	];
	const matters = [...Object.keys(words.reasons), evil].map((reason): MatterRow => ({
		reviewId: `r ${reason}`,
		flow: 'contacts',
		reason,
		...ids,
		...said,
	}));
	const listed = listMatters([...matters, { ...entryAt(matters, 0), reviewId: evil, flow: evil }], {
		...{ words, search: '', atMost: 100, notice: evil },
	});
	const pages = matters.map((row) => {
		const matter = matterOf(row, 'members');
		const offers = offersOf(matter, rows, words);
		return reviewPage(matter, { words, rows, records, offers });
	});
	const fields = [listed.fields, ...pages].flat();
	const answers = fields.flatMap((each) => each.fieldOptions?.values ?? []);
	const labels = answers.map(({ option }) => `<label>${option}</label>`);
	return whole([...fields.map(({ html }) => html ?? ''), ...labels].join('\n'));
}

export function hostileForgetPage(evil: string): string {
	const counts = { links: 1, history: 1, review: 1, failures: 1 };
	const found = { wixIds: [evil, `2 ${evil}`, `3 ${evil}`], userIds: [evil], total: 4, rows: [] };
	return whole(forgetPage({ ...found, counts, marks: [] }));
}
