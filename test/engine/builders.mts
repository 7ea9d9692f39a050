import {
	contactsAndUsers,
	defaultPolicies,
	plan,
	type Change,
	type JsonObject,
	type Link,
	type Pending,
	type Plan,
	type PlanInput,
	type Policies,
} from '../../nodes/MatchAndMap/engine/index';

export const a = 'a@example.com';
export const b = 'b@example.com';
export const u = 'u@example.com';
export const w = 'w@example.com';
export const z = 'z@example.com';

export const now = '2026-05-01T12:00:00.000Z';
export const daysLater = (days: number) =>
	new Date(Date.parse(now) + days * 86_400_000).toISOString();

/** A Wix contact as v4 lists it. */
export function contact(id: string, email: string | null, further: string[] = []): JsonObject {
	const items = [email, ...further]
		.filter((address): address is string => address !== null)
		.map((address, index) => ({
			id: `${id}-${index}`,
			tag: 'MAIN',
			email: address,
			primary: index === 0,
		}));
	return {
		id,
		revision: 1,
		primaryInfo: email === null ? {} : { email },
		info: { name: { first: 'Ada', last: 'Example' }, emails: items.length === 0 ? {} : { items } },
	};
}

/** A JetBrains Hub user. */
export function user(id: string, email: string | null, unverified?: string): JsonObject {
	const profile: JsonObject = {};
	if (email !== null) profile.email = { type: 'EmailJSON', verified: true, email };
	if (unverified !== undefined)
		profile.unverifiedEmail = { type: 'EmailJSON', verified: false, email: unverified };
	return { id, login: `login-${id}`, name: `User ${id}`, guest: false, banned: false, profile };
}

export function member(id: string, loginEmail: string, contactId: string): JsonObject {
	return {
		id,
		loginEmail,
		contactId,
		status: 'APPROVED',
		contact: { firstName: 'Ada', lastName: 'Example' },
	};
}

/** A linked row of the links table; `base` is the address both sides were last seen with. */
export function linked(
	wixId: string,
	userId: string,
	base: string | null,
	more: Partial<Link> = {},
): Link {
	return {
		rowId: `${wixId}${userId}`.replace(/\D/g, '') || '1',
		linkId: `contacts:${wixId}:${userId}`,
		flow: 'contacts',
		wixId,
		userId,
		state: 'linked',
		lastSynced: base === null ? '' : JSON.stringify({ 'primaryInfo.email': base }),
		pending: '',
		decision: '',
		goneSide: '',
		goneConfirmedAt: '',
		movedTo: '',
		note: '',
		...more,
	};
}

export function pendingWrite(
	from: string | null,
	to: string,
	more: Partial<Pending> = {},
): Pending {
	return {
		operation: 'update',
		property: 'primaryInfo.email',
		side: 'users',
		from,
		to,
		at: now,
		outcome: 'announced',
		...more,
	};
}

export const create = { operation: 'create' as const };
export const gone = { goneSide: 'wix' as const, goneConfirmedAt: now };
export const goneUser = { goneSide: 'users' as const, goneConfirmedAt: now };
export const toWix = { side: 'wix' as const };
export const sent = { outcome: 'sent' as const };
export const pendings = (...entries: Pending[]) => JSON.stringify(entries);

export type Given = Partial<Omit<PlanInput, 'policies'>> & { policies?: Partial<Policies> };

/** A contact and a user with one address, in no link yet. */
export const one: Given = { wixRecords: [contact('C1', a)], users: [user('U1', a)] };

/** A full run of the contacts preset with default policies, unless said. */
export const inputOf = (given: Given): PlanInput => ({
	dataFlow: contactsAndUsers,
	wixRecords: [],
	users: [],
	links: [],
	memberContactIds: [],
	complete: { wix: true, users: true },
	now,
	...given,
	policies: { ...defaultPolicies, ...given.policies },
});

export const run = (given: Given): Plan => plan(inputOf(given));

let nextRowId = 1000;

/** The links table after a plan's link changes (and, if given, rows that writers returned) are saved. */
export function save(
	links: readonly Link[],
	outcome: Pick<Plan, 'links'>,
	results: readonly Link[] = [],
): Link[] {
	const rows = new Map(links.map((link, index) => [link.rowId ?? `given-${index}`, link]));
	for (const { operation, link } of outcome.links) {
		if (operation === 'add') {
			const rowId = String(nextRowId++);
			rows.set(rowId, { ...link, rowId });
		} else if (operation === 'remove') rows.delete(link.rowId ?? '');
		else rows.set(link.rowId ?? '', link);
	}
	for (const result of results) {
		for (const [rowId, row] of rows)
			if (row.linkId === result.linkId) rows.set(rowId, { ...result, rowId });
	}
	return [...rows.values()];
}

export const reasons = (outcome: Plan) => outcome.review.map((item) => item.reason).sort();
export const pendingOf = (link: Link): Pending[] =>
	link.pending === '' ? [] : (JSON.parse(link.pending) as Pending[]);
export const baseOf = (link: Link): unknown =>
	link.lastSynced === ''
		? undefined
		: (JSON.parse(link.lastSynced) as JsonObject)['primaryInfo.email'];
export const brief = (changes: readonly Change[]) =>
	changes.map(({ operation, recordId, expected, set }) => ({ operation, recordId, expected, set }));
export const steps = (outcome: Plan) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ side, operation }) => `${side} ${operation}`);

/** The links that a plan adds, each as 'C1-U1', sorted. */
export const linkIds = (outcome: Plan) =>
	outcome.links
		.filter(({ operation }) => operation === 'add')
		.map(({ link }) => `${link.wixId}-${link.userId}`)
		.sort();

export function expectNoWrites(outcome: Plan): void {
	expect(outcome.toUsers).toEqual([]);
	expect(outcome.toWix).toEqual([]);
}

export const userUpdate = (recordId: string, from: string | null, to: string) => ({
	operation: 'update',
	recordId,
	expected: { 'profile.email.email': from },
	set: { 'profile.email.email': to },
});
export const wixUpdate = (recordId: string, from: string | null, to: string) => ({
	operation: 'update',
	recordId,
	expected: { 'primaryInfo.email': from },
	set: { 'primaryInfo.email': to },
});
/** The row as a writer returns it, its last announced write marked with an outcome. */
export function marked(change: Change, outcome: Pending['outcome'], code?: string): Link {
	const entries = pendingOf(change.link);
	const last = { ...entries[entries.length - 1], outcome, ...(code === undefined ? {} : { code }) };
	return { ...change.link, pending: JSON.stringify([...entries.slice(0, -1), last]) };
}
