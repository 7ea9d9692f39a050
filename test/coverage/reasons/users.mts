import type { Reasons } from '../reasons.mts';

const notOffered =
	'The router takes this operation only for a system that has it; the type of a system leaves that open.';

export const users: Reasons = {
	'nodes/TargetUsers/actions/user/activate.operation.ts': [
		{ line: 'if (done === undefined) return [];', why: notOffered },
	],
	'nodes/TargetUsers/actions/user/merge.operation.ts': [
		{ line: 'if (merged === undefined) return [];', why: notOffered },
	],
	'nodes/TargetUsers/systems/hiddenAddresses.ts': [
		{
			line: 'failure: failure ?? emptyAnswer',
			why: 'A list ends without a refused call only when it kept changing, and then it has users; the type of a list leaves that open.',
		},
	],
	'nodes/TargetUsers/systems/youTrack.ts': [
		{
			line: 'return own.ok ? own.value?.id : undefined;',
			why: 'No list of users is read before the account of the token is known, and the same answer is used here.',
		},
	],
	'nodes/TargetUsers/systems/okta/profile.ts': [
		{
			line: 'if (attribute !== undefined)',
			why: 'Paths that name no attribute are refused before anything is written.',
		},
	],
};
