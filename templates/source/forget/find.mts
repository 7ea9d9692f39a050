import type { Found, LinkRow, Mark, Rows } from './shapes.mts';

/** The rows that name one of the ids as a whole, each once, and what would keep these records out of the sync. */
export const findRows = (ids: readonly string[], rows: Rows): Found => {
	const wanted = new Set(ids);
	const listed = (text: string | null) => String(text ?? '').split(', ');
	const inLinkId = (linkId: string | null) =>
		ids.some((id) => `:${linkId ?? ''}:`.includes(`:${id}:`));
	const isWordOf = (text: string | null, id: string) => {
		const at = ` ${text ?? ''} `.split(id);
		return at.slice(1).some((after, index) => {
			const before = at[index] ?? '';
			return !/[\w-]$/.test(before) && !/^[\w-]/.test(after);
		});
	};
	const named = (one: string | null, other: string | null) =>
		wanted.has(one ?? '') || wanted.has(other ?? '');
	// `values()` of a map is another function in n8n's expressions
	const valuesOf = <Value,>(map: Map<unknown, Value>) => [...map].map(([, value]) => value);
	const once = <Row extends { id: number }>(
		all: readonly Row[],
		isMeant: (row: Row) => boolean,
	) => {
		const meant = all.filter((row) => row.id !== undefined && isMeant(row));
		return valuesOf(new Map(meant.map((row) => [row.id, row])));
	};
	const links = once(
		rows.links,
		(row) => named(row.wixId, row.userId) || wanted.has(row.movedTo ?? '') || inLinkId(row.linkId),
	);
	const history = once(rows.history, (row) => named(row.wixId, row.userId) || inLinkId(row.linkId));
	const review = once(rows.review, (row) =>
		[...listed(row.wixIds), ...listed(row.userIds)].some((id) => wanted.has(id)),
	);
	const failures = once(rows.failures, (row) => ids.some((id) => isWordOf(row.message, id)));

	const pairs = [...links.filter((row) => row.state !== 'keepApart'), ...history];
	const ofSide = (key: 'wixId' | 'userId') => [
		...new Set(pairs.map((row) => String(row[key] ?? '')).filter((id) => wanted.has(id))),
	];
	const userIds = ofSide('userId');
	const mark = (flow: string, wixId: string, userId: string): Mark => ({
		flow,
		wixId,
		userId,
		linkId: [flow, wixId, userId].join(':'),
		state: 'ignored',
		note: 'Forgotten on request',
	});
	const marks = [
		...pairs.map((row: Pick<LinkRow, 'flow' | 'wixId' | 'userId'>) =>
			mark(row.flow ?? '', row.wixId ?? '', row.userId ?? ''),
		),
		// The other flow must not link the user instead
		...userIds.flatMap((id) => ['contacts', 'members'].map((flow) => mark(flow, '', id))),
	];
	const tables = { links, history, review, failures };
	const found = (Object.keys(tables) as Array<keyof Rows>).flatMap((table) =>
		tables[table].map((row) => ({ table, id: row.id })),
	);
	return {
		wixIds: ofSide('wixId'),
		userIds,
		counts: {
			links: links.length,
			history: history.length,
			review: review.length,
			failures: failures.length,
		},
		total: found.length,
		rows: found,
		marks: valuesOf(
			new Map(marks.filter(({ flow }) => flow !== '').map((each) => [each.linkId, each])),
		),
	};
};
