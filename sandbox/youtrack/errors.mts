import type { JsonObject } from '../../nodes/shared/contract/index';
import { ApiError, type Answer } from '../control/http.mts';

/** Hub's OAuth-like envelope. */
export function hubAnswer(
	status: number,
	error: string,
	description: string,
	more: JsonObject = {},
): Answer {
	return { status, body: { error, error_description: description, ...more } };
}

export const hubError = (
	status: number,
	error: string,
	description: string,
	more: JsonObject = {},
): ApiError => new ApiError(hubAnswer(status, error, description, more));

export const userNotFound = (id: string) =>
	hubError(404, 'Not Found', `Entity with id ${id} not found.`);

/** A body that breaks a rule of one of its properties. */
export function invalidProperty(field: string, description: string): ApiError {
	const child = { error: 'invalid_property', error_description: description, error_field: field };
	return hubError(400, 'invalid_properties', description, {
		error_field: field,
		error_children: [child],
	});
}

const names: Record<number, string> = {
	400: 'Bad Request',
	404: 'Not Found',
	429: 'Too Many Requests',
	500: 'server_error',
	503: 'Service Unavailable',
};

export const plainFailure = (status: number, message: string): Answer =>
	hubAnswer(status, names[status] ?? 'error', message);
