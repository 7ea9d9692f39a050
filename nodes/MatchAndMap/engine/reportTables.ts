import type { Change, JsonValue, ReviewItem, ReviewReason, Side } from '../../shared/contract';
import { jsonText } from '../../shared/normalize';
import { changeReasons, reviewTitles, sideName, stepWords } from './reportWords';

/** What the run knows of a record: what the person is called, and what its fields of the rules hold. */
export interface Held {
	name: string;
	fields: ReadonlyArray<{ path: string; value: JsonValue }>;
}

export type LookUp = (side: Side, id: string) => Held | undefined;

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
export function changesTable(changes: readonly Change[], lookUp: LookUp): string {
	const head = '<h2>Planned changes';
	if (changes.length === 0) return `${head}</h2><p class="soft">None.</p>`;
	const rows = changes
		.slice(0, mostRows)
		.map((change) => row([changedRecord(change, lookUp), values(change), reasonOf(change)]));
	const heads = ['<th class="who">Record</th>', '<th class="what">Old → new</th>', '<th>Why</th>'];
	return `${head} <small>${changes.length}</small></h2>${table(heads, rows, changes.length)}`;
}

function changedRecord(change: Change, lookUp: LookUp): string {
	const { side, recordId: id } = change;
	const who = id === undefined ? '' : `<br>${named(lookUp(side, id))}${recordId(id)}`;
	return `<b>${stepWords(change)}</b>${who}`;
}

const reasonOf = ({ reason }: Change) =>
	`<span class="narrow soft">Why: </span>${changeReasons[reason]}`;

function values({ expected, set, operation }: Change): string {
	const fields = [...new Set([...Object.keys(expected), ...Object.keys(set)])];
	const isLast = operation === 'delete' || operation === 'deactivate';
	const lines = fields.map((field) => {
		const old = operation === 'create' ? '' : `<span class="old">${shown(expected[field])}</span>`;
		const next = isLast ? '' : `${old === '' ? '' : ' → '}<b>${shown(set[field])}</b>`;
		return `<span class="soft">${escape(cut(field))}</span><br>${old}${next}`;
	});
	return lines.join('<br>');
}

/** What waits for a person, by reason; what several matters have in common is said once. */
export function reviewTables(review: readonly ReviewItem[], lookUp: LookUp): string {
	const head = '<h2>For review';
	if (review.length === 0) return `${head}</h2><p class="soft">Nothing waits for a person.</p>`;
	const parts = [...grouped(review, ({ reason }) => reason)].map(([reason, items]) =>
		ofReason(reason as ReviewReason, items, lookUp),
	);
	return `${head} <small>${review.length}</small></h2>${parts.join('')}`;
}

function ofReason(reason: ReviewReason, items: readonly ReviewItem[], lookUp: LookUp): string {
	const shownItems = items.slice(0, mostRows);
	const parts = [...grouped(shownItems, ({ howToDecide }) => howToDecide)].map(
		([howToDecide, matters]) => {
			const said = [...grouped(matters, ({ message }) => message)].map(
				([message, alike]) => `<p>${escape(message)}</p>${recordsTable(alike, lookUp)}`,
			);
			return `<p><b>What to do:</b> ${escape(howToDecide)}</p>${said.join('')}`;
		},
	);
	const title = `<h3>${reviewTitles[reason]} <small>${items.length}</small></h3>`;
	return `${title}${parts.join('')}${cutNote(shownItems.length, items.length)}`;
}

function recordsTable(matters: readonly ReviewItem[], lookUp: LookUp): string {
	const rows = matters
		.filter(({ wixIds, userIds }) => wixIds.length + userIds.length > 0)
		.map(({ wixIds, userIds }) =>
			row([records('wix', wixIds, lookUp), records('users', userIds, lookUp)]),
		);
	const heads = [`<th>${sideName.wix}</th>`, `<th>${sideName.users}</th>`];
	return rows.length === 0 ? '' : table(heads, rows, rows.length);
}

function records(side: Side, ids: readonly string[], lookUp: LookUp): string {
	const first = ids.slice(0, mostRecords).map((id) => {
		const held = lookUp(side, id);
		const fields = (held?.fields ?? []).map(
			({ path, value }) => `<br><span class="soft">${escape(cut(path))}:</span> ${shown(value)}`,
		);
		return `<div class="record"><span class="narrow soft">${sideName[side]}: </span>${named(held)}${recordId(id)}${fields.join('')}</div>`;
	});
	const more = ids.length - first.length;
	return (more > 0 ? [...first, `and ${more} more`] : first).join('');
}

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const known = groups.get(keyOf(item));
		if (known === undefined) groups.set(keyOf(item), [item]);
		else known.push(item);
	}
	return groups;
}

const row = (cells: readonly string[]) =>
	`<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function table(heads: readonly string[], rows: readonly string[], total: number): string {
	return `<table><thead><tr>${heads.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>${cutNote(rows.length, total)}`;
}

const cutNote = (count: number, total: number) =>
	total > count ? `<p class="soft">The first ${count} of ${total} are shown.</p>` : '';
