import type { IDataObject } from 'n8n-workflow';
import type { Answer, Page } from './playedNodes.mts';
import type { PlayedTables } from './playedTables.mts';
import { playWorkflow } from './playWorkflow.mts';
import { WorkflowFile } from './workflowFile.mts';

const workflow = new WorkflowFile('review-and-decide.json');
const TABLE = 'wix_user_sync_review';
const hostile = `<img src=x onerror="alert(1)"> $& $1 $\` $' $$ {{ 7*7 }} '"\\n \\ ${'${7*7}'}`;

const question = (who: string, more: IDataObject = {}): IDataObject => ({
	reviewId: `of ${who}`,
	who,
	question: `Wix holds w, the user holds u: ${who}`,
	answers: 'wixWins: Wix is right\nusersWin: The user is right',
	state: 'open',
	answer: null,
	...more,
});

const play = async (rows: IDataObject[], answer: Answer, before?: (tables: PlayedTables) => void) =>
	await playWorkflow(workflow, {
		start: 'Open the form',
		tables: { [TABLE]: rows },
		answer,
		...(before === undefined ? {} : { before }),
	});

/** Everybody, one after the other, each with the same answer. */
const always =
	(answer: string): Answer =>
	({ step }) =>
		step === 'Decide' ? { answer } : { about: null };

/** The answer for each question by whom it is about. */
const by =
	(answers: Readonly<Record<string, string>>, about: string | null = null): Answer =>
	({ step, title }) =>
		step === 'Decide' ? { answer: answers[title] } : { about };

const answersIn = (tables: PlayedTables) => tables.all(TABLE).map(({ answer }) => answer);
const asked = (pages: Page[]) =>
	pages.filter(({ step }) => step === 'Decide').map(({ title }) => title);
const last = (pages: Page[]) => pages[pages.length - 1];
const WIX = 'wixWins: Wix is right';

describe('the form', () => {
	test.each([
		['the table is empty', []],
		['all is settled', [question('Ada', { state: 'settled' })]],
		['all is answered', [question('Ada', { answer: 'wixWins' }), question('Bob', { answer: WIX })]],
	])('says that nothing waits when %s', async (_, rows) => {
		const { pages, tables } = await play(rows, always(WIX));
		expect(pages.map(({ title }) => title)).toEqual(['Nothing waits for you']);
		expect(tables.all(TABLE).map(({ answer }) => answer ?? null)).toEqual(
			rows.map(({ answer }) => answer),
		);
	});

	test('asks a single question at once, and saves the line that was chosen, and nothing else', async () => {
		const { pages, tables } = await play([question('Ada', { answer: '' })], always(WIX));
		expect(pages.map(({ step }) => step)).toEqual(['Decide', 'End of the form']);
		expect(pages[0]).toMatchObject({
			title: 'Ada',
			choices: [WIX, 'usersWin: The user is right', 'Later', 'Finish'],
		});
		expect(last(pages)?.title).toBe('Thank you');
		expect(tables.all(TABLE)).toMatchObject([question('Ada', { answer: WIX })]);
	});

	test('asks whom to begin with, each once, and then all of them from the oldest on', async () => {
		const rows = ['Ada', 'Bob', 'Ada', 'Cy'].map((who) => question(who));
		const { pages, tables } = await play(rows, always(WIX));
		expect(pages[0]?.choices).toEqual(['Ada', 'Bob', 'Cy']);
		expect(asked(pages)).toEqual(['Ada', 'Bob', 'Ada', 'Cy']);
		expect(answersIn(tables)).toEqual([WIX, WIX, WIX, WIX]);
	});

	test('asks about the one who was chosen only', async () => {
		const rows = ['Ada', 'Bob', 'Ada', 'Cy'].map((who) => question(who));
		const { pages, tables } = await play(rows, by({ Ada: WIX }, 'Ada'));
		expect(asked(pages)).toEqual(['Ada', 'Ada']);
		expect(answersIn(tables)).toEqual([WIX, null, WIX, null]);
	});

	test('goes on to the next when one is put off, and comes to an end', async () => {
		const rows = ['Ada', 'Bob', 'Cy'].map((who) => question(who));
		const { pages, tables } = await play(rows, by({ Ada: 'Later', Bob: WIX, Cy: 'Later' }));
		expect(asked(pages)).toEqual(['Ada', 'Bob', 'Cy']);
		expect(answersIn(tables)).toEqual([null, WIX, null]);
		expect(last(pages)?.step).toBe('End of the form');
	});

	test('ends when the person has enough, or leaves the page open', async () => {
		const rows = ['Ada', 'Bob', 'Cy'].map((who) => question(who));
		const stopped = await play(rows, by({ Ada: WIX, Bob: 'Finish' }));
		expect(asked(stopped.pages)).toEqual(['Ada', 'Bob']);
		expect(last(stopped.pages)?.title).toBe('Thank you');
		expect(answersIn(stopped.tables)).toEqual([WIX, null, null]);
		const left = await play(rows, ({ title }) => (title === 'Ada' ? { answer: WIX } : undefined));
		expect(asked(left.pages)).toEqual(['Ada', 'Bob']);
		expect(answersIn(left.tables)).toEqual([WIX, null, null]);
		expect(left.error).toBeUndefined();
	});

	test('asks what has no answers to offer, too, so that it can be read', async () => {
		const { pages } = await play([question('Ada', { answers: '' })], always('Later'));
		expect(pages[0]?.choices).toEqual(['Later', 'Finish']);
	});
});

