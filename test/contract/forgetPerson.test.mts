import { played } from './playedNodes.mts';
import { playWorkflow, type Played } from './playWorkflow.mts';
import {
	HISTORY,
	LINKS,
	link,
	past,
	pending,
	question,
	REVIEW,
	rows,
	synced,
} from './forgetRows.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('forget-a-person.json');
const tables = Object.fromEntries(
	Object.entries(rows).map(([name, { ada, others }]) => [name, [...others, ...ada]]),
);

/** Contacts as Get Many gives them, simplified. */
const contacts = [
	{ id: 'c-ada', firstName: 'Ada', lastName: 'Lovelace', email: 'ada@x.example' },
	{ id: 'c-lea', firstName: 'Lea', lastName: 'Adams', email: 'lea@x.example' },
	{ id: 'c-p', firstName: 'Tom', lastName: 'Adams', email: 'tom@x.example' },
	{ id: 'c-evil', firstName: '<img src=x>', lastName: '$&', email: 'evil@x.example' },
];

/** Wix finds a whole first name, last name or address, in either case; a filter is the beginning of the first name. */
const wix = (fails = false) =>
	played(['resource', 'operation', 'returnAll', 'limit', 'output', 'filters'], 1, function () {
		if (fails) return [[{ error: '401' }]];
		const wanted = String(this.getNodeParameter('filters.search', 0)).toLowerCase();
		const start = String(this.getNodeParameter('filters.firstName', 0)).toLowerCase();
		const fits = ({ firstName, lastName, email }: (typeof contacts)[number]) =>
			[firstName, lastName, email].some((held) => held.toLowerCase() === wanted) &&
			firstName.toLowerCase().startsWith(start);
		return [contacts.filter(fits)];
	});

const ask = async (who: string, what: string | undefined, wixFails = false): Promise<Played> =>
	await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who },
		tables,
		answer: () => (what === undefined ? undefined : { what }),
		ours: { wixCrm: wix(wixFails) },
	});

/** What is left of each table, without what n8n adds. */
const left = ({ tables: after }: Played) =>
	Object.fromEntries(
		Object.keys(rows).map((name) => [
			name,
			after.all(name).map(({ id: _, updatedAt: __, ...row }) => row),
		]),
	);
const othersOnly = Object.fromEntries(
	Object.entries(rows).map(([name, { others }]) => [name, others]),
);

describe('a person who is found', () => {
	test.each([
		['by the address, in whatever case', 'aDa@x.example', 4],
		['by the name', 'Ada Lovelace', 4],
		['by the name, in whatever case', 'ADA lovelace', 4],
		['by the ID of the contact', 'c-ada', 4],
		// That the contact is kept apart from somebody is found out only when the links are erased
		['by the ID of the member', 'm-ada', 3],
		['by the ID of the user', '1-5', 4],
	])(
		'%s is shown, and exactly the rows that name this person are erased',
		async (_, who, links) => {
			const done = await ask(who, 'Erase');
			const [page, end] = done.pages;
			expect(page?.choices).toEqual(['Erase', 'Cancel, erase nothing']);
			expect(page?.description).toContain(
				`${links} rows of links\n8 questions\n3 lines of the history`,
			);
			expect(left(done)).toEqual(othersOnly);
			expect(end).toMatchObject({
				title: 'Erased',
				description: expect.stringMatching(
					/^4 rows of links, 8 questions and 3 lines of the history were erased\./,
				),
			});
		},
	);

	test('is named by name, address and what the tables hold', async () => {
		const { pages } = await ask('Ada Lovelace', 'Erase');
		expect(pages[0]?.description).toContain('Ada,Lovelace,ada@x.example');
		expect(pages[0]?.description).toContain('Ada@X.example');
	});

	test('stays when Wix cannot be asked, unless the tables hold what was entered', async () => {
		const byName = await ask('Ada Lovelace', 'Erase', true);
		expect(byName.pages[0]?.description).toContain('Wix could not be searched');
		expect(left(byName)[LINKS]).toEqual(tables[LINKS]);
		const byAddress = await ask('ada@x.example', 'Erase', true);
		expect(left(byAddress)).toEqual(othersOnly);
	});
});

