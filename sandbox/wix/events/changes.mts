import type { Contact, Member } from '../types.mts';

/** Who did it, as Wix tells it beside an event. */
export type Actor = 'user' | 'member';

interface Noted {
	/** Milliseconds since 1970, real time. */
	at: number;
	actor: Actor;
}

/** One write to a contact or member. `before` is missing for a new record, `after` for a deleted one. */
export type Change =
	| { of: 'contact'; before?: Contact; after?: Contact; byMerge?: boolean }
	| { of: 'member'; before?: Member; after?: Member }
	| { of: 'merge'; target: Contact; sourceIds: string[] };

export type NotedChange = Change & Noted;

type Listener = (change: NotedChange) => void;

/**
 * Tells listeners of the writes to a store, in their order. They hear of them when the call that wrote is through, so that a
 * member can be shown with the contact that the same call wrote after it.
 */
export class ChangeFeed {
	/** Who the next changes are by. */
	actor: Actor = 'user';
	private listeners: Listener[] = [];
	private noted: NotedChange[] = [];

	listen(listener: Listener): void {
		this.listeners.push(listener);
	}

	note(change: Change): void {
		if (this.listeners.length === 0) return;
		if (this.noted.length === 0) queueMicrotask(() => this.tell());
		this.noted.push({ ...change, at: Date.now(), actor: this.actor });
	}

	/** What was noted and not told yet is forgotten. */
	clear(): void {
		this.noted = [];
	}

	private tell(): void {
		const changes = this.noted;
		this.noted = [];
		for (const change of changes) for (const listener of this.listeners) listener(change);
	}
}
