/** Whether a list holds at least one entry, so that its first one is there to be taken. */
export function isFilled<Item>(list: readonly Item[]): list is readonly [Item, ...Item[]] {
	return list.length > 0;
}
