import type { JsonValue, Link, Pending, Side } from '../../shared/contracts';
import { isRowFault, parseRow, rowIdentity } from './rows';

/** A usable row of the links table, parsed for reading only. */
export interface SeenRow extends Omit<Link, 'lastSynced' | 'pending'> {
	base: ReadonlyMap<string, JsonValue>;
	pending: readonly Pending[];
}

/** Parses a row; undefined for one that the planning leaves alone as well. */
export function seenRow(link: Link): SeenRow | undefined {
	if (isRowFault(parseRow(link))) return undefined;
	const { lastSynced, pending, ...columns } = link;
	const texts = Object.fromEntries(
		Object.entries(columns).map(([name, value]) => [name, String(value ?? '').trim()]),
	);
	const base = parsed(lastSynced) as Record<string, JsonValue> | undefined;
	return {
		...(texts as unknown as Omit<Link, 'lastSynced' | 'pending'>),
		...rowIdentity(link),
		state: texts.state as Link['state'],
		base: new Map(Object.entries(base ?? {})),
		pending: (parsed(pending) as Pending[] | undefined) ?? [],
	};
}

/** A column with JSON in it; n8n may hand it over parsed. */
function parsed(value: unknown): unknown {
	if (typeof value !== 'string') return value ?? undefined;
	const text = value.trim();
	return text === '' || text === 'null' ? undefined : (JSON.parse(text) as unknown);
}

export const idIn = (row: { wixId: string; userId: string }, side: Side) =>
	side === 'wix' ? row.wixId : row.userId;
