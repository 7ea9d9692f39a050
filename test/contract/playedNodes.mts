import {
	executeFilter,
	tryToParseJsonToFormFields,
	type FilterValue,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
} from 'n8n-workflow';
import type { PlayedTables, Row } from './playedTables.mts';

/** A page as n8n would show it: the title and the choices as text, the description as HTML. */
export interface Page {
	step: string;
	title: string;
	description: string;
	choices: string[];
}

/** What somebody fills in; nothing: the page is left open until n8n closes it. */
export type Answer = (page: Page) => IDataObject | undefined;

/** More than any scene has: a form that goes on for ever must not do so in a test. */
const MOST_PAGES = 20;

type Execute = (this: IExecuteFunctions) => Promise<IDataObject[][]> | IDataObject[][];

/** A node type that takes any parameters, as the node of n8n in whose place it stands. */
export function played(
	parameters: readonly string[],
	outputs: number,
	execute: Execute,
): INodeType {
	return {
		description: {
			displayName: 'Played',
			name: 'played',
			group: ['transform'],
			version: [1, 1.1, 1.2, 2, 2.5, 2.6, 3.2],
			description: '',
			defaults: { name: 'Played' },
			inputs: ['main'],
			outputs: Array.from({ length: outputs }, () => 'main'),
			properties: parameters.map((name) => ({
				displayName: name,
				name,
				type: 'json',
				default: '',
			})),
		} as INodeType['description'],
		async execute(): Promise<INodeExecutionData[][]> {
			const given = await execute.call(this);
			return given.map((items) => items.map((json) => ({ json, pairedItem: { item: 0 } })));
		},
	};
}

const itemsOf = (context: IExecuteFunctions) => context.getInputData().map(({ json }) => json);

/** What n8n makes of a text with expressions in it: each is put in its place by a replacement that reads `$`. */
function resolved(context: IExecuteFunctions, text: string, index = 0): string {
	return [...text.matchAll(/\{\{[\s\S]*?\}\}/g)].reduce((sum, [expression]) => {
		const value: unknown = context.evaluateExpression(expression, index);
		return sum.replace(
			expression,
			typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value),
		);
	}, text);
}

interface Field {
	fieldOptions?: { values: Array<{ option: string }> };
}

function fieldsOf(context: IExecuteFunctions): Field[] {
	if (context.getNodeParameter('defineForm', 0, '') !== 'json')
		return context.getNodeParameter('formFields.values', 0) as Field[];
	const raw = context.getNodeParameter('jsonOutput', 0, '', { rawExpressions: true }) as string;
	return tryToParseJsonToFormFields(resolved(context, raw.slice(1))) as Field[];
}

function pageOf(context: IExecuteFunctions): Page {
	const step = context.getNode().name;
	const textOf = (name: string) => String(context.getNodeParameter(name, 0, ''));
	if (textOf('operation') === 'completion') {
		const [title, description] = [textOf('completionTitle'), textOf('completionMessage')];
		return { step, title, description, choices: [] };
	}
	const choices = fieldsOf(context).flatMap(
		({ fieldOptions }) => fieldOptions?.values.map(({ option }) => option) ?? [],
	);
	return {
		step,
		title: textOf('options.formTitle'),
		description: textOf('options.formDescription'),
		choices,
	};
}

/** `answer` fills in each page that has something to fill in; all pages come to `shown`. */
export const form = (shown: Page[], answer: Answer): INodeType =>
	played(
		'operation defineForm jsonOutput formFields options completionTitle completionMessage'.split(
			' ',
		),
		1,
		function () {
			const page = pageOf(this);
			shown.push(page);
			if (shown.length > MOST_PAGES) throw new Error('The form comes to no end');
			const given = page.choices.length === 0 ? undefined : answer(page);
			return [given === undefined ? itemsOf(this) : [{ ...given, submittedAt: '', formMode: '' }]];
		},
	);

interface Rules {
	values: Array<{ conditions: FilterValue }>;
}

export const switchNode = (outputs: number): INodeType =>
	played(['rules', 'mode', 'options', 'looseTypeValidation'], outputs, function () {
		const given: IDataObject[][] = Array.from({ length: outputs }, () => []);
		itemsOf(this).forEach((json, index) => {
			const { values } = this.getNodeParameter('rules', index) as unknown as Rules;
			const output = values.findIndex(({ conditions }) => executeFilter(conditions));
			given[output]?.push(json);
		});
		return given;
	});

export const removeDuplicates = (): INodeType =>
	played(['compare', 'fieldsToCompare'], 1, function () {
		const field = String(this.getNodeParameter('fieldsToCompare', 0));
		const seen = new Set<unknown>();
		const isNew = (value: unknown) => !seen.has(value) && seen.add(value);
		return [itemsOf(this).filter((json) => isNew(json[field]))];
	});

/** The template of n8n's HTML node. */
export const html = (): INodeType =>
	played(['html', 'operation'], 1, function () {
		const raw = this.getNodeParameter('html', 0, '', { rawExpressions: true }) as string;
		return [itemsOf(this).map((_, index) => ({ html: resolved(this, raw, index) }))];
	});

export const dataTable = (tables: PlayedTables): INodeType =>
	played(
		'resource operation dataTableId matchType filters columns returnAll limit orderBy orderByColumn orderByDirection'.split(
			' ',
		),
		1,
		function () {
			if (this.getNodeParameter('resource', 0) === 'table')
				return [[{ id: 'aTable', name: 'made', columns: [] }]];
			return [itemsOf(this).flatMap((json, index) => rowsFor(this, tables, json, index))];
		},
	);

function rowsFor(
	context: IExecuteFunctions,
	tables: PlayedTables,
	json: IDataObject,
	index: number,
): IDataObject[] {
	const get = <T,>(name: string, byDefault?: T) =>
		context.getNodeParameter(name, index, byDefault) as T;
	const { value: table } = get<{ value: string }>('dataTableId');
	const conditions = get<never[]>('filters.conditions', []);
	const found = tables.find(table, { matchType: get('matchType', 'anyCondition'), conditions });
	const { mappingMode, value } = get('columns', { mappingMode: '', value: {} as IDataObject });
	const values = mappingMode === 'autoMapInputData' ? json : value;
	const operation = get<string>('operation');
	switch (operation) {
		case 'get':
			return inOrder(found, get('orderByDirection')).slice(
				0,
				get('returnAll') ? undefined : get('limit'),
			);
		case 'insert':
			return [tables.add(table, values)];
		case 'update':
			return tables.change(table, found, values);
		case 'deleteRows':
			tables.remove(table, found);
			return found;
		default:
			throw new Error(`No operation ${operation} here`);
	}
}

const inOrder = (rows: readonly Row[], direction: string) =>
	[...rows].sort((one, other) => (direction === 'DESC' ? other.id - one.id : one.id - other.id));
