import type { Reasons } from '../reasons.mts';

const everyAddress =
	'Who looks addresses up gives an entry for each that was asked for, also where nobody holds it.';
const statusKnown =
	'A refusal always has a status: only what is no answer of the service has none.';

export const shared: Reasons = {
	'nodes/shared/Api.ts': [
		{
			line: "typeof response.body === 'string'",
			why: 'n8n gives text where text was asked for; its type leaves open what a body is.',
		},
	],
	'nodes/shared/clock.ts': [
		{
			line: 'await sleep(milliseconds);',
			why: 'In tests a clock that runs faster takes its place.',
		},
	],
	'nodes/shared/failures.ts': [{ line: 'const status = failure.status ?? 0;', why: statusKnown }],
	'nodes/shared/time.ts': [
		{
			line: 'parts.get(type) ?? 0',
			why: 'The format asks for all of these parts, so that each is there.',
		},
	],
	'nodes/shared/apply/bulkCreate.ts': [
		{ line: "holders.value.get(comparisonKey(address, 'email')) ?? []", why: everyAddress },
	],
	'nodes/shared/apply/bulkUpdate.ts': [
		{ line: "holders.get(comparisonKey(address, 'email')) ?? []", why: everyAddress },
	],
};
