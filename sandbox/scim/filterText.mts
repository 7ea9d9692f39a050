import { scimError } from './errors.mts';
import { userSchema } from './types.mts';

const literal = /"(?:[^"\\]|\\.)*"/g;
const corePrefix = new RegExp(`${userSchema.replaceAll('.', '\\.')}:`, 'gi');

export interface FilterText {
	/** The filter with `~0`, `~1` … in the place of its texts. */
	text: string;
	/** The texts, in order. */
	values: string[];
}

function readLiteral(found: string): string {
	try {
		return JSON.parse(found) as string;
	} catch {
		throw scimError(400, 'A text in the filter is no JSON string.', 'invalidFilter');
	}
}

/**
 * Takes the texts out of a filter before scimmy reads it: its grammar knows neither the escapes of a JSON string nor brackets
 * inside of one, which RFC 7644 section 3.4.2.2 (compValue) allows. Fully qualified core attributes lose their prefix.
 */
export function setTextsAside(filter: string): FilterText {
	const values: string[] = [];
	const text = filter.replace(literal, (found) => `"~${values.push(readLiteral(found)) - 1}"`);
	return { text: text.replace(corePrefix, ''), values };
}

/** The text that a placeholder stands for; any other value as it is. */
export function textFor<T>(value: T, values: readonly string[]): T | string {
	const number = typeof value === 'string' ? /^~(\d+)$/.exec(value)?.[1] : undefined;
	return number === undefined ? value : (values[Number(number)] ?? value);
}
