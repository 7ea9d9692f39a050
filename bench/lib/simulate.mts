/** What one side of a sync does of itself: how many records a call carries, and how many calls it takes in a minute. */
export interface SideLimits {
	name: string;
	/** Records in a page. */
	page: number;
	/** Records that are written together, and the calls that takes: looking first included. */
	together: number;
	callsTogether: number;
	/** Calls a minute for all of it; undefined where none is published. */
	perMinute?: number;
	/** Writing calls a minute, where they are counted apart. */
	writesPerMinute?: number;
	/** Writing calls among `callsTogether`. */
	writesTogether: number;
}

/** Wix once named 200 calls a minute; the node keeps to 180. 1,000 contacts a page, 100 in a bulk write; for each 200 two queries look first. */
export const wixContacts: SideLimits = {
	name: 'Wix',
	page: 1000,
	together: 200,
	callsTogether: 4,
	writesTogether: 2,
	perMinute: 180,
};

/** Each user is read, then written. Okta's numbers: https://developer.okta.com/docs/reference/rl-global-mgmt/; the others publish none. */
export const userSystems: SideLimits[] = [
	{ name: 'YouTrack', page: 300, together: 1, callsTogether: 2, writesTogether: 1 },
	{
		name: 'Okta',
		page: 200,
		together: 1,
		callsTogether: 2,
		writesTogether: 1,
		writesPerMinute: 600,
	},
	{ name: 'SCIM', page: 1000, together: 1, callsTogether: 2, writesTogether: 1 },
];

/** Milliseconds that n8n itself takes: of each run, and for each person who is read, link that is added, change that is sent. */
export interface OwnCosts {
	run: number;
	person: number;
	link: number;
	change: number;
}

/** What one run has to do. */
export interface Work {
	/** On each side. */
	people: number;
	newLinks: number;
	/** Records that are written, a side. */
	writes: { wix: number; users: number };
}

export interface Conditions {
	users: SideLimits;
	/** Until the answer to a call is there; milliseconds. */
	answer: number;
	own: OwnCosts;
}

export type Limit =
	'Wix: calls a minute' | 'Wix: answers' | 'users: calls a minute' | 'users: answers' | 'n8n';

export interface Estimate {
	wixCalls: number;
	userCalls: number;
	/** Milliseconds. The steps of a run follow one another, so they add up. */
	wix: number;
	users: number;
	own: number;
	whole: number;
	/** What the largest part waits for. */
	limit: Limit;
	/** Calls at once that reach the side's limit a minute: more workers than that are of no use there. Undefined without a limit. */
	wixWorkers?: number;
	userWorkers?: number;
}

const MINUTE = 60_000;

interface SideEstimate {
	calls: number;
	time: number;
	isAtLimit: boolean;
	workers?: number;
}

function estimateSide(
	side: SideLimits,
	people: number,
	writes: number,
	answer: number,
): SideEstimate {
	const portions = writes / side.together;
	const writing = Math.ceil(portions * side.callsTogether);
	const calls = Math.ceil(people / side.page) + writing;
	const sent = Math.ceil(portions * side.writesTogether);
	const byLimit = Math.max(
		side.perMinute === undefined ? 0 : (calls * MINUTE) / side.perMinute,
		side.writesPerMinute === undefined ? 0 : (sent * MINUTE) / side.writesPerMinute,
	);
	const byAnswers = calls * answer;
	const workers = byLimit === 0 ? undefined : Math.max(1, Math.ceil(byAnswers / byLimit));
	return {
		calls,
		time: Math.max(byLimit, byAnswers),
		isAtLimit: byLimit >= byAnswers && byLimit > 0,
		...(workers === undefined ? {} : { workers }),
	};
}

/** How long one run takes by what the two services let through and what n8n was measured to take. */
export function simulate(work: Work, { users, answer, own }: Conditions): Estimate {
	const { people, newLinks, writes } = work;
	const wix = estimateSide(wixContacts, people, writes.wix, answer);
	const user = estimateSide(users, people, writes.users, answer);
	const ownTime =
		own.run + own.person * people + own.link * newLinks + own.change * (writes.wix + writes.users);
	const parts: Array<[Limit, number]> = [
		[wix.isAtLimit ? 'Wix: calls a minute' : 'Wix: answers', wix.time],
		[user.isAtLimit ? 'users: calls a minute' : 'users: answers', user.time],
		['n8n', ownTime],
	];
	const [limit] = parts.reduce((most, part) => (part[1] > most[1] ? part : most));
	return {
		wixCalls: wix.calls,
		userCalls: user.calls,
		wix: wix.time,
		users: user.time,
		own: ownTime,
		whole: wix.time + user.time + ownTime,
		limit,
		...(wix.workers === undefined ? {} : { wixWorkers: wix.workers }),
		...(user.workers === undefined ? {} : { userWorkers: user.workers }),
	};
}