describe('nothing is erased', () => {
	test.each([
		['the answer is to cancel', 'ada@x.example', 'Cancel, erase nothing'],
		['nobody answers', 'ada@x.example', undefined],
		['the address is only a part of others', 'da@x.example', 'Erase'],
		['nobody has this name', 'Nobody At All', 'Erase'],
		['everything would fit', '%', 'Erase'],
	])('when %s', async (_, who, what) => {
		const done = await ask(who, what);
		expect(left(done)).toEqual(tables);
		expect(done.error).toBeUndefined();
		expect(done.pages.at(-1)?.description).toMatch(/^0 rows of links, 0 questions and 0 lines/);
	});

	test('before the answer: no step that erases has run when the page is shown', async () => {
		const whenAsked: unknown[] = [];
		await playWorkflow(workflow, {
			start: 'Whom to forget',
			gives: { who: 'ada@x.example' },
			tables,
			ours: { wixCrm: wix() },
			before: (made) => whenAsked.push(made),
			answer: () => {
				const [made] = whenAsked as [Played['tables']];
				whenAsked.push(...Object.keys(rows).map((name) => made.all(name).length));
				return { what: 'Cancel, erase nothing' };
			},
		});
		expect(whenAsked.slice(1)).toEqual(Object.values(tables).map(({ length }) => length));
	});
});

test.each([
	['by the name', 'Lea Adams', [0, 1, 0]],
	['by the address', 'lea@x.example', [0, 3, 2]],
])('finds somebody who is in no link %s', async (_, who, [links, questions, lines]) => {
	const done = await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who },
		tables: {
			[LINKS]: [link('contacts', 'c-mada', '1-55', synced('mada@x.example'))],
			[REVIEW]: [
				question('Wix: Lea', 'c-lea', ''),
				question('user: Lea (lea@x.example)', '', '1-77'),
				question('Wix: Lea (LEA@x.example) and Bob (bob@x.example)', 'c-old, c-bob', ''),
				question('Wix: Mada', 'c-mada', ''),
			],
			[HISTORY]: [
				past('c-old', '', 'lea@x.example', ''),
				past('c-old', '', '', 'lea@x.example'),
				past('c-mada', '', 'mada@x.example', ''),
			],
		},
		answer: () => ({ what: 'Erase' }),
		ours: { wixCrm: wix() },
	});
	const found = `${links} rows of links\n${questions} questions\n${lines} lines of the history`;
	expect(done.pages[0]?.description).toContain(found);
	const left = [LINKS, REVIEW, HISTORY].map((name) => done.tables.all(name).length);
	expect(left).toEqual([1, 4 - Number(questions), 3 - Number(lines)]);
});

test.each([
	['the value both sides held', link('contacts', 'c-gone', '1-77', synced('lea@x.example'))],
	['a value under way', link('contacts', 'c-gone', '1-77', pending('lea@x.example'))],
	[
		'a row that keeps two apart',
		link('contacts', 'c-p', '1-p', { ...synced('lea@x.example'), state: 'keepApart' }),
	],
])('finds by address, without Wix, %s, and not who is kept apart', async (_, row) => {
	const done = await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who: 'LEA@x.example' },
		tables: {
			[LINKS]: [row, link('contacts', 'c-p', '1-8'), link('contacts', 'c-q', '1-p')],
			[HISTORY]: [past('c-gone', '', '', ''), past('', '1-77', '', ''), past('c-p', '1-p', '', '')],
		},
		answer: () => ({ what: 'Erase' }),
		ours: { wixCrm: wix(true) },
	});
	expect(done.tables.all(LINKS).map(({ wixId }) => wixId)).toEqual(['c-p', 'c-q']);
	const others = row.state === 'keepApart' ? ['c-gone', '', 'c-p'] : ['c-p'];
	expect(done.tables.all(HISTORY).map(({ wixId }) => wixId)).toEqual(others);
});

