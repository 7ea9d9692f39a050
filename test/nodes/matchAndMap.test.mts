import type { IDataObject } from 'n8n-workflow';
import { atLeast } from '../../runtime/entries.mts';
import { linkColumns, reviewColumns, type ReviewRow } from '../../nodes/shared/contract/index';
import { contact, linked, user } from '../engine/builders.mts';
import { match, people, tableRow } from './runMatch.mts';

const a = 'a@example.com';
const w = 'w@example.com';
const reasonsOf = (items: Array<{ json: IDataObject }>) =>
	items.map(({ json }) => (json as unknown as ReviewRow).reason);

test('a first run gives links and a report, each item paired with where it came from', async () => {
	const { newLinks, changedLinks, review, report, facts } = await match({
		wix: people(contact('C0', 'z@example.com'), contact('C1', a)),
		users: people(user('U1', a)),
		links: [{}],
		review: [{}],
	});
	expect(newLinks.map(({ json, pairedItem }) => [json, pairedItem])).toEqual([
		[
			{
				...{ linkId: 'contacts:C1:U1', flow: 'contacts', wixId: 'C1', userId: 'U1' },
				...{ state: 'linked', lastSynced: JSON.stringify({ 'primaryInfo.email': a }) },
				...{ pending: '', note: '' },
			},
			[
				{ item: 1, input: 0 },
				{ item: 0, input: 1 },
			],
		],
	]);
	expect([changedLinks, review]).toEqual([[], []]);
	expect(report).toHaveLength(1);
	expect(facts.counts).toMatchObject({ linkedNow: 1, unmatched: 1 });
	expect(facts.html).toContain('linked now');
});

test('a row of the Data Table goes out with the columns it is saved by, paired with record, user and row', async () => {
	const { changedLinks, toUsers } = await match({
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
	const [{ json, pairedItem }] = atLeast(changedLinks, 1);
	expect(Object.keys(json).sort()).toEqual(['id', 'createdAt', 'updatedAt', ...linkColumns].sort());
	expect([json.id, json.updatedAt, json.note, pairedItem]).toEqual([
		8,
		'2026-05-01T00:00:00Z',
		'',
		paired,
	]);
	expect(toUsers.map(({ recordId, set }) => [recordId, set])).toEqual([
		['U1', { 'profile.email.email': w }],
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
	const { facts, newLinks, error } = await match({ wix: people(contact('C1', a)), links: [{}] });
	expect(error).toBeUndefined();
	expect(newLinks).toEqual([]);
	expect(facts.counts.waitingForFullRun).toBe(1);
});

test('only changed records: linked pairs are merged, nobody is linked', async () => {
	const { newLinks, toUsers, facts } = await match(
		{
			wix: people(contact('C1', w), contact('C2', 'n@example.com')),
			users: people(user('U2', 'n@example.com')),
			links: [tableRow(linked('C1', 'U1', a), 1)],
		},
		{ wixListing: 'changed', usersListing: 'changed' },
	);
	expect(toUsers.map(({ recordId }) => recordId)).toEqual(['U1']);
	expect(newLinks).toEqual([]);
	expect(facts.counts.waitingForFullRun).toBe(2);
});

test('bad values and rows each end as one item in Review that names id and field; the others go on', async () => {
	const bad = (id: string, email: unknown): IDataObject => ({
		...(contact(id, null) as IDataObject),
		primaryInfo: { email },
	});
	const { review, newLinks, facts } = await match({
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
		expect(json.question).toContain("'primaryInfo.email'");
		expect(json.question).not.toContain('@example.com');
		expect(json.wixIds).toMatch(/^(number|list|long|noAt)$/);
	}
	expect(newLinks).toHaveLength(1);
	expect(facts.withoutKey).toEqual({ wix: 1, users: 0 });
});

test('a record without an id makes its side incomplete', async () => {
	const { review, newLinks } = await match({
		wix: people({ primaryInfo: { email: a } }, contact('C1', a)),
		users: people(user('U1', a)),
		links: [{}],
	});
	expect(reasonsOf(review)).toEqual(['badValue']);
	expect(newLinks).toEqual([]);
});

test('an item that tells of an error is no record, whatever else it holds, and makes its side incomplete', async () => {
	const inputs = (second: IDataObject) => ({
		wix: people(contact('C1', a), { ...contact('C2', w), ...second }),
		users: people(user('U1', a), user('U2', w)),
		links: [{}],
	});
	expect((await match(inputs({}))).newLinks).toHaveLength(2);
	const { review, newLinks } = await match(inputs({ error: 'The service cannot be reached' }));
	expect(reasonsOf(review)).toEqual(['badValue']);
	expect(newLinks).toEqual([]);
});

test('contacts of members are known by what the contact shows, and are left alone if the policy says so', async () => {
	const members = (id: string, shows: IDataObject) => ({
		...(contact(id, `${id}@example.com`) as IDataObject),
		...shows,
	});
	const { facts, newLinks } = await match(
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
	expect(newLinks.map(({ json }) => json.wixId)).toEqual(['lead']);
});

describe('the Review input', () => {
	const given = {
		wix: people(contact('C1', w)),
		users: people(user('U1', 'u@example.com')),
		links: [tableRow(linked('C1', 'U1', a), 1)],
	};

	test('gives the answers of people; what is settled goes out with its row, paired with it', async () => {
		const [asked] = atLeast((await match({ ...given, review: [{}] })).review, 1);
		expect(Object.keys(asked.json).sort()).toEqual(
			reviewColumns.filter((name) => name !== 'answer').sort(),
		);
		const row = { ...asked.json, id: 5, createdAt: 'x', updatedAt: 'y', answer: 'wixWins' };
		const { review, toUsers } = await match({ ...given, review: [{ ...row }] });
		expect(toUsers.map(({ set, reason }) => [set, reason])).toEqual([
			[{ 'profile.email.email': w }, 'answer'],
		]);
		const [{ json, pairedItem }] = atLeast(review, 1);
		expect([json.id, json.updatedAt, json.state]).toEqual([5, 'y', 'settled']);
		expect(json).not.toHaveProperty('answer');
		expect(pairedItem).toContainEqual({ item: 0, input: 3 });
	});

	test('that could not be read stops the node', async () => {
		const { error } = await match({ ...given, review: [{ error: 'Table not found' }] });
		expect(error?.message).toBe('The questions could not be read');
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
