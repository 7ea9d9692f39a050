import type { LinkRow } from '../../shared/contract';
import { valueAt } from '../../shared/paths';
import { contactsAndUsers } from './rules';
import type { SideRecord } from './records';
import { words } from './matters';
import {
	flowOf,
	isLeased,
	isRowFault,
	newRow,
	parseRow,
	removedLink,
	rowIdentity,
	type Row,
} from './rows';
import { isKeptApart, noteLinked, recordOf, removeRow, type PlanState } from './state';

/** Where a value that a contact holds is found on its member. */
const memberPathOf = new Map([
	['primaryInfo.email', 'loginEmail'],
	['info.name.first', 'contact.firstName'],
	['info.name.last', 'contact.lastName'],
	['info.company', 'contact.company'],
	['info.jobTitle', 'contact.jobTitle'],
	['info.birthdate', 'contact.birthdate'],
]);

/**
 * In a member flow: a link that the contact flow made for a person who is a member passes to this flow with its base. The
 * new row is added before the old one is removed, so that a run cut short between the two is finished by the next.
 */
export function takeOverFromContacts(state: PlanState): void {
	if (state.flow.flow.wixEntity !== 'member') return;
	const rowOfMember = new Map(state.rows.map((row) => [row.wixId, row]));
	for (const member of state.listing.wix.records) {
		const link = state.linkedElsewhere.byWixId.get(contactIdOf(member));
		if (link === undefined || flowOf(link) !== contactsAndUsers.id) continue;
		if (state.ignored.wix.has(member.id)) continue;
		const own = rowOfMember.get(member.id);
		if (own === undefined) takeOver(state, member, link);
		else if (own.userId === rowIdentity(link).userId) release(state, link);
		else reviewBoth(state, own, link);
	}
}

function contactIdOf(member: SideRecord): string {
	const id =
		valueAt(member.record, ['contactId']) ?? valueAt(member.record, ['contact', 'contactId']);
	return typeof id === 'string' ? id : '';
}

function takeOver(state: PlanState, member: SideRecord, link: LinkRow): void {
	const earlier = parseRow(link);
	if (isRowFault(earlier) || isLeased(earlier.pending, state.readFromMs)) return;
	const { userId } = earlier;
	const isFreeUser = !state.taken.users.has(userId) && !state.ignored.users.has(userId);
	if (isKeptApart(state, member.id, userId)) return;
	if (!isFreeUser || state.taken.wix.has(member.id)) return;
	const row = newRow(state.flow.flow.id, member.id, userId);
	if (recordOf(state, row, 'users') === undefined) return;
	row.base.fill(
		earlier.base.entries().map(([path, value]) => [memberPathOf.get(path) ?? path, value]),
	);
	row.pending = earlier.pending.map((entry) => ({
		...entry,
		property: memberPathOf.get(entry.property) ?? entry.property,
		field: entry.side === 'wix' ? (memberPathOf.get(entry.field) ?? entry.field) : entry.field,
		// It belonged to the row that goes; here it stays for its echo
		outcome: entry.outcome === 'announced' ? 'held' : entry.outcome,
	}));
	state.rows.push(row);
	noteLinked(state, row);
	release(state, link);
}

/** The row of the other flow goes, unless a run is at work on it: then the next run looks again. */
function release(state: PlanState, link: LinkRow): void {
	const row = parseRow(link);
	if (!isRowFault(row) && isLeased(row.pending, state.readFromMs)) return;
	state.removals.push(removedLink(link));
}

function reviewBoth(state: PlanState, own: Row, link: LinkRow): void {
	const matter = {
		reason: 'linkedInOtherFlow' as const,
		wixIds: [own.wixId],
		userIds: [own.userId, rowIdentity(link).userId],
		...words.linkedInOtherFlow(),
	};
	if (!state.frozen.has(own) && state.review.take(matter) === 'unlink') removeRow(state, own);
	else state.review.add(matter);
}
