import { idOfNobody, type Reasons } from './kinds.mts';

const notChanged = 'The closer comparison below finds that nothing has changed';

/** Why mutants survive in what reads the input: rules, records, rows, policies. */
export const reading: Reasons = {
	'columns.ts': [
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
	'contradictions.ts': [
		{
			line: 'inner.row < outer.row ?',
			kind: 'ruledOut',
			why: 'One rule does not contradict itself, so that the two have different places',
		},
	],
	'handover.ts': [
		{
			line: 'if (link === undefined || flowOf(link) !== contactsAndUsers.id)',
			kind: 'checker',
			why: 'What is no row has no flow, so that the second half is true for it',
		},
		{
			line: "return typeof id === 'string' ? id : '';",
			kind: 'unread',
			why: 'Rows are kept by ids that are text and not empty: any other finds none',
		},
	],
	'loadRows.ts': [
		{
			line: 'const loaded: Loaded = {',
			kind: 'shortcut',
			why: 'Where no id stands in two rows, the search for such rows finds none',
		},
		{
			line: 'if (!isClean) leaveAloneTwice(state);',
			kind: 'shortcut',
			why: 'Where no id stands in two rows, the search for such rows finds none',
		},
		{
			line: 'row.wixRecord = likely?.id === row.wixId',
			kind: 'shortcut',
			why: 'The map of ids gives the same record',
		},
		{
			line: 'loaded.nextWix = row.wixRecord.place + 1',
			kind: 'shortcut',
			why: 'Only a guess where the next record stands; a wrong one is looked up by its id',
		},
		{
			line: 'if (row.isQuiet) row.base.release();',
			kind: 'shortcut',
			why: 'It frees memory; a base that is asked for again is parsed again',
		},
		{
			line: 'if (ignored.wix.size + ignored.users.size + leftAlone.size === 0) return;',
			kind: 'shortcut',
			why: 'No row is in empty sets',
		},
		{
			line: 'if (state.keptApart.size + state.linkedElsewhere.users.size === 0) return;',
			kind: 'shortcut',
			why: 'No row is in empty sets',
		},
	],
	'properties.ts': [
		{
			line: 'if (two.segments.users.length <= one.segments.users.length) return first;',
			kind: 'either',
			why: 'Two spellings of one field with the same steps: the change may carry either',
		},
	],
	'readings.ts': [
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
	'records.ts': [
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
	'requirements.ts': [
		{
			line: "if (typeof value === 'string' && options.includes(value)) return;",
			kind: 'checker',
			why: 'What is no text is none of the options',
		},
	],
	'rows.ts': [
		{ line: 'row.base.isChanged ||', kind: 'shortcut', why: notChanged },
		{
			line: 'plainColumns.some((column) => row[column] !== textOf(source[column]));',
			kind: 'shortcut',
			why: notChanged,
		},
		{ line: 'if (!isTouched) return undefined;', kind: 'shortcut', why: notChanged },
		{
			line: 'isThere: false,',
			kind: 'unread',
			why: 'A new row among those that are merged is marked as there at once; one that waits for a create is not merged',
		},
	],
	'state.ts': [
		{
			line: 'leftAlone: new Set(leaveAlone ? input.memberContactIds : []),',
			kind: 'unread',
			why: idOfNobody,
		},
		{
			line: 'linkedElsewhere: { users: new Set(), byWixId: new Map(), waiting: [] },',
			kind: 'unread',
			why: 'What is no row speaks for no address',
		},
		{
			line: 'return read?.id === id ? read',
			kind: 'shortcut',
			why: 'The map of ids gives the same record',
		},
		{
			line: 'if (row.source !== undefined) state.removals.push',
			kind: 'ruledOut',
			why: 'Only rows that were read are ever taken out',
		},
		{
			line: 'if (record !== undefined) record.isLinked = true;',
			kind: 'checker',
			why: 'Both records were found before they are noted as linked',
		},
	],
};
