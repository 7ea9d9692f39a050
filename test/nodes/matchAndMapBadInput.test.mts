import type { IDataObject, INodeParameters, INodeType } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import { MatchAndMap } from '../../nodes/MatchAndMap/MatchAndMap.node';
import type { ExplainedReport } from '../../nodes/MatchAndMap/outputs';
import type { ReviewRow } from '../../nodes/shared/contract/index';
import { contact, linked, user } from '../engine/builders.mts';
import { nested, pollutes } from '../engine/hostile.mts';
import { runWorkflow } from './harness.mts';
import { tableRow } from './runMatch.mts';
import { rawItems } from './testNodes.mts';

const a = 'a@example.com';
const b = 'b@example.com';

/** The data as items of a node before this one. */
const raw = (data: unknown[]): INodeType =>
	rawItems(data.map((json) => ({ json: json as IDataObject, pairedItem: { item: 0 } })));

/** Runs the node on a sound linked pair that was edited in Wix, and on whatever stands before it on each input. */
async function matchRaw(
	before: { wix?: unknown[]; users?: unknown[]; links?: unknown[] },
	parameters: INodeParameters = {},
) {
	const inputs = {
		wix: [...(before.wix ?? []), contact('sound', b)],
		users: [...(before.users ?? []), user('sound', a)],
		links: [...(before.links ?? []), tableRow(linked('sound', 'sound', a), 99)],
	};
	const names = Object.keys(inputs) as Array<keyof typeof inputs>;
	const to = (node: string, index = 0) => ({ node, index, type: 'main' as const });
	const done = await runWorkflow({
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			...names.map((name) => ({ name, type: `test.${name}` })),
			{
				name: 'Match',
				type: 'test.matchAndMap',
				parameters: { preset: 'contactsAndUsers', explain: 'odd', ...parameters },
			},
		],
		connections: {
			Start: { main: [names.map((name) => to(name))] },
			...Object.fromEntries(names.map((name, index) => [name, { main: [[to('Match', index)]] }])),
		},
		nodeTypes: {
			'test.matchAndMap': new MatchAndMap(),
			...Object.fromEntries(names.map((name) => [`test.${name}`, raw(inputs[name])])),
		},
	});
	const [newLinks = [], report, review = [], changedLinks = []] = done.outputs.Match ?? [];
	const reviewed = review.map(({ json }) => json as unknown as ReviewRow);
	const facts = report?.[0]?.json as unknown as ExplainedReport;
	return { ...done, newLinks, changedLinks, reviewed, facts };
}

type Outcome = Awaited<ReturnType<typeof matchRaw>>;

function expectSound({ error, changedLinks, facts }: Outcome): void {
	expect(error).toBeUndefined();
	const ofSound = changedLinks.filter(({ json }) => json.userId === 'sound');
	expect(ofSound.map(({ json }) => json.pending)).toEqual([
		expect.stringContaining(`"from":"${a}","to":"${b}"`),
	]);
	expect(facts.html).toMatch(/<\/html>$/);
	expect(facts.explanation?.length).toBeGreaterThan(0);
	expect(pollutes()).toBe(false);
}

const cyclic: Record<string, unknown> = { email: a };
cyclic.self = cyclic;
const json = (text: string) => JSON.parse(text) as Record<string, unknown>;

