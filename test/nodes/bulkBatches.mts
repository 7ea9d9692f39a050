import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';

import { entryAt, valueNamed } from '../../runtime/entries.mts';
import { comparisonKey } from '../../nodes/shared/normalize';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { addressOf, createFor, otherFor, updateWith } from './applyChangesWorld.mts';
import type { Told } from './rows.mts';

/** A batch of rows for a small site, made so that they often meet: few contacts, few addresses. */
export interface Batch {
	contacts: JsonObject[];
	members: JsonObject[];
	/** Ids that are merged into the first contact before the rows are applied. */
	merged: string[];
	rows: IDataObject[];
	/** What Wix may do one way or the other. */
	switches: JsonObject;
}

const addressAt = (index: number) => `address${index}@example.com`;
const someAddress = fc.integer({ min: 0, max: 15 }).map(addressAt);
const spelt = fc
	.tuple(someAddress, fc.integer({ min: 0, max: 5 }))
	.map(([address, kind]) => (kind === 0 ? ` ${address.toUpperCase()}` : address));

const person = fc.record({
	emails: fc.uniqueArray(someAddress, { maxLength: 3 }),
	kind: fc.constantFrom('contact', 'contact', 'contact', 'member', 'merged', 'crowded'),
	countryCode: fc.boolean(),
	hasPhone: fc.boolean(),
	company: fc.constantFrom('Old Ltd', undefined),
});
type Person = typeof person extends fc.Arbitrary<infer T> ? T : never;

