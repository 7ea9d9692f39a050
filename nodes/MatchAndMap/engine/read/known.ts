import {
	textOf,
	type JsonObject,
	type LinkRow,
	type PlanInput,
	type Side,
} from '../../../shared/contract';
import { KnownQuestions, nameIn, type LookUp } from '../ask';
import type { Property, Rules } from '../rules';
import { Marks, marksOf } from './marks';
import { rememberedKey } from './readings';
import { readRecords, type RecordList, type SideRecord } from './records';
import { baseOf, flowOf, isRowFault, parseRow, rowIdentity, type Row, type RowFault } from './rows';

/**
 * Who is spoken for. Invariants: an id means something only with its side; `taken` holds every id that a linked row, or a broken
 * one, of this set of rules names; `twice` those that more than one linked row names.
 */
export interface Ledger {
	taken: Record<Side, Marks>;
	twice: Record<Side, ReadonlySet<string>>;
	/** Ignored by a row, or left alone because the member flow owns them: no link may lead there. */
	barred: Record<Side, ReadonlySet<string>>;
	/** Wix id to the users that it is not to be linked with. */
	keptApart: ReadonlyMap<string, ReadonlySet<string>>;
	/** Rows of other sets of rules: users linked there, the complete rows by Wix id, and those that wait for a create. */
	elsewhere: {
		users: ReadonlySet<string>;
		byWixId: ReadonlyMap<string, LinkRow>;
		waiting: readonly LinkRow[];
	};
}

/**
 * All that one run knows before it decides anything. Invariants: every row of this set of rules is in exactly one of the lists;
 * a linked row is `atRest` if both records hold what it remembers, nothing is under way on it, and no
 * other row says something about the two.
 */
export interface Known {
	rules: Rules;
	records: Record<Side, RecordList>;
	/** Both lists are whole. */
	isFull: boolean;
	/** What the run has read of a record. */
	lookUp: LookUp;
	questions: KnownQuestions;
	/** All rows of the table, as they came. */
	links: readonly LinkRow[];
	atRest: readonly LinkRow[];
	linked: readonly Row[];
	unlinked: readonly Row[];
	/** Ignored, or kept apart. */
	apart: readonly Row[];
	broken: readonly RowFault[];
	ledger: Ledger;
}

export function read(rules: Rules, input: PlanInput): Known {
	const records = {
		wix: readRecords(rules, 'wix', input.wixRecords, input.complete.wix),
		users: readRecords(rules, 'users', input.users, input.complete.users),
	};
	const leaveAlone =
		rules.policies.memberContacts === 'leaveAlone' && rules.flow.wixEntity === 'contact';
	const reader = new RowReader(rules, records, leaveAlone ? input.memberContactIds : []);
	for (const link of input.links) reader.add(link);
	return {
		rules,
		records,
		isFull: records.wix.isWhole && records.users.isWhole,
		links: input.links,
		lookUp: lookUpIn(records, rules),
		questions: new KnownQuestions(rules.flow.id, input.review),
		...reader.sorted(),
	};
}

/** A field that holds nothing usable is left out. */
function lookUpIn(records: Known['records'], { properties }: Rules): LookUp {
	return (side, id) => {
		const known = records[side].byId.get(id);
		if (known === undefined) return undefined;
		const fields = properties.flatMap(({ keyOn, unique }, index) => {
			const { value, fault } = known.reading(index);
			return fault === undefined ? [{ path: keyOn[side], value, isAddress: unique }] : [];
		});
		return { name: nameIn(known.record), fields };
	};
}

/** No row of this set of rules links two, or ever did. */
export const knowsNobody = ({ atRest, linked, unlinked }: Known): boolean =>
	atRest.length + linked.length + unlinked.length === 0;

/** Sorts the rows of the links table; only while they are read does any of it change. */
class RowReader {
	private readonly atRest: LinkRow[] = [];
	private readonly linked: Row[] = [];
	private readonly unlinked: Row[] = [];
	private readonly apart: Row[] = [];
	private readonly broken: RowFault[] = [];
	private readonly taken: Record<Side, Marks>;
	private readonly twice = { wix: new Set<string>(), users: new Set<string>() };
	private readonly barred: Record<Side, Set<string>>;
	private readonly keptApart = new Map<string, Set<string>>();
	private readonly users = new Set<string>();
	private readonly byWixId = new Map<string, LinkRow>();
	private readonly waiting: LinkRow[] = [];
	/** Where the next row's Wix record is likely to stand: rows were added in the order of the list. */
	private likely = 0;

	constructor(
		private readonly rules: Rules,
		private readonly records: Record<Side, RecordList>,
		leftAlone: readonly string[],
	) {
		this.taken = marksOf(records);
		this.barred = { wix: new Set(leftAlone), users: new Set() };
	}

