import { ApiError, type Answer } from '../control/http.mts';
import { seededOktaIds } from './ids.mts';

const mintErrorId = seededOktaIds(7);

/** Okta's envelope of an error. */
export function oktaAnswer(
	status: number,
	errorCode: string,
	errorSummary: string,
	causes: readonly string[] = [],
): Answer {
	return {
		status,
		body: {
			errorCode,
			errorSummary,
			errorLink: errorCode,
			errorId: mintErrorId('oae'),
			errorCauses: causes.map((cause) => ({ errorSummary: cause })),
		},
	};
}

export const oktaError = (
	status: number,
	errorCode: string,
	errorSummary: string,
	causes: readonly string[] = [],
): ApiError => new ApiError(oktaAnswer(status, errorCode, errorSummary, causes));

/** 400 E0000001; each cause is `field: what is wrong`, and the summary names the first field. */
export function validationFailed(causes: readonly string[]): ApiError {
	const field = causes[0]?.split(':')[0] ?? '';
	return oktaError(400, 'E0000001', `Api validation failed: ${field}`, causes);
}

export const userNotFound = (id: string) =>
	oktaError(404, 'E0000007', `Not found: Resource not found: ${id} (User)`);

/** 400 E0000031: a `filter` or `search` that the API does not read. */
export const invalidSearch = (why: string) =>
	oktaError(400, 'E0000031', 'Invalid search criteria.', [why]);

export const notInThisStatus = () =>
	oktaError(403, 'E0000038', "This operation is not allowed in the user's current status.");

export const malformedBody = () =>
	oktaError(400, 'E0000003', 'The request body was not well-formed.');

const failures: Record<number, [code: string, summary: string]> = {
	400: ['E0000003', 'The request body was not well-formed.'],
	404: ['E0000008', 'The requested path was not found'],
	429: ['E0000047', 'API call exceeded rate limit due to too many requests.'],
	500: ['E0000009', 'Internal Server Error'],
	503: ['E0000010', 'Service is in read only mode'],
};

/** Errors of the whole server. */
export function plainFailure(status: number, message: string): Answer {
	const [code, summary] = failures[status] ?? ['E0000009', message];
	return oktaAnswer(status, code, summary);
}
