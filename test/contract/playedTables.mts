import type { IDataObject } from 'n8n-workflow';

export type Row = IDataObject & { id: number };

interface Condition {
	keyName: string;
	condition: string;
	keyValue?: unknown;
}
interface Filter {
	matchType: 'allConditions' | 'anyCondition';
	conditions: Condition[];
}

/** n8n's Data Tables in memory: what its conditions mean on SQLite, and a new `updatedAt` with every save. */
export class PlayedTables {
	private saves = 0;
	private readonly rows = new Map<string, Row[]>();

	constructor(tables: Readonly<Record<string, readonly IDataObject[]>> = {}) {
		for (const [name, rows] of Object.entries(tables)) {
			// Added in one go, they bear one and the same time
			const updatedAt = this.now();
			this.rows.set(
				name,
				rows.map((row, index) => ({ ...row, id: index + 1, updatedAt })),
			);
		}
	}

	all(table: string): Row[] {
		return this.rows.get(table) ?? [];
	}

	add(table: string, row: IDataObject): Row {
		const rows = this.all(table);
		const id = Math.max(0, ...rows.map((each) => each.id)) + 1;
		const added = { id, ...row, updatedAt: this.now() };
		this.rows.set(table, [...rows, added]);
		return added;
	}

	find(table: string, filter: Filter): Row[] {
		const { matchType, conditions } = filter;
		if (conditions.length === 0) return this.all(table);
		return this.all(table).filter((row) =>
			matchType === 'anyCondition'
				? conditions.some((each) => meets(row, each))
				: conditions.every((each) => meets(row, each)),
		);
	}

	/** What somebody else does in the meantime, too. */
	change(table: string, rows: readonly Row[], values: IDataObject): Row[] {
		const changed = rows.map((row) => ({ ...row, ...values, updatedAt: this.now() }));
		const byId = new Map(changed.map((row) => [row.id, row]));
		this.rows.set(
			table,
			this.all(table).map((row) => byId.get(row.id) ?? row),
		);
		return changed;
	}

	remove(table: string, rows: readonly Row[]): void {
		const ids = new Set(rows.map(({ id }) => id));
		this.rows.set(
			table,
			this.all(table).filter(({ id }) => !ids.has(id)),
		);
	}

	private now(): string {
		return new Date(++this.saves).toISOString();
	}
}

const isNothing = (value: unknown) => value === null || value === undefined;
const asPattern = (value: string, flags: string) => {
	const wildcards = value.includes('%') ? value : `%${value}%`;
	const parts = wildcards.split('%').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`^${parts.join('[\\s\\S]*')}$`, flags);
};

function meets(row: Row, { keyName, condition, keyValue }: Condition): boolean {
	const held = row[keyName];
	if (condition === 'isEmpty') return isNothing(held) || held === '';
	if (isNothing(keyValue)) {
		if (condition === 'eq') return isNothing(held);
		throw new Error(`n8n takes no empty value for ${keyName} ${condition}`);
	}
	if (isNothing(held)) return false;
	const isMoment = keyName === 'at' || keyName === 'updatedAt';
	const [one, other] = [held, keyValue].map((value) =>
		isMoment ? Date.parse(`${value}`) : keyName === 'id' ? Number(value) : String(value),
	) as [string, string];
	switch (condition) {
		case 'eq':
			return one === other;
		case 'gt':
			return one > other;
		case 'gte':
			return one >= other;
		case 'like':
			return asPattern(other, '').test(one);
		case 'ilike':
			return asPattern(other, 'i').test(one);
		default:
			throw new Error(`No condition ${condition} here`);
	}
}
