import type { INodeParameters } from 'n8n-workflow';
import type { JsonObject } from '../../nodes/shared/contract/index';
import { byId } from './youTrackWorld.mts';

/** What an answer may say and no message may repeat. */
export const person = 'Ada Example <ada@example.com>';
export const path = '/hub/api/rest/users';
const html = { status: 200, text: '<html><body>Please sign in</body></html>' };

/** An operation on three items; the second one gets the answer that was laid ready. */
interface Case {
	parameters: INodeParameters;
	laid: JsonObject;
}
export const operations: Record<'get' | 'update' | 'create', Case> = {
	get: {
		parameters: { userId: byId('={{ "u" + $json.n }}') },
		laid: { method: 'GET', path: `${path}/u2` },
	},
	update: {
		parameters: { userId: byId('={{ "u" + $json.n }}'), updateFields: { name: 'New' } },
		laid: { method: 'POST', path: `${path}/u2` },
	},
	create: {
		parameters: { email: '={{ "new" + $json.n + "@example.com" }}' },
		laid: { method: 'POST', path, skip: 1 },
	},
};
export const three = [{ n: 1 }, { n: 2 }, { n: 3 }];

export const error = (code: string, more: JsonObject = {}): JsonObject => ({
	error: code,
	error_description: `Not possible for ${person}`,
	...more,
});
const taken = 'New user: Another user of YouTrack has this login or address';
export const full = 'New user: The licence of YouTrack has no free seat';
const merge = /Change or merge one of them/;
const seats = /Ban or delete a user, or extend the licence/;

type Row = [
	what: string,
	operation: keyof typeof operations,
	answer: JsonObject,
	message: string,
	remedy: RegExp,
];
export const rows: Row[] = [
	[
		'no permission',
		'get',
		{ status: 403, body: error('Forbidden') },
		'User u2: YouTrack does not permit this (HTTP 403, code Forbidden)',
		/scope includes YouTrack Administration/,
	],
	[
		'an empty 403',
		'update',
		{ status: 403 },
		'User u2: YouTrack does not permit this (HTTP 403)',
		/scope includes YouTrack Administration/,
	],
	[
		'an unknown id',
		'get',
		{ status: 404, body: error('Not Found') },
		'YouTrack has no user u2',
		/Check the ID and the URL/,
	],
	[
		'a 404 of somebody on the way',
		'get',
		{ status: 404, body: { message: person } },
		'User u2: YouTrack has nothing at this place (HTTP 404)',
		/Check the ID, and the URL/,
	],
	[
		'a bad body',
		'update',
		{
			status: 400,
			body: error('invalid_properties', {
				error_children: [error('invalid_property', { error_field: 'profile.email' })],
			}),
		},
		'User u2: YouTrack refused the request (HTTP 400, code invalid_properties, field profile.email)',
		/Check the values/,
	],
	[
		'a refusal whose code is a sentence',
		'update',
		{ status: 400, body: error(`No ${person}`, { error_field: person }) },
		'User u2: YouTrack refused the request (HTTP 400)',
		/Check the values/,
	],
	[
		'a duplicate by its code, 409',
		'create',
		{ status: 409, body: error('must-be-unique', { error_field: 'login' }) },
		`${taken} (HTTP 409, code must-be-unique, field login)`,
		merge,
	],
	[
		'a duplicate by its code, 400',
		'create',
		{ status: 400, body: error('must-be-unique') },
		`${taken} (HTTP 400, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate by its text',
		'create',
		{
			status: 400,
			body: { error: 'Bad Request', error_description: `User ${person} already exists` },
		},
		`${taken} (HTTP 400, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate by the text for developers',
		'create',
		{
			status: 409,
			body: error('Conflict', { error_developer_message: 'Login has to be unique' }),
		},
		`${taken} (HTTP 409, code must-be-unique)`,
		merge,
	],
	[
		'a duplicate below',
		'create',
		{
			status: 400,
			body: error('invalid_properties', {
				error_children: [error('must-be-unique', { error_field: 'login' })],
			}),
		},
		`${taken} (HTTP 400, code must-be-unique, field login)`,
		merge,
	],
	[
		'a full licence by its code',
		'create',
		{ status: 403, body: error('license_users_number_exceeded') },
		`${full} (HTTP 403, code license_users_number_exceeded)`,
		seats,
	],
	[
		'a full licence by its text',
		'create',
		{
			status: 400,
			body: { error: 'Bad Request', error_description: 'The license limit is exceeded' },
		},
		`${full} (HTTP 400, code license_users_number_exceeded)`,
		seats,
	],
	[
		'a 500 about a type that is missing',
		'create',
		{ status: 500, body: error('server_error', { error_developer_message: 'DetailsJSON' }) },
		'New user: YouTrack could not process the request (HTTP 500, code server_error)',
		/may have been created all the same/,
	],
	[
		'a 500 that tells of something that exists is no duplicate',
		'create',
		{ status: 500, body: error('server_error', { error_developer_message: 'already exists' }) },
		'New user: YouTrack could not process the request (HTTP 500, code server_error)',
		/may have been created all the same/,
	],
	[
		'a web page',
		'get',
		{ ...html, times: 20 },
		'User u2: YouTrack answered with a web page instead of data: check the URL or a proxy (HTTP 200)',
		/Open the URL/,
	],
	[
		'a web page with the status of a gateway',
		'get',
		{ ...html, status: 502, times: 20 },
		'User u2: YouTrack could not process the request (HTTP 502)',
		/Run again later/,
	],
	[
		'an error with the status of success',
		'get',
		{ status: 200, body: error('server_error') },
		'User u2: YouTrack refused the request (HTTP 200, code server_error)',
		/Check the values/,
	],
	[
		'an error with the status of success, to a write',
		'create',
		{ status: 200, body: error('must-be-unique') },
		`${taken} (HTTP 200, code must-be-unique)`,
		merge,
	],
	[
		'429 without a header, again and again',
		'update',
		{ status: 429, body: error('Too Many Requests'), times: 20 },
		'User u2: YouTrack receives too many requests (HTTP 429, code Too Many Requests)',
		/Run again later, or less often/,
	],
];
