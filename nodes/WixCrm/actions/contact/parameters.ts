import { NodeOperationError, type IDataObject, type IExecuteFunctions } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { JsonObject } from '../../../shared/contract';
import { addressFault, isBlank } from '../../../shared/normalize';
import { isJsonObject } from '../../../shared/paths';
import { extendedFieldPath, extendedValue } from '../../records/extendedFields';
import { additionTo } from '../../records/listAdditions';
import type { ContactOutput } from '../../records/projection';
import { textOf, textsOf } from '../../../shared/texts';
import { locatedId } from '../common/parameters';
import { clearable, pathOfField } from './fields';

export const contactIdOf = (context: IExecuteFunctions, itemIndex: number): string =>
	locatedId(context, 'contactId', 'Contact', itemIndex);

export function outputOf(context: IExecuteFunctions, itemIndex: number): ContactOutput {
	const output = context.getNodeParameter('output', itemIndex, 'full');
	if (output === 'syncFields' || output === 'simplified') return output;
	if (output !== 'selected') return 'full';
	const fields = context.getNodeParameter('fields', itemIndex, []);
	return { fields: textsOf(fields) };
}

const clearablePaths = clearable.map(({ value }) => value);

const rowsOf = (collection: unknown): JsonObject[] =>
	isJsonObject(collection) && Array.isArray(collection.item)
		? collection.item.filter(isJsonObject)
		: [];

/** The filled-in entries of a row, trimmed. */
const filledIn = (row: JsonObject): JsonObject =>
	Object.fromEntries(
		Object.entries(row)
			.filter(([, value]) => !isBlank(value))
			.map(([name, value]) => [name, String(value).trim()]),
	);

/** Throws for a text that cannot be an email address. `label`: the parameter's display name. */
export function checkAddress(
	context: IExecuteFunctions,
	email: string,
	label: string,
	itemIndex: number,
): void {
	const fault = addressFault(email);
	if (fault === undefined) return;
	throw new NodeOperationError(context.getNode(), `The parameter '${label}' ${fault}`, {
		itemIndex,
		description: 'Give one address, such as name@example.com.',
	});
}

function plainPaths(fields: IDataObject): JsonObject {
	const set: JsonObject = {};
	for (const [field, path] of Object.entries(pathOfField)) {
		const value = fields[field];
		if (typeof value !== 'string' && typeof value !== 'number') continue;
		if (!isBlank(value)) set[path] = String(value).trim();
	}
	return set;
}

/** The items that are to be in the lists of addresses and numbers, in Wix's own shape. */
function additions(fields: IDataObject): JsonObject {
	const emails = rowsOf(fields.additionalEmails)
		.map(filledIn)
		.filter(({ email }) => email);
	const phones = rowsOf(fields.additionalPhones)
		.map(filledIn)
		.filter(({ phone }) => phone);
	const addresses = rowsOf(fields.addresses)
		.map(filledIn)
		.map(({ tag, ...address }): JsonObject => ({ ...(tag ? { tag } : {}), address }))
		.filter(({ address }) => isJsonObject(address) && Object.keys(address).length > 0);
	const lists = { emails, phones, addresses };
	return Object.fromEntries(
		(['emails', 'phones', 'addresses'] as const)
			.filter((list) => lists[list].length > 0)
			.map((list) => [additionTo(list), lists[list]]),
	);
}

/** What replaces or adds to the same list as `path` clears. */
const overlaps: Readonly<Record<string, readonly string[]>> = {
	'info.phones': ['primaryInfo.phone', additionTo('phones')],
	'info.addresses': [additionTo('addresses')],
};

/** The paths under 'Clear Fields' as blank values. Throws for what is no such field, and for one that is given a value, too. */
export function clearedPaths(
	context: IExecuteFunctions,
	fields: IDataObject,
	given: JsonObject,
	itemIndex: number,
): JsonObject {
	const paths = textsOf(fields.clearFields);
	const refuse = (message: string, description: string) =>
		new NodeOperationError(context.getNode(), message, { itemIndex, description });
	for (const path of paths) {
		if (!clearablePaths.includes(path)) {
			throw refuse(
				`The parameter 'Clear Fields' holds '${path}', which cannot be cleared`,
				`Choose from the list: ${clearablePaths.join(', ')}.`,
			);
		}
		if ([path, ...(overlaps[path] ?? [])].some((one) => given[one] !== undefined)) {
			throw refuse(
				`${path} is to be cleared and to get a value at once`,
				"Take it out of 'Clear Fields', or leave its value out.",
			);
		}
	}
	return Object.fromEntries(paths.map((path) => [path, '']));
}

/**
 * The filled-in fields of a collection as record paths, additions to lists, and values; fields left empty are left alone.
 * Extended fields are looked up in the site.
 */
export async function pathsFrom(
	context: IExecuteFunctions,
	api: Api,
	fields: IDataObject,
	itemIndex: number,
): Promise<JsonObject> {
	const set: JsonObject = { ...plainPaths(fields), ...additions(fields) };
	const email = set['primaryInfo.email'];
	if (typeof email === 'string') checkAddress(context, email, 'Email', itemIndex);
	for (const row of rowsOf(fields.additionalEmails).map(filledIn)) {
		if (row.email) checkAddress(context, String(row.email), 'Additional Emails', itemIndex);
	}
	for (const row of rowsOf(fields.extendedFields)) {
		const key = textOf(row.key);
		if (key === '') continue;
		const { value } = await extendedValue(api, key, row.value, itemIndex);
		set[extendedFieldPath(key)] = value;
	}
	return set;
}
