import type { Fate, Passing } from '../nodes/proxy.mts';
import { indiscreet } from './marks.mts';

/** An error in the shape of every vendor at once. */
const envelope = JSON.stringify({
	message: indiscreet,
	details: {
		applicationError: { code: 'SOME_CODE', description: indiscreet, data: { text: indiscreet } },
		validationError: {
			fieldViolations: [{ field: 'info.emails', description: indiscreet, violatedRule: 'FORMAT' }],
		},
	},
	error: indiscreet,
	error_description: indiscreet,
	error_developer_message: indiscreet,
	error_field: indiscreet,
	errorCode: 'E0000001',
	errorSummary: indiscreet,
	errorCauses: [{ errorSummary: `login: ${indiscreet}` }],
	schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
	scimType: 'uniqueness',
	detail: indiscreet,
});

/** A code that is a sentence: nothing that may hold a person is taken for a code. */
const wordyCodes = JSON.stringify({
	message: indiscreet,
	details: { applicationError: { code: indiscreet, description: indiscreet } },
	error: indiscreet,
	errorCode: indiscreet,
	scimType: indiscreet,
	status: indiscreet,
});

const page = `<html><title>${indiscreet}</title><body>${indiscreet}</body></html>`;
const html = { 'content-type': 'text/html' };
const ids = { 'x-wix-request-id': indiscreet, 'x-okta-request-id': indiscreet };

const statuses = [400, 401, 403, 404, 408, 409, 412, 422, 428, 429, 500, 501, 503];

type Strike = () => Fate | Promise<Fate>;

const never: Strike = async () => await new Promise<Fate>(() => {});

/** Each way in which a call can fail. `never` needs a short time limit. */
export const failures: Record<string, Strike> = {
	...Object.fromEntries(
		statuses.map((status) => [`${status}`, () => ({ status, body: envelope, headers: ids })]),
	),
	'a code that is a sentence': () => ({ status: 400, body: wordyCodes }),
	'an error with status 200': () => ({ status: 200, body: envelope }),
	'403 without a word': () => ({ status: 403 }),
	'a page': () => ({ status: 200, body: page, headers: html }),
	'a page with 502': () => ({ status: 502, body: page, headers: html }),
	'cut off': () => ({ status: 200, body: `{"contacts":[{"id":"${indiscreet}` }),
	'a text': () => ({ status: 200, body: JSON.stringify(indiscreet) }),
	'a list of texts': () => ({ status: 200, body: JSON.stringify([indiscreet]) }),
	nothing: () => ({ status: 200 }),
	'lost before': () => 'dropBefore',
	'lost after': () => 'dropAfter',
	'led elsewhere': () => ({
		status: 302,
		headers: { location: `http://127.0.0.1:1/${encodeURIComponent(indiscreet)}` },
	}),
	'no answer': never,
};

/** Strikes all calls but the first `spared`. */
export function strikeAfter(spared: number, strike: Strike) {
	let calls = 0;
	return (call: Passing): Fate | Promise<Fate> =>
		call.url.startsWith('/sandbox') || ++calls <= spared ? undefined : strike();
}
