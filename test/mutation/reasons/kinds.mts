/** Why mutants survive; each is a heading of docs/mutation.md. */
export const kinds = {
	shortcut: 'A shortcut: without it the result is the same, later or with more memory',
	ruledOut: 'Ruled out elsewhere: the case that it would change cannot come to this line',
	checker: 'Only the type checker asks: what it guards against is never there',
	unread: 'Nobody reads it: what the mutant changes is looked at nowhere',
	either: 'Either is right: no rule says which of the two it should be',
	weak: 'The mutant does better: the line itself is not as it should be',
} as const;

export interface Reason {
	/** A part of the line that the mutant changes. */
	line: string;
	/** What the mutant puts there, for a line whose mutants survive for several reasons. */
	to?: string;
	kind: keyof typeof kinds;
	why: string;
}

/** By file. Of the reasons for a mutant the first that fits counts. */
export type Reasons = Record<string, readonly Reason[]>;

export const idOfNobody = 'An id that nobody has is asked for by nobody';
