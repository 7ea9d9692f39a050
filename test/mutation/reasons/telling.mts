import type { Reasons } from './kinds.mts';

/** Why mutants survive in what people read: the explanation, the report, the texts. */
export const telling: Reasons = {
	'reportPage.ts': [
		{ line: "].join('\\n');", kind: 'unread', why: 'White space between two blocks is not shown' },
		{
			line: "${said.join('')}</div>`",
			kind: 'ruledOut',
			why: 'The guard has one matter, so that nothing stands between two',
		},
	],
	'reportTables.ts': [
		{
			line: "if (value === undefined || value === null || value === '')",
			kind: 'ruledOut',
			why: 'Blank values are read as null, and each field that is shown has one',
		},
		{
			line: "(jsonText(value) ?? '…')",
			kind: 'ruledOut',
			why: 'Only single values come here, and they have a JSON text',
		},
	],
};
