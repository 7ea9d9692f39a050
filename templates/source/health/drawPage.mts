import type { Figures, Summary } from './shapes.mts';

/** The body of the page. It uses nothing but elements and class names: n8n takes other attributes out. */
export const drawPage = (summary: Summary): string => {
	const escaped = (value: unknown) =>
		String(value ?? '')
			.replace(/&/g, '&amp;')
			.replace(/</g, '&lt;')
			.replace(/>/g, '&gt;')
			.replace(/"/g, '&quot;');
	const day = (iso: string) => escaped(String(iso).slice(0, 16).replace('T', ' '));
	const table = (heads: string[], rows: unknown[][], none: string) => {
		if (rows.length === 0) return `<p class="soft">${none}</p>`;
		const head = heads.map((each) => `<th>${each}</th>`).join('');
		const body = rows.map(
			(row) => `<tr>${row.map((each) => `<td>${escaped(each)}</td>`).join('')}</tr>`,
		);
		return `<table><thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table>`;
	};
	const shown = (value: number | null | undefined) =>
		value === null || value === undefined ? '?' : String(value);
	const moved = (now: number | null, then: number | null | undefined) => {
		if (now === null || then === null || then === undefined) return '';
		return now === then ? 'as before' : `${now > then ? '+' : '−'}${Math.abs(now - then)}`;
	};
	const figures: Array<[string, keyof Figures]> = [
		['Linked pairs', 'pairs'],
		['In sync', 'inSync'],
		['Drift: different now, nothing waits', 'drift'],
		['Waiting to be seen', 'waiting'],
		['Waiting for you', 'forReview'],
		['Refused', 'failing'],
		['Writes done', 'writesDone'],
		['Writes that could not be sent', 'writesFailed'],
		['Runs that failed', 'failedRuns'],
	];
	const { before } = summary;
	const rows = figures.map(([label, key]) => {
		const [now, then] = [
			summary[key] as number | null,
			(before === null ? null : before[key]) as number | null,
		];
		return [label, shown(now), ...(before === null ? [] : [shown(then), moved(now, then)])];
	});
	const heads = ['', 'Now', ...(before === null ? [] : [day(before.at), 'Change'])];
	const most = Math.max(1, ...summary.trend.map((row) => row.forReview ?? 0), summary.forReview);
	const bar = (row: Figures) => '█'.repeat(Math.round((8 * (row.forReview ?? 0)) / most));
	const trend = [...summary.trend, summary].map((row) => [
		String(row.at).slice(0, 10),
		shown(row.drift),
		shown(row.failing),
		`${shown(row.forReview)} ${bar(row)}`,
	]);
	const problems = summary.compared.filter((each) => each.problem !== '');
	const { oldest } = summary;
	const waited =
		oldest === null
			? 0
			: Math.floor((Date.parse(summary.at) - Date.parse(oldest.since)) / 86400000);
	return [
		`<h1>Health of the sync</h1><p class="soft">${day(summary.at)} UTC, the last ${escaped(summary.days)} days</p>`,
		...problems.map(
			(each) =>
				`<div class="guard stop"><b>The ${escaped(each.flow)} could not be compared</b><p>${escaped(each.problem)}</p></div>`,
		),
		summary.compared.length === 0
			? '<p class="soft">Nothing was compared: Settings say so. In sync and drift are not known.</p>'
			: '',
		table(heads, rows, ''),
		before === null
			? '<p class="soft">There is no report of a week before to compare with.</p>'
			: '',
		'<h2>Last good run</h2>',
		table(
			['Flow', 'Started (UTC)'],
			summary.lastGood.map((each) => [each.flow, each.at.slice(0, 16).replace('T', ' ')]),
			'No run has gone through to its end yet.',
		),
		'<h2>Waiting for you</h2>',
		table(
			['Reason', 'Matters'],
			summary.reviewBy.map((each) => [each.what, each.count]),
			'Nothing waits for a person.',
		),
		oldest === null
			? ''
			: `<p>The oldest: <b>${escaped(oldest.reason)}</b> (${escaped(oldest.flow)}), since ${day(oldest.since)}, ${waited} days.</p>`,
		'<h2>Refused</h2>',
		table(
			['Code', 'Pairs'],
			summary.failingBy.map((each) => [each.what, each.count]),
			'Nothing is refused.',
		),
		'<h2>Writes</h2>',
		table(
			['Side', 'Outcome', 'Writes'],
			summary.writesBy.map((each) => [each.side, each.what, each.count]),
			'Nothing was written.',
		),
		'<h2>Runs that failed</h2>',
		table(
			['Workflow', 'Step', 'Runs'],
			summary.failedBy.map((each) => [each.workflow, each.what, each.count]),
			'None that the error workflow has heard of.',
		),
		'<h2>Report by report</h2>',
		table(['Day', 'Drift', 'Refused', 'Waiting for you'], trend, ''),
	].join('\n');
};
