import type { LinkRow, Report } from '../../../shared/contract';

/** From so many on, the doubles of a first link are worth a delete of their own. */
const fewestTogether = 50;

/** Doubles that are taken out one by one in a run; the rest is passed over until the next one. */
const mostByOne = 200;

/** The highest id that PostgreSQL has for a row of a Data Table; it refuses to compare with a higher number. */
const highestId = 2 ** 31 - 1;

/** What a run without such a stretch sweeps. */
export const allRemoved: Report['sweep'] = {
	state: 'removed',
	fromId: 0,
	toId: highestId,
	savedUntil: '9999-12-31T23:59:59.999Z',
};

/**
 * Shares out the doubles that runs at the same moment have added: the longest stretch of ids that holds nothing else goes by one
 * delete, the others by one each, some a run. The delete names the time of the latest save in the stretch, so a row that anybody
 * saved since stays.
 */
export function shareDoubles(
	doubles: readonly LinkRow[],
	links: readonly LinkRow[],
): { sweep: Report['sweep']; byOne: LinkRow[] } {
	const stretch = doubles.length < fewestTogether ? [] : longestStretch(doubles, links);
	const inOrder = [...doubles].sort((left, right) => Number(left.id) - Number(right.id));
	const [first] = stretch;
	const last = stretch[stretch.length - 1];
	if (stretch.length < fewestTogether || first?.id === undefined || last?.id === undefined)
		return { sweep: allRemoved, byOne: inOrder.slice(0, mostByOne) };
	const together = new Set(stretch.map(({ id }) => id));
	const savedUntil = stretch
		.map(({ updatedAt = '' }) => updatedAt)
		.reduce((latest, at) => (at > latest ? at : latest), '');
	return {
		sweep: { state: 'linked', fromId: first.id, toId: last.id, savedUntil },
		byOne: inOrder.filter(({ id }) => !together.has(id)).slice(0, mostByOne),
	};
}

function longestStretch(doubles: readonly LinkRow[], links: readonly LinkRow[]): LinkRow[] {
	const plain = new Map(
		doubles
			.filter(({ pending, note }) => pending === '' && note === '')
			.map((row) => [row.id, row]),
	);
	const ids = links.map(({ id }) => Number(id)).sort((left, right) => left - right);
	let longest: LinkRow[] = [];
	let current: LinkRow[] = [];
	for (const id of ids) {
		const double = plain.get(id);
		if (double === undefined) current = [];
		else current.push(double);
		if (current.length > longest.length) longest = current;
	}
	return longest;
}
