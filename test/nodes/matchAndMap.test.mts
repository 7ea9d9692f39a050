import type { IDataObject } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import type { ReviewItem } from '../../nodes/shared/contract/index';
import { contact, linked, user } from '../engine/builders.mts';
import { match, people, tableRow } from './runMatch.mts';

const a = 'a@example.com';
const w = 'w@example.com';
const reasonsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json as unknown as ReviewItem).reason);

test('a first run gives links and a report, each item paired with where it came from', async () => {
	const { links, toUsers, toWix, review, report, facts } = await match({
		wix: people(contact('C0', 'z@example.com'), contact('C1', a)),
		users: people(user('U1', a)),
		links: [{}],
	});
	expect(links.map(({ json, pairedItem }) => [json.operation, pairedItem])).toEqual([
		[
			'add',
			[
				{ item: 1, input: 0 },
				{ item: 0, input: 1 },
			],
		],
	]);
	expect([toUsers, toWix, review]).toEqual([[], [], []]);
	expect(report).toHaveLength(1);
	expect(facts.counts).toMatchObject({ linkedNow: 1, unmatched: 1 });
	expect(facts.html).toContain('linked now');
});

test('a row of the Data Table is read by its own id; changes are paired with record, user and row', async () => {
	const { links, toUsers } = await match({
		wix: people(contact('C1', w)),
		users: people(user('U1', a)),
		links: [
			tableRow(linked('C9', 'U9', a, { state: 'ignored' }), 7),
			tableRow(linked('C1', 'U1', a), 8),
		],
	});
	const paired = [
		{ item: 0, input: 0 },
		{ item: 0, input: 1 },
		{ item: 1, input: 2 },
	];
	expect(
		links.map(({ json, pairedItem }) => [
			json.operation,
			(json.link as IDataObject).rowId,
			pairedItem,
		]),
	).toEqual([['update', '8', paired]]);
	expect(toUsers.map(({ json, pairedItem }) => [json.recordId, json.set, pairedItem])).toEqual([
		['U1', { 'profile.email.email': w }, paired],
	]);
});

test.each([
	['nothing arrived at all', [], false],
	['the empty item of Always Output Data arrived', [{}], true],
])(
	'users input: %s: an empty side is told from one that was not read',
	async (_, users, isComplete) => {
		const { facts, toWix, toUsers } = await match({
			wix: people(contact('C1', a)),
			users,
			links: [tableRow(linked('C1', 'U1', a), 1)],
		});
		expect([toWix, toUsers]).toEqual([[], []]);
		expect(facts.guard.tripped).toBe(isComplete);
	},
);

test('an input that is not connected counts as not read', async () => {
	const { facts, links, error } = await match({ wix: people(contact('C1', a)), links: [{}] });
	expect(error).toBeUndefined();
	expect(links).toEqual([]);
	expect(facts.counts.waitingForFullRun).toBe(1);
});

test('only changed records: linked pairs are merged, nobody is linked', async () => {
	const { links, toUsers, facts } = await match(
		{
			wix: people(contact('C1', w), contact('C2', 'n@example.com')),
			users: people(user('U2', 'n@example.com')),
			links: [tableRow(linked('C1', 'U1', a), 1)],
		},
		{ wixListing: 'changed', usersListing: 'changed' },
	);
	expect(toUsers.map(({ json }) => json.recordId)).toEqual(['U1']);
	expect(links).toHaveLength(1);
	expect(facts.counts.waitingForFullRun).toBe(2);
});

test('bad values and rows each end as one item in Review that names id and field; the others go on', async () => {
	const bad = (id: string, email: unknown): IDataObject => ({
		...(contact(id, null) as IDataObject),
		primaryInfo: { email },
	});
	const { review, links, facts } = await match({
		wix: [
			bad('number', 42),
			bad('list', [a]),
			bad('long', `${'x'.repeat(320)}@example.com`),
			bad('noAt', 'somebody'),
			...people(contact('none', null), contact('C1', a)),
		],
		users: people(user('U1', a)),
		links: [
			tableRow(linked('C7', 'U7', a, { lastSynced: '{broken' }), 1),
			tableRow(linked('C8', 'U8', a, { state: 'perhaps' as 'linked' }), 2),
		],
	});
	expect(reasonsOf(review).sort()).toEqual([
		'badLink',
		'badLink',
		'badValue',
		'badValue',
		'badValue',
		'badValue',
	]);
	for (const { json } of review.filter(({ json }) => json.reason === 'badValue')) {
		expect(json.message).toContain("'primaryInfo.email'");
		expect(json.message).not.toContain('@example.com');
		expect(json.howToDecide).toBeTruthy();
		expect(json.wixIds).toHaveLength(1);
	}
	expect(links).toHaveLength(1);
	expect(facts.withoutKey).toEqual({ wix: 1, users: 0 });
});

test('a record without an id makes its side incomplete', async () => {
	const { review, links } = await match({
		wix: people({ primaryInfo: { email: a } }, contact('C1', a)),
		users: people(user('U1', a)),
		links: [{}],
	});
	expect(reasonsOf(review)).toEqual(['badValue']);
	expect(links).toEqual([]);
});

