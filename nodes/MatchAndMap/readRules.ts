import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DataFlow, JsonObject, LinkRule, PropertyRule, Side } from '../shared/contract';
import { parsePath } from '../shared/paths';
import { faultOfPath } from '../WixCrm/records/contactInfo';
import {
	contactsAndUsers,
	membersAndUsers,
	PlanInputError,
	propertyFault,
	type FaultPlace,
} from './engine/index';
import { refusePathsThroughValues } from './pathThroughValue';
import { readPath } from './readPath';

/** The sets of rules that need no entering. */
export const presets: Readonly<Record<string, DataFlow>> = { contactsAndUsers, membersAndUsers };

const mostPairs = 3;

type Records = Readonly<Record<Side, readonly JsonObject[]>>;

/**
 * The data flow that the parameter Rules selects.
 * @param records what the rules of a person are held against: a field that they write has to fit in
 * @throws PlanInputError for custom rules that cannot be worked with
 */
export function readRules(context: IExecuteFunctions, records: Records): DataFlow {
	const preset = String(context.getNodeParameter('preset', 0));
	if (preset === 'custom') return readCustomRules(context, records);
	const flow = Object.hasOwn(presets, preset) ? presets[preset] : undefined;
	if (flow === undefined) {
		throw new PlanInputError(
			`Rules: there is no '${preset}'; choose one of ${[...Object.keys(presets), 'custom'].join(', ')}`,
			{ list: 'flow' },
		);
	}
	return flow;
}

function readCustomRules(context: IExecuteFunctions, records: Records): DataFlow {
	const text = (name: string) => String(context.getNodeParameter(name, 0, '') ?? '').trim();
	// As entered: a path that was dragged as an expression would come resolved to the value of one record
	const rows = (name: string) =>
		rowsOf(context.getNodeParameter(name, 0, {}, { rawExpressions: true }), 'rule');
	const wixEntity = text('wixEntity') as DataFlow['wixEntity'];
	const flow: DataFlow = {
		id: readFlowId(text('flowId'), wixEntity),
		title: text('title') || 'Custom rules',
		wixEntity,
		link: rows('linkRules').map((entered, row) => toLinkRule(context, entered, row)),
		properties: rows('propertyRules').map((entered, row) => toPropertyRule(context, entered, row)),
		// Whoever holds an address as a further one is not to be created a second time, whatever the rules are
		alsoHolds: contactsAndUsers.alsoHolds,
	};
	refuseUnwritable(flow);
	refusePathsThroughValues(flow.properties, records);
	return flow;
}

const presetOf = (id: string) => Object.values(presets).find((flow) => flow.id === id);

function readFlowId(id: string, wixEntity: DataFlow['wixEntity']): string {
	const at = { list: 'flow', field: 'id' } as const;
	if (!/^[\w-]{1,60}$/.test(id)) {
		throw new PlanInputError(
			'Name in the Links Table: use 1 to 60 letters, digits, hyphens and underscores',
			at,
		);
	}
	const preset = presetOf(id);
	if (preset !== undefined && preset.wixEntity !== wixEntity) {
		throw new PlanInputError(
			`Name in the Links Table: '${id}' holds links of Wix ${preset.wixEntity}s; choose these records, or another name`,
			at,
		);
	}
	return id;
}

function rowsOf(value: unknown, name: string): IDataObject[] {
	const rows = (value as IDataObject | null | undefined)?.[name];
	return Array.isArray(rows) ? (rows as IDataObject[]) : [];
}

/** Reads the paths of one row or pair. @param where its path among the parameters */
function pathReader(
	context: IExecuteFunctions,
	entered: IDataObject,
	where: string,
	at: FaultPlace,
) {
	return (field: 'wix' | 'user') =>
		readPath(entered?.[field], () => context.getNodeParameter(`${where}.${field}`, 0, ''), {
			...at,
			field,
		});
}

function toLinkRule(context: IExecuteFunctions, entered: IDataObject, row: number): LinkRule {
	const pairs = rowsOf(entered?.pairs, 'pair');
	if (pairs.length > mostPairs) {
		throw new PlanInputError(
			`Link rule ${row + 1} has ${pairs.length} pairs of fields; at most ${mostPairs} can be combined`,
			{ list: 'link', row, field: 'pairs' },
		);
	}
	return {
		pairs: pairs.map((each, pair) => {
			const where = `linkRules.rule[${row}].pairs.pair[${pair}]`;
			const path = pathReader(context, each, where, { list: 'link', row, pair });
			return {
				wix: path('wix'),
				user: path('user'),
				compare: each?.compare as PropertyRule['compare'],
			};
		}),
	};
}

function toPropertyRule(
	context: IExecuteFunctions,
	entered: IDataObject,
	row: number,
): PropertyRule {
	const at = { list: 'properties', row } as const;
	const path = pathReader(context, entered, `propertyRules.rule[${row}]`, at);
	return {
		wix: path('wix'),
		user: path('user'),
		type: entered?.type as PropertyRule['type'],
		compare: entered?.compare as PropertyRule['compare'],
		direction: entered?.direction as PropertyRule['direction'],
	};
}

/** A rule that would only ever end in Review, because nobody can write its field, is refused at once. */
function refuseUnwritable({ wixEntity, properties }: DataFlow): void {
	if (wixEntity !== 'contact') return;
	properties.forEach(({ wix, direction }, row) => {
		if (direction === 'toUsers' || parsePath(wix) === undefined) return;
		const fault = faultOfPath(wix);
		if (fault === undefined) return;
		throw propertyFault(
			row,
			'wix',
			`'${wix}' cannot be written to Wix: ${fault}. Name one of these, or let the rule go from Wix to the user only.`,
		);
	});
}
