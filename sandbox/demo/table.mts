/** Rows as text in columns; the first row is the heading. Numbers stand to the right. */
export function textTable(rows: (string | number)[][], indent = '  '): string {
	const widths = (rows[0] ?? []).map((_, column) =>
		Math.max(...rows.map((row) => String(row[column] ?? '').length)),
	);
	const line = (row: (string | number)[]) =>
		indent +
		widths
			.map((width, column) => {
				const cell = row[column] ?? '';
				return typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width);
			})
			.join('  ')
			.trimEnd();
	const rule = indent + widths.map((width) => '─'.repeat(width)).join('  ');
	return [line(rows[0] ?? []), rule, ...rows.slice(1).map(line)].join('\n');
}

/** `update 3, create 1`, or a dash when there is nothing. */
export function countsInWords(counts: Record<string, number>): string {
	const parts = Object.entries(counts)
		.filter(([, count]) => count > 0)
		.map(([name, count]) => `${name} ${count}`);
	return parts.length > 0 ? parts.join(', ') : '–';
}
