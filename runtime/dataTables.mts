import type { N8nCalls } from './client.mts';

const PAGE = 250;
type Row = Record<string, unknown>;

/** All rows of the data table with this name; none when there is no such table yet. */
export async function readTable<T extends Row = Row>(calls: N8nCalls, name: string): Promise<T[]> {
	const table = await findTable(calls, name);
	if (!table) return [];
	const rows: T[] = [];
	let cursor: string | null = null;
	do {
		const from: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		const page: { data: T[]; nextCursor: string | null } = await calls.api(
			'GET',
			`/data-tables/${table.id}/rows?limit=${PAGE}&sortBy=${encodeURIComponent('id:asc')}${from}`,
		);
		rows.push(...page.data);
		cursor = page.nextCursor;
	} while (cursor);
	return rows;
}

/** Adds rows to the data table with this name. @throws when there is no such table */
export async function addRows(calls: N8nCalls, name: string, rows: readonly Row[]): Promise<void> {
	const table = await findTable(calls, name);
	if (!table) throw new Error(`n8n has no data table ${name}`);
	await calls.api('POST', `/data-tables/${table.id}/rows`, { data: rows, returnType: 'count' });
}

async function findTable(calls: N8nCalls, name: string): Promise<{ id: string } | undefined> {
	const filter = encodeURIComponent(JSON.stringify({ name }));
	const tables = await calls.api<{ data: { id: string; name: string }[] }>(
		'GET',
		`/data-tables?filter=${filter}`,
	);
	return tables.data.find((candidate) => candidate.name === name);
}
