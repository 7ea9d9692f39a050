import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
} from 'n8n-workflow';

import { checkedId } from '../../../shared/checkedId';
import type { JsonObject, JsonValue } from '../../../shared/contract';
import { addressFault } from '../../../shared/normalize';
import type { Output, UserSystem } from '../../systems/UserSystem';
import { typedText } from '../../systems/values';

/** The ID in a user locator; '' when none is chosen. `label`: the parameter's display name. */
export function userIdIn(
	context: IExecuteFunctions,
	parameter: string,
	label: string,
	itemIndex: number,
): string {
	const id = context.getNodeParameter(parameter, itemIndex, '', { extractValue: true });
	const text = typeof id === 'string' || typeof id === 'number' ? String(id).trim() : '';
	return checkedId(context.getNode(), label, text, itemIndex);
}

export function requiredUserId(
	context: IExecuteFunctions,
	parameter: string,
	label: string,
	itemIndex: number,
): string {
	const id = userIdIn(context, parameter, label, itemIndex);
	if (id !== '') return id;
	throw new NodeOperationError(context.getNode(), `The parameter '${label}' is empty`, {
		itemIndex,
		description: 'Choose a user, or give the ID of one.',
	});
}

/** The choice in the parameter 'Output'. */
export function outputIn(value: unknown): Output {
	return value === 'syncFields' || value === 'simplified' ? value : 'full';
}

export function outputOf(context: IExecuteFunctions, itemIndex: number): Output {
	return outputIn(context.getNodeParameter('output', itemIndex, 'full'));
}

/** Whether a look that shows no address of anybody is believed. */
export const acceptsHiddenIn = (context: IExecuteFunctions, itemIndex: number): boolean =>
	context.getNodeParameter('options.acceptHidden', itemIndex, false) === true;

/** A user as `output` asks for it; parts are shared with `user`, not copied. */
export function project(system: UserSystem, user: JsonObject, output: Output): IDataObject {
	switch (output) {
		case 'full':
			return system.withAliases?.(user) ?? user;
		case 'simplified':
			return system.short(user);
		case 'syncFields':
			return system.syncFields(user);
	}
}

/** What a person filled in, by the paths of `system`: texts without white space around them, and switches. */
export function pathsFrom(system: UserSystem, fields: IDataObject): JsonObject {
	const set: JsonObject = {};
	for (const [field, path] of Object.entries(system.fields)) {
		const value = fields[field];
		if (typeof value === 'boolean') set[path] = value;
		else if (typedText(value) !== '') set[path] = typedText(value);
	}
	return set;
}

export function checkLogin(
	context: IExecuteFunctions,
	login: JsonValue | undefined,
	itemIndex: number,
): void {
	if (!/\s/.test(typedText(login))) return;
	throw new NodeOperationError(context.getNode(), "The parameter 'Login' has spaces in it", {
		itemIndex,
		description: 'Take them out, or leave the login empty to use the address.',
	});
}

export function checkAddress(context: IExecuteFunctions, address: string, itemIndex: number): void {
	const fault = address === '' ? undefined : addressFault(address);
	if (fault === undefined) return;
	throw new NodeOperationError(context.getNode(), `The parameter 'Email' ${fault}`, {
		itemIndex,
		description: 'Give one address, such as name@example.com.',
	});
}

export function notFound(
	context: IExecuteFunctions,
	system: UserSystem,
	id: string,
	itemIndex: number,
): NodeApiError {
	return new NodeApiError(
		context.getNode(),
		{ message: 'not found' },
		{
			message: `${system.name} has no user ${id}`,
			description:
				'The user was deleted, or the credential belongs to another server. Check the ID and the URL.',
			httpCode: '404',
			itemIndex,
		},
	);
}
