import type { Pending } from '../../../shared/contract';
import { grouped } from '../../../shared/grouped';
import { ask, named, words } from '../ask';
import { aboutRow, keptApart } from '../decision';
import {
	baseOf,
	idOn,
	isAtRest,
	isComplete,
	linkIdOf,
	removedLink,
	rowIdentity,
	type Row,
} from '../read';
import type { Pairing } from './pairing';

/** What rows say about each other: doubles are united, and rows that contradict others are left alone. @returns the rows that are free */
export function settleClaims(pairing: Pairing): Row[] {
	const { known } = pairing;
	for (const { link, text } of known.broken) {
		const { rowId, wixId, userId } = rowIdentity(link);
		const said = words.badLink(text, rowId);
		const ids = { wixIds: [wixId], userIds: [userId] };
		const because = { code: 'badLink' as const };
		const questions = [ask('badLink', ids, said)];
		pairing.decided.push({ outcome: 'review', because, questions });
	}
	for (const row of known.apart)
		if (row.linkId === '' && !pairing.isOthers(row))
			pairing.decided.push({ row: identified(row), because: { code: 'identified' } });
	pairing.unlinked = known.unlinked.map((row) => (pairing.isOthers(row) ? row : identified(row)));
	const hasTwice = known.ledger.twice.wix.size + known.ledger.twice.users.size > 0;
	const own = hasTwice ? withoutSuperseded(pairing, unite(pairing, known.linked)) : known.linked;
	const named = hasTwice ? namedTwice(pairing, own) : new Set<Row>();
	return own.filter((row) => isFree(pairing, row, named)).map(identified);
}

/** A row that a person typed is given its name. */
const identified = (row: Row): Row =>
	row.linkId === '' ? { ...row, linkId: linkIdOf(row.flow, row.wixId, row.userId) } : row;

/** Rows that another run is at work on, that a row bars, or that contradict another one, are left alone. */
function isFree(pairing: Pairing, row: Row, named: ReadonlySet<Row>): boolean {
	const { rules, ledger } = pairing.known;
	if (pairing.isOthers(row)) leaveToOthers(pairing, row);
	else if (pairing.isRowBarred(row))
		pairing.decided.push({ row, outcome: 'ignored', because: { code: 'barred' } });
	else if (named.has(row)) return false;
	else if (pairing.isKeptApart(row.wixId, row.userId)) pairing.askAbout(row, keptApart(rules, row));
	else if (rules.flow.wixEntity !== 'member' && ledger.elsewhere.users.has(row.userId))
		pairing.askAbout(row, aboutRow(rules, row, 'linkedInOtherFlow', words.linkedInOtherFlow()));
	else return true;
	return false;
}

/** Nothing is sent for such a row, and nothing saved on it, not even what this run sees. */
function leaveToOthers({ decided }: Pairing, row: Row): void {
	const because = { code: 'leased' as const };
	decided.push({ row, outcome: 'waiting', because, isUnderWay: true, isLeft: true });
}

/**
 * Two runs at once may have saved one link twice. The row that was announced stays, else the oldest, with what the other knew. A
 * run that unites only unites; and neither is touched while one of them belongs to another run.
 */
function unite(pairing: Pairing, rows: readonly Row[]): Row[] {
	const { known, decided, doubles } = pairing;
	const pairs = grouped(rows, ({ wixId, userId }) => JSON.stringify([wixId, userId]));
	return [...pairs.values()].flatMap((group) => {
		const [kept, ...others] = group.sort(byAge);
		if (kept === undefined || others.length === 0) return group;
		if (group.some((row) => pairing.isOthers(row))) {
			leaveToOthers(pairing, kept);
			return [];
		}
		const [wix, user] = [pairing.recordOf(kept, 'wix'), pairing.recordOf(kept, 'users')];
		const united = identified(unitedRow(kept, others));
		const rests =
			isAtRest(known.rules, kept, wix, user) || isAtRest(known.rules, united, wix, user);
		const outcome = rests ? ('inSync' as const) : ('waiting' as const);
		decided.push({ row: united, outcome, because: { code: 'doubled' }, isLeft: true });
		for (const { source } of others) if (source !== undefined) doubles.push(removedLink(source));
		return [];
	});
}

const isAnnounced = (row: Row) => row.pending.some(({ outcome }) => outcome === 'announced');

const byAge = (left: Row, right: Row) =>
	Number(isAnnounced(right)) - Number(isAnnounced(left)) ||
	Number(left.source?.id ?? 0) - Number(right.source?.id ?? 0);

