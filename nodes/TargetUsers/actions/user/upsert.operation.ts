import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeProperties,
} from 'n8n-workflow';

import type { Api } from '../../../shared/Api';
import { waitBeforeRetry } from '../../../shared/backoff';
import { usersHolding } from '../../systems/find';
import { checkAddressesShow } from '../../systems/hiddenAddresses';
import type { UserSystem } from '../../systems/UserSystem';
import { createFields, optionFields } from './fields';
import {
	acceptsHiddenIn,
	checkAddress,
	checkLogin,
	notFound,
	pathsFrom,
	project,
} from './parameters';
import { createUser, notCreated, updateUser } from './writes';

const mostTries = 4;

export const description: INodeProperties[] = [
	{
		displayName: 'Email',
		name: 'email',
		type: 'string',
		placeholder: 'name@email.com',
		default: '',
		required: true,
		description:
			'The user who holds this address is updated. Without one, a user with it is created.',
	},
	...createFields,
	...optionFields,
];

/** The user who holds the address; undefined for nobody. */
async function holder(
	context: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	email: string,
	itemIndex: number,
): Promise<string | undefined> {
	const found = await usersHolding(system, api, email);
	if (!found.ok) throw api.toError(found.failure, itemIndex);
	const ids = found.value.map(({ id }) => String(id));
	if (ids.length > 1) {
		throw new NodeOperationError(
			context.getNode(),
			`${ids.length} users hold this address: ${ids.join(', ')}`,
			{
				itemIndex,
				description:
					"Settle in the system which of them it belongs to, or choose one of them with the operation 'Update'.",
			},
		);
	}
	if (ids.length === 0 && !acceptsHiddenIn(context, itemIndex)) {
		const sees = await checkAddressesShow(api, system);
		if (!sees.ok) throw api.toError(sees.failure, itemIndex);
	}
	return ids[0];
}

/** Looks before each creation, also after a lost answer, so that it can be repeated. */
export async function execute(
	this: IExecuteFunctions,
	system: UserSystem,
	api: Api,
	itemIndex: number,
): Promise<INodeExecutionData[]> {
	const email = String(this.getNodeParameter('email', itemIndex, '') ?? '').trim();
	if (email === '') {
		throw new NodeOperationError(this.getNode(), "The parameter 'Email' is empty", {
			itemIndex,
			description: 'Give the address by which the user is found.',
		});
	}
	checkAddress(this, email, itemIndex);
	const fields = this.getNodeParameter('additionalFields', itemIndex, {}) as IDataObject;
	const set = pathsFrom(system, { ...fields, email: '' });
	checkLogin(this, set[system.fields.login], itemIndex);
	for (let tries = 1; ; tries++) {
		const id = await holder(this, system, api, email, itemIndex);
		if (id !== undefined && Object.keys(set).length === 0) {
			const found = await system.get(api, id);
			if (!found.ok) throw api.toError(found.failure, itemIndex, `User ${id}`);
			if (found.value === undefined) throw notFound(this, system, id, itemIndex);
			return [{ json: { ...project(system, found.value, 'full'), action: 'unchanged' } }];
		}
		if (id !== undefined) {
			const { json } = await updateUser(this, system, api, id, set, itemIndex);
			return [{ json: { ...json, action: 'updated' } }];
		}
		const made = await createUser(system, api, { [system.fields.email]: email, ...set }, fields);
		if (made.ok) {
			return [{ json: { ...project(system, made.value, 'full'), action: 'created' } }];
		}
		const { kind } = system.refusalOf(made.failure);
		if (kind !== 'unclear' || tries >= mostTries) throw notCreated(api, made.failure, itemIndex);
		await waitBeforeRetry(tries, made.failure.retryAfter);
	}
}
