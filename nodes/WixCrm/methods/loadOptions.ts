import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { JsonObject } from '../../shared/contract';
import { extendedFieldsOf, isWritable } from '../records/extendedFields';
import { allLabels } from '../records/labels';
import { wixApi } from '../transport';

/** By name; records of the same name are told apart by their keys. */
function optionsFrom(records: readonly JsonObject[]): INodePropertyOptions[] {
	return records
		.map(({ key, displayName }) => ({
			name: String(displayName ?? key),
			value: String(key),
			description: String(key),
		}))
		.sort((left, right) => left.name.localeCompare(right.name));
}

/** The labels of the site. */
export async function getLabels(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	return optionsFrom(await allLabels(await wixApi(this)));
}

/** All extended fields of the site, those that Wix keeps itself included. */
export async function getExtendedFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	return optionsFrom(await extendedFieldsOf(await wixApi(this), 0));
}

/** The extended fields that people made, which are those that can be set. */
export async function getWritableExtendedFields(
	this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
	const fields = await extendedFieldsOf(await wixApi(this), 0);
	return optionsFrom(fields.filter(isWritable));
}
