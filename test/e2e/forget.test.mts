import { addRows, readTable } from '../../runtime/dataTables.mts';
import { activate } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE } from '../../sandbox/demo/world.mts';
import { FormVisit, type FormPage } from './formVisit.mts';
import { until } from './triggers.mts';
import {
	HISTORY_TABLE,
	importWorkflow,
	openBench,
	RUNS_TABLE,
	startAfresh,
	type Bench,
} from './workflows.mts';

const FAILURES_TABLE = 'wix_user_sync_failures';
const tables = [LINKS_TABLE, REVIEW_TABLE, HISTORY_TABLE, FAILURES_TABLE];
const ERASE = 'Erase';
const LEAVE_OUT = 'Erase, and leave this person out of the sync from now on';
const CANCEL = 'Cancel, erase nothing';

type Row = Record<string, unknown>;

let bench: Bench;
let visit: FormVisit;
let form: string;
beforeAll(async () => {
	bench = await openBench(0);
	visit = new FormVisit(bench.server);
	await visit.logIn();
	form = await publish();
});
afterAll(async () => await bench.cleanup.run());
beforeEach(async () => {
	await startAfresh(bench);
	await begin('nobody');
	await fill();
});

/** Publishes the workflow. @returns the path of its form */
async function publish(): Promise<string> {
	const id = await importWorkflow(bench, 'forget-a-person.json');
	const workflow = await bench.calls.api<{ nodes: Array<{ type: string; webhookId?: string }> }>(
		'GET',
		`/workflows/${id}`,
	);
	await activate(bench.calls, id);
	const trigger = workflow.nodes.find(({ type }) => type.endsWith('.formTrigger'));
	const path = `/form/${trigger?.webhookId}`;
	await until('the form is there', async () => {
		const answer = await fetch(`${bench.server.url}${path}`, { redirect: 'manual' });
		return answer.status !== 404 || undefined;
	});
	return path;
}

const begin = async (who: string): Promise<FormPage> =>
	await visit.submit(await visit.open(form), who);

const synced = (email: string) => JSON.stringify({ 'primaryInfo.email': email });
const pendingTo = (to: string) =>
	JSON.stringify([
		{
			operation: 'update',
			property: 'primaryInfo.email',
			side: 'users',
			from: 'old@x.example',
			to,
			at: '',
			outcome: 'sent',
		},
	]);
const link = (flow: string, wixId: string, userId: string, more: Row = {}): Row => ({
	flow,
	wixId,
	userId,
	linkId: `${flow}:${wixId}:${userId}`,
	state: 'linked',
	...more,
});
const past = (
	flow: string,
	wixId: string,
	userId: string,
	oldValue: string,
	newValue: string,
): Row => ({
	...link(flow, wixId, userId),
	state: undefined,
	oldValue,
	newValue,
	at: new Date().toISOString(),
});

/** `ada` stands for every row of Ada: contact c-ada, member m-ada, user 1-5. All others are other people's. */
const rows: Record<string, { ada: Row[]; others: Row[] }> = {
	[LINKS_TABLE]: {
		ada: [
			link('contacts', 'c-ada', '1-5', { lastSynced: synced('Ada@X.example') }),
			link('members', 'm-ada', '1-5', { pending: pendingTo('ada@x.example') }),
			link('contacts', 'c-ada', '1-9', { state: 'keepApart' }),
		],
		others: [
			link('contacts', 'c-mada', '1-55', { lastSynced: synced('mada@x.example') }),
			link('contacts', 'c-long', '1-6', { lastSynced: synced('ada@x.example.org') }),
			link('contacts', 'c-plus', '1-7', { pending: pendingTo('ada@x.example2') }),
			link('contacts', 'c-ada2', '11-5', { lastSynced: synced('a%a@x.example') }),
			link('contacts', 'c-grace', '1-9', { lastSynced: synced('grace@x.example') }),
		],
	},
	[REVIEW_TABLE]: {
		ada: [
			{
				reviewId: 'r1',
				flow: 'contacts',
				reason: 'ambiguous',
				wixIds: 'c-zoe, c-ada',
				userIds: '1-8',
			},
		],
		others: [
			{
				reviewId: 'r2',
				flow: 'contacts',
				reason: 'ambiguous',
				wixIds: 'c-ada2, c-mada',
				userIds: '1-55',
			},
		],
	},
	[HISTORY_TABLE]: {
		ada: [
			past('contacts', 'c-ada', '1-5', 'older@x.example', 'ADA@x.example'),
			past('members', 'm-ada', '1-5', 'other@x.example', 'another@x.example'),
		],
		others: [past('contacts', 'c-mada', '1-55', '', 'mada@x.example')],
	},
	[FAILURES_TABLE]: {
		ada: [{ run: '7', workflow: 'w', step: 's', message: 'Contact c-ada is locked' }],
		others: [
			{ run: '8', workflow: 'w', step: 's', message: 'Contact c-ada2 is locked; user 11-5' },
		],
	},
};