describe('records as a Code node may give them', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['cyclic where no rule looks', { ...contact('odd', a), cyclic }, { ...user('odd', a), cyclic }],
		[
			'100,000 levels deep where no rule looks',
			{ ...contact('odd', a), deep: nested(100_000) },
			{ ...user('odd', a), deep: nested(100_000) },
		],
		[
			'50 MB where no rule looks',
			{ ...contact('odd', a), note: 'x'.repeat(50_000_000) },
			{ ...user('odd', a), note: 'x'.repeat(50_000_000) },
		],
		[
			'with functions, symbols and BigInts where no rule looks',
			{ ...contact('odd', a), f: () => 1, s: Symbol('x'), n: 5n, d: new Date(0) },
			{ ...user('odd', a), f: () => 1, s: Symbol('x'), n: 5n, d: new Date(NaN) },
		],
		[
			'with keys like __proto__',
			{
				...json('{"__proto__":{"isAdmin":true},"constructor":{"polluted":1}}'),
				...contact('odd', a),
			},
			{ ...json('{"__proto__":{"isAdmin":true},"toString":5}'), ...user('odd', a) },
		],
	])('%s: they are linked', async (_, wix, users) => {
		const outcome = await matchRaw({ wix: [wix], users: [users] });
		expectSound(outcome);
		expect(outcome.reviewed).toEqual([]);
		expect(outcome.newLinks).toHaveLength(1);
	});

	test.each<[string, unknown]>([
		['a cyclic object', cyclic],
		['a deep object', nested(100_000)],
		['a function', () => a],
		['a symbol', Symbol(a)],
		['a BigInt', 5n],
		['NaN', NaN],
		['a date', new Date(0)],
		['50 MB of text', 'x'.repeat(50_000_000)],
	])('%s in place of an address is one item in Review', async (_, email) => {
		const outcome = await matchRaw({ wix: [{ id: 'odd', primaryInfo: { email } }] });
		expectSound(outcome);
		expect(outcome.reviewed.map(({ reason, wixIds }) => [reason, wixIds])).toEqual([
			['badValue', 'odd'],
		]);
	});

	test.each<[string, unknown]>([
		['an object that is no text', { toString: 1 }],
		['an object without a prototype', Object.create(null)],
		['a symbol', Symbol('odd')],
		['a cyclic object', cyclic],
		['a list', ['odd']],
		['NaN', NaN],
		['nothing', undefined],
	])('%s as an id: the side is not complete, linked pairs go on', async (_, id) => {
		const member = { memberInfo: { memberId: 'm' } };
		const outcome = await matchRaw(
			{ wix: [{ ...contact('x', a), ...member, id }], users: [{ ...user('x', a), id }] },
			{ memberContacts: 'leaveAlone' },
		);
		expectSound(outcome);
		expect(outcome.reviewed.map(({ question }) => question)).toEqual([
			expect.stringContaining('1 record of'),
		]);
		expect(outcome.newLinks).toEqual([]);
	});

	test('names that every object has, as ids: each change is paired with its item', async () => {
		const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
		const outcome = await matchRaw({
			wix: names.map((name) => contact(name, `${name}@new.example`)),
			users: names.map((name) => user(name, `${name}@old.example`)),
			links: names.map((name, n) => tableRow(linked(name, name, `${name}@old.example`), n)),
		});
		expectSound(outcome);
		expect(
			outcome.changedLinks
				.slice(0, names.length)
				.map(({ json: { userId }, pairedItem }) => [userId, pairedItem]),
		).toEqual(names.map((name, item) => [name, [0, 1, 2].map((input) => ({ item, input }))]));
	});

	test('a list of 100,000 addresses', async () => {
		const items = Array.from({ length: 100_000 }, (_, n) => ({ email: `f${n}@example.com` }));
		const outcome = await matchRaw(
			{
				wix: [{ ...contact('odd', a), info: { emails: { items } } }],
				users: [user('u', 'f99999@example.com')],
			},
			{ createMissing: 'wix' },
		);
		expectSound(outcome);
		expect(outcome.reviewed.map(({ reason }) => reason)).toEqual(['addressTaken']);
	});
});

describe('rows of the links table', () => {
	const row = (more: object) => ({ ...tableRow(linked('odd', 'odd', a), 1), ...more });

	test.each<[string, unknown, string]>([
		['an object as a link id', row({ linkId: { toString: 1 } }), 'its linkId is no text'],
		['a cyclic object as a note', row({ note: cyclic }), 'its note is no text'],
		['a flow that is missing', row({ flow: null }), 'its flow is empty'],
		['a prototype as lastSynced', row({ lastSynced: '{"__proto__":{"x":1}}' }), 'its lastSynced'],
		['deep JSON text as lastSynced', row({ lastSynced: '['.repeat(100_000) }), 'its lastSynced'],
		['10 MB of text as pending', row({ pending: 'x'.repeat(10_000_000) }), 'its pending'],
		['a cyclic list as pending', row({ pending: [cyclic] }), 'its pending'],
	])('%s: one item in Review that names the row', async (_, link, text) => {
		const given = { wix: [contact('odd', b)], users: [user('odd', a)] };
		const outcome = await matchRaw({ ...given, links: [link] });
		expectSound(outcome);
		expect(outcome.reviewed.map(({ reason, wixIds }) => [reason, wixIds])).toContainEqual(
			expect.arrayContaining(['badLink']),
		);
		expect(entryAt(outcome.reviewed, 0).question).toContain(text);
		expect(outcome.changedLinks).toHaveLength(1);
	});
});
