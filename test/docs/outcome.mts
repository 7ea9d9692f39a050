import { reviewTitles, changeReasons, stepWords } from '../../nodes/MatchAndMap/engine/reportWords';
import type {
	Change,
	JsonValue,
	LinkChange,
	Plan,
	ReviewItem,
} from '../../nodes/MatchAndMap/engine/index';

/** Step, records, field, old value, new value, why: in the words of the report. */
export type Step = [string, string, string, string, string, string];

export const stepHeader = ['Step', 'Records', 'Field', 'Old value', 'New value', 'Why'];

const shown = (value: JsonValue | undefined) =>
	value === null || value === undefined ? '' : String(value);

function ofLink({ operation, link }: LinkChange, known: ReadonlySet<string>): Step[] {
	const records = [link.wixId, link.userId].filter((id) => id !== '').join(', ');
	if (operation === 'add' && link.wixId !== '' && link.userId !== '')
		return [['Link', records, '', '', '', '']];
	if (operation === 'update' && link.state === 'unlinked' && known.has(link.linkId))
		return [['Unlink', records, '', '', '', '']];
	return [];
}

function ofChange(change: Change): Step[] {
	const { recordId, expected, set, defaults = {}, reason, link, operation } = change;
	const records = operation === 'create' ? `for ${link.wixId}${link.userId}` : (recordId ?? '');
	const fields = Object.entries({ ...set, ...defaults });
	if (fields.length === 0) fields.push(['', null]);
	return fields.map(([field, value]) => [
		stepWords(change),
		records,
		field,
		operation === 'update' ? shown(expected[field]) : '',
		shown(value),
		changeReasons[reason],
	]);
}

const ofReview = ({ reason, wixIds, userIds }: ReviewItem): Step => [
	'Ask a person',
	[...wixIds, ...userIds].join(', '),
	'',
	'',
	'',
	reviewTitles[reason],
];

/** What a plan does, a row for each field that is written. @param linkedBefore link ids of the rows that were linked */
export function stepsOf(plan: Plan, linkedBefore: ReadonlySet<string>): Step[] {
	const steps = [
		...plan.links.flatMap((change) => ofLink(change, linkedBefore)),
		...[...plan.toUsers, ...plan.toWix].flatMap(ofChange),
		...plan.review.map(ofReview),
	];
	return steps.length === 0 ? [['Nothing', '', '', '', '', '']] : steps;
}