async function fill(): Promise<void> {
	for (const [table, { ada, others }] of Object.entries(rows))
		await addRows(bench.calls, table, [...others, ...ada]);
}

const withoutIds = (table: Row[]) =>
	table.map(({ id: _, createdAt: __, updatedAt: ___, ...row }) => row);
const allRows = async () =>
	Object.fromEntries(
		await Promise.all(
			tables.map(async (name) => [name, await readTable(bench.calls, name)] as const),
		),
	);

/** The rows of others, as they are before. */
async function othersOf(before: Record<string, Row[]>): Promise<Record<string, Row[]>> {
	return Object.fromEntries(
		Object.entries(before).map(([name, all]) => [name, all.slice(0, rows[name]?.others.length)]),
	);
}

it.each([
	['an address, in whatever case', 'aDa@x.example'],
	['the ID of the contact', 'c-ada'],
	['the ID of the member', 'm-ada'],
	['the ID of the user', '1-5'],
])('erases exactly the rows of a person: %s', async (_, who) => {
	const before = await allRows();
	const page = await begin(who);
	expect(page.html).toContain(
		'3 rows of links, 2 of the history, 1 of what waits, 1 of failed runs.',
	);
	expect(await allRows()).toEqual(before);
	const last = await visit.submit(page, ERASE);
	expect(last.html).toContain('7 rows were erased');
	await visit.finish(last);
	expect(await allRows()).toEqual(await othersOf(before));
	expect((await begin(who)).html).toContain('Nothing found');
});

it('leaves marks with IDs only, when the person is to stay out', async () => {
	const before = await allRows();
	await visit.finish(await visit.submit(await begin('ada@x.example'), LEAVE_OUT));
	const after = await allRows();
	const others = await othersOf(before);
	const marks = (after[LINKS_TABLE] ?? []).slice(others[LINKS_TABLE]?.length);
	expect(
		withoutIds(marks).map(({ flow, wixId, userId, state, lastSynced, pending }) => [
			flow,
			wixId,
			userId,
			state,
			lastSynced,
			pending,
		]),
	).toEqual([
		['contacts', 'c-ada', '1-5', 'ignored', null, null],
		['members', 'm-ada', '1-5', 'ignored', null, null],
		['contacts', '', '1-5', 'ignored', null, null],
		['members', '', '1-5', 'ignored', null, null],
	]);
	expect({
		...after,
		[LINKS_TABLE]: (after[LINKS_TABLE] ?? []).slice(0, others[LINKS_TABLE]?.length),
	}).toEqual(others);
});

it('erases nothing when the answer is to cancel, when nobody is found, and while a sync runs', async () => {
	const before = await allRows();
	expect((await visit.submit(await begin('ada@x.example'), CANCEL)).html).toContain(
		'Nothing was erased',
	);
	expect((await begin('da@x.example')).html).toContain('Nothing found');
	expect((await begin('%')).html).toContain('Nothing found');
	const soon = new Date(Date.now() + 60_000).toISOString();
	await addRows(bench.calls, RUNS_TABLE, [
		{ flow: 'contacts', mode: 'on its own: contacts', run: '1', startedAt: soon, expiresAt: soon },
	]);
	expect((await visit.submit(await begin('ada@x.example'), ERASE)).html).toContain(
		'A sync is running',
	);
	expect(await allRows()).toEqual(before);
});

it('lets in nobody who is not logged in', async () => {
	const stranger = new FormVisit(bench.server);
	expect(await stranger.whereTo(form)).toMatch(/\/(signin|oauth\/consent)/);
	await expect(
		stranger.submit({ url: `${bench.server.url}${form}`, html: '', token: '' }, 'ada@x.example'),
	).rejects.toThrow('401');
});
