/** The entry at `index`, from the end on where it is negative. @throws RangeError where the list has none there */
export function entryAt<Entry>(list: readonly Entry[], index: number): Entry {
	const entry = list.at(index);
	if (entry !== undefined) return entry;
	throw new RangeError(`A list of ${list.length} has no entry ${index}`);
}
