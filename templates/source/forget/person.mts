import type { HistoryRow, LinkRow, Person } from './shapes.mts';

/**
 * The ids that a name leads to: the name itself, and both ids of each row that names it or holds it as a whole value. Two records
 * that are kept apart are two persons, so such a row leads nowhere.
 * @param known ids that are known already
 */
export const personOf = (
	term: string,
	known: readonly string[],
	links: readonly LinkRow[],
	history: readonly HistoryRow[],
): Person => {
	if (term === '') return { ids: [] };
	const fold = (text: unknown) =>
		String(text ?? '')
			.trim()
			.normalize('NFC')
			.toLowerCase();
	const wanted = fold(term);
	const asJson = JSON.stringify(wanted);
	// A value in JSON text stands between quotes; those inside of it are escaped
	const holdsInJson = (text: unknown) =>
		fold(text)
			.replace(/"\s+|\s+"/g, '"')
			.includes(asJson);
	const ids = new Set([term, ...known]);
	const names = (row: LinkRow | HistoryRow) =>
		[row.wixId, row.userId].some((id) => id !== null && (id === term || ids.has(id))) ||
		[term, ...known].some((id) => id !== '' && `:${row.linkId ?? ''}:`.includes(`:${id}:`));
	const add = (row: LinkRow | HistoryRow) => {
		for (const id of [row.wixId, row.userId]) if (id) ids.add(id);
	};
	for (const row of links) {
		if (row.id === undefined) continue;
		const moved = row.movedTo !== null && (row.movedTo === term || known.includes(row.movedTo));
		const holds = holdsInJson(row.lastSynced) || holdsInJson(row.pending);
		if (row.state !== 'keepApart' && (names(row) || moved || holds)) {
			add(row);
			if (row.movedTo) ids.add(row.movedTo);
		}
	}
	for (const row of history) {
		if (row.id === undefined) continue;
		if (names(row) || fold(row.oldValue) === wanted || fold(row.newValue) === wanted) add(row);
	}
	return { ids: [...ids] };
};
