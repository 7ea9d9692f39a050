import type { ReviewItem, ReviewReason, Side } from '../../shared/contract';
import { reviewId } from '../../shared/reviewId';
import { counted } from './counted';

export interface Matter {
	reason: ReviewReason;
	wixIds: readonly string[];
	userIds: readonly string[];
	message: string;
	howToDecide: string;
}

const sideName: Record<Side, string> = { wix: 'Wix', users: 'the users system' };

/** What else was said of a matter that is listed: a second field of the pair, further rows without ids. */
interface Further {
	messages: Set<string>;
	advice: Set<string>;
	unsaid: number;
}

/** What is said of one matter; the rest is counted. */
const mostMessages = 10;

/** Collects what waits for a person; the same matter is listed once. */
export class ReviewBoard {
	private readonly items = new Map<string, ReviewItem>();
	private readonly further = new Map<string, Further>();

	constructor(private readonly flow: string) {}

	add(matter: Matter): void {
		const wixIds = distinct(matter.wixIds);
		const userIds = distinct(matter.userIds);
		const id = reviewId(this.flow, matter.reason, [...wixIds, ...userIds]);
		const { reason, message, howToDecide } = matter;
		const known = this.items.get(id);
		if (known !== undefined) {
			known.wixIds = distinct([...known.wixIds, ...wixIds]);
			known.userIds = distinct([...known.userIds, ...userIds]);
			this.addTo(known, matter);
			return;
		}
		const { flow } = this;
		this.items.set(id, { reviewId: id, flow, reason, wixIds, userIds, message, howToDecide });
	}

	private addTo(item: ReviewItem, { message, howToDecide }: Matter): void {
		if (item.message === message) return;
		const { messages, advice, unsaid } = this.further.get(item.reviewId) ?? {
			messages: new Set([item.message]),
			advice: new Set([item.howToDecide]),
			unsaid: 0,
		};
		const isNew = !messages.has(message);
		const isFull = messages.size >= mostMessages;
		if (isNew && !isFull) {
			messages.add(message);
			advice.add(howToDecide);
		}
		const left = unsaid + (isNew && isFull ? 1 : 0);
		this.further.set(item.reviewId, { messages, advice, unsaid: left });
	}

	list(): ReviewItem[] {
		return [...this.items.values()].map((item) => {
			const further = this.further.get(item.reviewId);
			return further === undefined ? item : withFurther(item, further);
		});
	}
}

const withFurther = (item: ReviewItem, { messages, advice, unsaid }: Further): ReviewItem => ({
	...item,
	message: [...messages, ...(unsaid === 0 ? [] : [`${unsaid} more are of this kind.`])].join(' '),
	howToDecide: [...advice].join(' '),
});

const distinct = (ids: readonly string[]) => [...new Set(ids)].filter((id) => id !== '').sort();

const inLinksTable = "In the links table, find the row with these two ids and set 'decision' to";

