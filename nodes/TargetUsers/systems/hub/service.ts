import type { Service } from '../../../shared/apiTypes';
import type { JsonObject } from '../../../shared/contract';
import { asId } from '../../../shared/failures';
import { isJsonObject } from '../../../shared/paths';

const isTaken = /already exists|already in use|not unique|must[ -]be[ -]unique|has to be unique/i;
const isFull = /licen[sc]e.*(exceed|limit|full)|(exceed|limit).*licen[sc]e/i;

/** One word, or what HTTP calls a status. All else may be a sentence with a person in it. */
const isCode =
	/^([A-Za-z][\w-]{0,79}|Bad Request|Not Found|Method Not Allowed|Too Many Requests|Internal Server Error|Bad Gateway|Service Unavailable)$/;

const isFieldName = /^[A-Za-z][\w.[\]-]{0,79}$/;

const named = (value: unknown, pattern: RegExp): string | undefined =>
	typeof value === 'string' && pattern.test(value) ? value : undefined;

const textsIn = ({ error, error_description, error_developer_message }: JsonObject): string[] =>
	[error, error_description, error_developer_message].filter((text) => typeof text === 'string');

/**
 * The Hub's error shape: `{error, error_description?, error_developer_message?, error_field?, error_children?}`. Some refusals
 * are told apart by their text alone; it may hold names and addresses, so that it is read and never passed on.
 */
function readError(body: JsonObject, status: number) {
	const own = textsIn(body);
	if (own.length === 0) return undefined;
	const listed = Array.isArray(body.error_children) ? body.error_children : [];
	const children = listed.filter(isJsonObject);
	const texts = [...own, ...children.flatMap(textsIn)];
	const says = (pattern: RegExp) => texts.some((text) => pattern.test(text));
	const field = [body, ...children]
		.map(({ error_field }) => named(error_field, isFieldName))
		.find((name) => name !== undefined);
	const otherId = asId(body.error_entity_id);
	const isRefusal = status >= 200 && status < 500 && status !== 401 && status !== 404;
	if (isRefusal && says(isFull)) return { code: 'license_users_number_exceeded', field, otherId };
	if ([200, 400, 409].includes(status) && says(isTaken)) {
		return { code: 'must-be-unique', field, otherId };
	}
	return { code: named(body.error, isCode), field, otherId };
}

export const service: Service = {
	name: 'YouTrack',
	credential: 'youTrackHubApi',
	secret: 'permanent token',
	permissions:
		'Check that the token’s scope includes YouTrack Administration, and that its owner may read and update users.',
	meanings: {
		addressesHidden: 'YouTrack shows no address of any user to this token',
		answersAsGuest: 'YouTrack does not accept the permanent token: it answers as to its guest',
		license_users_number_exceeded: 'The licence of YouTrack has no free seat',
		'must-be-unique': 'Another user of YouTrack has this login or address',
		notSearchable:
			'The address holds braces, quotes or white space, with which YouTrack cannot look it up',
	},
	remedies: {
		addressesHidden:
			'Give the owner of the token the permission Read User Details, or take a token of an administrator. Where no user has an address yet, switch on Accept Hidden Addresses.',
		answersAsGuest: 'Make a new permanent token and put it into the credential.',
		license_users_number_exceeded: 'Ban or delete a user, or extend the licence.',
		'must-be-unique': 'Change or merge one of them.',
		notSearchable: 'Correct it on the Wix side.',
	},
	mayFailWith200: true,
	readError,
};
