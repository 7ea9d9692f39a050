import { counted } from '../ask';
import { knowsNobody, rowIdentity, type Known } from '../read';
import type { Released } from '../release';

/** What a person has to know before all else: that a run begins anew, that it does nothing, or that it leaves people out. */
export function noticesOf({ decided, decisions }: Released): string[] {
	const { known, pairs } = decided.paired;
	const leftOut = decisions.filter(({ isLeftOut }) => isLeftOut === true).length;
	return [
		...(knowsNobody(known)
			? [...otherName(known, pairs.length), ...firstLink(known, pairs.length)]
			: []),
		...(leftOut === 0
			? []
			: [
					`'Only These People' names a few: ${counted(leftOut, 'other pair')} would be linked or created without it.`,
				]),
	];
}

/** The people are linked already, by rows with another name: a run that does nothing must not look like success. */
function otherName({ rules, ledger, records }: Known, linked: number): string[] {
	const counts = new Map<string, number>();
	for (const link of ledger.elsewhere.byWixId.values()) {
		const { flow, userId } = rowIdentity(link);
		if (records.users.byId.has(userId)) counts.set(flow, (counts.get(flow) ?? 0) + 1);
	}
	const [[name, count] = ['', 0]] = [...counts].sort(([, left], [, right]) => right - left);
	if (count <= linked) return [];
	const people = count === 1 ? '1 person is' : `${count} people are`;
	return [
		`${people} linked under the name '${name}' in the links table, and these rules keep their links under '${rules.flow.id}'. To go on with those people, enter ${name} at 'Name in the Links Table'; else nobody who is linked there is touched here.`,
	];
}

/** Most people match and no link is known: new, or the links table was emptied, renamed, or is another project's. */
function firstLink({ records }: Known, linked: number): string[] {
	const smaller = Math.min(records.wix.byId.size, records.users.byId.size);
	if (linked === 0 || linked * 2 < smaller) return [];
	return [
		`This is a first link: the links table knows nobody yet, and ${counted(linked, 'pair')} match. If these people were in sync before, stop here: the table was emptied or renamed, or the workflow reads that of another project, and what it remembered would begin anew.`,
	];
}
