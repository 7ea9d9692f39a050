import type { Reasons } from './kinds.mts';

/** Why mutants survive in what becomes of a decision: addresses, order, creates, the guard, the changes. */
export const writing: Reasons = {
	'addresses.ts': [
		{
			line: 'value.property === property && value.toKey !== key',
			kind: 'ruledOut',
			why: 'A field that holds the address already is not written it',
		},
		{
			line: 'if (row.isQuiet) continue;',
			kind: 'shortcut',
			why: 'A row at rest has nothing under way, and the step below ends at once for it',
		},
		{
			line: 'for (const { toKey } of values) this.arrive(toKey,',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a create of that very row, which has no other write',
		},
		{
			line: 'if (row.pending.length === 0) return;',
			kind: 'shortcut',
			why: 'Without an entry both lists below are empty',
		},
		{
			line: 'this.arrive(key, { row, soon: true });',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a create of that very row, which is not created in the run that looks its record up',
		},
		{
			line: "this.arrive(rememberedKey(entry.to, 'email', 'string'), { row: undefined",
			kind: 'unread',
			why: 'An arrival without a row counts as soon, whatever it says',
		},
		{
			line: 'if (known !== undefined) return known;',
			kind: 'shortcut',
			why: 'A book made anew finds the creates planned so far among the writes',
		},
	],
	'creates.ts': [
		{
			line: 'book.arrive(key, { row: intent.row, soon: true })',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a second create of that row, which there is not',
		},
		{
			line: 'if (arrival.soon || arrival.row === undefined)',
			kind: 'checker',
			why: 'An arrival without a row is always soon',
		},
		{
			line: 'if (source !== undefined && unmatched.ambiguous.has(source))',
			kind: 'checker',
			why: 'The set holds records only',
		},
	],
	'names.ts': [
		{
			line: 'return space < 0',
			kind: 'ruledOut',
			why: 'The name was trimmed, so that it does not begin with white space',
		},
		{
			line: 'parsePath(path) ?? []',
			kind: 'checker',
			why: 'The paths are written in this file and can be parsed',
		},
	],
	'plan.ts': [
		{
			line: 'row.linkId === row.source?.linkId',
			to: 'row.source.linkId',
			kind: 'checker',
			why: 'Only rows that were read are at rest',
		},
		{
			line: 'row.linkId === row.source?.linkId',
			kind: 'shortcut',
			why: 'A row at rest has nothing that changed; the step below finds that out, too',
		},
		{
			line: "if (row.isQuiet) state.tally.mark(row, 'inSync');",
			kind: 'shortcut',
			why: 'The merge of a row at rest comes to the same count and writes nothing',
		},
		{
			line: 'lone: { wix: [], users: [] },',
			kind: 'unread',
			why: 'Only a full run asks who found no partner; this is for the others',
		},
		{
			line: 'if (own.length === 0) return [];',
			kind: 'shortcut',
			why: 'No update is put in order at no gain',
		},
	],
	'writeOrder.ts': [
		{
			line: "value.property.unique && value.toKey !== ''",
			kind: 'ruledOut',
			why: 'An update never writes an empty address',
		},
		{ line: "hold(held, move, 'wait', []);", kind: 'unread', why: 'Who waits is not listed' },
		{
			line: "held.get(move)?.why === 'wait'",
			kind: 'checker',
			why: 'Only moves that are held are in the queue',
		},
		{
			line: "why === 'taken' ? [move.intent.recordId] : []",
			kind: 'unread',
			why: 'Who waits is not listed',
		},
		{
			line: 'const added: Move[] = [];',
			kind: 'unread',
			why: 'The list is only taken out of those that are open, where the addition is not',
		},
		{
			line: '[...move.waitsFor].filter((first) => !held.has(first))',
			kind: 'ruledOut',
			why: 'Who waits for a move that is held is held as well, and not among these',
		},
		{
			line: 'moves.filter((move) => open.get(move)?.waits.size === 0)',
			kind: 'checker',
			why: 'Each of the moves is in the map',
		},
		{
			line: 'const path: Move[] = [];',
			kind: 'unread',
			why: 'Places are counted from the same list, so that what stands before the first is cut off',
		},
		{
			line: 'open.get(each)?.index ?? 0',
			kind: 'checker',
			why: 'Who is waited for is still open',
		},
	],
};
