import type { IDataObject } from 'n8n-workflow';

import type { JsonObject, JsonValue } from '../../shared/contract';
import { valueAt } from '../../shared/paths';
import { present } from '../../shared/present';
import { objectAt } from './parts';

export type Output = 'full' | 'syncFields';

/** What to return of a contact: an `Output`, a few flat fields, or the parts with these names. */
export type ContactOutput = Output | 'simplified' | { fields: readonly string[] };

/** In the order of creation a deep listing goes on by this date, so every answer has to hold it. */
const listed = 'createdDate';

/** What to ask Wix for; `syncFields` is the smallest fieldset that tells members, plus the addresses. */
export function selectionFor(output: ContactOutput): { fieldsets: string[]; fields?: string[] } {
	if (output === 'full') return { fieldsets: ['FULL'] };
	if (output === 'syncFields') return { fieldsets: ['EXTENDED'], fields: ['info.emails', listed] };
	const named =
		output === 'simplified'
			? ['info.company', 'info.jobTitle', 'info.labelKeys', 'updatedDate']
			: output.fields;
	return { fieldsets: ['BASIC'], fields: [...new Set([...named, listed])] };
}

const membership = 'members.membershipStatus';

/** The parts of a contact that the sync reads. Parts are shared with `contact`, not copied. */
export function syncFieldsOf(contact: JsonObject): IDataObject {
	const info = objectAt(contact, 'info');
	const status = valueAt(info, ['extendedFields', 'items', membership]);
	const { name, emails } = info;
	const kept = present({ name, emails });
	if (status !== undefined) kept.extendedFields = { items: { [membership]: status } };
	const { id, revision, primaryInfo } = contact;
	return { ...present({ id, revision, primaryInfo }), info: kept };
}

const simplePaths: ReadonlyArray<[string, string[]]> = [
	['firstName', ['info', 'name', 'first']],
	['lastName', ['info', 'name', 'last']],
	['email', ['primaryInfo', 'email']],
	['phone', ['primaryInfo', 'phone']],
	['company', ['info', 'company']],
	['jobTitle', ['info', 'jobTitle']],
	['createdDate', ['createdDate']],
	['updatedDate', ['updatedDate']],
];

/** The values at `paths` under short names; one that the record does not have is null, so that every item has the same columns. */
export function flattened(
	record: JsonObject,
	paths: ReadonlyArray<[name: string, path: string[]]>,
): IDataObject {
	return Object.fromEntries(
		paths.map(([name, path]): [string, JsonValue] => [name, valueAt(record, path) ?? null]),
	);
}

/** Ten flat fields. */
function simplified(contact: JsonObject): IDataObject {
	const labels = valueAt(contact, ['info', 'labelKeys', 'items']);
	return {
		id: contact.id,
		...flattened(contact, simplePaths),
		labelKeys: Array.isArray(labels) ? labels : [],
	};
}

/** The id, the revision, and the parts with these names; names reach at most one level below `info`. */
function selected(contact: JsonObject, fields: readonly string[]): IDataObject {
	const { id, revision } = contact;
	const kept = present({ id, revision });
	const info: JsonObject = {};
	for (const field of fields) {
		const path = field.split('.');
		const value = valueAt(contact, path);
		if (value === undefined) continue;
		const [group, name, ...more] = path;
		if (group === 'info' && name !== undefined && more.length === 0) info[name] = value;
		else kept[field] = value;
	}
	return Object.keys(info).length === 0 ? kept : { ...kept, info };
}

export function project(contact: JsonObject, output: ContactOutput): IDataObject {
	if (output === 'full') return contact;
	if (output === 'syncFields') return syncFieldsOf(contact);
	return output === 'simplified' ? simplified(contact) : selected(contact, output.fields);
}
