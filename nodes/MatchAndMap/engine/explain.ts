import type { Outcome, Pending, Side } from '../../shared/contract';
import { comparisonKey, isBlank } from '../../shared/normalize';
import type { PlannedStep } from './intents';
import { capital, listed, personOf, shown, sideName } from './people';
import type { MadePlan } from './plan';
import { furtherAddresses, type SideRecord } from './records';
import { changeReasons, stepWords } from './reportWords';
import type { ListedMatter } from './review';
import { idOn, isWhole, type Row } from './rows';
import { recordOf, type PlanState } from './state';
import { outcomeOf } from './tally';

/** Pairs and lone records that one explanation speaks of; the total is always named. */
const mostSubjects = 5;

const sides = ['wix', 'users'] as const;

type Subject = { row: Row } | { record: SideRecord };

/**
 * Why a person is or is not linked, what is planned and what it waits for, in plain sentences. It decides nothing: all is read off
 * what the plan came to. Linear in records and rows.
 * @param name a name or a part of it, an address, or an id
 */
export function explain(name: string, made: MadePlan): string[] {
	const wanted = name.trim();
	const subjects = subjectsOf(made, wanted);
	if (subjects.length === 0) return [notFound(made.state, wanted)];
	const told = subjects.slice(0, mostSubjects);
	const rest = subjects.length - told.length;
	const count = `${shown(wanted)} fits ${subjects.length} pairs or records${rest > 0 ? `; the first ${mostSubjects} are explained` : ''}.`;
	return [
		...(subjects.length > 1 ? [count] : []),
		...told.flatMap((subject) => sentencesOf(subject, made)),
		...heldBack(made),
	];
}

function notFound({ listing }: PlanState, name: string): string {
	const partial = sides.filter((side) => !listing[side].complete).map((side) => sideName[side]);
	const hint =
		partial.length === 0
			? ''
			: ` The list from ${listed(partial)} does not count as complete, so the record may exist without being in it.`;
	return `Nobody with the name, address or ID ${shown(name)} is in the inputs or in the links table.${hint}`;
}

function subjectsOf({ state, steps }: MadePlan, name: string): Subject[] {
	const { rows: linked, unlinkedRows, otherRows } = state;
	// A row that this run adds for a record to be created is known by its step alone
	const known = new Set([...linked, ...unlinkedRows, ...otherRows, ...steps.map(({ row }) => row)]);
	const rows = [...known].filter((row) => !state.removed.has(row) && isRowNamed(state, row, name));
	const covered = new Set(rows.flatMap((row) => sides.map((side) => `${side} ${idOn(row, side)}`)));
	const records = sides
		.flatMap((side) => state.listing[side].records)
		.filter(({ side, id }) => !covered.has(`${side} ${id}`))
		.filter((record) => isRecordNamed(state, record, name));
	return [...rows.map((row) => ({ row })), ...records.map((record) => ({ record }))];
}

/** By an id, by an address that the two held or are to hold, or by what one of them is called. */
function isRowNamed(state: PlanState, row: Row, name: string): boolean {
	if ([row.wixId, row.userId, row.linkId].includes(name)) return true;
	const key = addressKey(name);
	const held = [...row.base.values(), ...row.pending.flatMap(({ from, to }) => [from, to])];
	if (key !== '' && held.some((value) => typeof value === 'string' && addressKey(value) === key))
		return true;
	return sides.some((side) => {
		const record = recordOf(state, row, side);
		return record !== undefined && isRecordNamed(state, record, name);
	});
}

function isRecordNamed(state: PlanState, record: SideRecord, name: string): boolean {
	if (record.id === name) return true;
	const key = addressKey(name);
	if (key !== '') {
		const own = state.flow.properties.map((_, index) => record.key(index));
		return own.includes(key) || furtherAddresses(state.flow, record).includes(key);
	}
	const called = state.lookUp(record.side, record.id)?.name ?? '';
	return name !== '' && called.toLowerCase().includes(name.toLowerCase());
}

/** The key of a name that is an address; '' for any other. */
const addressKey = (name: string) => (name.includes('@') ? comparisonKey(name, 'email') : '');

function sentencesOf(subject: Subject, made: MadePlan): string[] {
	const { state } = made;
	const isRow = 'row' in subject;
	const ids = isRow
		? { wix: subject.row.wixId, users: subject.row.userId }
		: { wix: '', users: '', [subject.record.side]: subject.record.id };
	const steps = isRow ? made.steps.filter(({ row }) => row === subject.row) : [];
	const matters = state.review.list().filter((matter) => isAbout(matter, ids));
	const outcome = outcomeOf(isRow ? subject.row : subject.record);
	const held = sides.flatMap((side) => (ids[side] === '' ? [] : [holding(state, side, ids[side])]));
	const row = isRow ? rowSentences(subject.row, steps.length > 0) : [];
	return [
		...held,
		...row,
		...(outcome === undefined || steps.length + matters.length > 0 ? [] : [outcomes[outcome]]),
		...steps.map(stepSentence),
		...matters.map(
			({ question, answers }) => `In Review: ${question}${answerHint(answers.length)}`,
		),
	];
}

