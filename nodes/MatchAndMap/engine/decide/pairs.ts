import type { JsonObject, Outcome, Pending, Side } from '../../../shared/contract';
import { pairWords, words, type Choice, type FieldFacts, type Question } from '../ask';
import {
	aboutRow,
	reasonOf,
	weightiest,
	type Because,
	type Decision,
	type WriteValue,
} from '../decision';
import type { Pair } from '../pair';
import { baseOf, hasNoBase, idOn, type Known, type Row } from '../read';
import {
	mergeProperty,
	type Memory,
	type PropertyQuestion,
	type PropertyWrite,
	type Seen,
} from './property';

/** A property that a person has to decide on, with what is known of it. */
interface Open {
	question: PropertyQuestion;
	facts: FieldFacts;
}

/** What the properties of one pair come to, each for itself. */
interface Parts {
	row: Row;
	outcomes: Outcome[];
	/** The first of what is waited for. */
	because: Because | undefined;
	writes: PropertyWrite[];
	open: Open[];
	questions: Question[];
	isUnderWay: boolean;
}

/** Merges every property of one pair. One write for a row and run: users first, the other side on the next run. */
export function decidePair(known: Known, pair: Pair): Decision {
	const agreed = firstAgreement(known, pair);
	if (agreed !== undefined) return agreed;
	const parts = mergeAll(known, pair);
	if (pair.isNew) parts.outcomes.push('linkedNow');
	const answers = askAbout(known, parts);
	if (answers.state !== undefined) {
		const row = { ...parts.row, state: answers.state };
		return { row, outcome: 'ignored', because: { code: 'answered' }, answered: answers.questions };
	}
	// Nothing is sent for a link in the run that adds it: a double that a run beside may have added is united first
	const planned = parts.row.source === undefined ? {} : writeOf(pair, parts, answers.writes);
	const outcome = weightiest(parts.outcomes) ?? 'inSync';
	const { row, questions, isUnderWay, because = { code: 'agreed' } } = parts;
	const first = questions[0];
	return {
		row,
		outcome,
		because: first === undefined ? because : { ...because, code: first.code },
		...(questions.length > 0 ? { questions } : {}),
		...(isUnderWay ? { isUnderWay } : {}),
		...planned,
	};
}

/** The usual first link, told without looking further: both sides hold the same, and nothing is remembered. */
function firstAgreement({ rules }: Known, { row, wix, users }: Pair): Decision | undefined {
	if (row.source !== undefined || row.pending.length > 0 || !hasNoBase(row)) return undefined;
	if (wix === undefined || users === undefined) return undefined;
	const base: JsonObject = {};
	for (const [index, { key }] of rules.properties.entries()) {
		if (wix.key(index) === '' || wix.key(index) !== users.key(index)) return undefined;
		base[key] = wix.value(index);
	}
	return { row: { ...row, base }, outcome: 'linkedNow', because: linkedNow };
}

const linkedNow: Because = { code: 'linkedNow' };

function mergeAll(known: Known, { row: before, wix, users }: Pair): Parts {
	const parts: Parts = {
		...{ row: before, outcomes: [], because: undefined, writes: [], open: [], questions: [] },
		isUnderWay: false,
	};
	const { properties, policies, nowMs } = known.rules;
	const context = { policies, nowMs, isFull: known.isFull };
	properties.forEach((property, index) => {
		const seen: Seen = { wix: wix?.reading(index), users: users?.reading(index) };
		const { row } = parts;
		const memory = memoryOf(row, property.key);
		const merged = mergeProperty(memory, property, seen, context);
		if (merged.memory !== memory) parts.row = remembering(row, property.key, merged.memory);
		const { verdict } = merged;
		if (verdict.kind === 'write') parts.writes.push(verdict);
		else if (verdict.kind === 'review') {
			const facts = {
				...{ field: property.keyOn.wix, base: memory.base, days: policies.pendingDays },
				...{ wix: seen.wix?.value ?? null, users: seen.users?.value ?? null },
				...{ side: verdict.side, code: verdict.code, refusing: verdict.refusing },
			};
			parts.open.push({ question: verdict, facts });
			parts.because ??= { code: verdict.reason, side: verdict.side, field: property.key };
		} else if (verdict.kind === 'skipped') {
			for (const side of ['wix', 'users'] as const) {
				const fault = seen[side]?.fault;
				if (fault === undefined) continue;
				const said = words.badValue(property.keyOn[side], fault);
				parts.questions.push(aboutRow(known.rules, row, 'badValue', said));
				parts.because ??= { code: 'badValue', side, field: property.keyOn[side] };
			}
			parts.outcomes.push('review');
		} else if (verdict.kind !== 'same') {
			const isWaiting = verdict.kind === 'waiting';
			parts.isUnderWay ||= isWaiting;
			parts.because ??= { code: isWaiting ? 'notShown' : 'unseen', field: property.key };
			parts.outcomes.push(verdict.kind);
		}
	});
	return parts;
}

