import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { readMember } from '../../records/memberCalls';
import { memberError } from '../../records/memberFailures';
import { projectMember } from '../../records/memberProjection';
import { notFound } from '../common/notFound';
import { memberLocator, outputField } from './fields';
import { memberIdOf, outputOf } from './parameters';

export const description: INodeProperties[] = [memberLocator, outputField];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = memberIdOf(this, itemIndex);
	const found = await readMember(api, id);
	if (!found.ok) throw memberError(api, found.failure, itemIndex, `Member ${id}`);
	if (found.value === undefined) throw notFound(api, 'member', id, itemIndex);
	return [{ json: projectMember(found.value, outputOf(this, itemIndex)) }];
}
