import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { JsonObject, JsonValue } from '../../../shared/contract';
import { addressFault, isBlank } from '../../../shared/normalize';
import { isJsonObject } from '../../../shared/paths';
import { extendedValue } from '../../records/extendedFields';
import { customFieldPath } from '../../records/memberFields';
import type { MemberOutput } from '../../records/memberProjection';
import { textOf } from '../../../shared/texts';
import { locatedId } from '../common/parameters';
import { pathOfField } from './fields';

export const memberIdOf = (context: IExecuteFunctions, itemIndex: number): string =>
	locatedId(context, 'memberId', 'Member', itemIndex);

export function outputOf(context: IExecuteFunctions, itemIndex: number): MemberOutput {
	const output = context.getNodeParameter('output', itemIndex, 'full');
	return output === 'syncFields' || output === 'simplified' ? output : 'full';
}

/** Which site the credential opens: creates are spaced for each site. */
export async function siteOf(context: IExecuteFunctions): Promise<string> {
	const { siteId } = await context.getCredentials<{ siteId?: string }>('wixCrmApi');
	return textOf(siteId);
}

/**
 * The address in a parameter, trimmed.
 * @param label the parameter's display name, for the message
 */
export function addressOf(
	context: IExecuteFunctions,
	parameter: string,
	label: string,
	itemIndex: number,
): string {
	const value = context.getNodeParameter(parameter, itemIndex, '') as JsonValue;
	const fault = isBlank(value) ? 'is empty' : addressFault(value);
	if (fault === undefined) return String(value).trim();
	throw new NodeOperationError(context.getNode(), `The parameter '${label}' ${fault}`, {
		itemIndex,
		description: 'Give one address, such as name@example.com.',
	});
}

/** The rows of a fixedCollection with one kind of rows. */
function rowsOf(collection: unknown, kind: string): JsonObject[] {
	const rows = isJsonObject(collection) ? collection[kind] : undefined;
	return Array.isArray(rows) ? rows.filter(isJsonObject) : [];
}

/** An expression may give one number or a list of them. */
function phonesIn(value: unknown): JsonValue[] {
	const given = Array.isArray(value) ? (value as unknown[]) : [value];
	return given
		.filter((phone) => typeof phone === 'string' || typeof phone === 'number')
		.map((phone) => String(phone).trim())
		.filter((phone) => phone !== '');
}

function addressesIn(collection: unknown): JsonValue[] {
	const filled = rowsOf(collection, 'address').map((row) =>
		Object.fromEntries(Object.entries(row).filter(([, value]) => !isBlank(value))),
	);
	return filled.filter((address) => Object.keys(address).length > 0);
}

/** The filled-in fields of a collection as record paths and values; fields left empty are left alone. */
export async function pathsFrom(
	api: Api,
	fields: IDataObject,
	itemIndex: number,
): Promise<JsonObject> {
	const set: JsonObject = {};
	for (const [field, path] of Object.entries(pathOfField)) {
		const value = fields[field];
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		if (!isBlank(value)) set[path] = String(value).trim();
	}
	for (const row of rowsOf(fields.customFields, 'field')) {
		const key = textOf(row.key);
		if (key === '') continue;
		set[customFieldPath(key)] = (await extendedValue(api, key, row.value, itemIndex)).value;
	}
	const phones = phonesIn(fields.phones);
	if (phones.length > 0) set['contact.phones'] = phones;
	const addresses = addressesIn(fields.addresses);
	if (addresses.length > 0) set['contact.addresses'] = addresses;
	return set;
}
