import { uuidOf, type Parameters, type Position, type Step } from './workflow.mts';

/** How n8n's own nodes are written down: one function for each that the workflows use. */
type Named = Pick<Step, 'name' | 'position' | 'settings'>;

const step = (named: Named, type: string, typeVersion: number, parameters: Parameters): Step => ({
	name: named.name,
	type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
	typeVersion,
	position: named.position,
	parameters,
	...(named.settings === undefined ? {} : { settings: named.settings }),
});

/** Once, however many items arrive. */
export const once = { executeOnce: true } as const;

/** Each step once, however many items arrive; and an item even when there is none, so that the chain goes on. */
export const onceAndOn = { executeOnce: true, alwaysOutputData: true } as const;

export const schedule = (named: Named, interval: Parameters): Step =>
	step(named, 'scheduleTrigger', 1.2, { rule: { interval: [interval] } });

export const byHand = (position: Position): Step =>
	step({ name: 'Run by hand', position }, 'manualTrigger', 1, {});

export const onError = (position: Position, name = 'When a run fails'): Step =>
	step({ name, position }, 'errorTrigger', 1, {});

/** Edit Fields with one JSON object; `json` is the text of an expression that gives it. */
export const layOut = (named: Named, json: string): Step =>
	step(named, 'set', 3.4, { mode: 'raw', jsonOutput: `={{ ${json} }}`, options: {} });

export interface Setting {
	name: string;
	value: string | number | boolean;
}

const fieldType = (value: Setting['value']) => typeof value;

/** Edit Fields with a list of named values that a person may change. */
export const settings = (named: Named, fields: readonly Setting[]): Step =>
	step(named, 'set', 3.4, {
		assignments: {
			assignments: fields.map(({ name, value }) => ({
				id: uuidOf(`${named.name}/${name}`),
				name,
				value,
				type: fieldType(value),
			})),
		},
		options: {},
	});

export interface Condition {
	left: string;
	/** n8n's own words: type and operation, such as `string`, `equals`. */
	type: string;
	operation: string;
	right?: string | number | boolean;
}

function condition(owner: string, { left, type, operation, right }: Condition): Parameters {
	const isUnary = right === undefined;
	return {
		id: uuidOf(`${owner}/${left}/${operation}/${String(right)}`),
		leftValue: `={{ ${left} }}`,
		rightValue: right ?? '',
		operator: { type, operation, ...(isUnary ? { singleValue: true } : {}) },
	};
}

export const ifAll = (named: Named, all: readonly Condition[]): Step =>
	step(named, 'if', 2.2, {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'loose', version: 2 },
			conditions: all.map((each) => condition(named.name, each)),
			combinator: 'and',
		},
		looseTypeValidation: true,
		options: {},
	});

/** An item for each element of the list in `field`. */
export const splitOut = (named: Named, field: string): Step =>
	step(named, 'splitOut', 1, { fieldToSplitOut: field, options: {} });

/** Notes when it ran, as `readFrom` of its only item. */
export const noteTime = (named: Named): Step =>
	settings({ ...named, settings: once }, [
		{ name: 'readFrom', value: '={{ $now.toUTC().toISO() }}' },
	]);

/**
 * Waits until nothing else is left to do, then puts what came to its inputs one after the other. Its first input stays free: n8n
 * runs a step that lacks an input only then, wherever it stands on the canvas. `others`: how many inputs there are beside it.
 */
export const gather = (named: Named, others: number): Step =>
	step(named, 'merge', 3.2, { numberInputs: others + 1 });

/** The first input of `gather` that is used. */
export const GATHERED = 1;

/** Waits for two inputs and hands on what came in the first one. */
export const afterSecond = (named: Named): Step =>
	step(named, 'merge', 3.2, { mode: 'chooseBranch' });

/** Takes out items that are the same in all fields. */
export const eachOnce = (named: Named): Step => step(named, 'removeDuplicates', 2, { options: {} });

export const stopWith = (named: Named, message: string): Step =>
	step(named, 'stopAndError', 1, { errorMessage: message });

/** n8n's HTML node reads `$` in a text as the start of a reference. `before` stands before it as it is. */
export const html = (named: Named, expression: string, before = ''): Step =>
	step(named, 'html', 1.2, {
		operation: 'generateHtmlTemplate',
		html: `${before}{{ ${expression}.split('$').join('$$') }}`,
	});

/** Any other node, ours among them. */
export const node = (
	named: Named,
	type: string,
	typeVersion: number,
	parameters: Parameters,
): Step => step(named, type, typeVersion, parameters);
