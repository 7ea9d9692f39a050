import type { N8nCalls } from './client.mts';

const PAGE = 250;
type Row = object;

/** All rows of the data table with this name, or those with a higher id than `afterId`; none when there is no such table yet. */
export async function readTable<T extends Row = Record<string, unknown>>(
	calls: N8nCalls,
	name: string,
	afterId = 0,
): Promise<T[]> {
	const table = await findTable(calls, name);
	if (!table) return [];
	const which = afterId > 0 ? `&filter=${filterOf('id', 'gt', afterId)}` : '';
	const rows: T[] = [];
	let cursor: string | null = null;
	do {
		const from: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : '';
		const page: { data: T[]; nextCursor: string | null } = await calls.api(
			'GET',
			`/data-tables/${table.id}/rows?limit=${PAGE}&sortBy=${encodeURIComponent('id:asc')}${which}${from}`,
		);
		rows.push(...page.data);
		cursor = page.nextCursor;
	} while (cursor);
	return rows;
}

/** The id of the newest row; 0 when there is none. */
export async function lastIdIn(calls: N8nCalls, name: string): Promise<number> {
	const table = await findTable(calls, name);
	if (!table) return 0;
	const sorted = encodeURIComponent('id:desc');
	const { data } = await calls.api<{ data: Array<{ id: number }> }>(
		'GET',
		`/data-tables/${table.id}/rows?limit=1&sortBy=${sorted}`,
	);
	return data[0]?.id ?? 0;
}

/** Changes columns of one row, as a person does in the screen of the table. @throws when there is no such table */
export async function changeRow(
	calls: N8nCalls,
	name: string,
	id: number,
	columns: Record<string, string>,
): Promise<void> {
	const table = await findTable(calls, name);
	if (!table) throw new Error(`n8n has no data table ${name}`);
	const filter = { type: 'and', filters: [{ columnName: 'id', condition: 'eq', value: id }] };
	await calls.api('PATCH', `/data-tables/${table.id}/rows/update`, { filter, data: columns });
}

const filterOf = (columnName: string, condition: string, value: number) =>
	encodeURIComponent(JSON.stringify({ type: 'and', filters: [{ columnName, condition, value }] }));

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
