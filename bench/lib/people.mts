import { entryAt } from '../../runtime/entries.mts';
import type { JsonObject, LinkRow } from '../../nodes/shared/contract/index';

/** What one run reads: two listings and the links table. */
export interface Input {
	wixRecords: JsonObject[];
	users: JsonObject[];
	links: LinkRow[];
}

export interface InputOptions {
	/** Persons; each is one record on either side. */
	records: number;
	/** Whether every person has a row with its base in the links table. */
	linked: boolean;
	/** Part of the persons, 0 to 1, whose address was edited on one side after the base: half of them in Wix. */
	edited?: number;
	seed?: number;
}

const firstNames = ['Ada', 'Grace', 'Alan', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Niklaus'];
const lastNames = ['Example', 'Sample', 'Probe', 'Muster', 'Dupont', 'Rossi', 'Novak', 'Silva'];

/** A 32-bit xorshift: the same people for the same seed, without a library's cost. */
export function random(seed: number): () => number {
	let state = seed | 0 || 1;
	return () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return state >>> 0;
	};
}

const hex = (value: number) => value.toString(16).padStart(8, '0');

function uuid(next: () => number): string {
	const [a, b, c, d] = [hex(next()), hex(next()), hex(next()), hex(next())];
	return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-a${c.slice(1, 4)}-${c.slice(4)}${d}`;
}

/** Parsed, as n8n's HTTP layer leaves it: flat strings of its own, nothing shared between records. */
const parsed = (value: unknown) => JSON.parse(JSON.stringify(value)) as JsonObject;

function contact(id: string, email: string, first: string, last: string): JsonObject {
	return parsed({
		id,
		revision: 3,
		source: { sourceType: 'ADMIN' },
		createdDate: '2026-01-10T08:15:30.123Z',
		updatedDate: '2026-02-11T09:16:31.456Z',
		lastActivity: { activityDate: '2026-02-11T09:16:31.456Z', activityType: 'CONTACT_CREATED' },
		primaryInfo: { email },
		info: {
			name: { first, last },
			emails: {
				items: [{ id: `${id.slice(0, 24)}e00000000001`, tag: 'MAIN', email, primary: true }],
			},
			labelKeys: { items: ['custom.customers'] },
			extendedFields: {
				items: {
					'emailSubscriptions.subscriptionStatus': 'SUBSCRIBED',
					'contacts.displayByLastName': `${last} ${first}`,
				},
			},
			locale: 'en-us',
		},
	});
}

function user(id: string, email: string, first: string, last: string): JsonObject {
	return parsed({
		type: 'user',
		id,
		login: email.toLowerCase().split('@')[0],
		name: `${first} ${last}`,
		guest: false,
		banned: false,
		profile: { email: { type: 'EmailJSON', verified: true, email } },
	});
}

function row(id: number, wixId: string, userId: string, base: string): LinkRow {
	return parsed({
		id,
		createdAt: '2026-04-01T12:00:00.000Z',
		updatedAt: '2026-04-01T12:00:00.000Z',
		linkId: `contacts:${wixId}:${userId}`,
		flow: 'contacts',
		wixId,
		userId,
		state: 'linked',
		lastSynced: JSON.stringify({ 'primaryInfo.email': base }),
		pending: '',
		note: '',
	}) as unknown as LinkRow;
}

/** People in the preset's shapes, users in another order than contacts. One address in ten is written with capitals on one side. */
export function makeInput({ records, linked, edited = 0, seed = 1 }: InputOptions): Input {
	const next = random(seed);
	const wixRecords: JsonObject[] = [];
	const users: JsonObject[] = [];
	const links: LinkRow[] = [];
	for (let index = 0; index < records; index++) {
		const first = entryAt(firstNames, next() % firstNames.length);
		const last = entryAt(lastNames, next() % lastNames.length);
		const base = `${first}.${last}.${index}@company${next() % 500}.example`.toLowerCase();
		const changed = next() / 2 ** 32 < edited ? `new.${base}` : undefined;
		const inWix = next() % 2 === 0;
		const wixEmail = changed !== undefined && inWix ? changed : base;
		const userEmail = changed !== undefined && !inWix ? changed : base;
		const wixId = uuid(next);
		const userId = uuid(next);
		const shown =
			next() % 10 === 0 ? wixEmail.replace(/^./, (letter) => letter.toUpperCase()) : wixEmail;
		wixRecords.push(contact(wixId, shown, first, last));
		users.push(user(userId, userEmail, first, last));
		if (linked) links.push(row(index + 1, wixId, userId, base));
	}
	shuffle(users, next);
	return { wixRecords, users, links };
}

function shuffle(list: unknown[], next: () => number): void {
	for (let index = list.length - 1; index > 0; index--) {
		const other = next() % (index + 1);
		[list[index], list[other]] = [list[other], list[index]];
	}
}
