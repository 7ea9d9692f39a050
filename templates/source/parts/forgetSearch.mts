import { callOf } from '../lib/expression.mts';
import { beside, ROW_Y } from '../lib/grid.mts';
import { layOut, once, onceAndOn, splitOut } from '../lib/steps.mts';
import { getRows, history, links, type RowFilter } from '../lib/tables.mts';
import type { Workflow } from '../lib/workflow.mts';
import { at, first, FOUND, rowHeights, rowsOf, tables, WHO } from './forgetSteps.mts';

/** Finds the ids that belong to the name, then all rows of these ids. @returns the step that lists them */
export function search(workflow: Workflow, after: string): string {
	const y = rowHeights.search;
	const ask = workflow.add(
		layOut(
			{ name: 'Read what was typed', position: at(6), settings: once },
			callOf('forget/ask.mts', 'ask', [`${first('Ask whom to forget')}['${WHO}']`]),
		),
	);
	const [term, pattern] = [`${first(ask)}.term`, `${first(ask)}.pattern`];
	const byTerm = (condition: string, value: string, ...columns: string[]): RowFilter[] =>
		columns.map((column) => ({ column, condition, value: `={{ ${value} }}` }));
	const heldLinks = workflow.add(
		getRows(
			{ name: 'Find links that hold it', position: at(7), settings: onceAndOn },
			links,
			[
				...byTerm('eq', term, 'wixId', 'userId', 'movedTo'),
				...byTerm('ilike', pattern, 'lastSynced', 'pending', 'linkId'),
			],
			{ any: true },
		),
	);
	const heldHistory = workflow.add(
		getRows(
			{ name: 'Find history that holds it', position: at(8), settings: onceAndOn },
			history,
			[
				...byTerm('eq', term, 'wixId', 'userId'),
				...byTerm('ilike', pattern, 'oldValue', 'newValue', 'linkId'),
			],
			{ any: true },
		),
	);
	const collect = workflow.add(
		layOut(
			{ name: 'Collect the IDs', position: at(9), settings: once },
			callOf('forget/person.mts', 'personOf', [term, '[]', rowsOf(heldLinks), rowsOf(heldHistory)]),
		),
	);
	const each = workflow.add(splitOut({ name: 'Take each ID', position: beside(0, y) }, 'ids'));
	const ofIds = ['wixId', 'userId', 'movedTo'].map((column) => ({
		column,
		condition: 'eq',
		value: '={{ $json.ids }}',
	}));
	const partners = workflow.add(
		getRows(
			{
				name: 'Find links of these IDs',
				position: beside(1, y),
				settings: { alwaysOutputData: true },
			},
			links,
			ofIds,
			{ any: true },
		),
	);
	const all = workflow.add(
		layOut(
			{ name: 'Add the IDs of the other side', position: beside(2, y), settings: once },
			callOf('forget/person.mts', 'personOf', [
				term,
				`${first(collect)}.ids`,
				rowsOf(partners),
				'[]',
			]),
		),
	);
	const again = workflow.add(
		splitOut({ name: 'Take each of all IDs', position: beside(3, y) }, 'ids'),
	);
	workflow.chain(after, ask, heldLinks, heldHistory, collect, each, partners, all, again);
	const gets = rowsOfIds(workflow);
	const rows = tables.map(({ name }, index) => `${name}: ${rowsOf(gets[index] ?? '')}`);
	const list = workflow.add(
		layOut(
			{ name: FOUND, position: beside(4, y + 2 * ROW_Y), settings: once },
			callOf('forget/find.mts', 'findRows', [`${first(all)}.ids`, `{ ${rows.join(', ')} }`]),
		),
	);
	for (const next of [...gets, list]) workflow.connect(again, next);
	return list;
}

/** For each id, the rows of each table that may name it. */
function rowsOfIds(workflow: Workflow): string[] {
	const contains = (...columns: string[]): RowFilter[] =>
		columns.map((column) => ({
			column,
			condition: 'ilike',
			value: "={{ '%' + $json.ids + '%' }}",
		}));
	const filters: Record<string, RowFilter[]> = {
		links: contains('wixId', 'userId', 'movedTo', 'linkId'),
		review: contains('wixIds', 'userIds'),
		history: contains('wixId', 'userId', 'linkId'),
		failures: contains('message'),
	};
	return tables.map(({ name, table }, index) =>
		workflow.add(
			getRows(
				{
					name: `Get ${name} of the IDs`,
					position: beside(4, rowHeights.search + (index - 2) * ROW_Y),
				},
				table,
				filters[name],
				{ any: true },
			),
		),
	);
}
