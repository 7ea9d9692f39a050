import { historyColumns, linkColumns, reviewColumns } from '../../../nodes/shared/contract/tables';
import type { Parameters, Position, Step } from './workflow.mts';
import { node, once } from './steps.mts';

type Named = Pick<Step, 'name' | 'position' | 'settings'>;

export interface Table {
	/** As n8n shows it. No table's name contains another's: n8n finds a table by a part of its name. */
	name: string;
	columns: Readonly<Record<string, 'string' | 'date' | 'number'>>;
}

const texts = (...names: readonly string[]) =>
	Object.fromEntries(names.map((name) => [name, 'string' as const]));

/** What the sync knows: a row for each pair. */
export const links: Table = { name: 'wix_user_sync_links', columns: texts(...linkColumns) };

/** What waits for a person: a row for each question, with the place for its answer. */
export const review: Table = { name: 'wix_user_sync_review', columns: texts(...reviewColumns) };

/** What was written, and what came of it: a row for each property. */
export const history: Table = {
	name: 'wix_user_sync_history',
	columns: { ...texts(...historyColumns), at: 'date' },
};

const byName = (table: Table) => ({ __rl: true, mode: 'name', value: table.name });

const rows = (named: Named, table: Table, operation: string, more: Parameters): Step =>
	node(named, 'dataTable', 1.1, {
		resource: 'row',
		operation,
		dataTableId: byName(table),
		...more,
	});

export interface RowFilter {
	column: string;
	/** n8n's words: eq, neq, like, ilike, gt, gte, lt, lte, isEmpty … */
	condition: string;
	/** A value, or an expression that begins with `=`; none where the condition asks for none. */
	value?: string;
}

const filters = (all: readonly RowFilter[]): Parameters => ({
	conditions: all.map(({ column, condition, value }) => ({
		keyName: column,
		condition,
		...(value === undefined ? {} : { keyValue: value }),
	})),
});

const matching = (all: readonly RowFilter[], any = false): Parameters => ({
	matchType: any ? 'anyCondition' : 'allConditions',
	filters: filters(all),
});

/** The columns as they are named in the item, without a mapping to keep up to date and without a cost for each item. */
const columnsOfItem = {
	columns: { mappingMode: 'autoMapInputData', value: {}, matchingColumns: [], schema: [] },
};

/**
 * Two workflows may find at the same moment that a table is missing: the one that comes too late tries again, and finds it. And a
 * table of more than 1,000 rows cannot be read while another run adds some.
 */
export const tryAgain = { retryOnFail: true, maxTries: 5, waitBetweenTries: 500 };

export const createTable = (name: string, position: Position, table: Table): Step =>
	node({ name, position, settings: { ...once, ...tryAgain } }, 'dataTable', 1.1, {
		resource: 'table',
		operation: 'create',
		tableName: table.name,
		columns: {
			column: Object.entries(table.columns).map(([column, type]) => ({ name: column, type })),
		},
		options: { createIfNotExists: true },
	});

/** All rows in the order they were added; those that meet all filters, if there are any. */
export const getRows = (
	named: Named,
	table: Table,
	all: readonly RowFilter[] = [],
	match: { any?: boolean } = {},
): Step =>
	rows(named, table, 'get', {
		...(all.length === 0 ? {} : matching(all, match.any)),
		returnAll: true,
		orderBy: true,
		orderByColumn: 'id',
		orderByDirection: 'ASC',
	});

/** One statement for all items; gives one item. */
export const insertInBulk = (named: Named, table: Table): Step =>
	rows(named, table, 'insert', { ...columnsOfItem, options: { optimizeBulk: true } });

/** Gives each row back with its id. */
export const insert = (named: Named, table: Table): Step =>
	rows(named, table, 'insert', { ...columnsOfItem, options: {} });

export const update = (named: Named, table: Table, all: readonly RowFilter[]): Step =>
	rows(named, table, 'update', { ...matching(all), ...columnsOfItem, options: {} });

export const upsert = (named: Named, table: Table, all: readonly RowFilter[]): Step =>
	rows(named, table, 'upsert', { ...matching(all), ...columnsOfItem, options: {} });

export const remove = (
	named: Named,
	table: Table,
	all: readonly RowFilter[],
	match: { any?: boolean } = {},
): Step => rows(named, table, 'deleteRows', { ...matching(all, match.any), options: {} });
