import type { JsonValue } from '../../nodes/shared/contract/index';

/** One switch of `POST /sandbox/behave`: its default, and what it takes where the type of that says too little. */
export interface Switch<T extends JsonValue = JsonValue> {
	standard: T;
	/** The only values it takes. */
	choices?: readonly T[];
	/** What a text must look like. */
	pattern?: RegExp;
}

export const off: Switch<boolean> = { standard: false };
export const on: Switch<boolean> = { standard: true };
export const count: Switch<number> = { standard: 0 };

/** A switch of a few answers; the first is the default. */
export const oneOf = <T extends string | number>(...choices: T[]): Switch<T> => ({
	standard: choices[0] as T,
	choices,
});

/** An error code, `''` for an answer without one. */
export const errorCode = (standard: string): Switch<string> => ({
	standard,
	pattern: /^[A-Z][A-Z_]*$|^$/,
});
