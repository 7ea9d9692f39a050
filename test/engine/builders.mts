import {
	contactsAndUsers,
	defaultPolicies,
	plan,
	type JsonObject,
	type LinkRow,
	type Pending,
	type Plan,
	type PlanInput,
	type Policies,
	type ReviewRow,
	type Side,
} from '../../nodes/MatchAndMap/engine/index';
import { pendingOf, seen, type Seen, type Step } from './seen.mts';

export { pendingOf, seen, type Saved, type Seen, type Step } from './seen.mts';

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

/** When the rows of these tests were last saved. */
export const savedAt = '2026-04-30T12:00:00.000Z';

/** A linked row of the links table; `base` is the address both sides were last seen with. */
export function linked(
	wixId: string,
	userId: string,
	base: string | null,
	more: Partial<LinkRow> = {},
): LinkRow {
	return {
		id: Number(`${wixId}${userId}`.replace(/\D/g, '') || '1'),
		updatedAt: savedAt,
		linkId: `contacts:${wixId}:${userId}`,
		flow: 'contacts',
		wixId,
		userId,
		state: 'linked',
		lastSynced: base === null ? '' : JSON.stringify({ 'primaryInfo.email': base }),
		pending: '',
		note: '',
		...more,
	};
}

/** The address as each side has it, and why it is written there. */
const onSide = {
	wix: { field: 'primaryInfo.email', reason: 'userEdited' },
	users: { field: 'profile.email.email', reason: 'wixEdited' },
} as const;

/** A write that an earlier run announced; its lease is over. */
export function pendingWrite(
	from: string | null,
	to: string,
	more: Partial<Pending> = {},
): Pending {
	const { side = 'users' } = more;
	return {
		operation: 'update',
		property: 'primaryInfo.email',
		...onSide[side],
		side,
		from,
		to,
		at: now,
		...(more.outcome === undefined || more.outcome === 'announced' ? { until: now } : {}),
		outcome: 'announced',
		...more,
	};
}

/** What a look-up by id found. */
export const finding = (
	side: Side,
	outcome: 'gone' | 'moved' | 'present' | 'announced',
	more: Partial<Pending> = {},
): Pending => ({
	operation: 'verify',
	...{ side, property: '', field: '', from: null, to: null, at: now },
	reason: 'unseen',
	outcome,
	...more,
});

export const create = { operation: 'create' as const, reason: 'missing' as const };
export const gone = { pending: JSON.stringify([finding('wix', 'gone')]) };
export const goneUser = { pending: JSON.stringify([finding('users', 'gone')]) };
export const movedTo = (side: Side, code: string) => ({
	pending: JSON.stringify([finding(side, 'moved', { code })]),
});
export const toWix = { side: 'wix' as const };
export const sent = { outcome: 'sent' as const };
export const pendings = (...entries: Pending[]) => JSON.stringify(entries);

export type Given = Partial<Omit<PlanInput, 'policies'>> & { policies?: Partial<Policies> };

/** A contact and a user with one address, in no link yet. */
export const one: Given = { wixRecords: [contact('C1', a)], users: [user('U1', a)] };

/** A full run of the contacts preset with default policies and no slices, unless said. The rows were read at the moment of the planning. */
export const inputOf = (given: Given): PlanInput => ({
	dataFlow: contactsAndUsers,
	wixRecords: [],
	users: [],
	links: [],
	review: [],
	memberContactIds: [],
	complete: { wix: true, users: true },
	now,
	readFrom: given.now ?? now,
	...given,
	policies: { ...defaultPolicies, writesPerRun: 0, ...given.policies },
});

export function run(given: Given): Seen {
	const input = inputOf(given);
	return seen(plan(input), input.now);
}

let nextRowId = 1000;

/** The links table after a plan's rows (and, if given, rows that writers returned) are saved. */
export function save(
	links: readonly LinkRow[],
	outcome: Pick<Seen, 'links'>,
	results: readonly LinkRow[] = [],
): LinkRow[] {
	const rows = new Map(links.map((link) => [link.id ?? nextRowId++, link]));
	for (const { operation, link } of outcome.links) {
		const id = link.id ?? nextRowId++;
		if (operation === 'remove') rows.delete(id);
		else rows.set(id, { ...link, id });
	}
	for (const result of results) if (result.id !== undefined) rows.set(result.id, result);
	return [...rows].map(([id, link]) => ({ ...link, id, updatedAt: savedAt }));
}

/** What a plan asks people, whatever it makes of the known matters. */
export const asked = (outcome: Plan) => outcome.review.filter(({ state }) => state === 'open');
export const reasons = (outcome: Plan) =>
	asked(outcome)
		.map((row) => row.reason)
		.sort();
export const baseOf = (link: LinkRow): unknown =>
	link.lastSynced === ''
		? undefined
		: (JSON.parse(link.lastSynced) as JsonObject)['primaryInfo.email'];
export const brief = (steps: readonly Step[]) =>
	steps.map(({ operation, recordId, expected, set }) => ({ operation, recordId, expected, set }));
export const steps = (outcome: Seen) =>
	[...outcome.toUsers, ...outcome.toWix].map(({ side, operation }) => `${side} ${operation}`);

/** The links that a plan adds, each as 'C1-U1', sorted. */
export const linkIds = (outcome: Seen) =>
	outcome.links
		.filter(({ operation }) => operation === 'add')
		.map(({ link }) => `${link.wixId}-${link.userId}`)
		.sort();

/** The matters that a plan asks about, as a person has answered them all with one code. */
export const answered = (outcome: Plan, answer: string): ReviewRow[] =>
	asked(outcome).map((row, index) => ({ ...row, id: index + 1, updatedAt: savedAt, answer }));

/** The run after a person has answered what this one asks. */
export const runAnswered = (given: Given, answer: string): Seen =>
	run({ ...given, review: answered(run(given), answer) });

export function expectNoWrites(outcome: Seen): void {
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
export function marked(step: Step, outcome: Pending['outcome'], code?: string): LinkRow {
	const entries = pendingOf(step.link);
	const last = { ...entries[entries.length - 1], outcome, ...(code === undefined ? {} : { code }) };
	return { ...step.link, pending: JSON.stringify([...entries.slice(0, -1), last]) };
}
