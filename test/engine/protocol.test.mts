import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { Link, Pending, Plan } from '../../nodes/MatchAndMap/engine/index';
import {
	baseOf,
	contact,
	daysLater,
	linked,
	now,
	pendingOf,
	pendings,
	run,
	user,
} from './builders.mts';

/**
 * model/table.pml prints what the model of the protocol makes of every small state of one linked pair; here the real
 * `plan` is asked about the same states. `npm run model` refuses a table that is not the model's own.
 */
const table = path.join(__dirname, '../../model/merge-table.txt.gz');
const lines = gunzipSync(readFileSync(table)).toString('utf8').trim().split('\n');

/** Mutation testing asks about every so many of the states only. */
const step = Number(process.env.PROTOCOL_STEP ?? 1);

const address = (digit: string) => (digit === '0' ? null : `v${digit}@example.com`);
const digitOf = (value: unknown) => (typeof value === 'string' ? value.slice(1, 2) : '0');
const sides = ['wix', 'users'] as const;
const outcomes = ['announced', 'sent', 'refused', 'refusedForNow'] as const;
const decisions = ['', 'wixWins', 'usersWin'] as const;
const reviews = ['bothEdited', 'firstLinkDiffers', 'emptied', 'notTaken', 'refused'];
const firstReview = 4;

function entryOf(text: string, at: string): Pending {
	const [side, from, to, outcome] = atLeast([...text], 4);
	return {
		operation: 'update',
		property: 'primaryInfo.email',
		side: entryAt(sides, Number(side)),
		from: address(from),
		to: address(to),
		at,
		outcome: entryAt(outcomes, Number(outcome)),
	};
}

/** The run that one state of the table describes. */
function planOf(state: string): { row: Link; plan: Plan } {
	const [digits, ...entries] = atLeast(state.split(' '), 1);
	const [seen, wix, users, base, decision, aged] = atLeast([...digits], 6);
	const at = aged === '1' ? daysLater(-8) : now;
	const row = linked('C1', 'U1', address(base), {
		decision: entryAt(decisions, Number(decision)),
		pending: entries.length === 0 ? '' : pendings(...entries.map((text) => entryOf(text, at))),
	});
	const plan = run({
		wixRecords: seen === '1' ? [] : [contact('C1', address(wix))],
		users: seen === '0' ? [] : [user('U1', address(users))],
		complete: { wix: seen === '2', users: seen === '2' },
		links: [row],
		policies: { guard: null },
	});
	return { row, plan };
}

function verdictOf({ toUsers, toWix, review, report }: Plan): string {
	const [change] = [...toUsers, ...toWix];
	if (change !== undefined) {
		const [expected] = Object.values(change.expected);
		const [set] = Object.values(change.set);
		return `3${sides.indexOf(change.side)}${digitOf(expected)}${digitOf(set)}`;
	}
	if (review.length > 0) return String(firstReview + reviews.indexOf(entryAt(review, 0).reason));
	if (report.counts.waiting === 1) return '1';
	return report.counts.waitingForFullRun === 1 ? '2' : '0';
}

function outcomeOf(state: string): string {
	const { row, plan } = planOf(state);
	const changes = [...plan.toUsers, ...plan.toWix];
	const saved = plan.links[0]?.link ?? row;
	const announced = changes[0]?.link ?? saved;
	if (changes.length > 1 || plan.links.length > 1 || plan.review.length > 1) return 'more than one';
	if (announced.pending !== saved.pending || announced.lastSynced !== saved.lastSynced)
		return 'sent otherwise than announced';
	const entries = pendingOf(saved).map(
		({ side, from, to, outcome }) =>
			`${sides.indexOf(side)}${digitOf(from)}${digitOf(to)}${outcomes.indexOf(outcome)}`,
	);
	const base = `${digitOf(baseOf(saved))}${decisions.indexOf(saved.decision)}`;
	return [verdictOf(plan), base, ...entries].join(' ');
}

describe('the model of announce, send, see', () => {
	test('has the small states of one pair in its table', () => {
		expect(lines.length).toBeGreaterThan(20_000);
		expect(new Set(lines).size).toBe(lines.length);
		const kinds = new Set(lines.map((line) => entryAt(line.split(' > '), 1).slice(0, 1)));
		expect([...kinds].sort()).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8']);
	});

	test('and plan() does in each of them what the model does', () => {
		const parted: Array<{ state: string; model: string; engine: string }> = [];
		for (let index = 0; index < lines.length && parted.length < 10; index += step) {
			const [state, model] = atLeast(entryAt(lines, index).split(' > '), 2);
			const engine = outcomeOf(state);
			if (engine !== model) parted.push({ state, model, engine });
		}
		expect(parted).toEqual([]);
	});
});
