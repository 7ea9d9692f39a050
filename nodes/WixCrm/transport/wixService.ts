import type { Service } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contract';
import { asCode, asId } from '../../shared/failures';
import { isJsonObject } from '../../shared/paths';
import { meanings, remedies } from './errorTable';

function readError(body: JsonObject): ReturnType<Service['readError']> {
	const details = isJsonObject(body.details) ? body.details : undefined;
	if (details === undefined && typeof body.message !== 'string') return undefined;
	const application = isJsonObject(details?.applicationError)
		? details.applicationError
		: undefined;
	const validation = isJsonObject(details?.validationError) ? details.validationError : undefined;
	const violations = Array.isArray(validation?.fieldViolations) ? validation.fieldViolations : [];
	const violation = violations.find(isJsonObject);
	const data = isJsonObject(application?.data) ? application.data : undefined;
	return {
		code:
			asCode(application?.code) ?? asCode(violation?.ruleName) ?? asCode(violation?.violatedRule),
		field: asCode(violation?.field),
		otherId:
			asId(data?.duplicateContactId) ?? asId(data?.matchingContactId) ?? asId(data?.contactId),
	};
}

/** Error shape: https://dev.wix.com/docs/rest/articles/getting-started/errors */
export const wixService: Service = {
	name: 'Wix',
	credential: 'wixCrmApi',
	requestIdIn: 'x-wix-request-id',
	secret: 'API key',
	permissions:
		'Check the site ID in the credential (to list sites: the account ID), that the API key may use this site, and that it has the permissions to read and manage contacts.',
	meanings,
	remedies,
	echoed: ['x-wix-consistent'],
	readError,
};
