import type { Side } from '../../shared/contract';
import { PlanInputError } from './errors';

/** The field that one property rule names on one side. */
export interface RuleField {
	/** Place of the rule in its list. */
	rule: number;
	side: Side;
	path: string;
	/** The path's steps, one spelling for each field; see `fieldSteps`. */
	steps: readonly string[];
	/** The rule writes this side. */
	isWritten: boolean;
	/** Rules of one property have the same; they are not compared with each other. */
	property: string;
	/** Path of the rule's field on the other side. */
	source: string;
}

const primary = '[primary]';
const isItem = (step: string) => step === primary || /^\d+$/.test(step);

/** The steps of a parsed path in one spelling: `items[0]` and `items.0` are one field. */
export const fieldSteps = (segments: readonly string[]): string[] =>
	segments.map((segment) => segment.replace(/^\[(\d+)\]$/, '$1'));

/** `profile.email` and `profile.email.email` are one field: the address, in an object or plain. */
export function isSameField(left: readonly string[], right: readonly string[]): boolean {
	const [short, long] = left.length <= right.length ? [left, right] : [right, left];
	const isInside = long.length === short.length + 1 && long[short.length] === 'email';
	return (
		(isInside || long.length === short.length) && short.every((step, index) => step === long[index])
	);
}

/** Fields by name. Of those with one name the first to be written and the first to be read speak for all. */
class FieldIndex {
	private readonly named = new Map<string, { written?: RuleField; read?: RuleField }>();
	/** Fields of list items, by the name in which every item is the same: all, and those of the primary item. */
	private readonly ofItems = new Map<string, RuleField[]>();
	private readonly ofPrimary = new Map<string, RuleField[]>();

	add(field: RuleField): void {
		const name = JSON.stringify(field.steps);
		const known = this.named.get(name) ?? {};
		this.named.set(name, known);
		if (known[field.isWritten ? 'written' : 'read'] !== undefined) return;
		known[field.isWritten ? 'written' : 'read'] = field;
		if (!field.steps.some(isItem)) return;
		note(this.ofItems, anyItem(field.steps), field);
		if (field.steps.includes(primary)) note(this.ofPrimary, anyItem(field.steps), field);
	}

	/** Fields at `steps`, or at what may be the same item of a list. */
	at(steps: readonly string[]): RuleField[] {
		const { written, read } = this.named.get(JSON.stringify(steps)) ?? {};
		const exact = [written, read].filter((field) => field !== undefined);
		if (!steps.some(isItem)) return exact;
		const items = steps.includes(primary) ? this.ofItems : this.ofPrimary;
		const alike = (items.get(anyItem(steps)) ?? []).filter((field) => mayMeet(field.steps, steps));
		return [...exact, ...alike];
	}
}

const anyItem = (steps: readonly string[]) =>
	JSON.stringify(steps.map((step) => (isItem(step) ? primary : step)));

const mayMeet = (left: readonly string[], right: readonly string[]) =>
	left.every((step, index) => {
		const other = right[index];
		return step === other || step === primary || other === primary;
	});

function note(fields: Map<string, RuleField[]>, name: string, field: RuleField): void {
	const known = fields.get(name);
	if (known === undefined) fields.set(name, [field]);
	else known.push(field);
}

/**
 * Two rules contradict each other where their fields meet on a side that one of them writes: both write it from different
 * sources, one hands on what the other wrote only a run later, or one writes through what the other holds as a single value.
 * @param fields those of one side, in the order of the rules
 * @throws PlanInputError that starts with the later of the two rules
 */
export function refuseContradictions(fields: readonly RuleField[]): void {
	const index = new FieldIndex();
	for (const field of fields) index.add(field);
	for (const inner of fields) {
		for (let length = 1; length <= inner.steps.length; length++) {
			for (const outer of index.at(inner.steps.slice(0, length))) {
				const isOne = outer.property === inner.property;
				if (!isOne && (inner.isWritten || outer.isWritten)) throw contradiction(inner, outer);
			}
		}
	}
}

function contradiction(inner: RuleField, outer: RuleField): PlanInputError {
	const [earlier, later] = inner.rule < outer.rule ? [inner, outer] : [outer, inner];
	return new PlanInputError(
		`Property rule ${later.rule + 1}: ${reason(inner, outer, earlier, later)}; remove one of the two rules`,
	);
}

const sideName: Record<Side, string> = { wix: 'Wix', users: 'user' };

function reason(inner: RuleField, outer: RuleField, earlier: RuleField, later: RuleField): string {
	const { side } = later;
	const field = `the ${sideName[side]} field '${later.path}'`;
	const source = `the ${sideName[side === 'wix' ? 'users' : 'wix']} field '${earlier.source}'`;
	const other = `property rule ${earlier.rule + 1}`;
	const isDeeper = inner.steps.length > outer.steps.length;
	if (isDeeper && !(side === 'users' && isSameField(inner.steps, outer.steps))) {
		return later === inner
			? `${field} lies inside '${earlier.path}', which ${other} keeps as a single value`
			: `${field} would be kept as a single value, but ${other} goes to '${earlier.path}' inside it`;
	}
	const same = later.path === earlier.path ? field : `${field}, which may be '${earlier.path}',`;
	if (earlier.isWritten && later.isWritten)
		return `${same} is written by ${other} already, from ${source}`;
	return earlier.isWritten
		? `${same} is written by ${other}, from ${source}, and cannot be handed on from there`
		: `${same} cannot be written, because ${other} hands it on to ${source}`;
}