test('finds by name what bears the ID or the address of the contact, whatever else is linked', async () => {
	const lists = ['c-lea', 'c-lea, c-p', 'c-p, c-lea', 'c-p, c-lea, c-q'];
	const done = await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who: 'Lea Adams' },
		tables: {
			[LINKS]: [
				link('members', 'm-lea', '1-78', synced('lea@x.example')),
				link('contacts', 'c-lea', '1-79', { state: 'unlinked' }),
				link('contacts', 'c-p', '1-8'),
			],
			[REVIEW]: [...lists, 'c-p'].map((ids) => question('Somebody', ids, '')),
			[HISTORY]: [past('c-lea', '', '', ''), past('', '1-78', '', ''), past('c-p', '', '', '')],
		},
		answer: () => ({ what: 'Erase' }),
		ours: { wixCrm: wix() },
	});
	const left = [LINKS, REVIEW, HISTORY].map((name) => done.tables.all(name));
	expect(left.map((all) => all.map(({ wixId, wixIds }) => wixId ?? wixIds))).toEqual([
		['c-p'],
		['c-p'],
		['c-p'],
	]);
	const alone = await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who: 'Lea Adams' },
		tables: {
			[LINKS]: [link('members', 'm-lea', '1-78', synced('lea@x.example'))],
			[REVIEW]: [...lists, 'c-p'].map((ids) => question('Somebody', ids, '')),
			[HISTORY]: [past('c-lea', '', '', '')],
		},
		answer: () => ({ what: 'Erase' }),
		ours: { wixCrm: wix() },
	});
	const counts = '1 rows of links\n4 questions\n1 lines of the history';
	expect(alone.pages[0]?.description).toContain(counts);
	expect([LINKS, REVIEW, HISTORY].map((name) => alone.tables.all(name).length)).toEqual([0, 1, 0]);
});

test('erases a pair kept apart from a user who is known only by the second flow', async () => {
	const done = await playWorkflow(workflow, {
		start: 'Whom to forget',
		gives: { who: 'u1' },
		tables: {
			[LINKS]: [
				link('contacts', 'c1', 'u1'),
				link('members', 'c1', 'u2'),
				link('contacts', 'c9', 'u2', { state: 'keepApart' }),
				link('contacts', 'c9', 'u9'),
			],
		},
		answer: () => ({ what: 'Erase' }),
		ours: { wixCrm: wix() },
	});
	expect(done.tables.all(LINKS).map(({ userId }) => userId)).toEqual(['u9']);
});

test('makes no element of the page out of what people hold', async () => {
	const { pages } = await ask('evil@x.example', undefined);
	expect(pages[0]?.description).toContain('$&');
	expect(pages[0]?.description.replace(/<\/?b>/g, '')).not.toContain('<');
});

describe('the workflow', () => {
	test('lets in only people of this n8n who may run it, and keeps no execution', () => {
		expect(workflow.step('Whom to forget').parameters).toMatchObject({
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

	test('goes on when Wix cannot be asked', () => {
		expect(workflow.step('Find in Wix').onError).toBe('continueRegularOutput');
	});

	test('erases by a condition in each step, never by an empty one', () => {
		const erasing = workflow.steps.filter(
			({ parameters }) => parameters.operation === 'deleteRows',
		);
		expect(erasing).toHaveLength(3);
		for (const { parameters } of erasing) {
			const { conditions } = parameters.filters as { conditions: Array<{ keyValue: string }> };
			for (const { keyValue } of conditions) expect(keyValue).toMatch(/\|\||first\(\)\.json\.who/);
		}
	});

	test('shows counts after counting, and erases links last: by height', () => {
		const heights = (output: number) =>
			workflow
				.targetsOf('What now?', output)
				.map(({ node }) => [workflow.step(node).position[1], node] as const)
				.sort(([one], [other]) => one - other)
				.map(([, node]) => node);
		expect(heights(0)).toEqual([
			'Erase their questions',
			'Erase their history',
			'Erase their links',
		]);
		expect(heights(1)).toEqual(['Get their questions', 'Get their history', 'Show what was found']);
	});
});
