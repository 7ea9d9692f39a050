import { readFileSync } from 'node:fs';
import { linkColumns, readPending, type JsonObject } from '../../nodes/shared/contract/index';
import { atLeast, entryAt } from '../../runtime/entries.mts';
import { contact, linked, pendingOf, run, user } from '../engine/builders.mts';
import { plain, tablesOf } from './markdown.mts';

const page = readFileSync('docs/concepts.md', 'utf8');
const tables = tablesOf('concepts.md');
const firstCells = (title: string) =>
	tables
		.filter(({ under }) => under.at(-1) === title)
		.map(({ rows }) => rows.map((cells) => plain(entryAt(cells, 0))));

/** Of the page: the entry that one edit brings into a row. */
const entry = JSON.parse(/^```json\n([^]*?)^```/m.exec(page)?.[1] ?? '{}') as JsonObject;

const wordsOf = (text: string) => text.match(/\w+/g) ?? [];

test('the entry on the page is what a run announces for that edit', () => {
	const before = linked('C1', 'U1', String(entry.from));
	const planned = run({
		now: String(entry.at),
		wixRecords: [contact('C1', String(entry.to))],
		users: [user('U1', String(entry.from))],
		links: [before],
	});
	const [saved] = atLeast(planned.changedLinks, 1);
	expect(planned.changedLinks).toHaveLength(1);
	expect(pendingOf(saved)).toEqual([entry]);
	expect(page).toContain(`\`${before.lastSynced}\``);
});

test('the next run moves the base as the page says, and leaves nothing behind', () => {
	const link = linked('C1', 'U1', String(entry.from), { pending: JSON.stringify([entry]) });
	const both = String(entry.to);
	const { changedLinks } = run({
		now: '2026-12-01T09:15:00.000Z',
		wixRecords: [contact('C1', both)],
		users: [user('U1', both)],
		links: [link],
	});
	const [saved] = atLeast(changedLinks, 1);
	expect(saved.pending).toBe('');
	expect(page).toContain(`\`${saved.lastSynced}\``);
});

test('every outcome of an entry is explained, and no other', () => {
	const [, outcomes] = atLeast(firstCells('One edit, from plan to rest'), 2);
	for (const outcome of outcomes.flatMap(wordsOf))
		expect([outcome, readPending(JSON.stringify([{ ...entry, outcome }]))]).toEqual([
			outcome,
			[{ ...entry, outcome }],
		]);
	expect(outcomes.flatMap(wordsOf)).toHaveLength(8);
});

test('every column of the links table is explained', () => {
	const [cells] = atLeast(firstCells('The words of the links table'), 1);
	const named = cells.flatMap((cell) => wordsOf(cell.replace(/=.*$/, '')));
	expect(new Set(named)).toEqual(new Set(linkColumns));
});

test('the line of the history tells the same write', () => {
	const [, line = ''] = /^And the history gets one row: (.*)$/m.exec(page) ?? [];
	for (const value of [entry.operation, entry.side, entry.property, entry.from, entry.to])
		expect(line).toContain(`\`${String(value)}\``);
});
