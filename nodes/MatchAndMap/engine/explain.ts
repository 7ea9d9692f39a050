import type { Change, Plan, PlanInput, ReviewItem, Side } from '../../shared/contract';
import { Facts, addressKey, type Known } from './explainFacts';
import { whyNotCreated, whyNotLinked } from './explainLone';
import { called, capital, changeSentence, identity, listed, shown, sideName } from './explainWords';
import { differences, pairSentences } from './explainPair';
import { plan as makePlan } from './plan';
import { escape } from './reportPage';
import { idIn, type SeenRow } from './explainRows';

/** Pairs and lone records that one explanation speaks of; the total is always named. */
const mostSubjects = 5;

const sides = ['wix', 'users'] as const;

/** A linked row with its records, or one record that is in none. */
type Subject = { row: SeenRow } | { known: Known };

/**
 * Why a person is or is not linked, what is planned and what it waits for, in plain sentences. Reads only what the plan
 * was made from and what it came to; linear in records and rows.
 * @param name the id of a record or of a row, or an address
 * @param input what `plan` was made from
 * @throws PlanInputError for invalid rules or policies
 */
export function explain(name: string, input: PlanInput, plan: Plan): string[] {
	const wanted = name.trim();
	const isHeld = plan.report.guard.tripped || input.policies.dryRun;
	const free = isHeld
		? makePlan({ ...input, policies: { ...input.policies, dryRun: false, guard: null } })
		: plan;
	const facts = new Facts(input, free);
	const subjects = subjectsOf(facts, wanted);
	if (subjects.length === 0) return [notFound(facts, wanted)];
	const shownSubjects = subjects.slice(0, mostSubjects);
	const sentences: string[] = [];
	if (subjects.length > 1) {
		const rest = subjects.length - shownSubjects.length;
		sentences.push(
			`${shown(wanted)} fits ${subjects.length} pairs or records${rest > 0 ? `; the first ${mostSubjects} are explained` : ''}.`,
		);
	}
	return sentences.concat(shownSubjects.flatMap((subject) => explainSubject(facts, subject, plan)));
}

function notFound(facts: Facts, name: string): string {
	const partial = facts.notFull().map((side) => sideName[side]);
	const hint =
		partial.length === 0
			? ''
			: ` The list from ${listed(partial)} does not count as complete, so the record may exist without being in it.`;
	return `Nobody with the ID or address ${shown(name)} is in the inputs or in the links table.${hint}`;
}

function subjectsOf(facts: Facts, name: string): Subject[] {
	const found = foundRecords(facts, name);
	const rows = new Set<SeenRow>();
	for (const { side, id } of found) for (const row of facts.rowsOf(side, id)) rows.add(row);
	for (const row of facts.after) if (isNamed(facts, row, name)) rows.add(row);
	const linked = [...rows].filter((row) => row.state === 'linked');
	const covered = new Set(linked.flatMap((row) => [`wix ${row.wixId}`, `users ${row.userId}`]));
	const lone = found.filter(({ side, id }) => !covered.has(`${side} ${id}`));
	const unlisted = [...rows].filter(
		(row) =>
			row.state !== 'linked' &&
			facts.known('wix', row.wixId) === undefined &&
			facts.known('users', row.userId) === undefined,
	);
	return [
		...linked.map((row) => ({ row })),
		...lone.map((known) => ({ known })),
		...unlisted.map((row) => ({ row })),
	];
}

function foundRecords(facts: Facts, name: string): Known[] {
	const key = addressKey(name);
	const found: Known[] = [];
	for (const side of sides) {
		for (const known of facts.records(side)) {
			if (known.id === name || (key !== '' && holdsAddress(facts, known, key))) found.push(known);
		}
	}
	return found;
}

function holdsAddress(facts: Facts, known: Known, key: string): boolean {
	if (facts.addresses(known).includes(key)) return true;
	if (facts.furtherAddresses(known).includes(key)) return true;
	const singleKey = JSON.stringify([key]);
	return facts.flow.rules.some(
		(rule) => rule.pairs[0].compare === 'email' && facts.ruleKey(known, rule).key === singleKey,
	);
}

