import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { atLeast, entryAt } from '../../runtime/entries.mts';
import type { LinkRow, Pending } from '../../nodes/MatchAndMap/engine/index';
import {
	asked,
	baseOf,
	contact,
	daysLater,
	linked,
	now,
	pendingOf,
	pendings,
	pendingWrite,
	run,
	runAnswered,
	user,
	type Seen,
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
const outcomes = ['announced', 'sent', 'refused', 'refusedForNow', 'held', 'wanted'] as const;
const answers = ['', 'wixWins', 'usersWin'] as const;
const reviews = ['bothEdited', 'firstLinkDiffers', 'emptied', 'notTaken', 'refused'];
const firstReview = 4;

/** What is held was announced once, under a lease that is over; what is only wanted never was. */
function entryOf(text: string, at: string): Pending {
	const [side, from, to, code] = atLeast([...text], 4);
	const outcome = entryAt(outcomes, Number(code));
	return pendingWrite(address(from), String(address(to)), {
		...{ side: entryAt(sides, Number(side)), at },
		...(outcome === 'announced' || outcome === 'held' ? { until: at } : {}),
		outcome: outcome === 'wanted' ? 'held' : outcome,
	});
}

function codeOf({ outcome, until }: Pending): number {
	const isWanted = outcome === 'held' && until === undefined;
	return outcomes.findIndex((each) => each === (isWanted ? 'wanted' : outcome));
}

/** The run that one state of the table describes; where a person has answered, the run after the question. */
function planOf(state: string): { row: LinkRow; plan: Seen } {
	const [digits, ...entries] = atLeast(state.split(' '), 1);
	const [seen, wix, users, base, answer, aged] = atLeast([...digits], 6);
	const at = aged === '1' ? daysLater(-8) : now;
	const row = linked('C1', 'U1', address(base), {
		pending: entries.length === 0 ? '' : pendings(...entries.map((text) => entryOf(text, at))),
	});
	const given = {
		wixRecords: seen === '1' ? [] : [contact('C1', address(wix))],
		users: seen === '0' ? [] : [user('U1', address(users))],
		complete: { wix: seen === '2', users: seen === '2' },
		links: [row],
		policies: { guard: null },
	};
	const code = entryAt(answers, Number(answer));
	return { row, plan: code === '' ? run(given) : runAnswered(given, code) };
}

function verdictOf(plan: Seen): string {
	const [change] = [...plan.toUsers, ...plan.toWix];
	if (change !== undefined) {
		const [expected] = Object.values(change.expected);
		const [set] = Object.values(change.set);
		return `3${sides.indexOf(change.side)}${digitOf(expected)}${digitOf(set)}`;
	}
	const open = asked(plan);
	if (open.length > 0) return String(firstReview + reviews.indexOf(entryAt(open, 0).reason));
	if (plan.report.counts.waiting === 1) return '1';
	return plan.report.counts.waitingForFullRun === 1 ? '2' : '0';
}

function outcomeOf(state: string): string {
	const { row, plan } = planOf(state);
	const writes = [...plan.toUsers, ...plan.toWix];
	if (writes.length > 1 || plan.links.length > 1 || plan.review.length > 1) return 'more than one';
	const saved = plan.links[0]?.link ?? row;
	const entries = pendingOf(saved).map((entry) => {
		const { side, from, to } = entry;
		return `${sides.indexOf(side)}${digitOf(from)}${digitOf(to)}${codeOf(entry)}`;
	});
	return [verdictOf(plan), digitOf(baseOf(saved)), ...entries].join(' ');
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
