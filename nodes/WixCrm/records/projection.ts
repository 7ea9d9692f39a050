import type { IDataObject } from 'n8n-workflow';

import type { JsonObject } from '../../shared/contracts';
import { isJsonObject } from '../../shared/paths';

export type Output = 'full' | 'syncFields';

/** What to ask Wix for; `syncFields` is the smallest fieldset that tells members, plus the addresses. */
export function selectionFor(output: Output): { fieldsets: string[]; fields?: string[] } {
	if (output === 'full') return { fieldsets: ['FULL'] };
	return { fieldsets: ['EXTENDED'], fields: ['info.emails'] };
}

const membership = 'members.membershipStatus';

/** The parts of a contact that the sync reads. Parts are shared with `contact`, not copied. */
export function syncFieldsOf(contact: JsonObject): IDataObject {
	const info = isJsonObject(contact.info) ? contact.info : {};
	const extended = isJsonObject(info.extendedFields) ? info.extendedFields.items : undefined;
	const status = isJsonObject(extended) ? extended[membership] : undefined;
	const kept: JsonObject = {};
	if (info.name !== undefined) kept.name = info.name;
	if (info.emails !== undefined) kept.emails = info.emails;
	if (status !== undefined) kept.extendedFields = { items: { [membership]: status } };
	const { id, revision, primaryInfo } = contact;
	return { id, revision, ...(primaryInfo === undefined ? {} : { primaryInfo }), info: kept };
}

export function project(contact: JsonObject, output: Output): IDataObject {
	return output === 'full' ? contact : syncFieldsOf(contact);
}