/** By an id of the row, or by an address that the two held before. */
function isNamed(facts: Facts, row: SeenRow, name: string): boolean {
	if ([row.wixId, row.userId, row.linkId, row.rowId].includes(name)) return true;
	const key = addressKey(name);
	if (key === '' || row.state !== 'linked') return false;
	const earlier = facts.earlier(row) ?? row;
	const held = [...earlier.base.values(), ...row.pending.flatMap(({ from, to }) => [from, to])];
	return held.some((value) => typeof value === 'string' && addressKey(value) === key);
}

function explainSubject(facts: Facts, subject: Subject, plan: Plan): string[] {
	return 'known' in subject
		? aboutRecord(facts, subject.known)
		: aboutRow(facts, subject.row, plan);
}

function aboutRecord(facts: Facts, known: Known): string[] {
	const matters = facts.plan.review.filter((item) => concerns(item, known.side, known.id));
	return [...loneSentences(facts, known, matters), ...matters.map(matterSentence)];
}

function aboutRow(facts: Facts, row: SeenRow, plan: Plan): string[] {
	const matters = facts.plan.review.filter((item) =>
		sides.some((side) => concerns(item, side, idIn(row, side))),
	);
	const changes = changesOf(facts, row);
	const isQuiet = changes.length === 0 && matters.length === 0;
	return [
		...rowSentences(facts, row, changes),
		...changes.map(changeSentence),
		...(changes.length === 0 ? [] : heldBack(facts, plan)),
		...matters.map(matterSentence),
		...(row.state === 'linked' && isQuiet ? differences(facts, row) : []),
	];
}

const concerns = ({ wixIds, userIds }: ReviewItem, side: Side, id: string) =>
	(side === 'wix' ? wixIds : userIds).includes(id);

const matterSentence = ({ reason, message, howToDecide }: ReviewItem) =>
	`In Review (${reason}): ${message} What to do: ${howToDecide}`;

function loneSentences(facts: Facts, known: Known, matters: readonly ReviewItem[]): string[] {
	const values = facts.flow.properties.map(
		(property) => `${property.keyOn[known.side]} ${shown(facts.reading(known, property).value)}`,
	);
	const who = `${identity(known)} is in no link. It holds ${values.length === 0 ? 'no field that is kept in sync' : listed(values)}.`;
	return [
		who,
		...whyNotLinked(facts, known),
		...(matters.length === 0 && facts.notFull().length === 0 ? whyNotCreated(facts, known) : []),
	];
}

function rowSentences(facts: Facts, row: SeenRow, changes: readonly Change[]): string[] {
	if (row.state === 'linked') return pairSentences(facts, row, changes);
	const named = sides.filter((side) => idIn(row, side) !== '');
	const [stand, are] = named.length === 1 ? ['stands', 'is'] : ['stand', 'are'];
	const who = listed(named.map((side) => called(side, idIn(row, side))));
	return [
		`${capital(who)} ${stand} in a row of the links table with the state '${row.state}', and ${are} in no list of this run.`,
	];
}

const changesOf = ({ plan }: Facts, row: SeenRow): Change[] =>
	[...plan.toUsers, ...plan.toWix].filter((change) => change.link.linkId === row.linkId);

/** The plan of the run itself may give nothing of it out. */
function heldBack({ input }: Facts, { report }: Plan): string[] {
	if (report.guard.tripped)
		return [
			`Nothing of this is written in this run: the guard stopped it, because it would change ${report.guard.wouldChange.wix} records in Wix and ${report.guard.wouldChange.users} users. To let exactly this plan through, enter ${report.guard.planHash} as 'Approved Plan'.`,
		];
	return input.policies.dryRun
		? ["Nothing of this is given out: 'Preview Only' is switched on."]
		: [];
}

/** The report page with the explanation at its top; every value escaped. */
export function withExplanation(html: string, name: string, sentences: readonly string[]): string {
	const items = sentences.map((sentence) => `<li>${escape(sentence)}</li>`).join('');
	const section = `<section class="explanation"><h2>About ${escape(shown(name))}</h2><ul>${items}</ul></section>`;
	return html.replace('<body>', () => `<body>${section}`);
}
