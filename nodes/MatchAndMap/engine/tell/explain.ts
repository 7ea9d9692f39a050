import type { Outcome, Pending, Side } from '../../../shared/contract';
import { comparisonKey, isBlank } from '../../../shared/normalize';
import { capital, listed, personOf, shown, sideName } from '../ask';
import type { Decision } from '../decision';
import {
	furtherAddresses,
	idOn,
	isComplete,
	isRowFault,
	parseRow,
	type Known,
	type Row,
	type SideRecord,
} from '../read';
import type { ListedQuestion } from './questions';
import { changeReasons, stepWords } from './reportWords';
import { stepsOf, type PlannedStep, type Told } from './told';

/** Pairs and lone records that one explanation speaks of; the total is always named. */
const mostSubjects = 5;

const sides = ['wix', 'users'] as const;

/**
 * Why a person is or is not linked, what is planned and what it waits for, in plain sentences. It decides nothing: all is read off
 * the decisions. Linear in records and rows.
 * @param name a name or a part of it, an address, or an id
 */
export function explain(name: string, told: Told): string[] {
	const wanted = name.trim();
	const { known } = told.released.decided.paired;
	const subjects = subjectsOf(told, wanted);
	if (subjects.length === 0) return [notFound(known, wanted)];
	const first = subjects.slice(0, mostSubjects);
	const rest = subjects.length - first.length;
	const count = `${shown(wanted)} fits ${subjects.length} pairs or records${rest > 0 ? `; the first ${mostSubjects} are explained` : ''}.`;
	return [
		...(subjects.length > 1 ? [count] : []),
		...first.flatMap((subject) => sentencesOf(subject, told)),
		...heldBack(told),
	];
}

function notFound({ records }: Known, name: string): string {
	const partial = sides.filter((side) => !records[side].isWhole).map((side) => sideName[side]);
	const hint =
		partial.length === 0
			? ''
			: ` The list from ${listed(partial)} does not count as complete, so the record may exist without being in it.`;
	return `Nobody with the name, address or ID ${shown(name)} is in the inputs or in the links table.${hint}`;
}

/** What was decided about those with a name; whoever is at rest, or set apart by a row, is told by the row. */
function subjectsOf({ released: { decided, decisions } }: Told, name: string): Decision[] {
	const { known, atRest } = decided.paired;
	const isMet = isMetBy(known, name);
	const settled = new Set(decisions.flatMap(({ row }) => row?.source ?? []));
	const rested = atRest
		.map(parseRow)
		.filter((row): row is Row => !isRowFault(row))
		.map((row): Decision => ({ row, outcome: 'inSync', because: { code: 'agreed' } }));
	const apart = known.apart
		.filter(({ source }) => source !== undefined && !settled.has(source))
		.map((row): Decision => ({ row, because: { code: 'barred' } }));
	const rows = [...decisions, ...rested, ...apart].filter(
		({ row }) => row !== undefined && row.state !== 'removed' && isRowMet(known, row, name, isMet),
	);
	const told = new Set(
		rows.flatMap(({ row }) => sides.map((side) => row && `${side} ${idOn(row, side)}`)),
	);
	const alone = decisions.filter(
		({ row, record }) =>
			row === undefined &&
			record !== undefined &&
			!told.has(`${record.side} ${record.id}`) &&
			isMet(record),
	);
	return [...rows, ...alone];
}

type IsMet = (record: SideRecord) => boolean;

/** Whether a name means a record: its id, one of its addresses, or a part of what it is called. */
function isMetBy({ rules, lookUp }: Known, name: string): IsMet {
	const key = addressKey(name);
	return (record) => {
		if (record.id === name) return true;
		if (key !== '') {
			const own = rules.properties.map((_, index) => record.key(index));
			return own.includes(key) || furtherAddresses(rules, record).includes(key);
		}
		const called = lookUp(record.side, record.id)?.name ?? '';
		return name !== '' && called.toLowerCase().includes(name.toLowerCase());
	};
}

