import type { Outcome, Report } from '../../../shared/contract';
import { counted, shown, type LookUp } from '../ask';
import { reportStyle } from './reportStyle';
import { changesTable, escape, reviewTables } from './reportTables';
import { outcomeLook, timeWords } from './reportWords';
import type { ListedQuestion } from './questions';
import type { PlannedStep } from './steps';

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
