/** Why a mutant may survive. The text is a heading of docs/mutation.md. */
const shortcut = 'A shortcut: without it the result is the same, later or with more memory';
const ruledOut = 'Ruled out elsewhere: the case that it would change cannot come to this line';
const unread = 'Nobody reads it: what the mutant changes is looked at nowhere';
const order = 'Either order is right';

/** By file: a part of the line that the mutant changes, and why it survives. The first that fits counts. */
export const reasons: Record<string, ReadonlyArray<readonly [part: string, why: string]>> = {
	'guard.ts': [
		["lines.sort().join('\\n')", unread],
		['linked === 0', ruledOut],
	],
};

export { order, shortcut };
