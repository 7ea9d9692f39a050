import type { IDataObject } from 'n8n-workflow';

import type { LinkRow, Pending, Side } from '../../nodes/shared/contract/index';
import { changeOn, bothSides, sides } from './bothSides.mts';
import { runWorkflow, type TestWorkflow } from './harness.mts';
import { ManualTrigger } from './testNodes.mts';
import { entriesFor, entryOf, linkOf, rowFor, toErrorOutput } from './rows.mts';

const { world, withCredentials } = bothSides();

const address = { wix: 'primaryInfo.email', users: 'profile.email.email' };
const other = { wix: 'users', users: 'wix' } as const;

/** A row of both records, with the entries of `own` for `side` and of `others` for the other one. */
const row = (own: readonly Pending[], others: readonly Pending[] = []): IDataObject => ({
	...linkOf({ wixId: 'c1', userId: 'u1' }, [...others, ...own]),
});

const write = (side: Side, from = 'old@example.com', to = 'new@example.com') =>
	entriesFor(side, {
		operation: 'update',
		expected: { [address[side]]: from },
		set: { [address[side]]: to },
	});
const stale = (side: Side) => write(side, 'other@example.com', 'third@example.com');
const bad = (side: Side) => write(side, 'old@example.com', 'no address');
const found = (side: Side) => entriesFor(side, { operation: 'verify' });
const noted = (side: Side, outcome: Pending['outcome']) => [
	entryOf(side, { property: 'primaryInfo.email', field: address[side], outcome, to: 'x@x.se' }),
];

const node = (side: Side, parameters: IDataObject = {}) =>
	side === 'wix'
		? {
				type: 'n8n-nodes-wix-user-sync.wixCrm',
				parameters: { resource: 'contact', operation: 'applyChanges', ...parameters } as never,
			}
		: {
				type: 'n8n-nodes-wix-user-sync.targetUsers',
				parameters: {
					system: 'youTrack',
					resource: 'user',
					operation: 'applyChanges',
					...parameters,
				} as never,
			};

const link = (name: string, index = 0) => ({ node: name, type: 'main' as const, index });

/** Runs the writer in a workflow that has a step behind each of its outputs; what came to these. */
async function outputsOf(
	side: Side,
	rows: readonly IDataObject[],
	parameters: IDataObject = {},
	more: IDataObject = toErrorOutput,
) {
	const test: TestWorkflow = {
		nodes: [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Saved', type: 'test.items', parameters: { items: rows as never } },
			{ name: 'Write', ...node(side, parameters), ...more },
			...['Rows', 'History', 'Error'].map((name) => ({
				name,
				type: 'n8n-nodes-base.noOp',
			})),
		],
		connections: {
			Start: { main: [[link('Saved')]] },
			Saved: { main: [[link('Write')]] },
			Write: { main: [[link('Rows')], [link('History')], [link('Error')]] },
		},
		credentials: world().credentials,
		nodeTypes: { 'n8n-nodes-base.noOp': new ManualTrigger() },
	};
	const done = await runWorkflow(test);
	const at = (name: string) => (done.outputs[name]?.[0] ?? []).map(({ json }) => json);
	return { error: done.error, rows: at('Rows'), history: at('History'), errors: at('Error') };
}