const isAbout = ({ wixIds, userIds }: ListedMatter, ids: Record<Side, string>) =>
	(ids.wix !== '' && wixIds.includes(ids.wix)) || (ids.users !== '' && userIds.includes(ids.users));

const answerHint = (count: number) =>
	count === 0 ? '' : ' It can be answered in the review table or in the form.';

function holding(state: PlanState, side: Side, id: string): string {
	const held = state.lookUp(side, id);
	const who = `${side === 'wix' ? 'The Wix record' : 'The user'} '${id}'`;
	if (held === undefined) return `${who} is not in this run's list.`;
	const fields = held.fields.map(({ path, value }) => `${path} ${shown(value)}`);
	return `${who}, ${personOf(held)}, holds ${listed(fields) || 'no field that is kept in sync'}.`;
}

/** @param isPlanned what this run is about to do is told by its steps */
function rowSentences(row: Row, isPlanned: boolean): string[] {
	const base = row.base.entries().map(([key, value]) => `${key} ${shown(value)}`);
	const seen = base.length === 0 ? [] : [`Both were last seen with ${listed(base)}.`];
	const entries = isPlanned ? row.pending.filter((entry) => !isDue(entry)) : row.pending;
	const awaited = row.state === 'linked' && !isWhole(row);
	const state = awaited
		? 'It is linked as soon as the other record is there.'
		: stateWords[row.state];
	return [state, ...seen, ...entries.map(entrySentence)];
}

const isDue = ({ outcome, until }: Pending) =>
	outcome === 'announced' || (outcome === 'held' && until === undefined);

const stateWords: Record<Row['state'], string> = {
	linked: 'The two are linked.',
	unlinked: 'The two were linked. They are linked again when both are there and free.',
	keepApart: 'A row of the links table keeps the two apart.',
	ignored: "A row of the links table has the state 'ignored': it is left alone.",
	removed: 'The link is done with.',
};

/** What an outcome means, for somebody whom nothing is planned for and nothing is asked about. */
const outcomes: Record<Outcome, string> = {
	inSync: 'Both sides hold the same: there is nothing to do.',
	linkedNow: 'They are linked by this run.',
	changed: 'It is to be changed.',
	putBack: 'An edit goes back, because the rule goes one way.',
	waiting: 'It waits: for another run that is at work on it, or for what was sent to be seen.',
	waitingForFullRun: 'It waits for a run that lists both sides whole.',
	review: 'It is in Review.',
	refused: 'It was refused.',
	vanished: 'A record is gone on one side.',
	outside: 'A look-up by its ID found it outside the list, so it is left as it is.',
	withoutKey:
		'Not linked: it has nothing to link by, because the fields of the link rules are empty.',
	unmatched:
		"Not linked: nobody on the other side who is free holds the same in the fields of the link rules. 'Create Missing Records' does not ask for a new one, or nothing could be created from it.",
	excluded: "It is not in the trial: 'Only These People' names others.",
	ignored: 'It is left alone: a row says so, or it belongs to a site member.',
};

function stepSentence({ side, operation, values, reason, recordId, row }: PlannedStep): string {
	const list = values.map(({ field, from, to }) =>
		operation === 'update'
			? `${field} from ${shown(from)} to ${shown(to)}`
			: `${field} ${shown(to)}`,
	);
	const isRemoved = operation === 'deactivate' || operation === 'delete';
	const what = isRemoved || list.length === 0 ? '' : `, ${listed(list)}`;
	const whom = recordId === '' ? '' : ` '${recordId}'`;
	const later = row.source === undefined ? ' It is sent by the next run.' : '';
	return `Planned: ${stepWords({ operation, side })}${whom}${what}. Why: ${changeReasons[reason]}.${later}`;
}

const entryWords: Record<Pending['outcome'], string> = {
	announced: 'was announced and has not been seen there yet',
	held: 'is kept in mind: it waits for its turn, or for a late echo',
	sent: 'was sent and is not shown yet; an address may wait for its owner to confirm it',
	refused: 'was refused, and is not sent again while both sides hold what they hold',
	refusedForNow: 'was refused for now; a full run tries again a day later',
	gone: 'was looked up and is gone',
	moved: 'was looked up and had been merged into another record',
	present: 'was looked up and is there, outside the list',
};

function entrySentence({ operation, side, to, at, outcome, code = '' }: Pending): string {
	const reason = code === '' || outcome === 'moved' ? '' : ` (${code})`;
	const subject =
		operation === 'verify'
			? `The record in ${sideName[side]}`
			: isBlank(to)
				? `To ${operation} the record in ${sideName[side]}`
				: `${capital(shown(to))} for ${sideName[side]}`;
	return `${subject} ${entryWords[outcome]}${reason} (${at}).`;
}

/** The plan of the run itself may give nothing of it out. */
function heldBack({ plan: { report }, state }: MadePlan): string[] {
	const { tripped, planHash } = report.guard;
	if (tripped)
		return [
			`Nothing of this run is written: the guard stopped it. To let exactly this plan through, enter ${planHash} as 'Approved Plan'.`,
		];
	return state.policies.dryRun ? ["Nothing is written: 'Preview Only' is switched on."] : [];
}
