import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { removeOnce } from '../../../shared/apply/removeOnce';
import { memberError } from '../../records/memberFailures';
import { memberStore } from '../../records/memberStore';
import { notFound } from '../common/notFound';
import { memberLocator } from './fields';
import { memberIdOf } from './parameters';

export const description: INodeProperties[] = [memberLocator];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = memberIdOf(this, itemIndex);
	const done = await removeOnce(memberStore(api), id);
	if (done === 'gone') throw notFound(api, 'member', id, itemIndex);
	if (done !== 'removed') throw memberError(api, done, itemIndex, `Member ${id}`);
	return [{ json: { id, deleted: true } }];
}
