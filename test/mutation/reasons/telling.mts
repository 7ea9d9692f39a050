import type { Reasons } from './kinds.mts';

/** Why mutants survive in what goes out, and in what people read: the explanation, the report, the texts. */
export const telling: Reasons = {
	'release/trial.ts': [
		{
			line: 'values.some(({ toKey }) => this.addresses.has(toKey))',
			kind: 'weak',
			why: 'The record that an address comes from holds it, and names the row already; what the line adds are values of other fields, which should name nobody',
		},
	],
	'tell/reportPage.ts': [
		{ line: "].join('\\n');", kind: 'unread', why: 'White space between two blocks is not shown' },
		{
			line: "${said.join('')}</div>`",
			kind: 'ruledOut',
			why: 'The guard has one matter, so that nothing stands between two',
		},
	],
	'tell/reportTables.ts': [
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
