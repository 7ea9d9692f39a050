import type { LinkRow } from '../../../shared/contract';
import { valueAt } from '../../../shared/paths';
import { ask, words, type Question } from '../ask';
import {
	isRowFault,
	newRow,
	parseRow,
	removedLink,
	rowIdentity,
	type Row,
	type SideRecord,
} from '../read';
import { contactsAndUsers } from '../rules';
import type { Pairing } from './pairing';

/** Where a value that a contact holds is found on its member. */
const memberPathOf = new Map([
	['primaryInfo.email', 'loginEmail'],
	['info.name.first', 'contact.firstName'],
	['info.name.last', 'contact.lastName'],
	['info.company', 'contact.company'],
	['info.jobTitle', 'contact.jobTitle'],
	['info.birthdate', 'contact.birthdate'],
]);
const memberPath = (path: string) => memberPathOf.get(path) ?? path;

/**
 * In a member flow: a link that the contact flow made for a person who is a member passes to this flow with its base. The
 * new row is added before the old one is removed, so that a run cut short between the two is finished by the next.
 */
export function takeOverFromContacts(pairing: Pairing): void {
	const { rules, records, ledger, linked, atRest } = pairing.known;
	if (rules.flow.wixEntity !== 'member') return;
	let own: Map<string, string> | undefined;
	for (const member of records.wix.records) {
		const link = ledger.elsewhere.byWixId.get(contactIdOf(member));
		if (link === undefined || rowIdentity(link).flow !== contactsAndUsers.id) continue;
		if (pairing.isBarred('wix', member.id)) continue;
		own ??= new Map(
			[...atRest, ...linked].map((row) => [rowIdentity(row).wixId, rowIdentity(row).userId]),
		);
		const userId = own.get(member.id);
		if (userId === undefined) takeOver(pairing, member, link);
		else if (userId === rowIdentity(link).userId) release(pairing, link);
		else settleBoth(pairing, member.id, userId, link);
	}
}

function contactIdOf(member: SideRecord): string {
	const id =
		valueAt(member.record, ['contactId']) ?? valueAt(member.record, ['contact', 'contactId']);
	return typeof id === 'string' ? id : '';
}

function takeOver(pairing: Pairing, member: SideRecord, link: LinkRow): void {
	const { rules, records } = pairing.known;
	const earlier = parseRow(link);
	if (isRowFault(earlier) || pairing.isOthers(earlier)) return;
	const { userId } = earlier;
	if (!records.users.byId.has(userId) || pairing.isBarred('users', userId)) return;
	if (pairing.taken.users.has(userId) || pairing.taken.wix.has(member.id)) return;
	if (pairing.isKeptApart(member.id, userId)) return;
	const base = Object.entries(earlier.base).map(([path, value]) => [memberPath(path), value]);
	const pending = earlier.pending.map((entry) => ({
		...entry,
		property: memberPath(entry.property),
		field: entry.side === 'wix' ? memberPath(entry.field) : entry.field,
		// It belonged to the row that goes; here it stays for its echo
		outcome: entry.outcome === 'announced' ? ('held' as const) : entry.outcome,
	}));
	const row: Row = {
		...newRow(rules.flow.id, member.id, userId),
		base: Object.fromEntries(base),
		pending,
	};
	pairing.link(row, true);
	release(pairing, link);
}

/** The row of the other flow goes, unless a run is at work on it: then the next run looks again. */
function release(pairing: Pairing, link: LinkRow): void {
	const row = parseRow(link);
	if (isRowFault(row) || !pairing.isOthers(row)) pairing.handedOver.push(removedLink(link));
}

function settleBoth(pairing: Pairing, wixId: string, userId: string, link: LinkRow): void {
	const userIds = [userId, rowIdentity(link).userId];
	const question = ask(
		'linkedInOtherFlow',
		{ wixIds: [wixId], userIds },
		words.linkedInOtherFlow(),
	);
	const because = { code: 'linkedInOtherFlow' as const };
	if (
		pairing.known.questions.answerTo(question) === 'unlink' &&
		isRemoved(pairing, wixId, question)
	)
		return;
	pairing.decided.push({ because, questions: [question] });
}

/** @returns false where the row is left alone in this run for another reason */
function isRemoved(pairing: Pairing, wixId: string, question: Question): boolean {
	const rests = pairing.atRest.find((link) => rowIdentity(link).wixId === wixId);
	const row =
		rests === undefined
			? pairing.pairs.find((each) => each.row.wixId === wixId)?.row
			: parseRow(rests);
	if (row === undefined || isRowFault(row)) return false;
	pairing.atRest = pairing.atRest.filter((link) => link !== rests);
	pairing.pairs = pairing.pairs.filter((each) => each.row !== row);
	pairing.remove(row, { code: 'linkedInOtherFlow' }, [question]);
	return true;
}
