import { INodeTypes, Workflow } from 'n8n-workflow';
import { readFileSync } from 'node:fs';
import { callOf } from '../../templates/source/lib/expression.mts';
import { checkAnswer } from '../../templates/source/reviewForm/check.mts';
import { listMatters, matterOf } from '../../templates/source/reviewForm/listMatters.mts';
import { offersOf } from '../../templates/source/reviewForm/offers.mts';
import { pageOf } from '../../templates/source/reviewForm/page.mts';
import type { LinkRow, MatterRow } from '../../templates/source/reviewForm/shapes.mts';
import { words } from '../../templates/source/reviewForm/words.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('review-and-decide.json');
const file = (name: string) => `reviewForm/${name}.mts`;

/** What n8n makes of an expression, for one item. */
function inN8n(expression: string, json: Record<string, unknown>): unknown {
	const node = { id: '1', name: 'N', type: 'x', typeVersion: 1, parameters: {} };
	const description = { properties: [] };
	const nodeTypes = { getByNameAndVersion: () => ({ description }) } as unknown as INodeTypes;
	const nodes = [{ ...node, position: [0, 0] as [number, number] }];
	const one = new Workflow({ nodes, connections: {}, active: false, nodeTypes });
	const given = { json: JSON.parse(JSON.stringify(json)) };
	const text = `={{ ${expression} }}`;
	return one.expression.resolveSimpleParameterValue(
		text,
		{},
		null,
		0,
		0,
		'N',
		[given],
		'manual',
		{},
	);
}

