import type { Change, JsonObject, Link, Pending, Side } from '../contract';
import { isJsonObject } from '../paths';
import { faultOfId } from '../recordId';

const operations: ReadonlySet<unknown> = new Set<Change['operation']>([
	'create',
	'update',
	'deactivate',
	'delete',
	'verify',
]);

const sideNames: Record<Side, string> = { wix: 'Wix CRM', users: 'Target Users' };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function isPending(value: unknown): value is Pending {
	return (
		isJsonObject(value) &&
		isText(value.operation) &&
		typeof value.property === 'string' &&
		(value.side === 'wix' || value.side === 'users') &&
		isText(value.outcome)
	);
}

/** The entries of `link.pending`; undefined when that text is not what it should be. */
export function readPending(link: Link): Pending[] | undefined {
	if (link.pending.trim() === '') return [];
	try {
		const entries: unknown = JSON.parse(link.pending);
		return Array.isArray(entries) && entries.every(isPending) ? entries : undefined;
	} catch {
		return undefined;
	}
}

function isLink(value: unknown): value is Link {
	if (!isJsonObject(value)) return false;
	const isTextOrEmpty = (column: string) =>
		['string', 'undefined'].includes(typeof (value[column] ?? undefined));
	const columns = ['wixId', 'userId', 'lastSynced', 'pending', 'goneSide', 'movedTo', 'note'];
	return (
		['linkId', 'flow', 'state'].every((column) => isText(value[column])) &&
		columns.every(isTextOrEmpty)
	);
}

/** A cell without a value may come as null or not at all; here it is ''. */
function withCells(link: Link): Link {
	const empty = {
		wixId: '',
		userId: '',
		lastSynced: '',
		pending: '',
		decision: '',
		goneSide: '',
		goneConfirmedAt: '',
		movedTo: '',
		note: '',
	} as const;
	const given = Object.entries(link).filter(([, cell]) => cell !== null && cell !== undefined);
	return { ...empty, ...(Object.fromEntries(given) as unknown as Link) };
}

function faultOf(item: JsonObject): string | undefined {
	for (const field of ['changeId', 'flow', 'side'] as const) {
		if (!isText(item[field])) return `'${field}' is missing`;
	}
	if (!operations.has(item.operation)) return "'operation' is missing or unknown";
	for (const field of ['expected', 'set'] as const) {
		if (!isJsonObject(item[field])) return `'${field}' is missing`;
	}
	if (item.operation !== 'create' && !isText(item.recordId)) return "'recordId' is missing";
	if (item.defaults !== undefined && item.defaults !== null && !isJsonObject(item.defaults)) {
		return "'defaults' is no object";
	}
	if (!isLink(item.link)) return "'link' is missing or is no row of the links table";
	const ids = { recordId: item.recordId, wixId: item.link.wixId, userId: item.link.userId };
	for (const [field, id] of Object.entries(ids)) {
		const fault = isText(id) ? faultOfId(id) : undefined;
		if (fault !== undefined) return `'${field}' ${fault}`;
	}
	if (readPending(withCells(item.link)) === undefined)
		return "'link.pending' is no JSON list of pending writes";
	if (
		['create', 'update'].includes(String(item.operation)) &&
		Object.keys(item.set as JsonObject).length === 0
	) {
		return "'set' names no property";
	}
	return undefined;
}

function isChange(item: JsonObject): item is JsonObject & Change {
	return faultOf(item) === undefined;
}

/** The item as a change for `side`, or why it is none, in words for a person. */
export function readChange(
	item: unknown,
	side: Side,
): { change: Change } | { fault: string; remedy: string } {
	const remedy = `Connect the output of Match & Map for ${side === 'wix' ? 'Wix' : 'the users'} to this node, without changing its items.`;
	if (!isJsonObject(item)) return { fault: 'This item is no planned change', remedy };
	if (!isChange(item)) {
		const isShown = isText(item.changeId) && faultOfId(item.changeId) === undefined;
		const id = isShown ? ` '${item.changeId}'` : '';
		return { fault: `This item${id} is no planned change: ${faultOf(item)}`, remedy };
	}
	if (item.side !== side) {
		const other = side === 'wix' ? 'users' : 'wix';
		return { fault: `This change is for ${sideNames[other]}, not for ${sideNames[side]}`, remedy };
	}
	return { change: { ...item, link: withCells(item.link) } };
}
