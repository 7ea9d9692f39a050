import type { Change, JsonValue, Outcome, Report, ReviewItem } from '../../shared/contracts';

export interface ReportContent {
	title: string;
	now: string;
	dryRun: boolean;
	facts: Omit<Report, 'html'>;
	changes: readonly Change[];
	review: readonly ReviewItem[];
}

/** Rows of a table that are shown; the true total is always named. */
const mostRows = 200;

const outcomeLook: Record<Outcome, { label: string; colour: string }> = {
	inSync: { label: 'in sync', colour: '#2e9e6b' },
	linkedNow: { label: 'linked now', colour: '#57b894' },
	changed: { label: 'to be changed', colour: '#3b7ddd' },
	putBack: { label: 'put back', colour: '#7aa7e8' },
	waiting: { label: 'waiting to be seen', colour: '#8f7ee7' },
	waitingForFullRun: { label: 'waiting for a full run', colour: '#b5a9f2' },
	review: { label: 'for review', colour: '#e0912f' },
	refused: { label: 'refused', colour: '#d4574e' },
	vanished: { label: 'vanished', colour: '#a3574e' },
	withoutKey: { label: 'without an address', colour: '#9aa3ad' },
	unmatched: { label: 'only on one side', colour: '#c3c9d0' },
	excluded: { label: 'not in the trial', colour: '#dcdfe3' },
	ignored: { label: 'ignored', colour: '#e9ebee' },
};

const sideName = { wix: 'Wix', users: 'Users' };

/** A self-contained page for n8n's output panel: no script, no outside address, every value escaped. */
export function renderReport(content: ReportContent): string {
	const { facts, changes, review } = content;
	return [
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escape(content.title)}</title><style>${style}</style></head><body>`,
		`<h1>${escape(content.title)}</h1><p class="when">${content.dryRun ? 'Preview, nothing is written · ' : ''}${escape(content.now)}</p>`,
		guardNote(facts.guard),
		outcomeBar(facts.counts),
		changesTable(changes),
		reviewTables(review),
		'</body></html>',
	].join('\n');
}

export function escape(text: string): string {
	const names: Record<string, string> = {
		'&': '&amp;',
		'<': '&lt;',
		'>': '&gt;',
		'"': '&quot;',
		"'": '&#39;',
	};
	return text.replace(/[&<>"']/g, (character) => names[character]);
}

function guardNote({ tripped, wouldChange, planHash }: Report['guard']): string {
	if (!tripped) return '';
	return `<p class="guard">The guard stopped this run: it would change ${wouldChange.wix} records in Wix and ${wouldChange.users} users. Nothing is written. Approval code of exactly this plan: <code>${escape(planHash)}</code></p>`;
}

function outcomeBar(counts: Report['counts']): string {
	const shown = (Object.keys(outcomeLook) as Outcome[]).filter((outcome) => counts[outcome] > 0);
	const total = shown.reduce((sum, outcome) => sum + counts[outcome], 0);
	if (total === 0)
		return '<p class="empty">No records and no links: there is nothing to show yet.</p>';
	const bars = shown.map((outcome) => {
		const { label, colour } = outcomeLook[outcome];
		return `<span style="flex-grow:${counts[outcome]};background:${colour}" title="${label}: ${counts[outcome]}"></span>`;
	});
	const legend = shown.map((outcome) => {
		const { label, colour } = outcomeLook[outcome];
		return `<li><i style="background:${colour}"></i><b>${counts[outcome]}</b> ${label}</li>`;
	});
	return `<div class="bar">${bars.join('')}</div><ul class="legend">${legend.join('')}</ul>`;
}

function changesTable(changes: readonly Change[]): string {
	if (changes.length === 0) return '<h2>Planned changes</h2><p class="empty">None.</p>';
	const rows = changes.slice(0, mostRows).map((change) => {
		const fields = [...new Set([...Object.keys(change.expected), ...Object.keys(change.set)])];
		const values = fields
			.map((field) => `${escape(field)}: ${shownChange(change, field)}`)
			.join('<br>');
		return row([
			sideName[change.side],
			change.operation,
			escape(change.recordId ?? 'new'),
			values,
			change.reason,
		]);
	});
	return `<h2>Planned changes</h2>${table(['Side', 'Step', 'Record', 'Old → new', 'Why'], rows, changes.length)}`;
}

function shownChange({ expected, set, operation }: Change, field: string): string {
	const next =
		operation === 'delete' || operation === 'deactivate' ? '' : ` → <b>${shown(set[field])}</b>`;
	return `${shown(expected[field])}${next}`;
}

function shown(value: JsonValue | undefined): string {
	if (value === undefined || value === null || value === '') return '<em>empty</em>';
	return escape(typeof value === 'string' ? value : JSON.stringify(value));
}

function reviewTables(review: readonly ReviewItem[]): string {
	if (review.length === 0)
		return '<h2>For review</h2><p class="empty">Nothing waits for a person.</p>';
	const byReason = new Map<string, ReviewItem[]>();
	for (const item of review) {
		const known = byReason.get(item.reason);
		if (known === undefined) byReason.set(item.reason, [item]);
		else known.push(item);
	}
	const parts = [...byReason].map(([reason, items]) => {
		const rows = items
			.slice(0, mostRows)
			.map((item) =>
				row([
					item.wixIds.map(escape).join('<br>'),
					item.userIds.map(escape).join('<br>'),
					escape(item.message),
					escape(item.howToDecide),
				]),
			);
		return `<h3>${escape(reason)} <small>${items.length}</small></h3>${table(['Wix', 'User', 'What', 'What to do'], rows, items.length)}`;
	});
	return `<h2>For review</h2>${parts.join('')}`;
}

const row = (cells: readonly string[]) =>
	`<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;

function table(heads: readonly string[], rows: readonly string[], total: number): string {
	const cut =
		total > rows.length
			? `<p class="empty">The first ${rows.length} of ${total} are shown.</p>`
			: '';
	return `<table><thead><tr>${heads.map((head) => `<th>${head}</th>`).join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>${cut}`;
}

const style = `
body{font:14px/1.45 system-ui,sans-serif;color:#1f2933;background:#fff;margin:24px;max-width:1100px}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:28px 0 8px}h3{font-size:14px;margin:18px 0 6px}
.when,.empty{color:#66707c}.guard{background:#fdecea;border-left:4px solid #d4574e;padding:10px 12px}
.bar{display:flex;height:22px;border-radius:4px;overflow:hidden;margin-top:16px}.bar span{min-width:3px}
.legend{list-style:none;padding:0;display:flex;flex-wrap:wrap;gap:6px 18px}.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
table{border-collapse:collapse;width:100%}th{text-align:left;color:#66707c;font-weight:600}td,th{padding:5px 10px 5px 0;border-bottom:1px solid #e4e7eb;vertical-align:top}
code{background:#f5f7fa;padding:1px 4px}small{color:#66707c}`;
