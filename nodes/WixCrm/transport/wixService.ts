import type { Service } from '../../shared/apiTypes';
import type { JsonObject } from '../../shared/contracts';
import { asCode, asId } from '../../shared/failures';
import { isJsonObject } from '../../shared/paths';

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
		otherId: asId(data?.duplicateContactId),
	};
}

/** Error shape: https://dev.wix.com/docs/rest/articles/getting-started/errors */
export const wixService: Service = {
	name: 'Wix',
	credential: 'wixCrmApi',
	secret: 'API key',
	permissions:
		'Check the site ID in the credential, that the API key may use this site, and that it has the permissions to read and manage contacts.',
	remedies: {
		CANNOT_UPDATE_MEMBER_EMAIL:
			'The contact belongs to a site member, whose address Wix lets nobody change through its API: change it in the member’s account.',
		CANNOT_DELETE_MEMBER: 'The contact belongs to a site member: delete the member first.',
		CONTACT_ALREADY_CHANGED: 'The contact kept changing while it was written: run again.',
		DUPLICATE_CONTACT_EXISTS:
			'Another contact holds the address or number: change or merge one of them.',
		INSUFFICIENT_CONTACT_DATA: 'A contact needs a name, an email or a phone number.',
	},
	readError,
};
