import { idOfNobody, type Reasons } from './kinds.mts';

const same = "A merge that comes to 'same' is followed by nothing, whatever its name";
const agreement = 'The merge below remembers an agreement in the same way';

/** Why mutants survive in what finds out who belongs to whom, and in what decides about them. */
export const deciding: Reasons = {
	'pair/handover.ts': [
		{
			line: 'if (link === undefined || rowIdentity(link).flow !== contactsAndUsers.id)',
			kind: 'checker',
			why: 'What is no row has no flow, so that the second half is true for it',
		},
		{
			line: "return typeof id === 'string' ? id : '';",
			kind: 'unread',
			why: 'Rows are kept by ids that are text and not empty: any other finds none',
		},
	],
	'pair/index.ts': [
		{
			line: '{ wix: [], users: [] }',
			kind: 'unread',
			why: 'Only a full run asks who found no partner; this is for the others',
		},
	],
	'pair/match.ts': [
		{ line: 'keptApart.get(wix.id) ?? []', kind: 'unread', why: idOfNobody },
		{
			line: 'return user === undefined || partnersOf(user) !== 1 ? []',
			kind: 'checker',
			why: 'Who has one partner left finds that one',
		},
		{
			line: 'if (other !== undefined && other !== half)',
			kind: 'ruledOut',
			why: 'A row that waits has one of the two records only, so that two records have two rows',
		},
	],
	'pair/missing.ts': [
		{
			line: 'if (source === undefined || !known.isFull)',
			kind: 'checker',
			why: 'With one record missing, the other is listed or its list is not complete',
		},
	],
	'decide/addresses.ts': [
		{
			line: 'value.property === property && value.toKey !== key',
			kind: 'ruledOut',
			why: 'A field that holds the address already is not written it',
		},
		{
			line: 'for (const { toKey } of write.values) this.arrive(toKey,',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a create of that very row, which has no other write',
		},
		{
			line: 'if (row.pending.length === 0) return;',
			kind: 'shortcut',
			why: 'Without an entry both lists below are empty',
		},
		{
			line: 'this.arrive(keyOf(property, baseOf(row, property.key)), { row, isSoon: true });',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a create of that very row, which is not created in the run that looks its record up',
		},
		{
			line: "this.arrive(rememberedKey(entry.to, 'email', 'string'), { row: undefined",
			kind: 'unread',
			why: 'An arrival without a row counts as soon, whatever it says',
		},
	],
	'decide/creates.ts': [
		{
			line: 'book.arrive(key, { row: created, isSoon: true })',
			kind: 'ruledOut',
			why: 'An arrival without a row counts as soon; with one it differs only for a second create of that row, which there is not',
		},
		{
			line: "isSoon || row === undefined ? 'soon'",
			kind: 'checker',
			why: 'An arrival without a row is always soon',
		},
	],
	'decide/gone.ts': [
		{ line: "toKey: '',", kind: 'unread', why: 'Nobody asks for the address of a removal' },
	],
	'decide/moves.ts': [
		{
			line: 'if (moves.length === 0) return [...decisions];',
			kind: 'shortcut',
			why: 'No update is put in order at no gain',
		},
		{
			line: "property.unique && toKey !== ''",
			kind: 'ruledOut',
			why: 'An update never writes an empty address',
		},
	],
	'decide/names.ts': [
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
	'decide/pairs.ts': [
		{ line: 'if (agreed !== undefined) return agreed;', kind: 'shortcut', why: agreement },
		{
			line: 'if (row.source !== undefined || row.pending.length > 0 || !hasNoBase(row)) return undefined;',
			kind: 'shortcut',
			why: agreement,
		},
		{
			line: 'if (wix === undefined || users === undefined) return undefined;',
			kind: 'shortcut',
			why: agreement,
		},
		{
			line: "if (wix.key(index) === '' || wix.key(index) !== users.key(index)) return undefined;",
			kind: 'shortcut',
			why: agreement,
		},
		{
			line: "const isValueWrite = ({ operation }: Pending) => operation === 'update'",
			kind: 'ruledOut',
			why: 'Entries of other steps are of no property, so that the property has left them out',
		},
	],
	'decide/property.ts': [
		{
			line: "if (now.wix.key === now.users.key) return { kind: 'same' };",
			kind: 'ruledOut',
			why: 'Sides that agree were settled before: this is asked only of two that differ',
		},
		{
			line: 'this.refusedLast = this.refusal !== undefined &&',
			kind: 'checker',
			why: 'Without a refusal nobody asks whether it came last',
		},
		{
			line: 'if (this.refusedLast && this.refusal !== undefined',
			kind: 'checker',
			why: 'What came last is there',
		},
		{
			line: "return { kind: latest === undefined ? 'same' : 'waiting' };",
			kind: 'unread',
			why: same,
		},
		{ line: "? { kind: 'same' } : this.refusedReview", kind: 'unread', why: same },
		{ line: "return { kind: 'same' };", kind: 'unread', why: same },
		{ line: ": { kind: 'same' };", kind: 'unread', why: same },
		{
			line: 'entry !== latest &&',
			kind: 'ruledOut',
			why: 'The value of the latest entry is the one that is seen, which the next line leaves out',
		},
		{
			line: "if (!this.mayWrite(otherSide(side)) && now[otherSide(side)].key !== '')",
			kind: 'ruledOut',
			why: 'Where one side was emptied, the other holds something: two empty sides agree',
		},
		{
			line: 'this.live = [];',
			kind: 'unread',
			why: 'After it has forgotten what was under way, a merge looks only at bases and refusals',
		},
	],
};
