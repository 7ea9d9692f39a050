import type { Reasons } from './kinds.mts';

/** Why mutants survive in what people read: the explanation, the report, the texts. */
export const telling: Reasons = {
	'explain.ts': [
		{
			line: 'const isHeld = plan.report.guard.tripped',
			kind: 'shortcut',
			why: 'A plan that nothing held back comes out the same when it is made again',
		},
	],
	'explainFacts.ts': [
		{
			line: 'const rows: SeenRow[] = [];',
			kind: 'unread',
			why: 'A row without ids, state and flow is found by nothing',
		},
		{
			line: "change.operation === 'remove' ? []",
			kind: 'unread',
			why: 'What is no row is taken for a broken one that names nobody',
		},
	],
	'explainPair.ts': [
		{
			line: 'if (wix === undefined || user === undefined) return false;',
			kind: 'checker',
			why: 'A row that this run adds was made from two listed records',
		},
	],
	'explainWords.ts': [
		{
			line: "named.join('')",
			kind: 'unread',
			why: 'Less than two parts have nothing between them',
		},
		{
			line: "recordId = ''",
			kind: 'checker',
			why: 'Only a create has no id, and its sentence names none',
		},
	],
	'report.ts': [
		{
			line: 'keyBySide.set(`wix ${keyOn.wix}`, key);',
			kind: 'ruledOut',
			why: 'The Wix path is the key: where none is noted, the path itself is taken',
		},
	],
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
	'review.ts': [
		{
			line: 'if (item.message === message) return;',
			kind: 'shortcut',
			why: 'What was said already is not said again',
		},
	],
};
