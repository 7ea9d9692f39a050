import type { Side } from '../../../shared/contract';
import { ask, named, words, type Question } from '../ask';
import { askedAbout } from '../decision';
import {
	aloneOn,
	hasNoBase,
	idOn,
	linkKeyOf,
	newRow,
	withId,
	withoutAnyFinding,
	type Row,
	type SideRecord,
} from '../read';
import type { Half, Pairing } from './pairing';

const sides = ['wix', 'users'] as const;

/** Links again what was unlinked and is whole again, then applies the link rules in order: one to one only. @returns who is left over */
export function match(pairing: Pairing): Record<Side, SideRecord[]> {
	relink(pairing);
	return new Matching(pairing).byRules();
}

function relink(pairing: Pairing): void {
	const { unlinked } = pairing;
	pairing.unlinked = unlinked.filter((row) => {
		if (pairing.isOthers(row)) {
			// The run at work on the row may be removing one of the two
			for (const side of sides) pairing.taken[side].add(idOn(row, side));
			return true;
		}
		const [wix, user] = [pairing.recordOf(row, 'wix'), pairing.recordOf(row, 'users')];
		if (wix === undefined || user === undefined) return true;
		if (!isFree(pairing, wix) || !isFree(pairing, user)) return true;
		if (pairing.isKeptApart(wix.id, user.id)) return true;
		pairing.link({ ...withoutAnyFinding(row), state: 'linked' }, true);
		return false;
	});
}

function isFree(pairing: Pairing, record: SideRecord): boolean {
	const { side, id } = record;
	if (pairing.taken[side].bears(record) || pairing.isBarred(side, id)) return false;
	return side === 'wix' || !pairing.known.ledger.elsewhere.users.has(id);
}

/** The records that share a key: most often one of each side. */
interface Group {
	wix: SideRecord;
	user: SideRecord | undefined;
	/** The further ones, if there are any. */
	more: Record<Side, SideRecord[]> | undefined;
}

class Matching {
	/** Rows that lack a partner, by the record that they have. */
	private readonly halfOf = new Map<SideRecord, Half>();
	private readonly doubtful = new Set<SideRecord>();

	constructor(private readonly pairing: Pairing) {
		for (const half of pairing.halves)
			if (half.source !== undefined) this.halfOf.set(half.source, half);
	}

	byRules(): Record<Side, SideRecord[]> {
		const { pairing, halfOf, doubtful } = this;
		const open = { wix: this.candidates('wix'), users: this.candidates('users') };
		for (let rule = 0; rule < pairing.known.rules.links.length; rule++) {
			for (const group of this.groups(open, rule)) this.settle(group);
			for (const side of sides) {
				const linked = pairing.linked[side];
				open[side] = open[side].filter((record) => !linked.bears(record) && !doubtful.has(record));
			}
		}
		pairing.halves = pairing.halves.flatMap((half) => {
			const { source } = half;
			if (source === undefined) return half;
			return halfOf.get(source) === half ? { ...half, isDoubtful: doubtful.has(source) } : [];
		});
		const isAlone = (record: SideRecord) => !halfOf.has(record);
		return { wix: open.wix.filter(isAlone), users: open.users.filter(isAlone) };
	}

	private candidates(side: Side): SideRecord[] {
		const { pairing, halfOf } = this;
		const found: SideRecord[] = [];
		for (const record of pairing.known.records[side].records) {
			if (record.fault !== undefined) continue;
			if (isFree(pairing, record) || halfOf.has(record)) found.push(record);
		}
		return found;
	}

	/** Groups by the key that a rule gives. A user with a key that no Wix record has is in no group. */
	private groups(open: Record<Side, readonly SideRecord[]>, rule: number): Iterable<Group> {
		const { rules } = this.pairing.known;
		const byKey = new Map<string, Group>();
		for (const wix of open.wix) {
			const key = linkKeyOf(rules, wix, rule);
			if (key === '') continue;
			const group = byKey.get(key);
			if (group === undefined) byKey.set(key, { wix, user: undefined, more: undefined });
			else addMore(group, wix);
		}
		for (const user of open.users) {
			const group = byKey.get(linkKeyOf(rules, user, rule));
			if (group === undefined) continue;
			if (group.user === undefined) group.user = user;
			else addMore(group, user);
		}
		return byKey.values();
	}

	private settle({ wix, user, more }: Group): void {
		if (user === undefined) return;
		if (more === undefined) {
			if (!this.pairing.isKeptApart(wix.id, user.id)) this.link(wix, user);
			return;
		}
		const group = { wix: [wix, ...more.wix], users: [user, ...more.users] };
		const { pairs, doubtful } = this.pairUp(group);
		for (const pair of pairs) this.link(...pair);
		if (doubtful.length > 0) this.askWhoIsWho(doubtful);
	}