/** By an id, by an address that the two held or are to hold, or by one of its records. */
function isRowMet({ records }: Known, row: Row, name: string, isMet: IsMet): boolean {
	if ([row.wixId, row.userId, row.linkId].includes(name)) return true;
	const key = addressKey(name);
	const held = [...Object.values(row.base), ...row.pending.flatMap(({ from, to }) => [from, to])];
	if (key !== '' && held.some((value) => typeof value === 'string' && addressKey(value) === key))
		return true;
	return sides.some((side) => {
		const record = records[side].byId.get(idOn(row, side));
		return record !== undefined && isMet(record);
	});
}

/** The key of a name that is an address; '' for any other. */
const addressKey = (name: string) => (name.includes('@') ? comparisonKey(name, 'email') : '');

function sentencesOf(subject: Decision, { released, questions }: Told): string[] {
	const { known } = released.decided.paired;
	const { row, record, outcome, because } = subject;
	const ids: Record<Side, string> =
		row === undefined
			? { wix: '', users: '', ...(record === undefined ? {} : { [record.side]: record.id }) }
			: { wix: row.wixId, users: row.userId };
	const steps = stepsOf(subject);
	const asked = questions.filter((question) => isAbout(question, ids));
	const held = sides.flatMap((side) => (ids[side] === '' ? [] : [holding(known, side, ids[side])]));
	const isTold = outcome === undefined || steps.length + asked.length > 0;
	return [
		...held,
		...(row === undefined ? [] : rowSentences(row, steps.length > 0)),
		...(isTold ? [] : [circumstanceWords[because.code] ?? outcomeWords[outcome]]),
		...steps.map(stepSentence),
		...asked.map(({ question, answers }) => `In Review: ${question}${answerHint(answers.length)}`),
	];
}

const isAbout = ({ wixIds, userIds }: ListedQuestion, ids: Record<Side, string>) =>
	(ids.wix !== '' && wixIds.includes(ids.wix)) || (ids.users !== '' && userIds.includes(ids.users));

const answerHint = (count: number) =>
	count === 0 ? '' : ' It can be answered in the review table or in the form.';

function holding({ lookUp }: Known, side: Side, id: string): string {
	const held = lookUp(side, id);
	const who = `${side === 'wix' ? 'The Wix record' : 'The user'} '${id}'`;
	if (held === undefined) return `${who} is not in this run's list.`;
	const fields = held.fields.map(({ path, value }) => `${path} ${shown(value)}`);
	return `${who}, ${personOf(held)}, holds ${listed(fields) || 'no field that is kept in sync'}.`;
}

/** @param isPlanned what this run is about to do is told by its steps */
function rowSentences(row: Row, isPlanned: boolean): string[] {
	const base = Object.entries(row.base).map(([key, value]) => `${key} ${shown(value)}`);
	const seen = base.length === 0 ? [] : [`Both were last seen with ${listed(base)}.`];
	const entries = isPlanned ? row.pending.filter((entry) => !isDue(entry)) : row.pending;
	const awaited = row.state === 'linked' && !isComplete(row);
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

/** What some reasons say more exactly than the outcome does. */
const circumstanceWords: Partial<Record<Decision['because']['code'], string>> = {
	addressSoon: 'It waits for an address that is about to be free.',
	doubled: 'Two runs had added its row: this one unites them and leaves all else to the next.',
	leased: 'It waits: for another run that is at work on it.',
	lookUp: 'It waits for a look-up by its ID, because a record is not in the list.',
	nextRun: "It waits for the next run: this one sends no more than 'Writes per Run'.",
	notShown: 'It waits for what was sent to be seen.',
	answered: 'An answer is carried out; the next run looks at it again.',
};

/** What an outcome means, for somebody whom nothing is planned for and nothing is asked about. */
const outcomeWords: Record<Outcome, string> = {
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
function heldBack({ released: { guard, decided } }: Told): string[] {
	if (guard.tripped)
		return [
			`Nothing of this run is written: the guard stopped it. To let exactly this plan through, enter ${guard.planHash} as 'Approved Plan'.`,
		];
	const { dryRun } = decided.paired.known.rules.policies;
	return dryRun ? ["Nothing is written: 'Preview Only' is switched on."] : [];
}
