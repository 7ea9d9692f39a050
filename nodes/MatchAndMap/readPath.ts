import { faultAt, type FaultPlace } from './engine/index';

/** What leads to the current or another node's item in an expression, up to where the path in it begins. */
const item =
	/^\$(?:json|input\.item\.json|\((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)\.(?:item|first\(\)|last\(\))\.json)(?=[.[]|$)/;

/** One pair of braces and nothing around it; the sign of an expression may be missing where it was typed. */
const soleExpression = /^=?\s*\{\{([^{}]*)\}\}\s*$/;

/**
 * The path that a person entered: typed, dragged, or as an expression that points at a field of an item, which is what n8n
 * writes when a field is dragged onto a parameter that is set to Expression. Undefined for any other expression.
 */
export function enteredPath(entered: string): string | undefined {
	const text = (soleExpression.exec(entered)?.[1] ?? entered).trim();
	const prefix = item.exec(text)?.[0];
	if (prefix !== undefined) {
		const path = text.slice(prefix.length).replace(/^\./, '');
		return computes(path) ? undefined : path;
	}
	return entered.startsWith('=') || entered.includes('{{') ? undefined : entered.trim();
}

/** A call, an operator or white space outside quotes: more than the way to a field. */
const computes = (path: string) =>
	/[()+*/|&?!=<>,;\s]/.test(path.replace(/(['"])(?:\\.|(?!\1).)*\1/g, ''));

/** An expression that looks at an item gives the value of one record, an address perhaps: no path to anything. */
const looksAtItem = /\$(?:json|input|node|item|binary)\b|\$\(/;

/**
 * @param entered the parameter before any expression in it is resolved
 * @param resolve gives the value of the expression
 * @param at the rule and the field
 * @throws PlanInputError for nothing, and for an expression that gives the value of a record
 */
export function readPath(entered: unknown, resolve: () => unknown, at: FaultPlace): string {
	const text = String(entered ?? '');
	const path = enteredPath(text);
	if (path === undefined && looksAtItem.test(text)) {
		throw faultAt(
			at,
			' is an expression that gives a value of one record, not the path to a field. Set it to Fixed and drag the field onto it, or type its path, such as primaryInfo.email',
		);
	}
	const read = path ?? String(resolve() ?? '').trim();
	if (read === '') {
		throw faultAt(
			at,
			' is empty: drag a field from the input panel onto it, or type its path, such as primaryInfo.email',
		);
	}
	return read;
}
