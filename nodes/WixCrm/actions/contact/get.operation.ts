import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { readContact } from '../../records/contactStore';
import { project } from '../../records/projection';
import { contactLocator, outputFields } from './fields';
import { notFound } from '../common/notFound';
import { contactIdOf, outputOf } from './parameters';

export const description: INodeProperties[] = [contactLocator, ...outputFields];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(this, itemIndex);
	const found = await readContact(api, id);
	if (!found.ok) throw api.toError(found.failure, itemIndex, `Contact ${id}`);
	if (found.value === undefined) throw notFound(api, 'contact', id, itemIndex);
	return [{ json: project(found.value, outputOf(this, itemIndex)) }];
}