describe('an answer that comes too late', () => {
	let tables: PlayedTables;
	const meanwhile =
		(values: IDataObject): Answer =>
		({ step, title }) => {
			if (step !== 'Decide') return { about: null };
			if (title !== 'Ada') return { answer: WIX };
			tables.change(TABLE, tables.all(TABLE).slice(0, 1), values);
			return { answer: WIX };
		};

	test.each([
		['answered it', { answer: 'usersWin' }],
		['settled it', { state: 'settled', answer: '' }],
		['asks something else now', { question: 'Other values', answer: null }],
	])('is not saved when somebody %s, and the next page says so', async (_, values) => {
		const rows = [question('Ada'), question('Bob')];
		const { pages } = await play(rows, meanwhile(values), (made) => (tables = made));
		expect(tables.all(TABLE)).toMatchObject([values, { answer: WIX }]);
		const [, , next, end] = pages;
		expect(next).toMatchObject({ title: 'Bob', description: expect.stringMatching(/^Not saved/) });
		expect(end?.description).not.toContain('Not saved');
	});

	test('is told on the last page when there is no other question', async () => {
		const values = { answer: 'usersWin' };
		const { pages } = await play([question('Ada')], meanwhile(values), (made) => (tables = made));
		expect(last(pages)?.description).toMatch(/^Not saved/);
		expect(answersIn(tables)).toEqual(['usersWin']);
	});
});

describe('what people and systems hold', () => {
	const rows = [
		question(hostile, { question: hostile, answers: `wixWins: ${hostile}\nusersWin: No` }),
		question('Ada'),
	];

	test('is shown as it is, and finds its question', async () => {
		const said = `wixWins: ${hostile}`;
		const { pages, tables } = await play(rows, ({ step }) =>
			step === 'Decide' ? { answer: said } : { about: hostile },
		);
		expect(pages[0]?.choices).toEqual([hostile, 'Ada']);
		expect(pages[1]?.title).toBe(hostile);
		expect(pages[1]?.choices).toEqual([said, 'usersWin: No', 'Later', 'Finish']);
		expect(answersIn(tables)).toEqual([said, null]);
	});

	test('makes no element of the page', async () => {
		const { pages } = await play(rows, always('Later'));
		for (const { description } of pages) expect(description).not.toContain('<');
		expect(pages[1]?.description).toContain('&lt;img src=x');
	});
});

describe('the workflow', () => {
	test('is open only to people who are logged in and may run it', () => {
		expect(workflow.step('Open the form').parameters).toMatchObject({
			authentication: 'n8nUserAuth',
			requireExecuteAccess: true,
		});
	});

	test('hides nothing in a field, since a link to the form could fill it', () => {
		expect(workflow.text).not.toContain('hiddenField');
	});

	test('needs no credential: no step of this package is in it', () => {
		expect(workflow.text).not.toContain('n8n-nodes-wix-user-sync.');
	});
});
