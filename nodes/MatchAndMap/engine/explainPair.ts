import type { Change, Pending, Side } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import type { Property } from './compile';
import type { Facts, Known } from './explainFacts';
import { called, capital, identity, pendingSentence, shown, sideName } from './explainWords';
import { idIn, type SeenRow } from './explainRows';
import { readValue } from './readings';
import { otherSide } from './rows';

const sides = ['wix', 'users'] as const;

/** Who the two of a linked row are, how they came to be linked, and what an earlier run left to be seen. */
export function pairSentences(facts: Facts, row: SeenRow, changes: readonly Change[]): string[] {
	return [
		...sides.map((side) => sideSentence(facts, row, side)),
		linkSentence(facts, row),
		...leftAlone(facts, row),
		...lastSeen(facts, row),
		...trial(facts, row, changes),
		...waiting(facts, row, changes),
	].filter((sentence) => sentence !== '');
}

function sideSentence(facts: Facts, row: SeenRow, side: Side): string {
	const id = idIn(row, side);
	if (id === '') return `Its record in ${sideName[side]} is yet to be created.`;
	const known = facts.known(side, id);
	if (known === undefined) return missingSentence(facts, row, side, id);
	const values = facts.flow.properties.map((property) => valueSentence(facts, known, property));
	return `${identity(known)} holds ${values.length === 0 ? 'no field that is kept in sync' : values.join(', ')}.`;
}

function valueSentence(facts: Facts, known: Known, property: Property): string {
	const { value, fault } = facts.reading(known, property);
	const field = property.keyOn[known.side];
	return fault === undefined ? `${field} ${shown(value)}` : `${field}, which ${fault}`;
}

function missingSentence(facts: Facts, row: SeenRow, side: Side, id: string): string {
	const who = capital(called(side, id));
	if (facts.notFull().includes(side))
		return `${who} is not in this run's list, which does not count as complete.`;
	const proof =
		row.goneSide === side && row.goneConfirmedAt !== ''
			? ` A look-up by its ID on ${row.goneConfirmedAt} found it gone.`
			: row.movedTo === ''
				? ''
				: ` A look-up by its ID found it merged into ${called(side, row.movedTo)}.`;
	return `${who} is missing from a list that counts as complete.${proof}`;
}

function linkSentence(facts: Facts, row: SeenRow): string {
	const earlier = facts.earlier(row);
	if (earlier === undefined)
		return row.wixId === '' || row.userId === '' ? '' : newLinkSentence(facts, row);
	if (earlier.state === 'unlinked')
		return 'They were unlinked and are linked again by this run, now that both are there and free.';
	if (earlier.wixId !== row.wixId || earlier.userId !== row.userId)
		return `This run links them: the row '${row.linkId}' of the links table had lost one of its records, and this one takes its place.`;
	if (earlier.linkId === '') return 'They are linked by a row that a person typed.';
	const decided = earlier.decision;
	const decision =
		decided === ''
			? ''
			: ` A person decided in it that ${decided === 'wixWins' ? 'Wix wins' : 'the user wins'}.`;
	return `They are linked by the row '${row.linkId}' of the links table; the link stays, whatever becomes of the address.${decision}`;
}

function newLinkSentence(facts: Facts, row: SeenRow): string {
	const wix = facts.known('wix', row.wixId);
	const user = facts.known('users', row.userId);
	const { rules } = facts.flow;
	const index = rules.findIndex((rule) => {
		if (wix === undefined || user === undefined) return false;
		const { key } = facts.ruleKey(wix, rule);
		return key !== '' && key === facts.ruleKey(user, rule).key;
	});
	const rule = rules[index];
	if (rule === undefined)
		return 'This run links them: it takes the link over from another data flow.';
	const pairs = rule.pairs.map(({ label }) => `${label.wix} = ${label.users}`).join(' and ');
	return `This run links them, because link rule ${index + 1} fits these two and nobody else: ${pairs}.`;
}

