import { idOfNobody, type Reasons } from './kinds.mts';

const merge = 'The merge that follows finds that nothing is to be done';

/** Why mutants survive in what reads the input: rules, records, rows, policies. */
export const reading: Reasons = {
	'read/columns.ts': [
		{
			line: 'if (fault === undefined) return;',
			kind: 'shortcut',
			why: 'No fault is what a place without an entry has as well',
		},
		{
			line: 'return this.faults.size === 0 ? undefined',
			kind: 'shortcut',
			why: 'An empty map gives undefined, too',
		},
	],
	'read/known.ts': [
		{
			line: 'new RowReader(rules, records, leaveAlone ? input.memberContactIds : [])',
			kind: 'unread',
			why: idOfNobody,
		},
		{
			line: 'const wix = likely?.id === row.wixId ? likely',
			kind: 'shortcut',
			why: 'The map of ids gives the same record',
		},
		{
			line: 'this.likely = wix.place + 1;',
			kind: 'shortcut',
			why: 'Only a guess where the next record stands; a wrong one is looked up by its id',
		},
		{
			line: 'if (row.source !== undefined && row.linkId',
			to: 'true',
			kind: 'checker',
			why: 'A row that was read has what it was read from',
		},
		{
			line: 'if (sets.every(({ size }) => size === 0)) return undefined;',
			kind: 'shortcut',
			why: 'No row is in empty sets',
		},
		{
			line: "if (key === '' || key !== user.key(index)) return false;",
			kind: 'either',
			why: 'It matters only for two empty sides with a base that a person typed as null: it may be dropped or kept, as it says nothing',
		},
		{
			line: 'if (value === undefined) return false;',
			kind: 'shortcut',
			why: 'The key of no base is empty, and that of the value is not',
		},
		{
			line: 'if (value === wix.value(index)) return true;',
			kind: 'shortcut',
			why: 'Equal values have equal keys',
		},
		{
			line: 'return rememberedKey(value, property.compare, property.type) === key;',
			kind: 'shortcut',
			why: merge,
		},
	],
	'read/readings.ts': [
		{
			line: "const plainKey = compare === 'email' ?",
			kind: 'shortcut',
			why: 'The closer look gives a plain address the same key',
		},
		{
			line: 'if (plainKey !== undefined) return',
			kind: 'shortcut',
			why: 'The closer look gives a plain address the same key',
		},
	],
	'read/records.ts': [
		{
			line: 'records: byId.size === read.length ? read',
			kind: 'shortcut',
			why: 'Where no id comes twice, the map holds the same records in the same order',
		},
		{
			line: "(read.otherKeys?.[rule] ?? '')",
			kind: 'checker',
			why: 'With one rule that is none of the properties, every record has these keys',
		},
	],
	'rules/contradictions.ts': [
		{
			line: 'inner.row < outer.row ?',
			kind: 'ruledOut',
			why: 'One rule does not contradict itself, so that the two have different places',
		},
	],
	'rules/properties.ts': [
		{
			line: 'if (two.segments.users.length <= one.segments.users.length) return first;',
			kind: 'either',
			why: 'Two spellings of one field with the same steps: the change may carry either',
		},
	],
	'rules/requirements.ts': [
		{
			line: "if (typeof value === 'string' && options.includes(value)) return;",
			kind: 'checker',
			why: 'What is no text is none of the options',
		},
	],
};
