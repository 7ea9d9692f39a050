import { addRows, readTable } from '../../runtime/dataTables.mts';
import { textAt } from '../../sandbox/demo/records.mts';
import { activate } from '../../sandbox/demo/template.mts';
import { LINKS_TABLE, REVIEW_TABLE, type LinkRow } from '../../sandbox/demo/world.mts';
import { FormVisit, type FormPage } from './formVisit.mts';
import { until } from './triggers.mts';
import {
	HISTORY_TABLE,
	importWorkflow,
	linksOf,
	openBench,
	run,
	type Bench,
} from './workflows.mts';

const tables = [LINKS_TABLE, REVIEW_TABLE, HISTORY_TABLE];
const ERASE = 'Erase';
const CANCEL = 'Cancel, erase nothing';

type Row = Record<string, unknown>;
type Rows = Record<string, Row[]>;

let bench: Bench;
let visit: FormVisit;
let form: string;
beforeAll(async () => {
	bench = await openBench(40);
	await run(bench, await importWorkflow(bench, 'sync-wix-contacts-and-users.json'));
	visit = new FormVisit(bench.server);
	await visit.logIn();
	form = await publish();
});
afterAll(async () => await bench.cleanup.run());

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
/** Radio buttons send a list. */
const answer = async (page: FormPage, what: string): Promise<FormPage> =>
	await visit.submit(page, JSON.stringify([what]));

const allRows = async (): Promise<Rows> =>
	Object.fromEntries(
		await Promise.all(
			tables.map(async (name) => [name, await readTable(bench.calls, name)] as const),
		),
	);

interface Person {
	row: LinkRow;
	name: string;
	address: string;
	memberId: string;
}

let taken = 0;
/** Somebody who is linked, whose name nobody else has, and who was not taken yet. */
async function somebody(): Promise<Person> {
	const contacts = await bench.servers.wix.records();
	const nameOf = (id: string) =>
		['first', 'last'].map((part) => textAt(contacts.get(id), `info.name.${part}`)).join(' ');
	const names = [...contacts.keys()].map(nameOf);
	const linked = (await linksOf(bench)).filter(
		({ state, wixId, userId }) =>
			state === 'linked' &&
			userId !== '' &&
			names.filter((name) => name === nameOf(wixId)).length === 1,
	);
	const row = linked[0];
	if (!row) throw new Error('Nobody left');
	const address = textAt(contacts.get(row.wixId), 'primaryInfo.email');
	return { row, name: nameOf(row.wixId), address, memberId: `member-${++taken}` };
}

const link = (flow: string, wixId: string, userId: string, more: Row = {}): Row => ({
	...{ linkId: `${flow}:${wixId}:${userId}`, flow, wixId, userId, state: 'linked' },
	...{ lastSynced: '', pending: '', note: '', ...more },
});
const past = (wixId: string, userId: string, newValue: string): Row => ({
	...{ at: new Date().toISOString(), flow: 'contacts', wixId, userId, oldValue: '', newValue },
});
const question = (reviewId: string, who: string, wixIds: string, userIds: string): Row => ({
	...{ reviewId, flow: 'contacts', reason: 'ambiguous', state: 'open' },
	...{ who, question: 'Who is who?', answers: '', wixIds, userIds },
});
const synced = (email: string) => ({ lastSynced: JSON.stringify({ loginEmail: email }) });

/** Further rows of this person, and rows of others that look much alike. */
async function spread({ row: { wixId, userId }, address, memberId, name }: Person): Promise<void> {
	const other = `${wixId}x`;
	await addRows(bench.calls, LINKS_TABLE, [
		link('members', memberId, userId, synced(address.toUpperCase())),
		link('contacts', wixId, 'kept', { state: 'keepApart' }),
		link('contacts', other, `x${userId}`, synced(`x${address}`)),
		link('contacts', `${other}x`, 'kept', synced('kept@example.org')),
	]);
	await addRows(bench.calls, REVIEW_TABLE, [
		question(`${memberId} 1`, 'Somebody', `${other}, ${wixId}`, ''),
		question(`${memberId} 2`, `Wix: ${name} (${address})`, memberId, ''),
		question(`${memberId} 3`, 'Somebody else', `${other}, ${other}x`, `x${userId}, kept`),
	]);
	await addRows(bench.calls, HISTORY_TABLE, [
		past(wixId, userId, address),
		past(memberId, '', 'another@example.org'),
		past(other, `x${userId}`, `x${address}`),
	]);
}

/** Where none of this person's rows is left: those that name none of the ids as a whole. */
function withoutPerson(rows: Rows, { row, memberId }: Person): Rows {
	const ids = [row.wixId, row.userId, memberId];
	const names = (value: unknown) =>
		String(value ?? '')
			.split(', ')
			.some((id) => ids.includes(id));
	return Object.fromEntries(
		Object.entries(rows).map(([table, all]) => [
			table,
			all.filter(
				({ wixId, userId, wixIds, userIds }) => ![wixId, userId, wixIds, userIds].some(names),
			),
		]),
	);
}

it.each([
	['the name', ({ name }: Person) => name.toUpperCase()],
	['the address, in whatever case', ({ address }: Person) => address.toUpperCase()],
	['the ID of the contact', ({ row }: Person) => row.wixId],
	['the ID of the user', ({ row }: Person) => row.userId],
])('erases exactly the rows of a person: %s', async (_, whoOf) => {
	const person = await somebody();
	await spread(person);
	const before = await allRows();
	const after = withoutPerson(before, person);
	const gone = tables.map((name) => (before[name]?.length ?? 0) - (after[name]?.length ?? 0));
	expect(gone).toEqual([3, 2, 2]);

	const page = await begin(whoOf(person));
	expect(page.text).toContain('3 rows of links\n2 questions\n2 lines of the history');
	expect(page.text).toContain(person.address);
	expect(await allRows()).toEqual(before);
	const last = await answer(page, ERASE);
	expect(last.text).toContain(
		'3 rows of links, 2 questions and 2 lines of the history were erased',
	);
	await visit.finish(last);
	expect(await allRows()).toEqual(after);
	expect((await begin(whoOf(person))).text).toContain(
		'0 rows of links\n0 questions\n0 lines of the history',
	);
});

it('erases nothing when the answer is to cancel, and when nobody is meant', async () => {
	const person = await somebody();
	const before = await allRows();
	const cancelled = await answer(await begin(person.address), CANCEL);
	expect(cancelled.text).toContain('Nothing was erased');
	await visit.finish(cancelled);
	for (const who of [person.address.slice(1), 'Nobody At All']) {
		const last = await answer(await begin(who), ERASE);
		expect(last.text).toContain('0 rows of links, 0 questions and 0 lines of the history');
		await visit.finish(last);
	}
	expect((await begin('%')).text).toContain('Nothing was erased');
	expect(await allRows()).toEqual(before);
});

it('lets in nobody who is not logged in', async () => {
	const stranger = new FormVisit(bench.server);
	expect(await stranger.whereTo(form)).toMatch(/\/(signin|oauth\/consent)/);
	await expect(
		stranger.submit({ url: `${bench.server.url}${form}`, text: '', token: '' }, 'ada@x.example'),
	).rejects.toThrow('401');
});