function leftAlone(facts: Facts, row: SeenRow): string[] {
	return sides.flatMap((side) => {
		const known = facts.known(side, idIn(row, side));
		if (known === undefined) return [];
		const standing = facts.standing(known);
		if (standing.ignored)
			return [
				`${capital(called(side, known.id))} is 'ignored' by a row of the links table, so the pair is left alone.`,
			];
		return standing.leftAlone
			? [
					"The contact belongs to a site member, and 'Contacts of Site Members' is set to Leave Alone: the pair is left alone.",
				]
			: [];
	});
}

function lastSeen(facts: Facts, row: SeenRow): string[] {
	const base = (facts.earlier(row) ?? row).base;
	return facts.flow.properties
		.filter((property) => base.has(property.key))
		.map(
			(property) =>
				`Both sides last agreed on ${shown(base.get(property.key))} as '${property.key}'.`,
		);
}

function isNamedInTrial(facts: Facts, row: SeenRow): boolean {
	const names = facts.input.policies.onlyRecords.map((name) => name.trim());
	const keys = new Set(names.map((name) => comparisonKey(name, 'email')));
	if (names.includes(row.wixId) || names.includes(row.userId)) return true;
	return sides.some((side) => {
		const known = facts.known(side, idIn(row, side));
		return known !== undefined && facts.addresses(known).some((key) => keys.has(key));
	});
}

function trial(facts: Facts, row: SeenRow, changes: readonly Change[]): string[] {
	const isTrial = facts.input.policies.onlyRecords.some((name) => name.trim() !== '');
	if (!isTrial || changes.length > 0 || isNamedInTrial(facts, row)) return [];
	return ["Nothing is written to them: 'Only These Records' is a trial that does not name them."];
}

/** Of each property and side the latest write that an earlier run announced. */
function waiting(facts: Facts, row: SeenRow, changes: readonly Change[]): string[] {
	const { input } = facts;
	const latest = new Map<string, Pending>();
	for (const entry of row.pending) {
		if (entry.code !== 'GONE') latest.set(`${entry.side} ${entry.property}`, entry);
	}
	const overtaken = new Set<string>();
	for (const { at, side, property } of row.pending)
		if (at === input.now) overtaken.add(`${side} ${property}`);
	return [...latest]
		.filter(([name]) => !overtaken.has(name))
		.map(([, entry]) => {
			const isSentAgain = changes.some((change) => repeats(facts, change, entry));
			return pendingSentence(entry, isSentAgain, input.policies.pendingDays);
		});
}

/** Whether a change of this run carries what was announced; a removal is of no property. */
function repeats({ flow }: Facts, change: Change, entry: Pending): boolean {
	const { side, operation, property } = entry;
	if (change.side !== side || change.operation !== operation) return false;
	const rule = flow.properties.find(({ key }) => key === property);
	return property === '' || (rule !== undefined && rule.keyOn[side] in change.set);
}

/** For a pair that nothing is planned for and nothing is in review of: that it is in sync, or what it waits for. */
export function differences(facts: Facts, row: SeenRow): string[] {
	const wix = facts.known('wix', row.wixId);
	const user = facts.known('users', row.userId);
	if (wix === undefined || user === undefined)
		return ['Nothing is planned: it waits for a run that lists both records.'];
	const different = facts.flow.properties.filter(
		(property) => facts.reading(wix, property).key !== facts.reading(user, property).key,
	);
	if (different.length === 0) return ['Both sides hold the same: there is nothing to do.'];
	return different.flatMap((property) => whyDifferent(facts, row, property, { wix, users: user }));
}

function whyDifferent(
	facts: Facts,
	row: SeenRow,
	property: Property,
	pair: Record<Side, Known>,
): string[] {
	if (!property.unique) return [];
	const base = readValue(row.base.get(property.key), property.compare, property.type).key;
	const target = facts.reading(pair.users, property).key === base ? 'users' : 'wix';
	const { key } = facts.reading(pair[otherSide(target)], property);
	for (const other of facts.records(target)) {
		if (facts.reading(other, property).key === key)
			return [
				`The address for ${called(target, pair[target].id)} is still held by ${called(target, other.id)}; it is written once that one has moved away from it.`,
			];
	}
	return [];
}
