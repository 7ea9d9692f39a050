import type { Outcome, Report } from '../../../shared/contract';
import { counted, shown, type LookUp } from '../ask';
import { changesTable, escape, reviewTables } from './reportTables';
import { outcomeLook, timeWords } from './reportWords';
import type { ListedQuestion } from './questions';
import type { PlannedStep } from './told';

export { escape } from './reportTables';

export interface ReportContent {
	title: string;
	now: string;
	dryRun: boolean;
	/** The guard is switched on. */
	guarded: boolean;
	facts: Omit<Report, 'html'>;
	steps: readonly PlannedStep[];
	review: readonly ListedQuestion[];
	lookUp: LookUp;
}

/** A self-contained page for n8n's output panel: no script, no outside address, every value escaped. */
export function renderReport(content: ReportContent): string {
	const { facts, steps, review, lookUp } = content;
	const title = escape(content.title);
	// The guard's own matter stands at the top already
	const matters = review.filter(({ code }) => code !== 'guard');
	const isEmpty = totalOf(facts.counts) + steps.length + review.length === 0;
	return [
		`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${reportStyle}</style></head><body>`,
		`<h1>${title}</h1><p class="soft">${escape(timeWords(content.now))}${content.dryRun ? ' · <b>Preview: nothing is written</b>' : ''}</p>`,
		...(isEmpty
			? [nothingYet]
			: [
					...facts.notices.map((notice) => `<p class="guard">${escape(notice)}</p>`),
					facts.guard.tripped ? guardStop(review) : '',
					outcomeBar(facts),
					facts.guard.tripped ? '' : guardPass(content),
					changesTable(steps, lookUp),
					reviewTables(matters, lookUp),
				]),
		'</body></html>',
	].join('\n');
}

const nothingYet =
	'<p>No records and no links arrived: there is nothing to show yet.</p><p class="soft">Run the nodes that feed the inputs Wix, Users and Links.</p>';

const totalOf = (counts: Report['counts']) =>
	Object.values(counts).reduce((sum, count) => sum + count, 0);

function guardStop(review: readonly ListedQuestion[]): string {
	const said = review
		.filter(({ code }) => code === 'guard')
		.map(({ question }) => `<p>${escape(question)}</p>`);
	return `<div class="guard stop"><b>The guard stopped this run</b>${said.join('')}</div>`;
}

function guardPass({ facts, guarded }: ReportContent): string {
	const { wix, users } = facts.guard.wouldChange;
	const planned = `${counted(wix, 'Wix record')} and ${counted(users, 'user')}`;
	return `<p class="soft">${guarded ? `The guard lets this run pass: it changes ${planned}.` : `The guard is switched off. This run changes ${planned}.`}</p>`;
}

function outcomeBar({ counts, withoutKey }: Omit<Report, 'html'>): string {
	const shown = (Object.keys(outcomeLook) as Outcome[]).filter((outcome) => counts[outcome] > 0);
	const bars = shown.map(
		(outcome) =>
			`<span style="flex-grow:${counts[outcome]};background:${outcomeLook[outcome].colour}"></span>`,
	);
	const legend = shown.map((outcome) => {
		const { label, colour } = outcomeLook[outcome];
		const sides =
			outcome === 'withoutKey'
				? ` <span class="soft">(${withoutKey.wix} in Wix, ${counted(withoutKey.users, 'user')})</span>`
				: '';
		return `<li><i style="background:${colour}"></i><b>${counts[outcome]}</b> ${label}${sides}</li>`;
	});
	return `<div class="bar">${bars.join('')}</div><ul class="legend">${legend.join('')}</ul><p class="soft">Each pair counts once, and so does each record without a partner.</p>`;
}

/** The report page with an explanation at its top; every value escaped. */
export function withExplanation(html: string, name: string, sentences: readonly string[]): string {
	const items = sentences.map((sentence) => `<li>${escape(sentence)}</li>`).join('');
	const section = `<section class="explanation"><h2>About ${escape(shown(name))}</h2><ul>${items}</ul></section>`;
	return html.replace('<body>', () => `<body>${section}`);
}

/**
 * Styles of the report page. n8n shows it in a frame as narrow as its output panel, so that below 640 px the cells of a row
 * stand below each other; and it keeps class names, but no other attributes.
 */
const reportStyle = `
:root{color-scheme:light dark;--text:#1f2933;--soft:#5d6773;--line:#e1e5ea;--page:#fff;--box:#f4f6f8;--stop:#fdecea;--stopline:#d4574e}
@media (prefers-color-scheme:dark){:root{--text:#e6e9ed;--soft:#a5afba;--line:#3b434d;--page:#1d2126;--box:#2a3038;--stop:#472522;--stopline:#e5776f}}
body{font:14px/1.45 system-ui,sans-serif;color:var(--text);background:var(--page);margin:0;padding:24px;max-width:1100px}
h1{font-size:20px;margin:0}h2{font-size:16px;margin:28px 0 8px}h3{font-size:14px;margin:20px 0 4px}p{margin:6px 0}
.soft,small,th{color:var(--soft)}h2 small,h3 small{font-weight:400}
.guard,.explanation{background:var(--box);border-left:4px solid #3b7ddd;padding:10px 14px;margin:14px 0}
.stop{background:var(--stop);border-color:var(--stopline)}
.explanation h2{margin:0 0 4px}.explanation ul{margin:0;padding-left:18px}
.bar{display:flex;height:22px;border-radius:4px;overflow:hidden;margin-top:16px}.bar span{min-width:3px}
.legend{list-style:none;margin:8px 0;padding:0;display:flex;flex-wrap:wrap;gap:6px 18px}.legend i{display:inline-block;width:10px;height:10px;border-radius:2px;margin-right:6px}
table{border-collapse:collapse;table-layout:fixed;width:100%;margin-top:6px}th{text-align:left;font-weight:600}
td,th{padding:6px 12px 6px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
code{font:12px/1.4 ui-monospace,monospace;background:var(--box);padding:1px 4px}.id{color:var(--soft);background:none;padding:0}
.old{color:var(--soft)}.narrow{display:none}.who{width:36%}.what{width:42%}.record+.record{margin-top:6px}
@media (max-width:640px){body{padding:14px}thead{display:none}.narrow{display:inline}
tr{display:block;border-bottom:1px solid var(--line);padding:6px 0}td{display:block;border:0;padding:2px 0}}`;