const step = fc.record({
	kind: fc.constantFrom(
		'email',
		'email',
		'email',
		'names',
		'phone',
		'emailAndName',
		'badValue',
		'badPath',
		'create',
		'create',
		'delete',
		'verify',
	),
	who: fc.integer({ min: 0, max: 7 }),
	to: spelt,
	expects: fc.constantFrom('right', 'right', 'right', 'right', 'wrong'),
	allowDuplicates: fc.constantFrom(false, false, false, true),
	phone: fc.constantFrom('+46 70 333', '070 1', '070 2'),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const idAt = (index: number) => `c${index}`;
/** One of each: which of several holders a refusal names is Wix's choice. */
const phoneAt = (index: number) => `070 ${index}`;

function contactOf(one: Person, index: number): JsonObject {
	const id = idAt(index);
	const crowd = Array.from({ length: one.kind === 'crowded' ? 12 : 0 }, (_, nth) => ({
		tag: 'HOME',
		email: `crowd${index}-${nth}@example.com`,
		primary: false,
	}));
	const emails = one.emails.map((email, nth) => ({ tag: 'WORK', email, primary: nth === 0 }));
	const items = [...emails, ...(emails.length > 0 ? crowd : [])];
	const phones: JsonObject[] = one.hasPhone
		? [{ tag: 'MOBILE', phone: phoneAt(index), primary: true }]
		: [];
	if (one.countryCode) for (const item of phones) item.countryCode = 'SE';
	const info: JsonObject = {
		name: { first: `First-${id}`, last: 'Old' },
		emails: items.length > 0 ? { items } : {},
		phones: phones.length > 0 ? { items: phones } : {},
	};
	if (one.company) info.company = one.company;
	return { id, info };
}

/** `now` is what the contact holds when the plan is made; later steps on it are planned as if earlier ones were done. */
function rowOf(one: Step, people: readonly Person[]): IDataObject {
	const id = idAt(one.who);
	const known = people.at(one.who);
	const isRight = one.expects === 'right';
	const email = isRight ? (known?.emails[0] ?? null) : 'elsewhere@example.com';
	const update = (expected: JsonObject, set: JsonObject) =>
		updateWith('wix', id, expected, set, one.allowDuplicates ? { allowDuplicates: true } : {});
	switch (one.kind) {
		case 'email':
			return update({ 'primaryInfo.email': email }, { 'primaryInfo.email': one.to });
		case 'emailAndName':
			return update(
				{ 'primaryInfo.email': email, 'info.name.last': 'Old' },
				{ 'primaryInfo.email': one.to, 'info.name.last': 'New' },
			);
		case 'names':
			return update(
				{
					'info.name.first': isRight ? `First-${id}` : 'Somebody',
					'info.company': known?.company ?? null,
				},
				{ 'info.name.first': 'Ada', 'info.company': 'New Ltd' },
			);
		case 'phone':
			return update(
				{ 'primaryInfo.phone': known?.hasPhone ? phoneAt(one.who) : null },
				{ 'primaryInfo.phone': one.phone },
			);
		case 'badValue':
			return update({ 'primaryInfo.email': email }, { 'primaryInfo.email': 'nobody' });
		case 'badPath':
			return update({}, { 'info.nothing': 'x' });
		case 'create':
			return createFor('wix', one.to);
		case 'delete':
			return otherFor('wix', 'delete', id, { 'primaryInfo.email': email });
		case 'verify':
			return otherFor('wix', 'verify', id);
	}
}

/** Updates, creates, deletes, looks: the order in which they are planned. */
const rank = ({ pending }: IDataObject) =>
	['update', 'create', 'delete', 'verify'].findIndex((operation) =>
		String(pending).includes(`"operation":"${operation}"`),
	);

const switches = fc.record({
	bulkUnordered: fc.boolean(),
	bulkValidation: fc.constantFrom('item', 'item', 'request'),
	replaceParts: fc.boolean(),
	v5ConflictCode: fc.constantFrom('CONTACT_ALREADY_CHANGED', 'REVISION_MISMATCH'),
	duplicateStatus: fc.constantFrom(409, 400),
});

export const batch: fc.Arbitrary<Batch> = fc
	.tuple(
		fc.array(person, { minLength: 4, maxLength: 8 }),
		fc.array(step, { minLength: 4, maxLength: 16 }),
		fc.constantFrom(true, true, false),
		switches,
	)
	.map(([people, steps, isPlanned, chosen]) => ({
		switches: chosen,
		contacts: people.map(contactOf),
		members: people.flatMap((one, index) =>
			one.kind === 'member' && one.emails.length > 0
				? [{ id: `m${index}`, loginEmail: entryAt(one.emails, 0), contactId: idAt(index) }]
				: [],
		),
		merged: people.flatMap((one, index) =>
			one.kind === 'merged' && index > 0 ? [idAt(index)] : [],
		),
		rows: steps
			.map((one) => rowOf(one, people))
			.sort((left, right) => (isPlanned ? rank(left) - rank(right) : 0)),
	}));

type Item = { id?: string; tag?: string; primary?: boolean; email?: string; phone?: string };

/** A contact as it may differ in nothing but what Wix itself makes up: ids of new ones, dates, and the case of addresses. */
function comparable(record: JsonObject, known: ReadonlySet<string>): JsonObject {
	const info = record.info as JsonObject & { emails?: { items?: Item[] } };
	const emails = (info.emails?.items ?? []).map(({ email, primary, tag }) => ({
		email: comparisonKey(email ?? '', 'email'),
		primary: primary === true,
		// v5 knows no tags of addresses: one that it adds has none.
		tag: tag === 'MAIN' || tag === 'UNTAGGED' ? null : (tag ?? null),
	}));
	const { phones, name, company } = info;
	const items = (phones as { items?: Item[] } | undefined)?.items ?? [];
	return {
		id: known.has(String(record.id)) ? valueNamed(record, 'id') : 'new',
		revision: valueNamed(record, 'revision'),
		name: name ?? null,
		company: company ?? null,
		emails,
		phones: items.map(({ phone, tag, primary }) => ({
			phone: phone ?? null,
			tag: tag ?? null,
			primary: primary === true,
		})),
	};
}

/** All contacts, in an order that does not depend on when they were made. */
export function comparableState(contacts: readonly JsonObject[], given: Batch): string[] {
	const known = new Set(given.contacts.map(({ id }) => String(id)));
	return contacts.map((record) => JSON.stringify(comparable(record, known))).sort();
}

/** Results with the ids of new contacts replaced by their addresses, and without the times of day. */
export function comparableResults(
	results: readonly Told[],
	contacts: readonly JsonObject[],
	given: Batch,
): string[] {
	const known = new Set(given.contacts.map(({ id }) => String(id)));
	const made = contacts.filter(({ id }) => !known.has(String(id)));
	const names = new Map(
		made.map((record) => [String(record.id), `new ${comparisonKey(addressOf(record), 'email')}`]),
	);
	return results.map((result) => {
		let text = JSON.stringify(result);
		for (const [id, name] of names) text = text.replaceAll(id, name);
		return text.replace(/(\\?"(?:at|foundAt)\\?":\\?")\d[^"\\]*/g, '$1then');
	});
}
