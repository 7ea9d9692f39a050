import type { DomainEvent } from './domainEvent';

/** What is remembered of the events that came: JSON, because n8n keeps it. */
export interface Inbox {
	/** Ids of the last events, the oldest first. */
	events: string[];
	/** By entity: the highest sequence that came; the oldest entry first. */
	sequences: Record<string, string>;
}

/** Wix resends for some two days; so many events are told apart from their resends. */
const mostRemembered = 5000;

const isTexts = (value: unknown): value is string[] =>
	Array.isArray(value) && value.every((each) => typeof each === 'string');

/** The inbox in what n8n kept; an empty one where there is none. */
export function inboxIn(kept: unknown): Inbox {
	const { events, sequences } = (kept ?? {}) as Partial<Inbox>;
	const isTable = typeof sequences === 'object' && sequences !== null;
	return { events: isTexts(events) ? events : [], sequences: isTable ? sequences : {} };
}

/** What either of the two remembers; `later` is the one whose events came last. */
export function joined(earlier: Inbox, later: Inbox): Inbox {
	const sequences = new Map(Object.entries(earlier.sequences));
	for (const [entityId, sequence] of Object.entries(later.sequences)) {
		const known = sequences.get(entityId);
		if (known !== undefined && BigInt(known) >= BigInt(sequence)) continue;
		sequences.delete(entityId);
		sequences.set(entityId, sequence);
	}
	return {
		events: [...new Set([...earlier.events, ...later.events])],
		sequences: Object.fromEntries(sequences),
	};
}

/**
 * new: not seen before. repeated: a resend, or a message that somebody sends again. late: a later event of the same entity
 * came before, so what it holds is not how things are any more.
 */
export type Arrival = 'new' | 'repeated' | 'late';

/** Takes `event` in: how it came, and the inbox after it, which remembers the last `most` events and records. */
export function receive(
	inbox: Inbox,
	event: DomainEvent,
	most = mostRemembered,
): { arrival: Arrival; inbox: Inbox } {
	if (inbox.events.includes(event.id)) return { arrival: 'repeated', inbox };
	const sequences = new Map(Object.entries(inbox.sequences));
	const last = sequences.get(event.entityId);
	const isLate = last !== undefined && event.sequence > 0n && event.sequence < BigInt(last);
	if (!isLate && event.sequence > 0n) {
		sequences.delete(event.entityId);
		sequences.set(event.entityId, String(event.sequence));
	}
	return {
		arrival: isLate ? 'late' : 'new',
		inbox: {
			events: [...inbox.events, event.id].slice(-most),
			sequences: Object.fromEntries([...sequences].slice(-most)),
		},
	};
}