describe.each(sides)('the writer of %s', (side) => {
	const there = other[side];

	test.each<[string, Pending[], Pending[], boolean, string[]]>([
		['made and shown, of this side alone', write(side), [], false, ['applied']],
		['made and shown, with a write over there', write(side), write(there), true, ['applied']],
		[
			'made and shown, with a value waiting over there',
			write(side),
			noted(there, 'sent'),
			true,
			['applied'],
		],
		[
			'made and shown, with a refusal over there',
			write(side),
			noted(there, 'refused'),
			true,
			['applied'],
		],
		[
			'made and shown, with something held over there',
			write(side),
			noted(there, 'held'),
			false,
			['applied'],
		],
		['stale, of this side alone', stale(side), [], false, ['stale']],
		['stale, with a write over there', stale(side), write(there), true, ['stale']],
		['refused', bad(side), [], true, ['refused']],
		['a finding', found(side), [], true, []],
		['nothing of this side', [], write(there), true, []],
		['nothing of any side', [], [], false, []],
		['of this side only what is held', noted(side, 'held'), [], false, []],
		['of this side only what waits', noted(side, 'sent'), noted(there, 'held'), false, []],
	])('%s', async (_what, own, others, isHandedOn, outcomes) => {
		const given = row(own, others);
		const done = await outputsOf(side, [given]);
		expect(done.error).toBeUndefined();
		expect(done.errors).toEqual([]);
		expect(done.history.map(({ outcome }) => outcome)).toEqual(outcomes);
		expect(done.rows).toHaveLength(isHandedOn ? 1 : 0);
		if (!isHandedOn) return;
		const { pending, ...cells } = done.rows[0] as unknown as LinkRow;
		const { pending: before, ...given1 } = given;
		expect(cells).toEqual(given1);
		const entries = JSON.parse(pending || '[]') as Pending[];
		const entriesBefore = JSON.parse(String(before) || '[]') as Pending[];
		expect(entries.filter((entry) => entry.side === there)).toEqual(
			entriesBefore.filter((entry) => entry.side === there),
		);
	});

	test('rows keep their order, whatever came of them', async () => {
		const given = [write(there), bad(side), stale(side), found(side), write(there)].map((entries) =>
			row(entries),
		);
		const done = await outputsOf(side, given);
		expect(done.rows.map(({ id }) => id)).toEqual([0, 1, 3, 4].map((index) => given[index]?.id));
	});

	test('Note Every Write hands on what was made and shown, and ends its lease', async () => {
		const already = rowFor(side, {
			operation: 'update',
			link: { wixId: 'c1', userId: 'u1' },
			expected: {},
			set: { [address[side]]: 'new@example.com' },
		});
		const given = [row(write(side)), already, row(stale(side))];
		const done = await outputsOf(side, given, { options: { rememberAll: true } });
		expect(done.history.map(({ outcome }) => outcome)).toEqual(['applied', 'already', 'stale']);
		expect(done.rows.map(({ id }) => id)).toEqual([given[0]?.id, given[1]?.id]);
		for (const { pending } of done.rows) {
			expect(JSON.parse(String(pending))).toMatchObject([{ outcome: 'sent' }]);
		}
	});

	describe('what fails', () => {
		const fails = { operation: 'deactivate' as const, recordId: 'u1' };
		const failing = (others: readonly Pending[] = []) =>
			side === 'users'
				? row(entriesFor('users', { ...fails, operation: 'delete' }), others)
				: row(write('wix', 'old@example.com', 'new@example.com'), others);

		/** Of Wix each write is given up, of the users a removal that has no successor. */
		const withFaults = async <T,>(work: () => Promise<T>) => {
			if (side === 'wix') await world().wix.faults({ rate: 1, kinds: ['conflict'] });
			return await work();
		};

		test('comes out of the third output, with what its row holds; the rest is done', async () => {
			const given = [failing(), failing(write(there)), row(write(there))];
			const done = await withFaults(async () => await outputsOf(side, given));
			expect(done.error).toBeUndefined();
			expect(done.errors.map(({ linkId }) => linkId)).toEqual([given[0]?.linkId, given[1]?.linkId]);
			for (const { error } of done.errors) expect(error).toMatch(/c1|u1/);
			expect(done.history.map(({ outcome, message }) => [outcome, message])).toEqual([
				['failed', done.errors[0]?.error],
				['failed', done.errors[1]?.error],
			]);
			expect(done.rows).toEqual([given[1], given[2]]);
		});

		test('ends a run that does not go on, when the rest is done', async () => {
			const given = [failing(), row(found(side))];
			const done = await withFaults(async () => await outputsOf(side, given, {}, {}));
			expect(done.error?.message).toMatch(/c1|u1/);
			expect(done.error?.context?.itemIndex).toBe(0);
			expect(done.rows).toEqual([]);
		});
	});

	describe('what fails before the first row is an error of each that asks something', () => {
		const rows = () => [
			row(write(there)),
			row(write(side)),
			row(write(side), write(there)),
			row([]),
		];
		const isTold = async (parameters: IDataObject, words: string) => {
			const given = rows();
			const done = await outputsOf(side, given, parameters);
			expect(done.error).toBeUndefined();
			expect(done.errors.map(({ linkId }) => linkId)).toEqual([given[1]?.linkId, given[2]?.linkId]);
			for (const { error } of done.errors) expect(error).toContain(words);
			expect(done.history).toEqual([]);
			expect(done.rows).toEqual([given[0], given[2]]);
			const ended = await outputsOf(side, given, parameters, {});
			expect(ended.error?.message).toContain(words);
		};

		test('no credential that could be used', async () => {
			await withCredentials(
				{ baseUrl: 'no address', url: 'no address' },
				async () => await isTold({}, side === 'wix' ? 'Wix' : 'YouTrack'),
			);
		});

		test('an unknown system or resource, whose operation n8n hides', async () => {
			const parameters = side === 'wix' ? { resource: 'person' } : { system: 'ldap' };
			await isTold(parameters, side === 'wix' ? "'person'" : "'ldap'");
		});

		test('a parameter that is none', async () => {
			if (side === 'users') return;
			const parameters = { requestOptions: { requestsPerMinute: -1 } };
			await isTold(parameters, "'Requests per Minute'");
		});

		test('none of them asks something: nothing is told', async () => {
			const given = [row(write(there))];
			const done = await withCredentials(
				{ baseUrl: 'no address', url: 'no address' },
				async () => await outputsOf(side, given),
			);
			expect([done.error, done.errors, done.rows]).toEqual([undefined, [], given]);
		});
	});

	test('a key that is refused is told once by the service, and by each row that asks something', async () => {
		const given = [changeOn(side), row(write(there)), changeOn(side)];
		const done = await withCredentials(
			{ apiKey: 'invalid', token: 'invalid' },
			async () => await outputsOf(side, given),
		);
		expect(done.errors.map(({ linkId }) => linkId)).toEqual([given[0]?.linkId, given[2]?.linkId]);
		expect(done.rows).toEqual([given[1]]);
		// The first was tried, the last one was not
		expect(done.history).toMatchObject([{ outcome: 'failed', linkId: given[0]?.linkId }]);
		expect((await world()[side === 'wix' ? 'wix' : 'hub'].requests()).total).toBe(1);
	});
});

