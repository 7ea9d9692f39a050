import type { PropertyRule, Side } from '../../../shared/contract';
import { propertyFault } from './errors';

/** One property rule, as far as it can contradict another one. */
export interface RuleFields {
	readonly row: number;
	/** Names the Wix field: rules with the same are one property, and not compared with each other. */
	readonly name: string;
	/** The steps of the paths, one spelling for each field; see `fieldSteps`. */
	readonly steps: Readonly<Record<Side, readonly string[]>>;
	readonly property: {
		readonly direction: PropertyRule['direction'];
		readonly keyOn: Readonly<Record<Side, string>>;
	};
}

const primary = '[primary]';
const isItem = (step: string) => step === primary || /^\d+$/.test(step);

/** The steps of a parsed path in one spelling: `items[0]` and `items.0` are one field. */
export const fieldSteps = (segments: readonly string[]): string[] =>
	segments.map((segment) => segment.replace(/^\[(\d+)\]$/, '$1'));

/** `profile.email` and `profile.email.email` are one field: the address, in an object or plain. */
export function isSameField(left: readonly string[], right: readonly string[]): boolean {
	const name = (...steps: string[]) => JSON.stringify(fieldSteps(steps));
	return (
		name(...left) === name(...right) ||
		name(...left, 'email') === name(...right) ||
		name(...left) === name(...right, 'email')
	);
}

/** Whether a rule of this direction writes to the side. */
export const isWritten = (direction: PropertyRule['direction'], side: Side) =>
	direction === 'both' || direction === (side === 'wix' ? 'toWix' : 'toUsers');

/** A place in the records of a side. The first rule that writes it speaks for all that do, and the first that only reads it. */
class Place {
	written: RuleFields | undefined;
	read: RuleFields | undefined;
	private readonly inside = new Map<string, Place>();

	enter(step: string): Place {
		const place = this.inside.get(step) ?? new Place();
		this.inside.set(step, place);
		return place;
	}

	/** The places that `step` leads to or, since the primary item of a list may be any of its items, may lead to. */
	at(step: string): Place[] {
		const names = step === primary ? [...this.inside.keys()] : [step, primary];
		const meets = (name: string) => name === step || (isItem(name) && isItem(step));
		return names.filter(meets).flatMap((name) => this.inside.get(name) ?? []);
	}
}

/**
 * Two rules contradict each other where their fields meet on a side that one of them writes: both write it from different
 * sources, one hands on what the other wrote only a run later, or one writes through what the other holds as a single value.
 * @throws PlanInputError about the later of the two rules
 */
export function refuseContradictions(rules: readonly RuleFields[], side: Side): void {
	const writes = ({ property }: RuleFields) => isWritten(property.direction, side);
	const root = new Place();
	for (const rule of rules) {
		const place = rule.steps[side].reduce((at, step) => at.enter(step), root);
		place[writes(rule) ? 'written' : 'read'] ??= rule;
	}
	for (const inner of rules) {
		let places = [root];
		for (const step of inner.steps[side]) {
			places = places.flatMap((place) => place.at(step));
			for (const outer of places.flatMap(({ written, read }) => [written, read])) {
				if (outer === undefined || outer.name === inner.name) continue;
				if (writes(inner) || writes(outer)) throw contradiction(inner, outer, side);
			}
		}
	}
}

const sideName: Record<Side, string> = { wix: 'Wix', users: 'user' };

function contradiction(inner: RuleFields, outer: RuleFields, side: Side) {
	const [earlier, later] = inner.row < outer.row ? [inner, outer] : [outer, inner];
	const name = side === 'wix' ? 'wix' : 'user';
	const fault = (why: string) =>
		propertyFault(later.row, name, `${why}; remove one of the two rules`);
	const pathOf = ({ property }: RuleFields) => `'${property.keyOn[side]}'`;
	const field = `the ${sideName[side]} field ${pathOf(later)}`;
	const other = `property rule ${earlier.row + 1}`;
	const [innerSteps, outerSteps] = [inner.steps[side], outer.steps[side]];
	const isOne = side === 'users' && isSameField(innerSteps, outerSteps);
	if (innerSteps.length > outerSteps.length && !isOne) {
		const path = pathOf(earlier);
		return later === inner
			? fault(`${field} lies inside ${path}, which ${other} keeps as a single value`)
			: fault(`${field} would be kept as a single value, but ${other} goes to ${path} inside it`);
	}
	const from = side === 'wix' ? 'users' : 'wix';
	const source = `the ${sideName[from]} field '${earlier.property.keyOn[from]}'`;
	const isAlike = pathOf(later) === pathOf(earlier);
	const same = isAlike ? field : `${field}, which may be ${pathOf(earlier)},`;
	if (!isWritten(earlier.property.direction, side))
		return fault(`${same} cannot be written, because ${other} hands it on to ${source}`);
	return isWritten(later.property.direction, side)
		? fault(`${same} is written by ${other} already, from ${source}`)
		: fault(`${same} is written by ${other}, from ${source}, and cannot be handed on from there`);
}
