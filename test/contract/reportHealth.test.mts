import { compare } from '../../templates/source/health/compare.mts';
import { countLinks } from '../../templates/source/health/countLinks.mts';
import { countWrites } from '../../templates/source/health/countWrites.mts';
import { drawPage } from '../../templates/source/health/drawPage.mts';
import { putTogether } from '../../templates/source/health/putTogether.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('report-sync-health.json');
const HOSTILE = `"><script>alert('x')</script>&$&`;

const figures = { pairs: null, inSync: null, drift: null, waiting: null, forReview: null };
const none = { failing: null, writesDone: null, writesFailed: null, failedRuns: null };
const parts = {
	at: '2026-11-23T07:00:00.000Z',
	days: 7,
	compared: [],
	links: { pairs: 0, waiting: 0, failing: 0, failingBy: [] },
	matters: { forReview: 0, reviewBy: [], oldest: null },
	writes: { writesDone: 0, writesFailed: 0, writesBy: [] },
	failures: { failedRuns: 0, failedBy: [] },
	runs: [],
	earlier: [],
};

test('counts a pair by the newest write of each property, and reads over what is no JSON', () => {
	const write = (property: string, outcome: string, code?: string) => ({ property, outcome, code });
	const row = (...pending: unknown[]) => ({ state: 'linked', pending: JSON.stringify(pending) });
	expect(
		countLinks([
			row(write('a', 'refused', 'LOCKED'), write('a', 'sent')),
			row(write('a', 'sent'), write('a', 'refusedForNow', 'FULL')),
			row(write('a', 'refused', 'LOCKED'), write('b', 'refused', 'LOCKED')),
			{ state: 'linked', pending: '[{' },
			{ state: 'unlinked', pending: null },
		]),
	).toEqual({
		pairs: 4,
		waiting: 1,
		failing: 2,
		failingBy: [
			{ what: 'LOCKED (for good)', count: 2 },
			{ what: 'FULL (tried again)', count: 1 },
		],
	});
});

test('counts a write of two properties once', () => {
	const row = { run: '1', side: 'wix', operation: 'update', linkId: 'l', outcome: 'failed' };
	expect(countWrites([{ ...row, id: 1 }, { ...row, id: 2 }, {} as typeof row])).toMatchObject({
		writesDone: 0,
		writesFailed: 1,
	});
});

test.each([
	['a side was not read', { counts: { inSync: 1 } }, ['no access'], 'no access'],
	['Match & Map failed', { error: 'no rules' }, [], 'no rules'],
	['a side is empty', { counts: {}, guard: { tripped: true } }, [], 'lists nobody'],
])('gives no figures when %s', (_, plan, failed, why) => {
	const compared = compare('contacts', plan, failed);
	expect(compared).toMatchObject({ inSync: null, drift: null });
	expect(compared.problem).toContain(why);
});

test('compares with the newest report that is six days old or older, in whatever order they stand', () => {
	const report = (id: number, at: string) => ({ id, at, ...figures, ...none });
	const earlier = [
		report(1, '2026-11-16T07:00:00.000Z'),
		report(2, '2026-11-22T07:00:00.000Z'),
		report(3, '2026-11-09T07:00:00.000Z'),
	];
	const { before, trend } = putTogether({ ...parts, earlier });
	expect(before?.at).toBe('2026-11-16T07:00:00.000Z');
	expect(trend.map(({ at }) => at.slice(8, 10))).toEqual(['09', '16', '22']);
	expect(putTogether(parts).before).toBeNull();
});

test('takes a preview for no good run', () => {
	const run = { id: 1, flow: 'contacts', startedAt: parts.at };
	const runs = [
		{ ...run, mode: 'preview' },
		{ ...run, mode: 'on its own: contacts' },
	];
	expect(putTogether({ ...parts, runs }).lastGood).toEqual([]);
});

test('escapes every text on the page', () => {
	const page = drawPage(
		putTogether({
			...parts,
			compared: [{ flow: HOSTILE, inSync: null, drift: null, problem: HOSTILE }],
			links: { ...parts.links, failingBy: [{ what: HOSTILE, count: 1 }] },
			matters: {
				forReview: 1,
				reviewBy: [{ what: HOSTILE, count: 1 }],
				oldest: { flow: HOSTILE, reason: HOSTILE, since: parts.at },
			},
			writes: { ...parts.writes, writesBy: [{ side: HOSTILE, what: HOSTILE, count: 1 }] },
			failures: { failedRuns: 1, failedBy: [{ workflow: HOSTILE, what: HOSTILE, count: 1 }] },
			runs: [{ id: 1, flow: HOSTILE, mode: 'finished', startedAt: parts.at }],
		}),
	);
	expect(page.match(/&lt;script&gt;/g)).toHaveLength(11);
	expect(page).not.toContain('<script');
	expect(page).not.toContain(HOSTILE);
});

describe('the workflow', () => {
	const heightOf = (name: string) => workflow.step(name).position[1];

	test('compares before it counts: by height', () => {
		const [contacts, members, count] = ['Compare contacts?', 'Compare members?', 'Get links'];
		const starts = workflow.targetsOf('Create health table if missing', 0).map(({ node }) => node);
		expect(starts.sort()).toEqual([contacts, members, count].sort());
		expect(heightOf('Say what went wrong (contacts)')).toBeLessThan(heightOf(members ?? ''));
		expect(heightOf(members ?? '')).toBeLessThan(heightOf(count ?? ''));
	});

	test('plans without writing, and has no step that could write', () => {
		for (const flow of ['contacts', 'members']) {
			const { parameters } = workflow.step(`Match & Map (${flow})`);
			expect(parameters.options).toMatchObject({ dryRun: true });
		}
		const operations = workflow.steps
			.filter(({ type }) => type.startsWith('n8n-nodes-wix-user-sync.'))
			.map(({ parameters }) => parameters.operation);
		expect(new Set(operations)).toEqual(new Set(['getAll', undefined]));
	});

	test('leads the report and a failure to one place', () => {
		for (const start of ['Every Monday', 'Run by hand', 'When a sync fails'])
			expect(workflow.reachedFrom(start).has('Send it where you want')).toBe(true);
		expect(workflow.targetsOf('When a sync fails', 0).map(({ node }) => node)).toEqual([
			'End the failed run',
		]);
	});

	test('takes addresses out of the message of a failure', () => {
		const { jsonOutput } = workflow.step('Describe the failure').parameters;
		const pattern = /replace\(\/(.+?)\/g, '\(address\)'\)/.exec(String(jsonOutput))?.[1] ?? '';
		const message = `Cannot read "ada@x.example" <o'ada+1@x.example>`;
		expect(message.replace(new RegExp(pattern, 'g'), '(address)')).not.toMatch(/@|ada/);
	});
});
