import { textTable } from '../../sandbox/demo/table.mts';

type Cells = Record<string, string | number>;

/** Prints rows under the names of their cells; nothing where there are none. */
export function printTable(title: string, rows: readonly Cells[]): void {
	const [first] = rows;
	if (!first) return;
	const heading = Object.keys(first);
	const cells = rows.map((row) => heading.map((name) => row[name] ?? ''));
	process.stdout.write(`\n${title}\n${textTable([heading, ...cells])}\n`);
}
