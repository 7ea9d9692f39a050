import type { INodeParameters } from 'n8n-workflow';
import { entryAt } from '../../runtime/entries.mts';
import { contact, linked, pendings, pendingWrite, user } from '../engine/builders.mts';
import { match, people, tableRow } from './runMatch.mts';

const a = 'a@example.com';
const w = 'w@example.com';

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

	test('the guard stops a large plan; its limits, its approval and its switch are parameters', async () => {
		const stopped = await match(edited(60));
		expect(stopped.facts.guard.tripped).toBe(true);
		expect(stopped.toUsers).toEqual([]);
		const approvedPlan = stopped.facts.guard.planHash;
		for (const parameters of [
			{ approvedPlan },
			{ options: { guard: false } },
			{ options: { guardRecords: 60 } },
			{ options: { guardPercent: 100 } },
		]) {
			expect((await match(edited(60), parameters)).toUsers).toHaveLength(60);
		}
	});

	test('Writes per Run cuts a plan into slices; the rest is noted in its rows', async () => {
		const { toUsers, changedLinks, facts } = await match(edited(3), { writesPerRun: 2 });
		expect(toUsers.map(({ recordId }) => recordId)).toEqual(['U0', 'U1']);
		expect(changedLinks).toHaveLength(3);
		expect(facts.counts).toMatchObject({ changed: 2, waiting: 1 });
		expect((await match(edited(3), { writesPerRun: 0 })).toUsers).toHaveLength(3);
	});

	test.each<[string, string, number]>([
		['before the lease ends', '2026-05-01T11:59:59.000Z', 0],
		['once it is over', '2026-05-01T12:00:00.000Z', 1],
	])('rows that were read %s', async (_, readFrom, count) => {
		const { links: rows, ...given } = edited(1);
		const until = '2026-05-01T12:00:00.000Z';
		const pending = pendings(pendingWrite('old0@example.com', 'new0@example.com', { until }));
		const links = rows.map((row) => ({ ...row, pending }));
		const { changedLinks, facts } = await match({ ...given, links }, { readFrom });
		expect(changedLinks).toHaveLength(count);
		expect(facts.counts.waiting).toBe(1 - count);
	});

	test('without a time of the reading a lease counts for a quarter of an hour more', async () => {
		const { links: rows, ...given } = edited(1);
		const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
		for (const [minutes, count] of [
			[14, 0],
			[16, 1],
		] as const) {
			const until = minutesAgo(minutes);
			const pending = pendings(pendingWrite('old0@example.com', 'new0@example.com', { until }));
			const links = rows.map((row) => ({ ...row, pending }));
			expect((await match({ ...given, links })).changedLinks).toHaveLength(count);
		}
	});

	test.each<[INodeParameters, string, string]>([
		[{ readFrom: 'soon' }, 'readFrom', 'Rows Were Read From'],
		[{ writesPerRun: -1 }, 'writesPerRun', 'Writes per Run'],
		[{ options: { guardRecords: -1 } }, 'options.guardRecords', 'Guard: Records'],
	])('%j ends the node, the parameter named', async (parameters, parameter, label) => {
		const { error } = await match(edited(1), parameters);
		expect(error?.context?.parameter).toBe(parameter);
		expect(error?.description).toBe(`Correct the parameter '${label}' of the node`);
	});

	test('Preview Only gives out nothing but review and report', async () => {
		const { newLinks, changedLinks, facts } = await match(edited(3), { dryRun: true });
		expect([newLinks, changedLinks]).toEqual([[], []]);
		expect(facts.counts.changed).toBe(3);
		expect(facts.html).toContain('Preview');
	});

	test('Only These People takes ids and addresses, separated by commas or lines', async () => {
		const { toUsers, facts } = await match(edited(4), {
			onlyRecords: 'C0, U1\n NEW2@example.com',
		});
		expect(toUsers.map(({ recordId }) => recordId)).toEqual(['U0', 'U1', 'U2']);
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

describe('Explain a Record', () => {
	const given = {
		wix: people(contact('C1', w)),
		users: people(user('U1', a)),
		links: [tableRow(linked('C1', 'U1', a), 1)],
	};

	test('adds plain sentences to the report and to the top of its page, and changes nothing else', async () => {
		const plain = await match(given);
		const { facts, toUsers, changedLinks } = await match(given, { explain: ` ${w} ` });
		expect(facts.explanation?.join(' ')).toContain("from 'a@example.com' to 'w@example.com'");
		expect(facts.html.indexOf('About')).toBeGreaterThan(0);
		expect(facts.html.indexOf('About')).toBeLessThan(facts.html.indexOf('<h1>'));
		expect(toUsers.map(({ set }) => set)).toEqual(plain.toUsers.map(({ set }) => set));
		expect(changedLinks).toHaveLength(plain.changedLinks.length);
		expect(plain.facts).not.toHaveProperty('explanation');
		expect(plain.facts.html).not.toContain('About');
	});

	test('somebody whom nobody knows', async () => {
		const { facts } = await match(given, { explain: '<b>nobody</b>' });
		expect(facts.explanation).toHaveLength(1);
		expect(facts.html).not.toContain('<b>nobody');
	});
});