/** Texts for a person, by reason. They name fields and sides, never values: the report shows those. */
export const texts = {
	ambiguous: (count: { wix: number; users: number }) => ({
		message: `${counted(count.wix, 'Wix record')} and ${counted(count.users, 'user')} match each other by the link rules, so it is not certain who is who.`,
		howToDecide:
			'Correct or merge the doubled records, or add a row to the links table with the two ids that belong together and the state linked. With only one of each left, they link by themselves.',
	}),
	ambiguousSource: (side: Side, count: number) => ({
		message: `${count} records of ${sideName[side]} hold the same address and nobody on the other side does; none was created, because two of one would be made.`,
		howToDecide:
			'Merge the doubled records or change the address of one; the other is then created on the next full run.',
	}),
	bothEdited: (field: string, refusing?: Side) => ({
		message: `'${field}' was changed on both sides to different values since they last agreed.`,
		howToDecide:
			refusing === undefined
				? `${inLinksTable} wixWins or usersWin, or edit one side so that both agree.`
				: `${sideName[refusing]} does not take this value, so only the other direction is possible: set 'decision' in the links table to ${refusing === 'wix' ? 'wixWins' : 'usersWin'}, or edit one side so that both agree.`,
	}),
	firstLinkDiffers: (field: string) => ({
		message: `The two records are linked, but '${field}' differs and there is no earlier state to tell who is right.`,
		howToDecide: `${inLinksTable} wixWins or usersWin, or edit one side so that both agree.`,
	}),
	emptied: (field: string, side: Side) => ({
		message: `'${field}' was emptied in ${sideName[side]}. Nothing was written: an empty value never replaces another.`,
		howToDecide: `${inLinksTable} ${side === 'wix' ? 'usersWin' : 'wixWins'} to fill it again, empty the other side by hand, or set the row's state to keepApart if the two are not the same person.`,
	}),
	addressTaken: (side: Side) => ({
		message: `The address to be written is held by another record of ${sideName[side]} that does not move away from it.`,
		howToDecide:
			'Change or merge the record that holds the address, or change the address that was entered.',
	}),
	addressTakenTwice: (side: Side) => ({
		message: `Several records of ${sideName[side]} would get the same address.`,
		howToDecide: 'Correct the address on all of them but one.',
	}),
	addressCycle: (side: Side) => ({
		message: `These records would swap their addresses, which ${sideName[side]} cannot take one write at a time.`,
		howToDecide:
			'Give one of them another address for a moment, let a run pass, then enter the final one.',
	}),
	linkedTwice: () => ({
		message: 'One record stands in more than one linked row. All of these rows were left alone.',
		howToDecide: 'In the links table, keep the row that is right and delete the others.',
	}),
	linkedInOtherFlow: () => ({
		message:
			'The user is linked in another data flow as well. This row was left alone, so that two flows do not write to one user.',
		howToDecide: 'Delete the row of one of the two flows in the links table.',
	}),
	mergedIntoLinked: (side: Side) => ({
		message: `The record was merged in ${sideName[side]} into one that is linked already.`,
		howToDecide:
			'Decide which of the two linked rows is right and delete the other; then merge or remove the record left over.',
	}),
	refused: (field: string, side: Side, code: string) => ({
		message: `${sideName[side]} refused the new value of '${field}'${code === '' ? '' : ` (${code})`}. The other side was left as it is.`,
		howToDecide: refusedRemedy(side, code),
	}),
	notTaken: (field: string, side: Side, days: number) => ({
		message: `${sideName[side]} accepted a new value of '${field}' more than ${days} days ago and still shows the old one.`,
		howToDecide: `Look whether the address waits for confirmation there. ${inLinksTable} ${side === 'wix' ? 'usersWin' : 'wixWins'} to send it again, or ${side === 'wix' ? 'wixWins' : 'usersWin'} to take back the old value.`,
	}),
	vanished: (side: Side) => ({
		message: `The record is gone from ${sideName[side]}. The other side was left as it is and the two are no longer linked.`,
		howToDecide:
			"Delete the other record by hand if the person left, or write a word into the row's note to have this off the list.",
	}),
	vanishedBoth: () => ({
		message: 'Both records are gone. The two are no longer linked.',
		howToDecide:
			"Nothing needs to be done; write a word into the row's note to have this off the list.",
	}),
	unlinked: () => ({
		message: 'The two records are no longer linked.',
		howToDecide:
			"They are linked again when both are there and free. Write a word into the row's note to have this off the list.",
	}),
	badValue: (field: string, text: string) => ({
		message: `The field '${field}' ${text}. The record was left alone.`,
		howToDecide: 'Correct the field in the product; the next run takes it.',
	}),
	withoutId: (side: Side, count: number) => ({
		message: `${counted(count, 'record')} of ${sideName[side]} came without an id that can be one, so the list does not count as complete.`,
		howToDecide: "Let the node that reads this side pass on the 'id' field of every record.",
	}),
	badLink: (text: string, rowId = '') => ({
		message: `${rowId === '' ? 'A row' : `Row ${rowId}`} of the links table cannot be used: ${text}. It was left alone.`,
		howToDecide:
			'Correct the row in the links table, or delete it to have the two linked again by the rules.',
	}),
	guard: (count: { wix: number; users: number }, planHash: string) => ({
		message: `The plan would change ${count.wix} records in Wix and ${count.users} users, more than the guard allows. Nothing was written.`,
		howToDecide: `Look at the report. If all of it is meant, enter ${planHash} as 'Approved Plan' and run again; it lets exactly this plan through.`,
	}),
	guardEmptySide: (side: Side) => ({
		message: `The list from ${sideName[side]} is empty although linked records exist. Nothing was written.`,
		howToDecide: 'Check the credential, the site and the filters of the node that reads this side.',
	}),
};

/** Wix's own code, and the member writer's where Wix does not permit what changes a login email. */
const lockedAddress = new Set(['CANNOT_UPDATE_MEMBER_EMAIL', 'LOGIN_EMAIL_CHANGE_NOT_PERMITTED']);

function refusedRemedy(side: Side, code: string): string {
	if (lockedAddress.has(code)) {
		return "The address belongs to a site member, who alone can change it, in the site's login settings. Or set 'decision' in the links table to wixWins to give the user the Wix address again.";
	}
	return `${inLinksTable} ${side === 'wix' ? 'wixWins' : 'usersWin'} to give up the edit, or change one side; it is then tried again.`;
}
