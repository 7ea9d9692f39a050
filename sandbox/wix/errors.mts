import type { JsonObject } from '../../nodes/shared/contract/index';
import { ApiError, type Answer } from '../control/http.mts';

/** Wix's envelope of an application error: a code that programs branch on, and data such as `duplicateContactId`. */
export function applicationError(
	status: number,
	code: string,
	message: string,
	data: JsonObject = {},
): ApiError {
	const body = { message, details: { applicationError: { code, description: message, data } } };
	return new ApiError({ status, body });
}

/** Wix's envelope of a value that breaks a rule of its field; `ruleName` is the code of a rule that Wix has by no name. */
export function validationError(
	field: string,
	description: string,
	violatedRule = 'FORMAT',
	data: JsonObject = {},
	ruleName?: string,
): ApiError {
	const rule: JsonObject = ruleName === undefined ? {} : { ruleName };
	const violation: JsonObject = { field, description, violatedRule, ...rule, data };
	const body = {
		message: `INVALID_ARGUMENT: "${field}" ${description}`,
		details: { validationError: { fieldViolations: [violation] } },
	};
	return new ApiError({ status: 400, body });
}

/** An application error, or one without a code where that is `''`. */
export const codedError = (status: number, code: string, message: string): ApiError =>
	code === ''
		? new ApiError(plainFailure(status, message))
		: applicationError(status, code, message);

export const contactNotFound = () =>
	applicationError(404, 'CONTACT_NOT_FOUND', 'Contact not found.');

export const contactChanged = () =>
	applicationError(
		409,
		'CONTACT_ALREADY_CHANGED',
		'Contact has been updated since the requested revision.',
	);

export const memberNotFound = () => applicationError(404, 'MEMBER_NOT_FOUND', 'Member not found.');

/** Errors of the whole server carry no code: only the text and empty details. */
export const plainFailure = (status: number, message: string): Answer => ({
	status,
	body: { message, details: {} },
});
