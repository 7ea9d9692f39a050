import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { DataFlow, LinkRule, PropertyRule } from '../shared/contracts';
import { parsePath } from '../shared/paths';
import { faultOfPath } from '../WixCrm/records/contactInfo';
import { contactsAndUsers, membersAndUsers, PlanInputError } from './engine/index';

/** The sets of rules that need no entering. */
export const presets: Readonly<Record<string, DataFlow>> = { contactsAndUsers, membersAndUsers };

const mostPairs = 3;

/**
 * The data flow that the parameter Rules selects.
 * @throws PlanInputError for custom rules that cannot be worked with; the message starts with the rule
 */
export function readRules(context: IExecuteFunctions): DataFlow {
	const preset = String(context.getNodeParameter('preset', 0));
	if (preset === 'custom') return readCustomRules(context);
	if (!Object.prototype.hasOwnProperty.call(presets, preset)) {
		throw new PlanInputError(
			`Rules: there is no '${preset}'; choose one of ${[...Object.keys(presets), 'custom'].join(', ')}`,
		);
	}
	return presets[preset];
}

function readCustomRules(context: IExecuteFunctions): DataFlow {
	const text = (name: string) => String(context.getNodeParameter(name, 0, '') ?? '').trim();
	const rows = (name: string) => rowsOf(context.getNodeParameter(name, 0, {}), 'rule');
	const wixEntity = text('wixEntity') as DataFlow['wixEntity'];
	const flow: DataFlow = {
		id: readFlowId(text('flowId'), wixEntity),
		title: text('title') || 'Custom rules',
		wixEntity,
		link: rows('linkRules').map(toLinkRule),
		properties: rows('propertyRules').map(toPropertyRule),
		// Whoever holds an address as a further one is not to be created a second time, whatever the rules are
		alsoHolds: contactsAndUsers.alsoHolds,
	};
	if (flow.link.length === 0) throw new PlanInputError('Link rules: at least one is needed');
	refuseUnwritable(flow);
	refuseOverlap(flow.properties);
	return flow;
}

const presetOf = (id: string) => Object.values(presets).find((flow) => flow.id === id);

function readFlowId(id: string, wixEntity: DataFlow['wixEntity']): string {
	if (!/^[\w-]{1,60}$/.test(id)) {
		throw new PlanInputError(
			'Name in the Links Table: use 1 to 60 letters, digits, hyphens and underscores',
		);
	}
	const preset = presetOf(id);
	if (preset !== undefined && preset.wixEntity !== wixEntity) {
		throw new PlanInputError(
			`Name in the Links Table: '${id}' holds links of Wix ${preset.wixEntity}s; choose these records, or another name`,
		);
	}
	return id;
}

function rowsOf(value: unknown, name: string): IDataObject[] {
	const rows = (value as IDataObject | null | undefined)?.[name];
	return Array.isArray(rows) ? (rows as IDataObject[]) : [];
}

const pathIn = (value: unknown) => String(value ?? '').trim();

function toLinkRule(row: IDataObject, index: number): LinkRule {
	const pairs = rowsOf(row?.pairs, 'pair');
	if (pairs.length > mostPairs) {
		throw new PlanInputError(
			`Link rule ${index + 1} has ${pairs.length} pairs of fields; at most ${mostPairs} can be combined`,
		);
	}
	return {
		pairs: pairs.map((pair) => ({
			wix: pathIn(pair?.wix),
			user: pathIn(pair?.user),
			compare: pair?.compare as PropertyRule['compare'],
		})),
	};
}

function toPropertyRule(row: IDataObject): PropertyRule {
	return {
		wix: pathIn(row?.wix),
		user: pathIn(row?.user),
		type: row?.type as PropertyRule['type'],
		compare: row?.compare as PropertyRule['compare'],
		direction: row?.direction as PropertyRule['direction'],
	};
}

/** A rule that would only ever end in Review, because nobody can write its field, is refused at once. */
function refuseUnwritable({ wixEntity, properties }: DataFlow): void {
	if (wixEntity !== 'contact') return;
	properties.forEach(({ wix, direction }, index) => {
		if (direction === 'toUsers' || parsePath(wix) === undefined) return;
		const fault = faultOfPath(wix);
		if (fault === undefined) return;
		throw new PlanInputError(
			`Property rule ${index + 1}: '${wix}' cannot be written to Wix: ${fault}. Name one of these, or let the rule go from Wix to the user only.`,
		);
	});
}

/** Two rules of which one writes into what the other holds as a single value contradict each other. */
function refuseOverlap(rules: readonly PropertyRule[]): void {
	for (const side of ['wix', 'user'] as const) {
		const ruleOf = new Map<string, number>();
		rules.forEach((rule, index) => {
			const name = nameOf(rule, side);
			if (name !== undefined && !ruleOf.has(name)) ruleOf.set(name, index);
		});
		rules.forEach((rule, index) => {
			const steps = normalized(rule[side]) ?? [];
			for (let length = 1; length <= steps.length; length++) {
				const other = ruleOf.get(JSON.stringify(steps.slice(0, length)));
				if (other === undefined || other === index) continue;
				refuseIfOverlapping(rules, index, other, side);
			}
		});
	}
}

function refuseIfOverlapping(
	rules: readonly PropertyRule[],
	index: number,
	other: number,
	side: 'wix' | 'user',
): void {
	const [inner, outer] = [rules[index][side], rules[other][side]];
	const isAddress = side === 'user' && rules[index].compare === 'email';
	if (inner === outer || (isAddress && inner === `${outer}.email`)) return;
	throw new PlanInputError(
		`Property rule ${index + 1}: the ${side === 'wix' ? 'Wix' : 'user'} field '${inner}' is, or lies inside, '${outer}' of property rule ${other + 1}; remove one of the two rules`,
	);
}

function nameOf(rule: PropertyRule, side: 'wix' | 'user'): string | undefined {
	const steps = normalized(rule[side]);
	return steps === undefined ? undefined : JSON.stringify(steps);
}

/** `items[0]` and `items.0` are one field. */
const normalized = (path: string) =>
	parsePath(path)?.map((segment) => segment.replace(/^\[(\d+)\]$/, '$1'));
