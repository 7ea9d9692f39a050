import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { valueNamed } from '../../runtime/entries.mts';
import type { JsonObject, LinkRow, Pending, Side } from '../../nodes/shared/contract/index';
import { freshWorld } from './freshWorld.mts';
import type { Fate, Passing, Proxy } from './proxy.mts';
import { entryOf, resultIn, rowFor, toErrorOutput, updateOf, type Asked } from './rows.mts';
import { throughProxy } from './world.mts';

const sides = {
	wix: {
		node: 'wixCrm',
		control: 'wix',
		parameters: { resource: 'contact', operation: 'applyChanges' },
		list: 'contacts',
		path: 'primaryInfo.email',
		defaults: { 'info.name.first': 'Ada' },
		ownId: (id: string) => ({ wixId: id, userId: 'u1' }),
	},
	users: {
		node: 'targetUsers',
		control: 'hub',
		parameters: { system: 'youTrack', resource: 'user', operation: 'applyChanges' },
		list: 'users',
		path: 'profile.email.email',
		defaults: { name: 'Ada Example' },
		ownId: (id: string) => ({ wixId: 'c1', userId: id }),
	},
} as const;

/** A row that asks for a new record, as a saved plan has it. */
export function createFor(side: Side, email: string, more: Partial<Asked> = {}): IDataObject {
	const { path, defaults, ownId } = sides[side];
	return rowFor(side, {
		operation: 'create',
		set: { [path]: email },
		defaults: side === 'users' ? { ...defaults, login: email } : defaults,
		link: ownId(''),
		...more,
	});
}

/** A row that asks for a removal or a look. */
export const otherFor = (
	side: Side,
	operation: Pending['operation'],
	recordId: string,
	expected: JsonObject = {},
): IDataObject =>
	rowFor(side, { operation, recordId, expected, link: sides[side].ownId(recordId) });

/** A row that asks for an update of any values. */
export const updateWith = (
	side: Side,
	recordId: string,
	expected: JsonObject,
	set: JsonObject,
	more: Partial<Asked> = {},
): IDataObject =>
	updateOf(side, recordId, null, '', { expected, set, link: sides[side].ownId(recordId), ...more });

/** The cells of a record's row with the writes of its address, each as [replaced value, written value, outcome]. */
export function rowWith(
	side: Side,
	recordId: string,
	writes: Array<[string, string, Pending['outcome']]>,
): Partial<LinkRow> {
	const field = sides[side].path;
	const entries = writes.map(([from, to, outcome]) =>
		entryOf(side, { property: 'primaryInfo.email', field, from, to, outcome }),
	);
	return { ...sides[side].ownId(recordId), pending: JSON.stringify(entries) };
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

/** Sets up, for the tests of one file, the two systems and what they need to apply changes to one of them. */
export function applyWorld(side: Side) {
	const { node, control, parameters, list } = sides[side];
	const { world, waits } = freshWorld(async (fresh) => await fresh[control].reset());

	return {
		world,
		waits,
		/** What fails comes out of the third output, unless `more` says otherwise. */
		apply: async (
			rows: IDataObject[],
			own: INodeParameters = {},
			more: IDataObject = toErrorOutput,
		) => await world()[node]({ ...parameters, ...own }, rows, more),
		put: async (records: JsonObject[], members: JsonObject[] = []) =>
			await world()[control].put({ [list]: records, ...(members.length > 0 ? { members } : {}) }),
		stored: async (id: string) =>
			valueNamed(await world()[control].state(), list).find((one) => one.id === id),
		writes: async () => (await world()[control].requests()).writes,
		createOf: (email: string, more?: Partial<Asked>) => createFor(side, email, more),
		other: (operation: Pending['operation'], recordId: string, expected?: JsonObject) =>
			otherFor(side, operation, recordId, expected),
		update: (id: string, from: string | null, to: string, more?: Partial<Asked>) =>
			updateOf(side, id, from, to, more),
		/** The result of one update from `from` to `to`. */
		applyUpdate: async (id: string, from: string | null, to: string, more?: Partial<Asked>) => {
			const row = updateOf(side, id, from, to, more);
			return resultIn(await world()[node]({ ...parameters }, [row], toErrorOutput));
		},
		/** Puts a proxy in front of this side for the time of `work`. */
		through: async <T,>(
			decide: (call: Passing) => Fate | Promise<Fate>,
			work: (proxy: Proxy) => Promise<T>,
		) => await throughProxy(world(), side, decide, work),
	};
}
