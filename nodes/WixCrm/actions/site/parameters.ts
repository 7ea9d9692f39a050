import { NodeOperationError, type IExecuteFunctions, type INodeProperties } from 'n8n-workflow';

import { accountIdOf } from '../../records/sites';

export const accountField: INodeProperties = {
	displayName: 'Account ID',
	name: 'accountId',
	type: 'string',
	default: '',
	placeholder: 'e.g. 77665544-3322-4110-9f8e-7d6c5b4a3928',
	description: 'Shown in the API Keys Manager. Left empty, the one in the credential is used.',
};

/** The account to list the sites of; throws when nobody gave one. */
export async function accountOf(context: IExecuteFunctions, itemIndex: number): Promise<string> {
	const own = String(context.getNodeParameter('accountId', itemIndex, '') ?? '').trim();
	const account = own === '' ? await accountIdOf(context) : own;
	if (account !== '') return account;
	throw new NodeOperationError(context.getNode(), "The parameter 'Account ID' is empty", {
		itemIndex,
		description:
			'Sites belong to an account. Fill in its ID here or in the credential; the API Keys Manager shows it.',
	});
}
