import { entryAt } from '../../runtime/entries.mts';

/** Prints a table: the first column to the left, figures to the right. */
export function printTable(
	title: string,
	header: readonly string[],
	rows: readonly string[][],
): void {
	const all = [header, ...rows];
	const widths = header.map((_, column) =>
		Math.max(...all.map((row) => entryAt(row, column).length)),
	);
	const line = (row: readonly string[]) =>
		row
			.map((cell, column) => {
				const width = entryAt(widths, column);
				return column === 0 ? cell.padEnd(width) : cell.padStart(width);
			})
			.join('  ');
	console.log(`\n${title}`);
	console.log(line(header));
	console.log(widths.map((width) => '-'.repeat(width)).join('  '));
	for (const row of rows) console.log(line(row));
}

export const milliseconds = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
export const times = (value: number) => `${value < 100 ? value.toFixed(2) : value.toFixed(0)}×`;
export const count = (value: number) => value.toLocaleString('en-US');
export const seconds = (milliseconds: number) =>
	(milliseconds / 1000).toFixed(milliseconds < 100_000 ? 1 : 0);
/** An en dash where it is not known. */
export const mebibytes = (bytes: number | undefined) =>
	bytes === undefined ? '–' : (bytes / 2 ** 20).toFixed(Math.abs(bytes) < 10 * 2 ** 20 ? 1 : 0);
