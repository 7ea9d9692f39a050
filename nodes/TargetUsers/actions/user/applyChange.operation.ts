import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { applyItem } from '../../../shared/applyChange/applyItem';
import type { UserSystem } from '../../systems/UserSystem';
import { userStore } from '../../systems/userStore';
import { optionalSuccessorLocator, optionFields, successorOf } from './fields';
import { acceptsHiddenIn, userIdIn } from './parameters';

export const description: INodeProperties[] = [
	{
		displayName:
			'Connect the output “To Users” of Match &amp; Map here, after the step that saves the announced links. One result comes out for each change.',
		name: 'applyChangeNotice',
		type: 'notice',
		default: '',
	},
	...successorOf(optionalSuccessorLocator),
	...optionFields,
];

export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const successorId = system.needsSuccessor
		? userIdIn(this, 'successorId', 'Successor', itemIndex)
		: '';
	const acceptsHidden = acceptsHiddenIn(this, itemIndex);
	const store = userStore(system, api, { successorId, acceptsHidden });
	return await applyItem(this, api, store, itemIndex);
}
