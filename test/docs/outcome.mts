import { changeReasons, reviewTitles, stepWords } from '../../nodes/MatchAndMap/engine/tell';
import type {
	JsonValue,
	LinkRow,
	Pending,
	Plan,
	ReviewRow,
} from '../../nodes/MatchAndMap/engine/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { pendingOf } from '../engine/builders.mts';

/** Step, records, field, old value, new value, why: in the words of the report. */
export type Step = [string, string, string, string, string, string];

export const stepHeader = ['Step', 'Records', 'Field', 'Old value', 'New value', 'Why'];

const shown = (value: JsonValue | undefined) =>
	value === null || value === undefined || isJsonObject(value) ? '' : String(value);

const idsOf = ({ wixId, userId }: LinkRow) => [wixId, userId].filter((id) => id !== '').join(', ');

const ofLink = (link: LinkRow): Step[] =>
	link.wixId !== '' && link.userId !== '' ? [['Link', idsOf(link), '', '', '', '']] : [];

const isWanted = ({ outcome, until }: Pending) => outcome === 'held' && until === undefined;

/** What this run sends for the row; after it, marked as such, what it only notes for later runs. */
function ofEntries(link: LinkRow): Step[] {
	const entries = pendingOf(link);
	return [
		...entries
			.filter(({ outcome }) => outcome === 'announced')
			.flatMap((one) => ofEntry(link, one)),
		...entries
			.filter(isWanted)
			.flatMap((one) => ofEntry(link, one).map((step) => markedLater(step))),
	];
}

const markedLater = ([name, ...rest]: Step): Step => [`${name} (later)`, ...rest];

function ofEntry(link: LinkRow, entry: Pending): Step[] {
	const { side, operation, field, from, to, reason } = entry;
	const records =
		operation === 'create' ? `for ${idsOf(link)}` : link[`${side === 'wix' ? 'wix' : 'user'}Id`];
	const step = (name: string, old: JsonValue, next: JsonValue | undefined): Step => [
		stepWords(entry),
		records,
		name,
		operation === 'update' ? shown(old) : '',
		shown(next),
		changeReasons[reason],
	];
	return [step(field, from, to)];
}

/** A create tells its further fields once, whatever the number of its entries. */
function defaultsOf(link: LinkRow): Step[] {
	const first = pendingOf(link).find(({ defaults }) => defaults !== undefined);
	if (first === undefined) return [];
	return Object.entries(first.defaults ?? {}).flatMap(([field, to]) => {
		const steps = ofEntry(link, { ...first, field, to });
		return isWanted(first) ? steps.map(markedLater) : steps;
	});
}

const ofReview = ({ reason, wixIds, userIds }: ReviewRow): Step => [
	'Ask a person',
	[wixIds, userIds].filter((ids) => ids !== '').join(', '),
	'',
	'',
	'',
	reviewTitles[reason],
];

/** What a plan does, a row for each field that is written: users first. @param linkedBefore link ids of the rows that were linked */
export function stepsOf(plan: Plan, linkedBefore: ReadonlySet<string>): Step[] {
	const rows = [...plan.changedLinks, ...plan.newLinks];
	const unlinked = plan.changedLinks.filter(
		({ state, linkId }) => state === 'unlinked' && linkedBefore.has(linkId),
	);
	const writes = rows.flatMap((row) => [...ofEntries(row), ...defaultsOf(row)]);
	const isOfUser = ([name]: Step) => / user\b/.test(name);
	const steps = [
		...plan.newLinks.flatMap(ofLink),
		...unlinked.map((link): Step => ['Unlink', idsOf(link), '', '', '', '']),
		...writes.filter(isOfUser),
		...writes.filter((step) => !isOfUser(step)),
		...plan.review.filter(({ state }) => state === 'open').map(ofReview),
	];
	return steps.length === 0 ? [['Nothing', '', '', '', '', '']] : steps;
}
