import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import type { RecordStore } from '../../../shared/apply/RecordStore';
import { applyNotice, noteEveryWrite } from '../../../shared/parameters/applyChanges';
import type { UserSystem } from '../../systems/UserSystem';
import { userStore } from '../../systems/userStore';
import { optionalSuccessorLocator, optionFieldsWith, successorOf } from './fields';
import { acceptsHiddenIn, userIdIn } from './parameters';

export const description: INodeProperties[] = [
	applyNotice,
	...successorOf(optionalSuccessorLocator),
	...optionFieldsWith(noteEveryWrite),
];

export function storeOf(context: IExecuteFunctions, system: UserSystem, api: Api): RecordStore {
	return userStore(system, api, {
		successorId: system.needsSuccessor ? userIdIn(context, 'successorId', 'Successor', 0) : '',
		acceptsHidden: acceptsHiddenIn(context, 0),
	});
}