	/** Pairs kept apart are no match: what is then one to one is linked, the rest is in doubt. Linear in records and kept pairs. */
	private pairUp(group: Record<Side, SideRecord[]>): {
		pairs: Array<[SideRecord, SideRecord]>;
		doubtful: SideRecord[];
	} {
		const { pairing } = this;
		const keptBy = new Map<SideRecord, number>();
		const users = new Map(group.users.map((user) => [user.id, user]));
		for (const wix of group.wix) {
			for (const userId of pairing.known.ledger.keptApart.get(wix.id) ?? []) {
				const user = users.get(userId);
				if (user === undefined) continue;
				keptBy.set(wix, (keptBy.get(wix) ?? 0) + 1);
				keptBy.set(user, (keptBy.get(user) ?? 0) + 1);
			}
		}
		const partnersOf = (record: SideRecord) =>
			(record.side === 'wix' ? group.users.length : group.wix.length) - (keptBy.get(record) ?? 0);
		const pairs = group.wix
			.filter((wix) => partnersOf(wix) === 1)
			.flatMap((wix): Array<[SideRecord, SideRecord]> => {
				const user = group.users.find((each) => !pairing.isKeptApart(wix.id, each.id));
				return user === undefined || partnersOf(user) !== 1 ? [] : [[wix, user]];
			});
		const linked = new Set(pairs.flat());
		const doubtful = [...group.wix, ...group.users].filter(
			(record) => !linked.has(record) && partnersOf(record) > 0,
		);
		return { pairs, doubtful };
	}

	/** Lists a group in doubt, or carries out what a person chose of it: two are linked, or one is left alone from now on. */
	private askWhoIsWho(records: readonly SideRecord[]): void {
		const { pairing, halfOf } = this;
		const { questions, records: lists, lookUp } = pairing.known;
		for (const record of records) this.doubtful.add(record);
		const alone = records.filter((record) => !halfOf.has(record));
		const on = (side: Side) => records.filter((record) => record.side === side);
		const names = (side: Side) => on(side).map(({ id }) => named(lookUp, side, id));
		const question = ask(
			'ambiguous',
			{ wixIds: on('wix').map(({ id }) => id), userIds: on('users').map(({ id }) => id) },
			words.ambiguous(names('wix'), names('users')),
		);
		const [verb, first = '', second = ''] = questions.answerTo(question).split(' ');
		const wix = lists.wix.byId.get(first);
		const user = lists.users.byId.get(second);
		if (verb === 'link' && wix !== undefined && user !== undefined) {
			this.link(wix, user, [question]);
			settleOthers(
				pairing,
				alone.filter((record) => record !== wix && record !== user),
			);
		} else if (verb === 'leaveAlone') {
			leaveAlone(pairing, first === 'wix' ? 'wix' : 'users', second, question);
			settleOthers(pairing, alone);
		} else {
			const because = { code: 'ambiguous' as const };
			pairing.decided.push({ because, questions: [question] }, ...askedAbout(alone, question));
		}
	}

	private link(wix: SideRecord, user: SideRecord, answered: readonly Question[] = []): void {
		const { pairing, halfOf } = this;
		const [ofWix, ofUser] = [halfOf.get(wix), halfOf.get(user)];
		halfOf.delete(wix);
		halfOf.delete(user);
		const half = age(ofUser) > age(ofWix) ? ofUser : ofWix;
		const other = half === ofWix ? ofUser : ofWix;
		if (other !== undefined && other !== half) pairing.remove(other.row, { code: 'superseded' });
		const row = half === undefined ? undefined : inPlace(half.row, half === ofWix ? user : wix);
		const linked = row ?? newRow(pairing.known.rules.flow.id, wix.id, user.id);
		pairing.link(linked, true, wix, user);
		if (answered.length > 0) pairing.decided.push({ because: { code: 'answered' }, answered });
	}
}

function addMore(group: Group, record: SideRecord): void {
	group.more ??= { wix: [], users: [] };
	group.more[record.side].push(record);
}

/** A row that was linked before keeps its base; one that only waited for a create gives way to it. */
const age = (half: Half | undefined) => (half === undefined ? 0 : hasNoBase(half.row) ? 1 : 2);

const inPlace = (row: Row, { side, id }: SideRecord): Row =>
	withoutAnyFinding(withId(row, side, id));

/** A row for a record that is left alone from now on, as a person answered. */
function leaveAlone(pairing: Pairing, side: Side, id: string, question: Question): void {
	const row = newRow(pairing.known.rules.flow.id, ...aloneOn(side, id), 'ignored');
	pairing.decided.push({ row, because: { code: 'answered' }, answered: [question] });
	pairing.bar(side, id);
}

/** The others of a group that was answered are looked at anew by the next run. */
function settleOthers(pairing: Pairing, records: readonly SideRecord[]): void {
	for (const record of records) {
		const outcome = pairing.isBarred(record.side, record.id) ? 'ignored' : 'waiting';
		pairing.decided.push({ record, outcome, because: { code: 'answered' } });
	}
}