/** Of two that know of one step, the one that tells more of it. */
const certainty: ReadonlyArray<Pending['outcome']> = [
	'held',
	'announced',
	'refusedForNow',
	'sent',
	'refused',
	'present',
	'moved',
	'gone',
];

function unitedRow(kept: Row, others: readonly Row[]): Row {
	const entries = new Map<string, Pending>();
	let { base, note } = kept;
	for (const row of [kept, ...others]) {
		const missing = Object.entries(row.base).filter(([key]) => baseOf({ base }, key) === undefined);
		if (missing.length > 0) base = Object.fromEntries([...Object.entries(base), ...missing]);
		note ||= row.note;
		for (const entry of row.pending) {
			const { operation, property, side, from, to, outcome } = entry;
			const name = JSON.stringify([operation, property, side, from ?? null, to ?? null]);
			const known = entries.get(name);
			if (known === undefined || certainty.indexOf(outcome) > certainty.indexOf(known.outcome))
				entries.set(name, entry);
		}
	}
	const united = [...entries.values()].sort((left, right) => left.at.localeCompare(right.at, 'en'));
	const isSame = JSON.stringify(united) === JSON.stringify(kept.pending);
	return { ...kept, base, note, pending: isSame ? kept.pending : oneAnnounced(united) };
}

/** Of several announcements for one side, operation and property the last one counts; the others stay for their echo. */
function oneAnnounced(entries: readonly Pending[]): Pending[] {
	const place = ({ operation, side, property }: Pending) => `${operation} ${side} ${property}`;
	const announced = entries.filter(({ outcome }) => outcome === 'announced');
	const last = new Map(announced.map((entry) => [place(entry), entry]));
	return entries.map((entry) =>
		entry.outcome === 'announced' && last.get(place(entry)) !== entry
			? { ...entry, outcome: 'held' as const }
			: entry,
	);
}

/** A row that still waits for a create is done with once its record stands in a complete link. */
function withoutSuperseded(pairing: Pairing, rows: readonly Row[]): Row[] {
	const decided = pairing.decided.flatMap(({ row }) => row ?? []);
	const complete = [...rows, ...decided].filter((row) => row.state === 'linked' && isComplete(row));
	const wixIds = new Set(complete.map(({ wixId }) => wixId));
	const userIds = new Set(complete.map(({ userId }) => userId));
	return rows.filter((row) => {
		if (isComplete(row) || pairing.isOthers(row)) return true;
		if (!wixIds.has(row.wixId) && !userIds.has(row.userId)) return true;
		pairing.remove(row, { code: 'superseded' });
		return false;
	});
}

/**
 * Rows that share a record with another partner each are left alone, unless a person has chosen one of them.
 * @returns those that are settled with that
 */
function namedTwice(pairing: Pairing, rows: readonly Row[]): Set<Row> {
	const settled = new Set<Row>();
	const removed = new Set<Row>();
	for (const side of ['wix', 'users'] as const) {
		const named = rows.filter((row) => idOn(row, side) !== '' && !removed.has(row));
		for (const group of grouped(named, (row) => idOn(row, side)).values())
			if (group.length > 1) settleTwice(pairing, group, settled, removed);
	}
	return new Set([...settled, ...removed]);
}

function settleTwice(
	pairing: Pairing,
	rows: readonly Row[],
	settled: Set<Row>,
	removed: Set<Row>,
): void {
	const { known, decided } = pairing;
	const settle = (row: Row, outcome: 'waiting' | 'review', code: 'leased' | 'linkedTwice') => {
		if (settled.has(row) || pairing.isOthers(row) || pairing.isRowBarred(row)) return;
		settled.add(row);
		decided.push({ row, outcome, because: { code } });
	};
	if (rows.some((row) => pairing.isOthers(row))) {
		for (const row of rows) settle(row, 'waiting', 'leased');
		return;
	}
	const pairs = rows.map(({ wixId, userId }) => ({
		wix: named(known.lookUp, 'wix', wixId),
		user: named(known.lookUp, 'users', userId),
	}));
	const ids = { wixIds: pairs.map(({ wix }) => wix.id), userIds: pairs.map(({ user }) => user.id) };
	const question = ask('linkedTwice', ids, words.linkedTwice(pairs));
	const answer = known.questions.answerTo(question);
	if (answer === '') {
		for (const row of rows) settle(row, 'review', 'linkedTwice');
		decided.push({ because: { code: 'linkedTwice' }, questions: [question] });
		return;
	}
	for (const row of rows) {
		if (answer === `link ${row.wixId} ${row.userId}`) continue;
		removed.add(row);
		pairing.remove(row, { code: 'linkedTwice' }, [question]);
	}
}
