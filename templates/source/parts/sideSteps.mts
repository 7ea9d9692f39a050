import { node } from '../lib/steps.mts';
import type { RowFilter, Table } from '../lib/tables.mts';
import { uuidOf, type Parameters, type Step } from '../lib/workflow.mts';

/** Steps that only the side workflows have. */
type Named = Pick<Step, 'name' | 'position' | 'settings'>;

/** A page that nobody answers is closed, so that no run waits for ever. */
export const PAGE_MINUTES = 60;

/** A condition of one column; `value` is the text of an expression. */
export const where = (column: string, condition: string, value: string): RowFilter => ({
	column,
	condition,
	value: `={{ ${value} }}`,
});

export interface Rule {
	/** What the output is called. */
	title: string;
	/** All of them: the text of an expression, n8n's words for type and operation, and what to compare with. */
	all: ReadonlyArray<{ left: string; type: string; operation: string; right?: string }>;
}

/** An output for each rule; an item leaves by the first one that it meets. */
export const choose = (named: Named, rules: readonly Rule[]): Step =>
	node(named, 'switch', 3.2, {
		mode: 'rules',
		rules: {
			values: rules.map(({ title, all }) => ({
				conditions: {
					options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
					conditions: all.map(({ left, type, operation, right }) => ({
						id: uuidOf(`${named.name}/${title}/${operation}/${right ?? ''}`),
						leftValue: `={{ ${left} }}`,
						rightValue: right ?? '',
						operator: { type, operation, ...(right === undefined ? { singleValue: true } : {}) },
					})),
					combinator: 'and',
				},
				renameOutput: true,
				outputKey: title,
			})),
		},
		looseTypeValidation: true,
		options: {},
	});

/**
 * The text of an expression: a value as n8n takes it where it puts it into a text, and a `$` would be read as a reference.
 * @param value text of an expression that gives a text
 */
export const asPlain = (value: string) => `${value}.replaceAll('$', '$$$$')`;

/** The text of an expression: the options of a form out of a list of texts. */
export const optionsOf = (texts: string) => `${texts}.chunk(1).renameKeys('0', 'option')`;

/** A list of one field with a choice, as n8n's forms take it. @param options text of an expression */
export const choiceOf = (field: Readonly<Record<string, unknown>>, options: string) =>
	`=[${JSON.stringify({ ...field, fieldOptions: 0 }).slice(0, -'0}'.length)}{{ ${options} }} }]`;

/** The text of an expression: how many rows a step gave, each counted once. */
export const rowsOf = (step: string) =>
	`$('${step}').all().pluck('json').pluck('id').unique().length`;

/** Names and addresses are long: wider than n8n's own form, and broken where they do not fit. */
const css = [
	':root { --container-width: 640px; --font-size-header: 18px; }',
	'.header h1, label { overflow-wrap: anywhere; }',
].join('\n');

/** A page of a form whose only field is a choice that an expression makes. */
export const choicePage = (
	named: Named,
	field: { json: string } | { fields: Parameters },
	texts: { title: string; description: string; buttonLabel: string },
): Step =>
	node(named, 'form', 2.5, {
		...('json' in field ? { defineForm: 'json', jsonOutput: field.json } : field.fields),
		limitWaitTime: true,
		limitType: 'afterTimeInterval',
		resumeAmount: PAGE_MINUTES,
		resumeUnit: 'minutes',
		options: {
			formTitle: texts.title,
			formDescription: texts.description,
			buttonLabel: texts.buttonLabel,
			customCss: css,
		},
	});

/** The columns that are saved, each by an expression or a text, whatever else the item holds. */
export const columns = (table: Table, value: Readonly<Record<string, string>>): Parameters => ({
	columns: {
		mappingMode: 'defineBelow',
		value,
		matchingColumns: [],
		schema: Object.keys(value).map((id) => ({
			id,
			displayName: id,
			type: table.columns[id],
			required: false,
			defaultMatch: false,
			display: true,
			readOnly: false,
			removed: false,
		})),
	},
});