	add(link: LinkRow): void {
		const flow = flowOf(link);
		if (textOf(link?.state) === 'removed') return;
		if (flow === this.rules.flow.id || flow === '') this.addOwn(link);
		else if (textOf(link.state) === 'linked') this.addElsewhere(link);
	}

	private addOwn(link: LinkRow): void {
		const row = parseRow(link);
		if (isRowFault(row)) {
			const { wixId, userId } = rowIdentity(link);
			this.broken.push(row);
			this.taken.wix.add(wixId);
			this.taken.users.add(userId);
		} else if (row.state === 'linked') this.addLinked(row);
		else if (row.state === 'unlinked') this.unlinked.push(row);
		else this.setApart(row);
	}

	private setApart(row: Row): void {
		const { state, wixId, userId } = row;
		this.apart.push(row);
		if (state === 'keepApart') {
			this.keptApart.set(wixId, (this.keptApart.get(wixId) ?? new Set()).add(userId));
			return;
		}
		if (wixId !== '') this.barred.wix.add(wixId);
		if (userId !== '') this.barred.users.add(userId);
	}

	private addElsewhere(link: LinkRow): void {
		const { wixId, userId } = rowIdentity(link);
		if (userId !== '') this.users.add(userId);
		if (wixId !== '' && userId !== '') this.byWixId.set(wixId, link);
		else this.waiting.push(link);
	}

	private addLinked(row: Row): void {
		const likely = this.records.wix.records[this.likely];
		const wix = likely?.id === row.wixId ? likely : this.records.wix.byId.get(row.wixId);
		if (wix !== undefined) this.likely = wix.place + 1;
		const user = this.records.users.byId.get(row.userId);
		if (this.taken.wix.add(row.wixId, wix) && row.wixId !== '') this.twice.wix.add(row.wixId);
		if (this.taken.users.add(row.userId, user) && row.userId !== '')
			this.twice.users.add(row.userId);
		if (row.source !== undefined && row.linkId !== '' && isAtRest(this.rules, row, wix, user))
			this.atRest.push(row.source);
		else this.linked.push(row);
	}

	/** Rows that another row says something about are not at rest, whatever they hold. */
	sorted() {
		const { atRest, linked, unlinked, apart, broken, taken, twice, barred, keptApart } = this;
		const elsewhere = { users: this.users, byWixId: this.byWixId, waiting: this.waiting };
		const ledger: Ledger = { taken, twice, barred, keptApart, elsewhere };
		const isNamed = namedElsewhere(this.rules, ledger);
		if (isNamed === undefined) return { atRest, linked, unlinked, apart, broken, ledger };
		const named = atRest.filter(isNamed).map(parseRow);
		return {
			atRest: atRest.filter((link) => !isNamed(link)),
			linked: [...linked, ...named.filter((row): row is Row => !isRowFault(row))],
			...{ unlinked, apart, broken, ledger },
		};
	}
}

/** Tells whether another row speaks of a row's records; undefined where none can. */
function namedElsewhere(
	{ flow }: Rules,
	{ twice, barred, keptApart, elsewhere }: Ledger,
): ((link: LinkRow) => boolean) | undefined {
	// A member's user may be linked by the contact flow, too, until the link is handed over
	const users = flow.wixEntity === 'member' ? new Set<string>() : elsewhere.users;
	const sets = [twice.wix, twice.users, barred.wix, barred.users, keptApart, users];
	if (sets.every(({ size }) => size === 0)) return undefined;
	return (link) => {
		const { wixId, userId } = rowIdentity(link);
		return (
			twice.wix.has(wixId) ||
			twice.users.has(userId) ||
			barred.wix.has(wixId) ||
			barred.users.has(userId) ||
			users.has(userId) ||
			keptApart.get(wixId)?.has(userId) === true
		);
	};
}

/** Whether both records hold what the row remembers, and nothing is under way: the usual case, told without looking further. */
export function isAtRest(
	{ properties }: Rules,
	row: Pick<Row, 'base' | 'pending'>,
	wix: SideRecord | undefined,
	user: SideRecord | undefined,
): boolean {
	if (row.pending.length > 0 || wix === undefined || user === undefined) return false;
	let index = 0;
	for (const property of properties)
		if (!isQuiet(row.base, property, index++, wix, user)) return false;
	return true;
}

function isQuiet(
	base: JsonObject,
	property: Property,
	index: number,
	wix: SideRecord,
	user: SideRecord,
): boolean {
	const key = wix.key(index);
	if (key === '' || key !== user.key(index)) return false;
	const value = baseOf({ base }, property.key);
	if (value === undefined) return false;
	if (value === wix.value(index)) return true;
	return rememberedKey(value, property.compare, property.type) === key;
}
