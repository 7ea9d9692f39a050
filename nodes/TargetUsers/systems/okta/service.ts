import type { IDataObject } from 'n8n-workflow';

import type { Service } from '../../../shared/apiTypes';
import { clock } from '../../../shared/clock';
import type { JsonObject } from '../../../shared/contract';
import { asCode } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';

/** Okta has no code of its own for a value that another user has: it is a validation error, told by the text of its cause. */
export const duplicateCode = 'E0000001 duplicate';

/** The path is unknown, which says nothing of a user. */
export const unknownPathCode = 'E0000008';
export const alreadyActiveCode = 'E0000016';
export const wrongStatusCode = 'E0000038';

const textsOf = ({ errorSummary, errorCauses }: JsonObject): string[] => {
	const causes = Array.isArray(errorCauses) ? errorCauses.filter(isJsonObject) : [];
	return [...causes.map((cause) => cause.errorSummary), errorSummary].filter(
		(text) => typeof text === 'string',
	);
};

/** A cause begins with its attribute (`login: …`), a summary ends with it (`… failed: login`). The rest may hold a value. */
const fieldIn = (text: string): string | undefined =>
	asCode(/^([A-Za-z]\w{0,60}):/.exec(text)?.[1] ?? /failed: (\w{1,60})$/.exec(text)?.[1]);

/** https://developer.okta.com/docs/reference/error-codes/ */
function readError(body: JsonObject): ReturnType<Service['readError']> {
	const code = asCode(body.errorCode);
	if (code === undefined) return undefined;
	if (code !== 'E0000001') return { code };
	const texts = textsOf(body);
	const duplicate = texts.find((text) => /already exists|must be unique|not unique/i.test(text));
	const field = [duplicate ?? '', ...texts].map(fieldIn).find((name) => name !== undefined);
	return { code: duplicate === undefined ? code : duplicateCode, field };
}

const wholeNumber = (header: unknown): number | undefined =>
	/^\d+$/.test(String(header ?? '')) ? Number(header) : undefined;

/**
 * Until the limit begins anew, and a second more, as Okta's own SDK waits. Its beginning is told in seconds of Okta's own clock,
 * which `Date` shows. https://developer.okta.com/docs/reference/rl-best-practices/
 */
function pauseIn(headers: IDataObject, status: number): number | undefined {
	const remaining = wholeNumber(headers['x-rate-limit-remaining']);
	const reset = wholeNumber(headers['x-rate-limit-reset']);
	const isUsedUp = status === 429 || remaining === 0;
	if (!isUsedUp || reset === undefined) return undefined;
	const date = Date.parse(String(headers.date ?? ''));
	const now = Number.isNaN(date) ? clock.now() : date;
	return Math.max(0, reset * 1000 - now) + 1000;
}

const meanings = {
	addressesHidden: 'Okta shows no address of any user to this credential',
	E0000001: 'Okta does not take a value',
	[duplicateCode]: 'Another user of Okta has this value already',
	E0000003: 'Okta could not read the request',
	E0000010: 'Okta is in read-only mode',
	[alreadyActiveCode]: 'The user is active already',
	E0000031: 'Okta does not understand the filter or search',
	[wrongStatusCode]: 'Okta does not do this in the status that the user has',
};

const remedies = {
	addressesHidden:
		'Let the admin role behind the credential view the attribute Primary Email (email) of users.',
	E0000001:
		'Correct the field that is named here, or its rules in Okta under Directory > Profile Editor.',
	[duplicateCode]: 'Change it for one of the two users.',
	E0000003: 'Look for a proxy that changes requests, then run again.',
	E0000009: 'Run again later. Where it stays so, give the request id to Okta’s support.',
	E0000031: 'Correct Filter or Search. Texts stand in double quotes, as in status eq "ACTIVE".',
	[wrongStatusCode]:
		'Activate the user first, or permit edits of deactivated users in Okta’s settings.',
};

const common = {
	name: 'Okta',
	credential: 'oktaUsersApi',
	requestIdIn: 'x-okta-request-id',
	mayFailWith200: true,
	meanings,
	readError,
	pauseIn,
};

const newToken =
	'Make a new API token in Okta under Security > API > Tokens, and put it into the credential. A token that was not used for 30 days ends.';

/** With an API token, which acts for the admin who made it. */
export const tokenService: Service = {
	...common,
	secret: 'API token',
	permissions: 'Give the admin who made the API token a role that may view and manage users.',
	remedies: { ...remedies, E0000004: newToken, E0000011: newToken },
};

const otherClient =
	'Check the client ID, its key or secret, the token URL and the scopes in the credential. Okta’s own server takes clients with a private key only.';

/** With access tokens that an app gets by client credentials. */
export const clientService: Service = {
	...common,
	secret: 'OAuth client',
	permissions:
		'Grant the app the scopes okta.users.read and okta.users.manage in Okta, and an admin role that may view and manage users.',
	remedies: { ...remedies, E0000004: otherClient, E0000011: otherClient },
	renewsToken: true,
};
