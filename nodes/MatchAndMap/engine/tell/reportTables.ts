import type { JsonValue, ReviewReason, Side } from '../../../shared/contract';
import { grouped } from '../../../shared/grouped';
import { jsonText } from '../../../shared/normalize';
import type { Held, LookUp } from '../ask';
import { isRemoval } from '../read';
import { changeReasons, reviewTitles, sideName, stepWords } from './reportWords';
import type { ListedQuestion } from './questions';
import type { PlannedStep } from './told';

/** Rows of a table that are shown; the true total is always named. */
const mostRows = 200;

/** Values and ids longer than any of use are cut, so that one record cannot fill the page. */
const longestShown = 300;

/** Records in one cell; a matter of many records shows the first. */
const mostRecords = 20;

export function escape(text: string): string {
	return text
		.replace(/&/g, '&amp;')
		.replace(/</g, '&lt;')
		.replace(/>/g, '&gt;')
		.replace(/"/g, '&quot;')
		.replace(/'/g, '&#39;');
}

const cut = (text: string) =>
	text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;

function shown(value: JsonValue | undefined): string {
	if (value === undefined || value === null || value === '') return '<em>empty</em>';
	return escape(cut(typeof value === 'string' ? value : (jsonText(value) ?? '…')));
}

const recordId = (id: string) => `<code class="id">${escape(cut(id))}</code>`;

const named = (held: Held | undefined) =>
	held === undefined || held.name === '' ? '' : `${escape(cut(held.name))}<br>`;

/** The planned changes, old to new, with who it is and why. */
export function changesTable(steps: readonly PlannedStep[], lookUp: LookUp): string {
	const head = '<h2>Planned changes';
	if (steps.length === 0) return `${head}</h2><p class="soft">None.</p>`;
	const rows = steps
		.slice(0, mostRows)
		.map((step) => row([changedRecord(step, lookUp), values(step), reasonOf(step)]));
	const heads = ['<th class="who">Record</th>', '<th class="what">Old → new</th>', '<th>Why</th>'];
	return `${head} <small>${steps.length}</small></h2>${table(heads, rows, steps.length)}`;
}

function changedRecord(step: PlannedStep, lookUp: LookUp): string {
	const { side, recordId: id } = step;
	const who = id === '' ? '' : `<br>${named(lookUp(side, id))}${recordId(id)}`;
	return `<b>${stepWords(step)}</b>${who}`;
}

const reasonOf = ({ reason }: PlannedStep) =>
	`<span class="narrow soft">Why: </span>${changeReasons[reason]}`;

function values({ operation, values: all }: PlannedStep): string {
	const lines = all.map(({ field, from, to }) => {
		const old = operation === 'create' ? '' : `<span class="old">${shown(from)}</span>`;
		const next = isRemoval({ operation }) ? '' : `${old === '' ? '' : ' → '}<b>${shown(to)}</b>`;
		return `<span class="soft">${escape(cut(field))}</span><br>${old}${next}`;
	});
	return lines.join('<br>');
}

/** What waits for a person, by reason: who, what was found, and what can be answered. */
export function reviewTables(review: readonly ListedQuestion[], lookUp: LookUp): string {
	const head = '<h2>For review';
	if (review.length === 0) return `${head}</h2><p class="soft">Nothing waits for a person.</p>`;
	const parts = [...grouped(review, ({ code }) => code)].map(([reason, matters]) =>
		ofReason(reason, matters, lookUp),
	);
	return `${head} <small>${review.length}</small></h2>${parts.join('')}`;
}

function ofReason(
	reason: ReviewReason,
	matters: readonly ListedQuestion[],
	lookUp: LookUp,
): string {
	const rows = matters
		.slice(0, mostRows)
		.map((matter) => row([whoIn(matter, lookUp), escape(matter.question), answersIn(matter)]));
	const heads = [
		'<th class="who">Who</th>',
		'<th class="what">What was found</th>',
		'<th>Answers</th>',
	];
	return `<h3>${reviewTitles[reason]} <small>${matters.length}</small></h3>${table(heads, rows, matters.length)}`;
}

function whoIn({ wixIds, userIds, who }: ListedQuestion, lookUp: LookUp): string {
	if (wixIds.length + userIds.length === 0) return escape(who);
	return [records('wix', wixIds, lookUp), records('users', userIds, lookUp)].join('');
}

/** Answers of one matter that the page shows; the review table has them all. */
const mostShownAnswers = 6;

function answersIn({ answers }: ListedQuestion): string {
	if (answers.length === 0) return '<span class="soft">none: see what was found</span>';
	const first = answers
		.slice(0, mostShownAnswers)
		.map(({ code, words }) => `<code>${escape(cut(code))}</code>: ${escape(cut(words))}`);
	const more = answers.length - first.length;
	return (more > 0 ? [...first, `and ${more} more`] : first).join('<br>');
}

function records(side: Side, ids: readonly string[], lookUp: LookUp): string {
	const first = ids.slice(0, mostRecords).map((id) => {
		const held = lookUp(side, id);
		const fields = (held?.fields ?? []).map(
			({ path, value }) => `<br><span class="soft">${escape(cut(path))}:</span> ${shown(value)}`,
		);
		return `<div class="record"><span class="soft">${sideName[side]}: </span>${named(held)}${recordId(id)}${fields.join('')}</div>`;
	});
	const more = ids.length - first.length;
	return (more > 0 ? [...first, `and ${more} more`] : first).join('');
}

const row = (cells: readonly string[]) =>
	`<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function table(heads: readonly string[], rows: readonly string[], total: number): string {
	return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>${cutNote(rows.length, total)}`;
}

const cutNote = (count: number, total: number) =>
	total > count ? `<p class="soft">The first ${count} of ${total} are shown.</p>` : '';
