import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { Change, JsonObject, Pending, Side } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import type { NodeRun } from './harness.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';
import { linkOf, resultIn, throughProxy, updateOf } from './world.mts';

const sides = {
	wix: {
		node: 'wixCrm',
		control: 'wix',
		parameters: { resource: 'contact', operation: 'applyChange' },
		list: 'contacts',
		path: 'primaryInfo.email',
		defaults: { 'info.name.first': 'Ada' },
		otherId: { userId: 'u1' },
		ownId: (id: string) => ({ wixId: id, userId: 'u1' }),
	},
	users: {
		node: 'targetUsers',
		control: 'hub',
		parameters: { system: 'youTrack', resource: 'user', operation: 'applyChange' },
		list: 'users',
		path: 'profile.email.email',
		defaults: { name: 'Ada Example' },
		otherId: { wixId: 'c1' },
		ownId: (id: string) => ({ wixId: 'c1', userId: id }),
	},
} as const;

/** A planned create with its row, announced as Match & Map does it. */
export function createFor(side: Side, email: string, more: Partial<Change> = {}): IDataObject {
	const { path, defaults, otherId } = sides[side];
	const change: Change = {
		changeId: 'create-1',
		flow: 'contacts',
		side,
		operation: 'create',
		expected: {},
		set: { [path]: email },
		defaults: side === 'users' ? { ...defaults, login: email } : defaults,
		reason: 'missing',
		link: linkOf(otherId, [
			{
				operation: 'create',
				property: 'primaryInfo.email',
				side,
				from: null,
				to: email,
				at: '2026-11-23T09:00:00.000Z',
				outcome: 'announced',
			},
		]),
		...more,
	};
	return { ...change };
}

/** A planned removal or look. */
export function otherFor(
	side: Side,
	operation: Change['operation'],
	recordId: string,
	expected: JsonObject = {},
): IDataObject {
	const change: Change = {
		changeId: `${operation}-${recordId}`,
		flow: 'contacts',
		side,
		operation,
		recordId,
		expected,
		set: {},
		reason: 'vanished',
		link: linkOf(sides[side].ownId(recordId)),
	};
	return { ...change };
}

/** A planned update of several properties; their row announces nothing. */
export function updateWith(
	side: Side,
	recordId: string,
	expected: JsonObject,
	set: JsonObject,
	more: Partial<Change> = {},
): IDataObject {
	const link = linkOf(sides[side].ownId(recordId));
	return updateOf(side, recordId, null, '', { expected, set, link, ...more });
}

/** The row of a record with the writes of its address, each as [replaced value, written value, outcome]. */
export function rowWith(
	side: Side,
	recordId: string,
	writes: Array<[string, string, Pending['outcome']]>,
) {
	const entries = writes.map(([from, to, outcome]): Pending => ({
		operation: 'update',
		property: 'primaryInfo.email',
		side,
		from,
		to,
		at: '2026-11-22T09:00:00.000Z',
		outcome,
	}));
	return linkOf(sides[side].ownId(recordId), entries);
}

/** A contact as short as the sandbox takes it; its address is its only and primary one. */
export const contact = (
	id: string,
	email: string | undefined,
	info: JsonObject = {},
): JsonObject => ({
	id,
	info: {
		name: { first: `First-${id}` },
		emails: email ? { items: [{ id: `${id}-mail`, tag: 'WORK', email, primary: true }] } : {},
		...info,
	},
});

/** A user as short as the sandbox takes it, with a proved address. */
export const user = (id: string, email: string | undefined, more: JsonObject = {}): JsonObject => ({
	id,
	login: `login-${id}`,
	name: `Name ${id}`,
	profile: email ? { email: { type: 'EmailJSON', verified: true, email } } : {},
	...more,
});

type Email = { id?: string; tag?: string; email: string; primary?: boolean };
type StoredContact = { primaryInfo?: { email?: string }; info: { emails: { items?: Email[] } } };

/** Of a contact as the sandbox stores it. */
export const emailItemsOf = (record: JsonObject | undefined): Email[] =>
	(record as unknown as StoredContact).info.emails.items ?? [];

export const addressOf = (record: JsonObject | undefined): string | undefined =>
	(record as unknown as StoredContact).primaryInfo?.email;

export const outcomesOf = (run: NodeRun) => run.json.map(({ outcome }) => outcome);

/** Sets up, for the tests of one file, the two systems and what they need to apply changes to one of them. */
export function applyWorld(side: Side) {
	const { node, control, parameters, list } = sides[side];
	const { world, waits } = freshWorld(async (fresh) => await fresh[control].reset());

	return {
		world,
		waits,
		apply: async (changes: IDataObject[], own: INodeParameters = {}, more?: IDataObject) =>
			await world()[node]({ ...parameters, ...own }, changes, more),
		put: async (records: JsonObject[], members: JsonObject[] = []) =>
			await world()[control].put({ [list]: records, ...(members.length > 0 ? { members } : {}) }),
		stored: async (id: string) =>
			valueNamed(await world()[control].state(), list).find((one) => one.id === id),
		writes: async () => (await world()[control].requests()).writes,
		createOf: (email: string, more?: Partial<Change>) => createFor(side, email, more),
		other: (operation: Change['operation'], recordId: string, expected?: JsonObject) =>
			otherFor(side, operation, recordId, expected),
		update: (id: string, from: string | null, to: string, more?: Partial<Change>) =>
			updateOf(side, id, from, to, more),
		/** The result of one update from `from` to `to`. */
		applyUpdate: async (id: string, from: string | null, to: string, more?: Partial<Change>) =>
			resultIn(await world()[node]({ ...parameters }, [updateOf(side, id, from, to, more)])),
		/** Puts a proxy in front of this side for the time of `work`. */
		through: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		) => await throughProxy(world(), side, decide, work),
	};
}
