import { invalidSearch } from './errors.mts';
import type { User } from './types.mts';

/** A compiled expression; `keys`, where there are some, are index keys of which each fitting user has at least one. */
export interface Condition {
	test: (user: User) => boolean;
	keys?: string[] | undefined;
}

/** One comparison, such as `profile.email eq "ada@example.com"`; `value` is undefined for `pr`. */
export type Comparison = (field: string, operator: string, value: string | undefined) => Condition;

interface Token {
	kind: 'text' | 'word' | '(' | ')';
	text: string;
}

const broken = () => invalidSearch('Invalid search syntax.');

function tokenize(expression: string): Token[] {
	const text = expression.trim();
	const pattern = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/uy;
	const tokens: Token[] = [];
	while (pattern.lastIndex < text.length) {
		const match = pattern.exec(text);
		if (!match) throw broken();
		const [, bracket, quoted, word] = match;
		if (bracket === '(' || bracket === ')') tokens.push({ kind: bracket, text: bracket });
		else if (quoted !== undefined) {
			tokens.push({ kind: 'text', text: quoted.replace(/\\(.)/gu, '$1') });
		} else tokens.push({ kind: 'word', text: word ?? '' });
	}
	return tokens;
}

/** Keys that narrow both sides narrow the whole; one side without keys leaves nothing to narrow by. */
const anyOf = (conditions: readonly Condition[]): Condition => ({
	test: (user) => conditions.some(({ test }) => test(user)),
	...(conditions.every(({ keys }) => keys !== undefined)
		? { keys: conditions.flatMap(({ keys = [] }) => keys) }
		: {}),
});

const allOf = (conditions: readonly Condition[]): Condition => ({
	test: (user) => conditions.every(({ test }) => test(user)),
	keys: conditions.find(({ keys }) => keys !== undefined)?.keys,
});

class Parser {
	private position = 0;

	constructor(
		private readonly tokens: readonly Token[],
		private readonly compare: Comparison,
	) {}

	parse(): Condition {
		const condition = this.either();
		if (this.position < this.tokens.length) throw broken();
		return condition;
	}

	private either(): Condition {
		return this.joined('or', () => this.joined('and', () => this.single(), allOf), anyOf);
	}

	private joined(
		word: string,
		next: () => Condition,
		join: (conditions: readonly Condition[]) => Condition,
	): Condition {
		const conditions = [next()];
		while (this.takes(word)) conditions.push(next());
		return conditions.length === 1 && conditions[0] ? conditions[0] : join(conditions);
	}

	private takes(word: string): boolean {
		const token = this.tokens[this.position];
		if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
		this.position++;
		return true;
	}

	private single(): Condition {
		const field = this.next();
		if (field.kind === '(') {
			const inner = this.either();
			if (this.next().kind !== ')') throw broken();
			return inner;
		}
		const operator = this.next();
		if (field.kind !== 'word' || operator.kind !== 'word') throw broken();
		const name = operator.text.toLowerCase();
		return this.compare(field.text, name, name === 'pr' ? undefined : this.value());
	}

	/** A text in quotation marks, or a number or truth value without. */
	private value(): string {
		const { kind, text } = this.next();
		if (kind === 'text' || (kind === 'word' && /^(true|false|-?[\d.]+)$/.test(text))) return text;
		throw broken();
	}

	private next(): Token {
		const token = this.tokens[this.position++];
		if (!token) throw broken();
		return token;
	}
}

/** Compiles `a eq "x" and (b gt "y" or c pr)`, `and` before `or`; refuses what does not parse with 400 E0000031. */
export const compile = (expression: string, compare: Comparison): Condition =>
	new Parser(tokenize(expression), compare).parse();
