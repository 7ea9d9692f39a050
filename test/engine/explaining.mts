import { explain } from '../../nodes/MatchAndMap/engine/explain';
import { plan, type Link, type Pending } from '../../nodes/MatchAndMap/engine/index';
import { a, contact, inputOf, linked, pendings, run, user, type Given } from './builders.mts';

/** Every sentence of an explanation, in order. */
export function told(name: string, given: Given): string[] {
	const input = inputOf(given);
	return explain(name, input, plan(input));
}
/** What Review says of the run, as the explanation repeats it. */
export const reviewed = (given: Given) =>
	run(given).review.map(
		({ reason, message, howToDecide }) =>
			`In Review (${reason}): ${message} What to do: ${howToDecide}`,
	);

export const wixHolds = (email: string) =>
	`The Wix record 'C1' ('Ada Example') holds primaryInfo.email '${email}'.`;
export const userHolds = (email: string) =>
	`The user 'U1' ('User U1') holds profile.email.email '${email}'.`;
export const byRow =
	"They are linked by the row 'contacts:C1:U1' of the links table; the link stays, whatever becomes of the address.";
export const agreed = `Both sides last agreed on '${a}' as 'primaryInfo.email'.`;
export const atRest = 'Both sides hold the same: there is nothing to do.';
export const changed = (from: string, to: string, why = 'because it was edited in Wix') =>
	`Planned: the user 'U1' is changed, profile.email.email from '${from}' to '${to}', ${why}.`;

export const pair = (
	wix: string,
	users: string,
	row: Partial<Link> = {},
	more: Given = {},
): Given => ({
	...more,
	wixRecords: [contact('C1', wix), ...(more.wixRecords ?? [])],
	users: [user('U1', users), ...(more.users ?? [])],
	links: [linked('C1', 'U1', a, row), ...(more.links ?? [])],
});
export const under = (...entries: Pending[]) => ({ pending: pendings(...entries) });

export const wixAlone = (holds = `'${a}'`) =>
	`The Wix record 'C1' ('Ada Example') is in no link. It holds primaryInfo.email ${holds}.`;
export const userAlone = (holds = `'${a}'`) =>
	`The user 'U1' ('User U1') is in no link. It holds profile.email.email ${holds}.`;
export const noRule = 'Not linked, because no link rule gives exactly one partner.';
export const nobodyThere =
	"Link rule 1: nobody in the users system holds the same in 'profile.email.email'.";
export const notCreated = (why: string) => `Nobody is created for it${why}`;
export const usersLeftOut = notCreated(": 'Create Missing Records' leaves the users system out.");

/** A row without a base. */
export const row = (more: Partial<Link> = {}, wixId = 'C1', userId = 'U1') =>
	linked(wixId, userId, null, { rowId: '9', linkId: 'r', ...more });