const call = (name: string, fn: string, ...args: unknown[]) => {
	const names = args.map((_, index) => `$json.a${index}`);
	const json = Object.fromEntries(args.map((arg, index) => [`a${index}`, arg]));
	return inN8n(callOf(file(name), fn, names), json);
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const hostile = `<img src=x onerror="alert(1)"><script>alert(2)</script> $& $1 \${7*7} {{ 7*7 }} '"\\n`;

const matterRow = (more: Partial<MatterRow> = {}): MatterRow => ({
	reviewId: 'r1',
	flow: 'contacts',
	reason: 'ambiguous',
	wixIds: 'C1, C2',
	userIds: 'U1',
	message: '2 Wix records and 1 user match each other.',
	howToDecide: 'Set the decision to wixWins or usersWin.',
	...more,
});

const linkRow = (more: Partial<LinkRow> = {}): LinkRow => ({
	id: 12,
	flow: 'contacts',
	wixId: 'C1',
	userId: 'U1',
	state: 'linked',
	lastSynced: '{"primaryInfo.email":"a@example.com"}',
	pending:
		'[{"operation":"update","side":"wix","to":"b@example.com","outcome":"refused","code":"X"}]',
	decision: 'wixWins',
	...{ goneSide: '', goneConfirmedAt: '', movedTo: '', note: null },
	...more,
});

const look = { words, search: '', atMost: 100, notice: 'Saved: <b>1</b> & done.' };
const contact = {
	id: 'C1',
	firstName: hostile,
	lastName: 'B',
	email: 'a@example.com',
	company: null,
};
const records = [
	{ id: '', kind: 'none' },
	contact,
	{ id: 'C2', kind: 'contact', error: 'Wix has no contact C2' },
	{ id: 'U1', login: hostile, name: 'B', email: 'a@example.com', active: true },
];

describe('what n8n computes is what the code says', () => {
	const rows = Object.keys(words.reasons).map((reason, index) =>
		matterRow({ reviewId: `r${index}`, reason, message: `Row 12 of the links table. ${hostile}` }),
	);

	it('lists', () => {
		const given = [...rows, ...rows, {} as MatterRow];
		expect(call('listMatters', 'listMatters', given, look)).toEqual(
			plain(listMatters(given, look)),
		);
	});

	it.each(rows)('finds, offers and draws a matter of the reason $reason', (row) => {
		const matter = matterOf(row, 'members');
		expect(call('listMatters', 'matterOf', row, 'members')).toEqual(plain(matter));
		const links = [
			linkRow(),
			linkRow({ id: 13, wixId: 'C2' }),
			linkRow({ id: 14, state: 'unlinked' }),
		];
		const offers = offersOf(matter, links, words);
		expect(call('offers', 'offersOf', matter, links, words)).toEqual(plain(offers));
		const seen = { words, rows: links, records, offers };
		expect(call('page', 'pageOf', matter, seen)).toEqual(plain(pageOf(matter, seen)));
		const then = { offers, before: links, now: links, waiting: [row], words };
		const given = offers[0]?.label ?? words.later;
		expect(call('check', 'checkAnswer', given, matter, then)).toEqual(
			plain(checkAnswer(given, matter, then)),
		);
	});

	it('hands a page on as JSON that n8n can put into a text', () => {
		const fields = pageOf(matterOf(matterRow(), ''), { words, rows: [], records, offers: [] });
		const parameter = String(workflow.step('Decide the matter').parameters.jsonOutput);
		const expression = parameter
			.slice('={{ '.length, -' }}'.length)
			.replace('$("Lay out the page").first().json.fields', '$json.fields');
		const text = String(inN8n(expression, { fields }));
		expect(JSON.parse('-'.replace('-', text))).toEqual(plain(fields));
		expect(text).not.toContain('$');
	});
});

describe('a page', () => {
	const matter = matterOf(matterRow(), 'members');
	const draw = (rows: LinkRow[] = []) =>
		String(pageOf(matter, { words, rows, records, offers: [] })[0]?.html);

	it('shows what a record holds as text, whatever it holds', () => {
		const html = draw([
			linkRow({ lastSynced: JSON.stringify({ [hostile]: hostile }), state: hostile }),
		]);
		const tags = new Set([...html.matchAll(/<\/?(\w*)[^>]*>/g)].map(([, tag]) => tag));
		expect([...tags].sort()).toEqual(
			['h2', 'li', 'p', 'b', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul'].sort(),
		);
		expect(html).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
	});

	it('shows each record beside the others, and which one is gone', () => {
		const html = draw();
		expect(html).toContain('<th>Wix 1</th><th>Wix 2</th><th>User 1</th>');
		expect(html).toContain('<td></td><td>gone: it is no longer there</td><td></td>');
		expect(html).not.toContain('Company');
	});

	it('says what the link remembers, what was refused and what is decided already', () => {
		const html = draw([linkRow()]);
		expect(html).toContain('Both sides last agreed on primaryInfo.email: a@example.com');
		expect(html).toContain('The value b@example.com for Wix was refused (X)');
		expect(html).toContain('Decided already: Wix is right.');
	});

	it('shows ten records of a side and counts the others', () => {
		const many = Array.from({ length: 12 }, (_, index) => `C${index}`);
		const shown = matterOf(matterRow({ wixIds: many.join(', ') }), '');
		expect([shown.wixIds.length, shown.hidden]).toEqual([10, 2]);
		expect(offersOf(shown, [], words).map(({ answer }) => answer)).not.toContain('allApart');
	});
});

it('reads the Wix records of a flow of members as members', () => {
	const kinds = (flow: string, setting: string) =>
		matterOf(matterRow({ flow }), setting).ask.map(({ kind }) => kind);
	expect(kinds('members', 'members, my-flow')).toEqual(['none', 'member', 'member', 'user']);
	expect(kinds('my-flow', 'members, my-flow')).toEqual(['none', 'member', 'member', 'user']);
	expect(kinds('contacts', 'members, my-flow')).toEqual(['none', 'contact', 'contact', 'user']);
});

describe('an answer', () => {
	const row = matterRow();
	const matter = matterOf(row, '');
	const offers = offersOf(matter, [], words);
	const label = offers[0]?.label;
	const then = { offers, before: [], now: [], waiting: [row], words };

	it('is saved when everything is as it was shown', () => {
		expect(checkAnswer(label, matter, then)).toMatchObject({
			save: true,
			answer: 'link',
			edits: [{ operation: 'add', link: { wixId: 'C1', userId: 'U1', state: 'linked' } }],
		});
	});

	it.each([
		['the matter is settled', { waiting: [] }, /settled already/],
		['a link has come', { now: [linkRow()] }, /changed this link meanwhile/],
	])('is not saved when %s', (_, changed, notice) => {
		expect(checkAnswer(label, matter, { ...then, ...changed })).toMatchObject({
			save: false,
			edits: [],
			notice: expect.stringMatching(notice),
		});
	});

	it('is not saved when it was not on offer, is none, or was put off', () => {
		expect(checkAnswer('link everything', matter, then).save).toBe(false);
		expect(checkAnswer(undefined, matter, then)).toMatchObject({ save: false, notice: '' });
		expect(checkAnswer(words.later, matter, then)).toMatchObject({ save: false, notice: '' });
	});
});

describe('the workflow', () => {
	it('is open only to people who are logged in and may run it', () => {
		expect(workflow.step('Open the form').parameters).toMatchObject({
			authentication: 'n8nUserAuth',
			requireExecuteAccess: true,
		});
	});

	it('hides nothing in a field, since a link to the form could fill it', () => {
		expect(workflow.text).not.toContain('hiddenField');
	});

	it('saves the link before the history, and both before the matter leaves the list', () => {
		const targets = workflow.targetsOf('Is there something to save?', 0).map(({ node }) => node);
		const height = (name: string) => workflow.step(name).position[1];
		expect([...targets].sort((one, other) => height(one) - height(other))).toEqual([
			'Take each change of a link',
			'Lay out the history',
			'Take the matter off the list',
		]);
	});

	it('reads only: no step of this package writes', () => {
		const ours = workflow.steps.filter(({ type }) => type.startsWith('n8n-nodes-wix-user-sync.'));
		expect(ours.map(({ parameters }) => parameters.operation)).toEqual(['get', 'get', 'get']);
		for (const { onError } of ours) expect(onError).toBe('continueErrorOutput');
	});

	it('brings each answer of the systems to an input of its own', () => {
		const inputs = workflow.steps
			.flatMap(({ name }) => workflow.template.connections[name]?.main.flat() ?? [])
			.filter(({ node }) => node === 'Put the answers of the systems together')
			.map(({ index }) => index);
		expect(inputs.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
		const { numberInputs } = workflow.step('Put the answers of the systems together').parameters;
		expect(numberInputs).toBe(7);
	});
});

it('documents each reason by the title that the form shows', () => {
	const docs = readFileSync('docs/review.md', 'utf8');
	for (const [reason, { title }] of Object.entries(words.reasons)) {
		expect(docs).toContain(`| \`${reason}\` | **${title}** |`);
	}
});
