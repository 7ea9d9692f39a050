import type { JsonObject, Link, Plan, PlanInput, Side } from '../../shared/contract';
import { comparisonKey } from '../../shared/normalize';
import { valuesAt } from '../../shared/paths';
import { recordId } from '../../shared/recordId';
import { compileFlow, type CompiledFlow, type CompiledRule, type Property } from './compile';
import { locate, readValue, type Reading } from './readings';
import { idIn, seenRow, type SeenRow } from './explainRows';
import { otherSide, rowIdentity } from './rows';

/** One record, as the explanation looks at it. */
export interface Known {
	side: Side;
	id: string;
	record: JsonObject;
}

/** What a link rule makes of a record: its key, or which field stands in the way. */
export interface RuleKey {
	key: string;
	/** The field that is empty, or cannot be used. */
	lack?: { field: string; fault?: string | undefined };
}

/** The rows that name a record, by what they say. */
export interface Standing {
	/** As the links table stands after the plan. */
	linked: SeenRow | undefined;
	unlinked: SeenRow | undefined;
	ignored: boolean;
	/** Ids of the other side that the record is kept apart from. */
	keptApart: readonly string[];
	/** A linked row of another flow that names this user. */
	elsewhere: { flow: string; wixId: string } | undefined;
	/** A row that cannot be used names it. */
	broken: boolean;
	leftAlone: boolean;
}

/** All that the explanation looks up, indexed once; linear in records and rows. */
export class Facts {
	readonly flow: CompiledFlow;
	readonly byId: Record<Side, Map<string, JsonObject>>;
	/** Rows of this flow as they were read. */
	readonly before: readonly SeenRow[];
	/** Rows of this flow as they stand after the plan. */
	readonly after: readonly SeenRow[];
	readonly withoutId: Record<Side, number>;
	private readonly leftAlone: ReadonlySet<string>;
	private readonly elsewhere = new Map<string, { flow: string; wixId: string }>();
	private readonly broken: Record<Side, Set<string>> = { wix: new Set(), users: new Set() };
	private readonly rowsBy: Record<Side, Map<string, SeenRow[]>> = {
		wix: new Map(),
		users: new Map(),
	};
	private readonly earlierByName = new Map<string, SeenRow>();

	/** @param plan a plan that nothing holds back: no guard, no preview */
	constructor(
		readonly input: PlanInput,
		readonly plan: Plan,
	) {
		this.flow = compileFlow(input.dataFlow);
		this.byId = { wix: recordsById(input.wixRecords), users: recordsById(input.users) };
		const withoutId = (records: readonly JsonObject[]) =>
			records.filter((record) => recordId(record) === '').length;
		this.withoutId = { wix: withoutId(input.wixRecords), users: withoutId(input.users) };
		const leave =
			input.policies.memberContacts === 'leaveAlone' && input.dataFlow.wixEntity === 'contact';
		this.leftAlone = new Set(leave ? input.memberContactIds : undefined);
		this.before = this.readRows(input.links);
		this.after = this.readRows(this.linksAfter());
		for (const row of this.after) {
			for (const side of ['wix', 'users'] as const) note(this.rowsBy[side], idIn(row, side), row);
		}
		for (const row of this.before) this.earlierByName.set(rowName(row), row);
	}

	private readRows(links: readonly Link[]): SeenRow[] {
		const rows: SeenRow[] = [];
		for (const link of links) {
			const row = seenRow(link);
			if (row === undefined) {
				const { flow, wixId, userId } = rowIdentity(link);
				if (flow !== this.input.dataFlow.id && flow !== '') continue;
				this.broken.wix.add(wixId);
				this.broken.users.add(userId);
			} else if (row.flow === this.input.dataFlow.id) rows.push(row);
			else if (row.state === 'linked')
				this.elsewhere.set(row.userId, { flow: row.flow, wixId: row.wixId });
		}
		return rows;
	}

	private linksAfter(): Link[] {
		const changed = new Map(this.plan.links.map((change) => [rowName(change.link), change]));
		const kept = this.input.links.flatMap((link) => {
			const change = changed.get(rowName(link));
			if (change === undefined) return [link];
			return change.operation === 'remove' ? [] : [change.link];
		});
		const added = this.plan.links.filter(({ operation }) => operation === 'add');
		return [...kept, ...added.map(({ link }) => link)];
	}

