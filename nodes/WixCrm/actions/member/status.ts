import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { changeStatus, type StatusChange } from '../../records/memberCalls';
import { memberError } from '../../records/memberFailures';
import { projectMember } from '../../records/memberProjection';
import { notFound } from '../common/notFound';
import type { ItemOperation } from '../operation';
import { memberLocator, outputField } from './fields';
import { memberIdOf, outputOf } from './parameters';

const description: INodeProperties[] = [memberLocator, outputField];

function changing(change: StatusChange): ItemOperation {
	async function execute(
		this: IExecuteFunctions,
		api: Api,
		itemIndex: number,
	): Promise<INodeExecutionData[]> {
		const id = memberIdOf(this, itemIndex);
		const changed = await changeStatus(api, id, change);
		if (!changed.ok) throw memberError(api, changed.failure, itemIndex, `Member ${id}`);
		if (changed.value === undefined) throw notFound(api, 'member', id, itemIndex);
		return [{ json: projectMember(changed.value, outputOf(this, itemIndex)) }];
	}
	return { description, execute };
}

export const approve = changing('approve');
export const block = changing('block');
export const disconnect = changing('disconnect');
