import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { removeOnce } from '../../../shared/apply/removeOnce';
import { contactStore } from '../../records/contactStore';
import { contactLocator } from './fields';
import { notFound } from '../common/notFound';
import { contactIdOf } from './parameters';

export const description: INodeProperties[] = [contactLocator];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = contactIdOf(this, itemIndex);
	const done = await removeOnce(contactStore(api), id);
	if (done === 'gone') throw notFound(api, 'contact', id, itemIndex);
	if (done !== 'removed') throw api.toError(done, itemIndex, `Contact ${id}`);
	return [{ json: { id, deleted: true } }];
}
