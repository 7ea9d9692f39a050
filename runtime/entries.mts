/** The entry at `index`, from the end on where it is negative. @throws RangeError where the list has none there */
export function entryAt<Entry>(list: readonly Entry[], index: number): Entry {
	const entry = list.at(index);
	if (entry !== undefined) return entry;
	throw new RangeError(`A list of ${list.length} has no entry ${index}`);
}

type Tuple<Entry, Count extends number, Built extends Entry[] = []> = Built['length'] extends Count
	? [...Built, ...Entry[]]
	: Tuple<Entry, Count, [...Built, Entry]>;

/** The list itself, with its first `count` entries to be taken apart. @throws RangeError where it has fewer */
export function atLeast<Entry, Count extends number>(
	list: readonly Entry[],
	count: Count,
): Tuple<Entry, Count> {
	if (list.length >= count) return list as unknown as Tuple<Entry, Count>;
	throw new RangeError(`A list of ${list.length} has no ${count} entries`);
}

/** What `name` stands for. @throws RangeError where it stands for nothing */
export function valueNamed<Value>(values: Readonly<Record<string, Value>>, name: string): Value {
	const value = Object.hasOwn(values, name) ? values[name] : undefined;
	if (value !== undefined) return value;
	throw new RangeError(`There is no '${name}' among ${Object.keys(values).join(', ')}`);
}

/** What the first group of `pattern`, a global one, holds in each of its matches. */
export const captured = (text: string, pattern: RegExp): string[] =>
	[...text.matchAll(pattern)].map((match) => entryAt(match, 1));
