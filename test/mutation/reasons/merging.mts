import { idOfNobody, type Reasons } from './kinds.mts';

const same = "A merge that comes to 'same' is followed by nothing, whatever its name";

/** Why mutants survive in what decides on a pair: matching, merge, missing and vanished records, the trial. */
export const merging: Reasons = {
	'matching.ts': [
		{
			line: 'if (state.relinked.size > 0)',
			kind: 'shortcut',
			why: 'Where none is linked again, the list is copied as it is',
		},
		{
			line: 'if (record !== undefined) rowOf.set(record, row);',
			kind: 'unread',
			why: 'The map is asked for records only',
		},
		{ line: 'of state.keptApart.get(wix.id) ?? []', kind: 'unread', why: idOfNobody },
		{
			line: 'if (user === undefined || partnersOf(user) !== 1) continue;',
			kind: 'checker',
			why: 'Who has one partner left finds that one',
		},
		{
			line: 'if (row === undefined) return;',
			kind: 'checker',
			why: 'One of the two rows is there: without any the function has ended above',
		},
		{
			line: 'if (other !== undefined && other !== row)',
			kind: 'ruledOut',
			why: 'A row that waits has one of the two records only, so that two records have two rows',
		},
	],
	'merge.ts': [
		{
			line: 'if (now.wix.key === now.users.key) return',
			kind: 'ruledOut',
			why: 'Sides that agree were settled before: this is asked only of two that differ',
		},
		{
			line: 'if (isFirstAgreement(row, seen)) {',
			kind: 'shortcut',
			why: 'The merge below remembers an agreement in the same way',
		},
		{
			line: 'function isFirstAgreement(',
			kind: 'shortcut',
			why: 'The merge below remembers an agreement in the same way',
		},
		{
			line: 'if (wix === undefined || users === undefined) return false;',
			kind: 'shortcut',
			why: 'The merge below remembers an agreement in the same way',
		},
		{
			line: "return wix.key !== '' && wix.key === users.key && pending.length === 0",
			kind: 'shortcut',
			why: 'The merge below remembers an agreement in the same way',
		},
		{
			line: "if (key === '' || key !== user.key(index)) return false;",
			kind: 'either',
			why: 'It matters only for two empty sides with a base that a person typed as null: it may be dropped or kept, as it says nothing',
		},
		{
			line: 'if (base === undefined) return false;',
			kind: 'shortcut',
			why: 'The key of no base is empty, and that of the value is not',
		},
		{
			line: 'if (base === wix.value(index)) return true;',
			kind: 'shortcut',
			why: 'Equal values have equal keys',
		},
		{
			line: 'return rememberedKey(base, property.compare, property.type) === key;',
			kind: 'shortcut',
			why: 'The merge that follows finds that nothing is to be done',
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
		{
			line: "entry.operation === 'update' || entry.operation === 'create';",
			kind: 'ruledOut',
			why: 'Entries of other steps are of no property, so that the property has left them out',
		},
	],
	'missing.ts': [
		{
			line: 'return false;',
			kind: 'ruledOut',
			why: 'The row has no base and nothing under way: a merge with one side unseen has nothing to write, and the row is not saved',
		},
		{
			line: 'if (survivor === undefined || !state.full)',
			kind: 'checker',
			why: 'With one record missing, the other is listed or its list is not complete',
		},
	],
	'tally.ts': [
		{
			line: 'if (rank < subject.rank) this.move(subject, rank);',
			kind: 'either',
			why: 'To move to the place where it is changes nothing',
		},
	],
	'trial.ts': [
		{
			line: 'values.some(({ toKey }) => this.addresses.has(toKey))',
			kind: 'weak',
			why: 'The record that an address comes from holds it, and names the row already; what the line adds are values of other fields, which should name nobody',
		},
		{
			line: 'const written = new Set(state.writes.map(({ row }) => row));',
			kind: 'ruledOut',
			why: 'Every row that is still written is named',
		},
	],
	'vanishing.ts': [
		{ line: "toKey: '',", kind: 'unread', why: 'Nobody asks for the address of a removal' },
	],
};