describe('outputs', () => {
	test.each([
		['wix', { resource: 'contact', operation: 'getAll', limit: 1 }],
		['users', { operation: 'getAll', limit: 1 }],
	] as const)(
		'another operation of %s has one, and its errors come out of the second',
		async (side, parameters) => {
			const working = await outputsOf(side, [{}], parameters);
			expect([working.rows.length, working.history, working.errors]).toEqual([1, [], []]);
			const failing = await withCredentials(
				{ apiKey: 'invalid', token: 'invalid' },
				async () => await outputsOf(side, [{}], parameters),
			);
			expect([failing.rows, failing.history.length, failing.errors]).toEqual([[], 1, []]);
		},
	);
});

test('users and Wix stand one after the other: each does its part of one row', async () => {
	const both = row(
		write('users', 'old@example.com', 'u@example.com'),
		write('wix', 'old@example.com', 'w@example.com'),
	);
	const first = await outputsOf('users', [both]);
	expect(first.rows).toEqual([both]);
	const second = await outputsOf('wix', first.rows);
	expect(
		[...first.history, ...second.history].map(({ side, newValue }) => [side, newValue]),
	).toEqual([
		['users', 'u@example.com'],
		['wix', 'w@example.com'],
	]);
	expect((await world().wix.state()).contacts).toMatchObject([
		{ primaryInfo: { email: 'w@example.com' } },
	]);
	expect((await world().hub.state()).users[0]).toMatchObject({
		profile: { email: { email: 'u@example.com' } },
	});
});
