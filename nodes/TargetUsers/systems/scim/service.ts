import type { Service } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { asCode } from '../../../shared/failures';

/** RFC 7644 section 3.12. Some servers leave out the schema, or the whole envelope but for `detail`. */
function isError({ schemas, id, Resources: resources, ...body }: JsonObject): boolean {
	if (Array.isArray(schemas) && schemas.some((schema) => /:error$/i.test(String(schema))))
		return true;
	if (id !== undefined || resources !== undefined) return false;
	return body.scimType !== undefined || (body.status !== undefined && body.detail !== undefined);
}

/** The status within an error that came as a success; `status` is a text, or a number on some servers. */
function statusIn(body: JsonObject, status: number): { status?: number } {
	const own = Number(body.status);
	return status < 300 && Number.isInteger(own) && own >= 400 && own < 600 ? { status: own } : {};
}

/** `detail` may hold names, so it is not passed on. */
export const service: Service = {
	name: 'SCIM 2.0',
	credential: 'scimUsersApi',
	secret: 'bearer token',
	permissions:
		'Check that the token may read, create, update and delete users, and that its server or tenant is the one in the URL.',
	requestIdIn: 'x-request-id',
	mayFailWith200: true,
	meanings: {
		addressesHidden: 'The SCIM server shows no address of any user to this token',
		invalidFilter: 'The SCIM server cannot read this filter, or has no filters',
		invalidPath: 'The SCIM server does not know this attribute',
		invalidSyntax: 'The SCIM server cannot read the request',
		invalidValue: 'The SCIM server does not take one of the values, or misses one',
		invalidVers: 'The SCIM server does not speak version 2.0 of SCIM',
		mutability: 'The SCIM server does not let this attribute be changed',
		noTarget: 'The SCIM server finds nothing at the attribute that was to be changed',
		sensitive: 'The SCIM server does not take this in a URL',
		tooMany: 'The SCIM server finds more users than it is willing to return',
		uniqueness:
			'Another user of the SCIM server has this user name, or another value that only one may have',
	},
	remedies: {
		addressesHidden:
			'Let the token read the attribute emails. Where no user has an address yet, switch on Accept Hidden Addresses.',
		invalidFilter: "Correct or empty the parameters 'Filter' and 'Updated After'.",
		invalidPath: 'Check in the schema of the server which attributes its users have.',
		invalidSyntax: 'Check the values that were sent.',
		invalidValue:
			'Correct the value, or give what the server demands of a user beside it, such as a first and a last name.',
		invalidVers: 'Give the base URL of its SCIM 2.0 API, which often ends in /v2.',
		mutability:
			'Leave this attribute out, or change it in the system that the server takes it from.',
		noTarget: 'Look at the user there, then run again.',
		sensitive: 'Look the user up by ID.',
		tooMany: 'Ask for fewer users by a filter.',
		uniqueness:
			'Change one of them. A deleted user whom the server keeps may have it, too, without being shown.',
	},
	readError: (body, status) =>
		isError(body) ? { code: asCode(body.scimType), ...statusIn(body, status) } : undefined,
};

/**
 * The base of a SCIM API for what a person pastes: with or without a slash or /Users at the end. Where it begins otherwise is
 * different for each server. The credential's test says the same.
 */
export function scimBase(url: string): string {
	return url
		.trim()
		.replace(/^(?!https?:\/\/)/i, 'https://')
		.replace(/[?#].*$/, '')
		.replace(/\/+$/, '')
		.replace(/\/Users$/i, '');
}
