import type { Side } from '../../shared/contract';
import type { CompiledRule } from './compile';
import type { Facts, Known, Standing } from './explainFacts';
import { idIn } from './explainRows';
import { called, capital, listed, sideName } from './explainWords';
import { otherSide } from './rows';

/** Why a record is in no link, in the order in which the planning looks. */
export function whyNotLinked(facts: Facts, known: Known): string[] {
	const standing = facts.standing(known);
	const barred = whyBarred(facts, known, standing);
	if (barred !== undefined) return [`Not linked: ${barred}`];
	const before = standing.unlinked;
	const other = otherSide(known.side);
	const history =
		before === undefined
			? []
			: [
					`It was linked before, to ${called(other, idIn(before, other))}. The two are linked again when both are listed and free.`,
				];
	const notFull = facts.notFull();
	if (notFull.length > 0) return [...history, `Not linked: ${whyNotFull(facts, notFull)}`];
	const rules = facts.flow.rules.map(
		(rule, index) => `Link rule ${index + 1}: ${ruleVerdict(facts, known, rule)}`,
	);
	const further = furtherHolders(facts, known);
	return [
		...history,
		'Not linked, because no link rule gives exactly one partner.',
		...rules,
		...further,
	];
}

/** Why a record takes no part in the matching; undefined when it does. */
function whyBarred(facts: Facts, known: Known, standing: Standing): string | undefined {
	if (standing.ignored)
		return "a row of the links table has it in the state 'ignored', so it is left alone. Delete that row to have it take part again.";
	if (standing.leftAlone)
		return "it belongs to a site member, and 'Contacts of Site Members' is set to Leave Alone.";
	if (standing.elsewhere !== undefined)
		return `the user is linked in the data flow '${standing.elsewhere.flow}' to ${called('wix', standing.elsewhere.wixId)}, and takes part in one data flow only.`;
	if (standing.broken)
		return 'a row of the links table that names it cannot be used. Correct or delete that row.';
	const fault = facts.fault(known);
	if (fault !== undefined)
		return `the field '${fault.field}' ${fault.text}. Correct the field; the next run takes it.`;
	return undefined;
}

function whyNotFull(facts: Facts, sides: readonly Side[]): string {
	const reasons = sides.map((side) =>
		facts.withoutId[side] > 0
			? `${facts.withoutId[side]} records of ${sideName[side]} came without an ID`
			: `the list from ${sideName[side]} does not count as complete (it has only changed records, or was not read)`,
	);
	return `this run links nobody new, because ${listed(reasons)}.`;
}

function ruleVerdict(facts: Facts, known: Known, rule: CompiledRule): string {
	const { key, lack } = facts.ruleKey(known, rule);
	if (lack !== undefined) return `it has no key here, because '${lack.field}' is empty.`;
	const other = otherSide(known.side);
	const partners = holdersOf(facts, other, rule, key);
	const fields = rule.pairs.map(({ label }) => `'${label[other]}'`);
	if (partners.length === 0)
		return `nobody in ${sideName[other]} holds the same in ${listed(fields)}.`;
	const keptApart = new Set(facts.standing(known).keptApart);
	const free: string[] = [];
	const barred: string[] = [];
	for (const partner of partners) {
		const why = keptApart.has(partner.id)
			? "a row of the links table has the two in the state 'keepApart'"
			: whyTaken(facts, partner);
		if (why === undefined) free.push(called(other, partner.id));
		else barred.push(`${called(other, partner.id)} holds the same, but ${why}`);
	}
	const rivals = holdersOf(facts, known.side, rule, key)
		.filter((rival) => rival.id !== known.id && whyTaken(facts, rival) === undefined)
		.map((rival) => called(known.side, rival.id));
	const sentences: string[] = [];
	if (barred.length > 0) sentences.push(`${capital(listed(barred, 3))}.`);
	if (free.length > 0) sentences.push(...freeSentences(free, rivals));
	return sentences.join(' ');
}

/** Who could be linked, and what keeps them from it. */
function freeSentences(free: readonly string[], rivals: readonly string[]): string[] {
	const also =
		rivals.length === 0 ? '' : `, and so does ${listed(rivals)} on this record's own side`;
	return [
		`${capital(listed(free))} ${free.length === 1 ? 'holds' : 'hold'} the same${also}.`,
		free.length + rivals.length > 1
			? 'It is not certain who is who, so nobody is linked.'
			: 'Another rule or row stands in the way.',
	];
}

function holdersOf(facts: Facts, side: Side, rule: CompiledRule, key: string): Known[] {
	const holders: Known[] = [];
	for (const known of facts.records(side))
		if (facts.ruleKey(known, rule).key === key) holders.push(known);
	return holders;
}

function whyTaken(facts: Facts, known: Known): string | undefined {
	const standing = facts.standing(known);
	const { linked } = standing;
	if (linked !== undefined) {
		const other = otherSide(known.side);
		const partner = idIn(linked, other);
		return partner === ''
			? 'waits for a record to be created for it'
			: `is linked to ${called(other, partner)} already`;
	}
	if (standing.ignored) return "is 'ignored' in the links table";
	if (standing.leftAlone) return 'belongs to a site member and is left alone';
	if (standing.elsewhere !== undefined)
		return `is linked in the data flow '${standing.elsewhere.flow}'`;
	if (standing.broken) return 'stands in a row of the links table that cannot be used';
	const fault = facts.fault(known);
	return fault === undefined ? undefined : `its field '${fault.field}' ${fault.text}`;
}

function furtherHolders(facts: Facts, known: Known): string[] {
	const keys = new Set(facts.addresses(known));
	const other = otherSide(known.side);
	const holders: string[] = [];
	for (const each of facts.records(other)) {
		const own = new Set(facts.addresses(each));
		const holds = facts.furtherAddresses(each).some((key) => keys.has(key) && !own.has(key));
		if (holds) holders.push(called(other, each.id));
	}
	if (holders.length === 0) return [];
	return [
		`${capital(listed(holders))} ${holders.length === 1 ? 'holds' : 'hold'} the address as a further or unconfirmed one. Such an address links nobody, but it keeps a second record from being created.`,
	];
}

/** Whether and why nobody is created for a record that is only on one side. */
export function whyNotCreated(facts: Facts, known: Known): string[] {
	const other = otherSide(known.side);
	const { createMissing } = facts.input.policies;
	const { unlinked, ignored } = facts.standing(known);
	if (ignored) return [];
	if (createMissing !== 'both' && createMissing !== other)
		return [`Nobody is created for it: 'Create Missing Records' leaves ${sideName[other]} out.`];
	if (unlinked !== undefined)
		return ['Nobody is created for it: what was unlinked is not created again.'];
	if (facts.addresses(known).length === 0)
		return [
			'Nobody is created for it: without an address nothing would tell whether the record exists already.',
		];
	return ['Nobody is created for it in this run.'];
}
