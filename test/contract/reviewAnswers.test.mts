import type { Link, Plan, ReviewItem, ReviewReason } from '../../nodes/MatchAndMap/engine/index';
import { matterOf } from '../../templates/source/reviewForm/listMatters.mts';
import { offersOf } from '../../templates/source/reviewForm/offers.mts';
import type { LinkRow, Offer } from '../../templates/source/reviewForm/shapes.mts';
import { words } from '../../templates/source/reviewForm/words.mts';
import { run, u, w, type Given } from '../engine/builders.mts';
import { cases } from './reviewCases.mts';

const rowsOf = (links: readonly Link[]): LinkRow[] =>
	links.map(({ rowId, ...link }) => ({ ...link, id: Number(rowId) }));

/** What the form would offer for a matter of a plan. */
function offersFor(matter: ReviewItem, links: readonly Link[]): Offer[] {
	const row = {
		...matter,
		wixIds: matter.wixIds.join(', '),
		userIds: matter.userIds.join(', '),
	};
	return offersOf(matterOf(row, 'members'), rowsOf(links), words);
}

let nextRow = 9000;

/** The links table after an answer was saved. */
function answered(links: readonly Link[], { edits }: Offer): Link[] {
	const rows = new Map(links.map((link) => [link.rowId ?? '', link]));
	for (const { operation, link } of edits) {
		const { rowId = String(nextRow++), ...changed } = link;
		const known = rows.get(rowId) ?? ({} as Link);
		if (operation === 'remove') rows.delete(rowId);
		else rows.set(rowId, { ...known, ...changed, rowId });
	}
	return [...rows.values()];
}

function matterIn(plan: Plan, reason: ReviewReason): ReviewItem {
	const found = plan.review.find((item) => item.reason === reason);
	if (!found) throw new Error(`no ${reason} but ${plan.review.map((item) => item.reason).join()}`);
	return found;
}

describe.each(cases)('$reason: $name', ({ reason, given, offers: expected }) => {
	it('offers what makes sense, each by a label of its own', () => {
		const offers = offersFor(matterIn(run(given), reason), given.links ?? []);
		expect(offers.map(({ answer }) => answer)).toEqual(expected);
		const labels = offers.map(({ label }) => label);
		expect(new Set(labels).size).toBe(labels.length);
		for (const label of labels) expect(label).not.toMatch(/[<>{}]/);
	});
});

const answerable = cases.filter(({ offers, inParts }) => offers.length > 0 && inParts !== true);

describe.each(answerable)('$reason: $name', ({ reason, given }) => {
	it('is settled by the next run, whatever was answered', () => {
		const links = given.links ?? [];
		const matter = matterIn(run(given), reason);
		const left = offersFor(matter, links).map((offer) => {
			const next = run({ ...given, links: answered(links, offer) });
			const isBad = ({ reviewId, reason: why }: ReviewItem) =>
				reviewId === matter.reviewId || why === 'linkedTwice' || why === 'badLink';
			return [offer.label, next.review.filter(isBad)];
		});
		expect(left).toEqual(left.map(([label]) => [label, []]));
	});
});

it('removes the rows that cannot be used one by one', () => {
	const given: Given = cases.find(({ inParts }) => inParts)?.given ?? {};
	const links = given.links ?? [];
	const matter = matterIn(run(given), 'badLink');
	const [first] = offersFor(matter, links);
	if (!first) throw new Error('nothing is offered');
	const left = answered(links, first);
	const again = matterIn(run({ ...given, links: left }), 'badLink');
	const [second] = offersFor(again, left);
	if (!second) throw new Error('nothing is offered');
	expect(run({ ...given, links: answered(left, second) }).review).toEqual([]);
});

it('has a case for each reason, and words for each', () => {
	const reasons = Object.keys(words.reasons).sort();
	expect([...new Set(cases.map(({ reason }) => reason as string))].sort()).toEqual(reasons);
});

describe('what the next run then does', () => {
	const given = (name: string) => cases.find((each) => each.name === name)?.given ?? {};
	const decide = (name: string, reason: ReviewReason, label: RegExp) => {
		const before = given(name);
		const links = before.links ?? [];
		const offer = offersFor(matterIn(run(before), reason), links).find((each) =>
			label.test(each.label),
		);
		if (!offer) throw new Error(`nothing like ${String(label)}`);
		return run({ ...before, links: answered(links, offer) });
	};

	it('links the pair that was chosen', () => {
		const plan = decide('two contacts and a user', 'ambiguous', /link Wix 2 and User 1/);
		expect(plan.review).toEqual([]);
		expect(plan.links.map(({ operation, link }) => [operation, link.linkId, link.state])).toEqual([
			['update', 'contacts:C2:U1', 'linked'],
		]);
	});

	it('links by itself what is one to one after a pair was kept apart', () => {
		const plan = decide('two contacts and a user', 'ambiguous', /never link Wix 1 and User 1/);
		expect(plan.links).toContainEqual({
			operation: 'add',
			link: expect.objectContaining({ wixId: 'C2', userId: 'U1', state: 'linked' }),
		});
	});

	it('puts the chosen user into the link that lost one', () => {
		const name = 'two users in the place of one that is gone';
		const plan = decide(name, 'ambiguous', /link Wix 1 and User 2/);
		expect(plan.review).toEqual([]);
		expect(plan.report.counts).toMatchObject({ inSync: 1, unmatched: 1 });
	});

	it.each([
		[/Wix is right/, 'toUsers', w],
		[/user is right/, 'toWix', u],
	] as const)('carries out %s', (label, side, value) => {
		const plan = decide('both edited', 'bothEdited', label);
		expect(plan[side].map(({ set }) => Object.values(set))).toEqual([[value]]);
	});
});