test('an item that tells of an error is no record, whatever else it holds, and makes its side incomplete', async () => {
	const inputs = (second: IDataObject) => ({
		wix: people(contact('C1', a), { ...contact('C2', w), ...second }),
		users: people(user('U1', a), user('U2', w)),
		links: [{}],
	});
	expect((await match(inputs({}))).links).toHaveLength(2);
	const { review, links } = await match(inputs({ error: 'The service cannot be reached' }));
	expect(reasonsOf(review)).toEqual(['badValue']);
	expect(links).toEqual([]);
});

test('contacts of members are known by what the contact shows, and are left alone if the policy says so', async () => {
	const members = (id: string, shows: IDataObject) => ({
		...(contact(id, `${id}@example.com`) as IDataObject),
		...shows,
	});
	const { facts, links } = await match(
		{
			wix: [
				members('status', {
					info: { extendedFields: { items: { 'members.membershipStatus': 'APPROVED' } } },
				}),
				members('info', { memberInfo: { memberId: 'm' } }),
				members('label', { info: { labelKeys: { items: ['contacts.site-members'] } } }),
				members('lead', {}),
			],
			users: people(
				...['status', 'info', 'label', 'lead'].map((id) => user(`U-${id}`, `${id}@example.com`)),
			),
			links: [{}],
		},
		{ memberContacts: 'leaveAlone' },
	);
	expect(facts.counts.ignored).toBe(3);
	expect(links.map(({ json }) => (json.link as IDataObject).wixId)).toEqual(['lead']);
});

describe('parameters', () => {
	const edited = (count: number) => ({
		wix: people(
			...Array.from({ length: count }, (_, n) => contact(`C${n}`, `new${n}@example.com`)),
		),
		users: people(...Array.from({ length: count }, (_, n) => user(`U${n}`, `old${n}@example.com`))),
		links: Array.from({ length: count }, (_, n) =>
			tableRow(linked(`C${n}`, `U${n}`, `old${n}@example.com`), n + 1),
		),
	});

	test('the guard stops a large plan; its limits, its approval and its switch are taken from the options', async () => {
		const stopped = await match(edited(60));
		expect(stopped.facts.guard.tripped).toBe(true);
		expect(stopped.toUsers).toEqual([]);
		const approvedPlan = stopped.facts.guard.planHash;
		for (const options of [
			{ approvedPlan },
			{ guard: false },
			{ guardRecords: 60 },
			{ guardPercent: 100 },
		]) {
			expect((await match(edited(60), { options })).toUsers).toHaveLength(60);
		}
	});

	test('Preview Only gives out nothing but review and report', async () => {
		const { links, toUsers, toWix, facts } = await match(edited(3), { options: { dryRun: true } });
		expect([links, toUsers, toWix]).toEqual([[], [], []]);
		expect(facts.counts.changed).toBe(3);
		expect(facts.html).toContain('Preview');
	});

	test('Only These Records takes ids and addresses, separated by commas or lines', async () => {
		const { toUsers, facts } = await match(edited(4), {
			options: { onlyRecords: 'C0, U1\n NEW2@example.com' },
		});
		expect(toUsers.map(({ json }) => json.recordId)).toEqual(['U0', 'U1', 'U2']);
		expect(facts.counts.excluded).toBe(1);
	});

	test('a value that no policy has ends the node with the name of the parameter', async () => {
		const { error } = await match(edited(1), { bothEdited: 'newest' });
		expect(error?.message).toContain('bothEdited');
		const kept = await match(
			edited(1),
			{ bothEdited: 'newest' },
			{ onError: 'continueRegularOutput' },
		);
		expect(kept.error).toBeUndefined();
		expect(entryAt(kept.report, 0).json.error).toContain('bothEdited');
	});
});

test('values of people are escaped in the report page', async () => {
	const { facts } = await match({
		wix: people(contact('C1', '"<script>alert(1)</script>"@example.com')),
		users: people(user('U1', a)),
		links: [tableRow(linked('C1', 'U1', a), 1)],
	});
	expect(facts.html).toContain('&lt;script&gt;');
	expect(facts.html).not.toContain('<script>');
});

describe('Explain a Record', () => {
	const given = {
		wix: people(contact('C1', w)),
		users: people(user('U1', a)),
		links: [tableRow(linked('C1', 'U1', a), 1)],
	};

	test('adds plain sentences to the report and to the top of its page, and changes nothing else', async () => {
		const plain = await match(given);
		const { facts, toUsers, links } = await match(given, { options: { explain: ` ${w} ` } });
		expect(facts.explanation?.join(' ')).toContain("from 'a@example.com' to 'w@example.com'");
		expect(facts.html.indexOf('About')).toBeGreaterThan(0);
		expect(facts.html.indexOf('About')).toBeLessThan(facts.html.indexOf('<h1>'));
		expect(toUsers.map(({ json }) => json.set)).toEqual(plain.toUsers.map(({ json }) => json.set));
		expect(links).toHaveLength(plain.links.length);
		expect(plain.facts).not.toHaveProperty('explanation');
		expect(plain.facts.html).not.toContain('About');
	});

	test('somebody whom nobody knows', async () => {
		const { facts } = await match(given, { options: { explain: '<b>nobody</b>' } });
		expect(facts.explanation).toHaveLength(1);
		expect(facts.html).not.toContain('<b>nobody');
	});
});
