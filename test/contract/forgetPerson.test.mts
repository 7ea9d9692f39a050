import fc from 'fast-check';
import { ask } from '../../templates/source/forget/ask.mts';
import { findRows } from '../../templates/source/forget/find.mts';
import { personOf } from '../../templates/source/forget/person.mts';
import type { HistoryRow, LinkRow } from '../../templates/source/forget/shapes.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('forget-a-person.json');

const row = (id: number, wixId: string, userId: string, more: Partial<LinkRow> = {}): LinkRow => ({
	id,
	flow: 'contacts',
	wixId,
	userId,
	linkId: `contacts:${wixId}:${userId}`,
	state: 'linked',
	lastSynced: null,
	pending: null,
	movedTo: null,
	...more,
});

const past = (id: number, wixId: string, oldValue: string, newValue: string): HistoryRow => ({
	id,
	flow: 'contacts',
	wixId,
	userId: '',
	linkId: `contacts:${wixId}:`,
	oldValue,
	newValue,
});

const holding = (id: number, address: string) =>
	row(id, `c${id}`, `u${id}`, { lastSynced: JSON.stringify({ 'primaryInfo.email': address }) });

const idsOf = (term: string, links: LinkRow[], history: HistoryRow[] = []) =>
	personOf(term, [], links, history).ids.filter((id) => id !== term);

describe('who is meant', () => {
	test('finds exactly those who hold the address as a whole, whatever surrounds it elsewhere', () => {
		const address = fc.emailAddress();
		const extra = fc.stringMatching(/^[a-z0-9.+_-]{1,5}$/);
		fc.assert(
			fc.property(address, extra, extra, (email, before, after) => {
				const links = [
					holding(1, email.toUpperCase()),
					holding(2, `${before}${email}`),
					holding(3, `${email}${after}`),
				];
				expect(idsOf(email, links)).toEqual(['c1', 'u1']);
				const history = [past(4, 'c4', `${before}${email}`, ''), past(5, 'c5', '', ` ${email} `)];
				expect(idsOf(email, [], history)).toEqual(['c5']);
			}),
		);
	});

	test.each(['', '   '])('finds nobody for nothing: %j', (typed) => {
		const { term } = ask(typed);
		expect(personOf(term, [], [row(1, '', 'u1')], [past(2, 'c2', '', '')])).toEqual({ ids: [] });
	});

	test('reads addresses with quotes and marks as JSON holds them', () => {
		const odd = '"a b\\c"@x.example';
		expect(idsOf(odd, [holding(1, odd), holding(2, `x${odd}`)])).toEqual(['c1', 'u1']);
		expect(idsOf('józef@x.example', [holding(1, 'JÓZEF@x.example')])).toEqual(['c1', 'u1']);
		expect(ask(' Józef@x.example ')).toEqual({
			term: 'Józef@x.example',
			pattern: '%J%zef@x.example%',
		});
	});

	test('does not take two records that are kept apart for one person', () => {
		const apart = row(2, 'c1', 'u2', { state: 'keepApart' });
		expect(idsOf('c1', [row(1, 'c1', 'u1'), apart])).toEqual(['u1']);
	});

	test('goes on from the record that another one was merged into, and from a row that cannot be read', () => {
		expect(idsOf('old', [row(1, 'old', 'u1', { movedTo: 'new' })])).toEqual(['u1', 'new']);
		expect(idsOf('c1', [row(1, 'c1', 'u1', { lastSynced: '{' })])).toEqual(['u1']);
	});
});

test('lists each row once, ids as a whole only, and the marks for both flows', () => {
	const none = { links: [], history: [], review: [], failures: [] };
	const review = [
		{ id: 1, wixIds: 'c1, c2', userIds: '', message: null },
		{ id: 2, wixIds: 'c11', userIds: 'u', message: null },
	];
	const failures = [
		{ id: 1, message: 'c1 is locked' },
		{ id: 2, message: 'c11 is locked, c1-2 too' },
	];
	const links = [row(1, 'c1', 'u1'), row(1, 'c1', 'u1'), row(2, 'c11', 'u11')];
	const found = findRows(['c1', 'u1'], { ...none, links, review, failures });
	expect(found.rows).toEqual([
		{ table: 'links', id: 1 },
		{ table: 'review', id: 1 },
		{ table: 'failures', id: 1 },
	]);
	expect(found.marks.map(({ linkId }) => linkId)).toEqual([
		'contacts:c1:u1',
		'contacts::u1',
		'members::u1',
	]);
});

describe('the workflow', () => {
	test('lets in only people of this n8n who may run it, and keeps no execution', () => {
		expect(workflow.step('Ask whom to forget').parameters).toMatchObject({
			authentication: 'n8nUserAuth',
			requireExecuteAccess: true,
			options: { includeUserInOutput: false },
		});
		expect(workflow.template.settings).toEqual({
			executionOrder: 'v1',
			saveDataSuccessExecution: 'none',
			saveDataErrorExecution: 'none',
			saveManualExecutions: false,
		});
	});

	test('erases only rows by their id, and only after the answer', () => {
		const before = new Set(['Was it confirmed?']);
		workflow.reachedFrom('Was it confirmed?', before);
		const removing = workflow.steps.filter(
			({ parameters }) => parameters.operation === 'deleteRows',
		);
		expect(removing).toHaveLength(4);
		for (const { name, parameters } of removing) {
			expect(before.has(name)).toBe(true);
			expect(parameters.filters).toEqual({
				conditions: [{ keyName: 'id', condition: 'eq', keyValue: '={{ $json.id }}' }],
			});
		}
	});

	test('lists what was found after every table was looked at, and says so last: by height', () => {
		const heightOf = (name: string) => workflow.step(name).position[1];
		const heights = workflow.targetsOf('Take each of all IDs', 0).map(({ node }) => heightOf(node));
		expect(heightOf('List what was found')).toBe(Math.max(...heights));
		const ends = workflow.targetsOf('Is no sync running?', 0).map(({ node }) => heightOf(node));
		expect(heightOf('Say what was erased')).toBe(Math.max(...ends));
		expect(heightOf('Take the list')).toBe(Math.min(...ends));
	});
});
