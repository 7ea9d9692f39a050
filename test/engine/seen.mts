import { readPending } from '../../nodes/shared/contract/index';
import {
	type JsonObject,
	type LinkRow,
	type Pending,
	type Plan,
	type Side,
} from '../../nodes/MatchAndMap/engine/index';

export const pendingOf = (link: LinkRow): Pending[] => [...(readPending(link.pending) ?? [])];

/** One step that a plan means for one record, read off the entries of its row. */
export interface Step {
	side: Side;
	operation: Pending['operation'];
	recordId: string | undefined;
	expected: JsonObject;
	set: JsonObject;
	reason: Pending['reason'];
	defaults?: JsonObject;
	allowDuplicates?: boolean;
	after?: string;
	link: LinkRow;
}

export type Saved = { operation: 'add' | 'update' | 'remove'; link: LinkRow };

/** A plan as most tests ask for it: what is saved, and what is meant for each side, creates that a new row only notes among it. */
export interface Seen extends Plan {
	links: Saved[];
	toUsers: Step[];
	toWix: Step[];
}

/** @param now what was announced under a lease that is over by then is no step of this plan */
export function seen(outcome: Plan, now = ''): Seen {
	const links: Saved[] = [
		...outcome.newLinks.map((link) => ({ operation: 'add' as const, link })),
		...outcome.changedLinks.map((link) => ({
			operation: link.state === 'removed' ? ('remove' as const) : ('update' as const),
			link,
		})),
	];
	const steps = [...outcome.changedLinks, ...outcome.newLinks].flatMap((link) =>
		stepsOf(link, now),
	);
	return {
		...outcome,
		links,
		toUsers: steps.filter(({ side }) => side === 'users'),
		toWix: steps.filter(({ side }) => side === 'wix'),
	};
}

/** What a row announces; of a row that was just added, what it wants to have created. */
function stepsOf(link: LinkRow, now: string): Step[] {
	const isNew = link.id === undefined;
	const entries = pendingOf(link).filter(({ outcome, operation, until }) =>
		isNew
			? operation === 'create' && outcome === 'held' && until === undefined
			: outcome === 'announced' && until !== undefined && until > now,
	);
	const groups = new Map<string, Pending[]>();
	for (const entry of entries) {
		const name = `${entry.side} ${entry.operation}`;
		groups.set(name, [...(groups.get(name) ?? []), entry]);
	}
	return [...groups.values()].flatMap((group) => stepOf(link, group) ?? []);
}

function stepOf(link: LinkRow, group: readonly Pending[]): Step | undefined {
	const [first] = group;
	if (first === undefined) return undefined;
	const { side, operation, reason, defaults, allowDuplicates, after, from } = first;
	const isRemoval = operation === 'deactivate' || operation === 'delete';
	const values = group.filter(({ field }) => field !== '');
	const id = side === 'wix' ? link.wixId : link.userId;
	return {
		...{ side, operation, reason, link },
		recordId: id === '' ? undefined : id,
		expected: isRemoval
			? (from as JsonObject)
			: Object.fromEntries(values.map((entry) => [entry.field, entry.from])),
		set: Object.fromEntries(values.map((entry) => [entry.field, entry.to])),
		...(defaults === undefined ? {} : { defaults }),
		...(allowDuplicates === undefined ? {} : { allowDuplicates }),
		...(after === undefined ? {} : { after }),
	};
}