	/** The row as it was read, for one that the plan may have changed. */
	earlier(row: SeenRow): SeenRow | undefined {
		return this.earlierByName.get(rowName(row));
	}

	known(side: Side, id: string): Known | undefined {
		const record = this.byId[side].get(id);
		return record === undefined ? undefined : { side, id, record };
	}

	rowsOf(side: Side, id: string): readonly SeenRow[] {
		return this.rowsBy[side].get(id) ?? [];
	}

	standing({ side, id }: Known): Standing {
		const rows = this.rowsOf(side, id);
		const inState = (state: SeenRow['state']) => rows.filter((row) => row.state === state);
		return {
			linked: inState('linked')[0],
			unlinked: inState('unlinked')[0],
			ignored: inState('ignored').length > 0,
			keptApart: inState('keepApart').map((row) => idIn(row, otherSide(side))),
			elsewhere: side === 'users' ? this.elsewhere.get(id) : undefined,
			broken: this.broken[side].has(id),
			leftAlone: side === 'wix' && this.leftAlone.has(id),
		};
	}

	reading({ side, record }: Known, { segments, compare, type }: Property): Reading {
		return readValue(locate(record, segments[side], side, compare), compare, type);
	}

	ruleKey({ side, record }: Known, { pairs }: CompiledRule): RuleKey {
		const keys: string[] = [];
		for (const pair of pairs) {
			const raw = locate(record, pair.segments[side], side, pair.compare);
			const isPlain = Number.isFinite(raw) || typeof raw === 'boolean';
			const value = isPlain && pair.compare !== 'email' ? String(raw) : raw;
			const { key, fault } = readValue(value, pair.compare, 'string');
			if (key === '') return { key, lack: { field: pair.label[side], fault } };
			keys.push(key);
		}
		return { key: JSON.stringify(keys) };
	}

	/** Why the record cannot be used at all: the field, and what is wrong with it. */
	fault(known: Known): { field: string; text: string } | undefined {
		for (const property of this.flow.properties) {
			const { fault } = this.reading(known, property);
			if (fault !== undefined) return { field: property.keyOn[known.side], text: fault };
		}
		for (const rule of this.flow.rules) {
			const { lack } = this.ruleKey(known, rule);
			if (lack?.fault !== undefined) return { field: lack.field, text: lack.fault };
		}
		return undefined;
	}

	/** The addresses that a record holds in fields that are kept in sync. */
	addresses(known: Known): string[] {
		return this.flow.properties
			.filter((property) => property.unique)
			.map((property) => this.reading(known, property).key)
			.filter((key) => key !== '');
	}

	/** Secondary and unverified addresses; '' for one that is blank or cannot be used. */
	furtherAddresses({ side, record }: Known): string[] {
		return this.flow.alsoHolds[side]
			.flatMap((segments) => valuesAt(record, segments))
			.map((value) => readValue(value, 'email', 'string').key);
	}

	*records(side: Side): Generator<Known> {
		for (const [id, record] of this.byId[side]) yield { side, id, record };
	}

	/** Why nobody new is linked in this run; undefined on a full run. */
	notFull(): Side[] {
		const { complete } = this.input;
		return (['wix', 'users'] as const).filter(
			(side) => !complete[side] || this.withoutId[side] > 0,
		);
	}
}

/** Doubles share their linkId, so the table's own row id names a row where there is one. */
function rowName(link: { rowId?: string | undefined; linkId: string }): string {
	const { rowId, linkId } = rowIdentity(link);
	return rowId === '' ? `link ${linkId}` : `row ${rowId}`;
}

function recordsById(records: readonly JsonObject[]): Map<string, JsonObject> {
	const byId = new Map<string, JsonObject>();
	for (const record of records) {
		const id = recordId(record);
		if (id !== '') byId.set(id, record);
	}
	return byId;
}

function note(rows: Map<string, SeenRow[]>, id: string, row: SeenRow): void {
	const known = rows.get(id);
	if (known === undefined) rows.set(id, [row]);
	else known.push(row);
}

/** The key of a name that is an address; '' for an id. */
export const addressKey = (name: string) =>
	name.includes('@') ? comparisonKey(name, 'email') : '';
