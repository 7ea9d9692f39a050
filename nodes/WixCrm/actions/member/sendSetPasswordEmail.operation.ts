import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { memberError } from '../../records/memberFailures';
import { readMember } from '../../records/memberCalls';
import { sendSetPassword } from '../../records/memberLogin';
import { notFound } from '../common/notFound';
import { memberLocator } from './fields';
import { memberIdOf } from './parameters';

export const description: INodeProperties[] = [
	memberLocator,
	{
		displayName: 'Leave Out Hint to Ignore It',
		name: 'hideIgnoreMessage',
		type: 'boolean',
		default: false,
		description:
			'Whether to leave out the sentence that tells whoever did not ask for it to ignore the email',
	},
];

export async function execute(
	this: IExecuteFunctions,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const id = memberIdOf(this, itemIndex);
	const subject = `Member ${id}`;
	const found = await readMember(api, id);
	if (!found.ok) throw memberError(api, found.failure, itemIndex, subject);
	if (found.value === undefined) throw notFound(api, 'member', id, itemIndex);
	const hides = this.getNodeParameter('hideIgnoreMessage', itemIndex, false) === true;
	const sent = await sendSetPassword(api, String(found.value.loginEmail), hides);
	if (!sent.ok) throw memberError(api, sent.failure, itemIndex, subject);
	return [{ json: { id, accepted: sent.value } }];
}
