import { parseArgs } from 'node:util';

/** The options of one bench: whole numbers by name, read from `--name value`, and texts. */
export interface Options<Numbers extends string> {
	numbers: Record<Numbers, number>;
	/** `--dist`: folders with a build to measure instead of one made from the sources. */
	dist: string[];
	/** `--package`: a packed package to install in n8n instead of one built now. */
	package?: string | undefined;
	/** `--measured`: a file that another bench has written. */
	measured?: string;
}

/**
 * Reads the command line of a bench. `_` may divide the digits of a number.
 * @param defaults the numbers that the bench takes, with their values when not given
 * @throws Error for an unknown option or one that is no positive whole number
 */
export function readOptions<Numbers extends string>(
	defaults: Record<Numbers, number>,
	argv: readonly string[] = process.argv.slice(2),
): Options<Numbers> {
	const names = Object.keys(defaults) as Numbers[];
	const { values } = parseArgs({
		args: [...argv],
		options: {
			...Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])),
			dist: { type: 'string', multiple: true },
			package: { type: 'string' },
			measured: { type: 'string' },
		},
	});
	const given = values as Record<string, string | string[] | undefined>;
	const numbers = { ...defaults };
	for (const name of names) {
		const text = given[name];
		if (typeof text === 'string') numbers[name] = wholeNumber(name, text);
	}
	const { package: packed, measured } = given as Record<string, string | undefined>;
	return {
		numbers,
		dist: (given.dist as string[] | undefined) ?? [],
		...(packed === undefined ? {} : { package: packed }),
		...(measured === undefined ? {} : { measured }),
	};
}

function wholeNumber(name: string, text: string): number {
	const value = Number(text.replace(/_/g, ''));
	if (!Number.isInteger(value) || value < 1)
		throw new Error(`--${name} must be a whole number from 1 up, such as 100_000`);
	return value;
}