const isValueWrite = ({ operation }: Pending) => operation === 'update' || operation === 'create';

const nothing: readonly Pending[] = [];

const memoryOf = (row: Row, key: string): Memory => ({
	base: baseOf(row, key),
	entries:
		row.pending.length === 0
			? nothing
			: row.pending.filter((entry) => entry.property === key && isValueWrite(entry)),
});

function remembering(row: Row, key: string, { base, entries }: Memory): Row {
	const isForgotten = (entry: Pending) =>
		entry.property === key && isValueWrite(entry) && !entries.includes(entry);
	const pending = row.pending.some(isForgotten)
		? row.pending.filter((entry) => !isForgotten(entry))
		: row.pending;
	if (base === baseOf(row, key)) return { ...row, pending };
	const others =
		base === undefined ? Object.entries(row.base).filter(([known]) => known !== key) : [];
	return {
		...row,
		pending,
		base: base === undefined ? Object.fromEntries(others) : { ...row.base, [key]: base },
	};
}

/** What people answered about a pair: the writes that follow, by question, or another state of the row. */
interface Answers {
	writes: ReadonlyArray<{ question: Question; write: PropertyWrite }>;
	state: Row['state'] | undefined;
	questions: readonly Question[];
}

/** Asks what is open, by reason; what a person has answered becomes a write. */
function askAbout({ rules, questions }: Known, parts: Parts): Answers {
	const writes: Array<{ question: Question; write: PropertyWrite }> = [];
	for (const reason of new Set(parts.open.map(({ question }) => question.reason))) {
		const open = parts.open.filter(({ question }) => question.reason === reason);
		const choices = open.flatMap(({ question: { choices: by } }) => [
			...choiceOf('wix', by.wixWins),
			...choiceOf('users', by.usersWin),
		]);
		const said = pairWords(
			reason,
			open.map(({ facts }) => facts),
			choices,
		);
		const others = (side: Side) =>
			open.flatMap(({ question }) => (question.side === side ? question.others : []));
		const asked = aboutRow(rules, parts.row, reason, said, {
			wix: others('wix'),
			users: others('users'),
		});
		const answer = parts.row.source === undefined ? '' : questions.answerTo(asked);
		if (answer === 'leaveAlone' || answer === 'keepApart') {
			const state = answer === 'leaveAlone' ? 'ignored' : 'keepApart';
			return { writes: [], state, questions: [asked] };
		}
		if (answer === 'wixWins' || answer === 'usersWin') {
			for (const { question } of open) {
				const write = question.choices[answer];
				if (write !== undefined) writes.push({ question: asked, write });
			}
		} else {
			parts.questions.push(asked);
			parts.outcomes.push(reason === 'refused' ? 'refused' : 'review');
		}
	}
	return { writes, state: undefined, questions: [] };
}

const choiceOf = (winner: Side, write: PropertyWrite | undefined): Choice[] =>
	write === undefined ? [] : [{ winner, value: write.value.to }];

/** The write of this run; what goes to the other side waits, and so does its answer. */
function writeOf(
	{ wix, users }: Pair,
	parts: Parts,
	answered: Answers['writes'],
): Pick<Decision, 'write' | 'answered' | 'kept'> {
	const writes = [...parts.writes, ...answered.map(({ write }) => write)];
	if (writes.length === 0) return {};
	const side: Side = writes.some((write) => write.side === 'users') ? 'users' : 'wix';
	const values = writes.filter((write) => write.side === side).map(({ value }) => value);
	const { row } = parts;
	const recordId = (side === 'wix' ? wix : users)?.id ?? idOn(row, side);
	const isKnown = values.every((value) => isKnownStep(row, side, value));
	const write = { side, operation: 'update' as const, recordId, values, isKnown };
	const isPutBack = reasonOf(write) === 'putBack';
	parts.outcomes.push(isPutBack ? 'putBack' : 'changed');
	if (values.length < writes.length) parts.outcomes.push('waiting');
	const used = (isUsed: boolean) => [
		...new Set(
			answered.flatMap((one) => ((one.write.side === side) === isUsed ? one.question : [])),
		),
	];
	parts.because ??= { code: reasonOf(write), side, field: values[0]?.property.keyOn[side] ?? '' };
	return { write, answered: used(true), kept: used(false) };
}

/** Whether the row holds this very step already, whatever became of it: the guard weighed it when it got there. */
const isKnownStep = ({ readPending }: Row, side: Side, { property, to }: WriteValue): boolean =>
	readPending.some(
		(entry) => entry.side === side && entry.property === property.key && entry.to === to,
	);
