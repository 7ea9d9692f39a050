import { hubError } from './errors.mts';
import { addressIn, addressKey, profileOf, type User } from './types.mts';

type Test = (user: User) => boolean;
type Token = { kind: 'word' | 'value' | '(' | ')'; text: string };

const malformed = (why: string) =>
	hubError(400, 'Bad Request', `The query cannot be parsed: ${why}.`);

function tokenize(query: string): Token[] {
	const tokens: Token[] = [];
	const pattern = /\s*(?:\{([^}]*)\}|([()])|([\p{L}]+)\s*:|([^\s(){}]+))/uy;
	let position = 0;
	while (position < query.trimEnd().length) {
		pattern.lastIndex = position;
		const match = pattern.exec(query);
		if (!match) throw malformed(`unexpected "${query.slice(position, position + 1)}"`);
		position = pattern.lastIndex;
		const [, braced, bracket, field, word] = match;
		if (braced !== undefined) tokens.push({ kind: 'value', text: braced });
		else if (bracket === '(' || bracket === ')') tokens.push({ kind: bracket, text: bracket });
		else if (field !== undefined) tokens.push({ kind: 'word', text: `${field.toLowerCase()}:` });
		else tokens.push({ kind: 'word', text: word ?? '' });
	}
	return tokens;
}

const lower = (text: string) => text.trim().toLowerCase();

function emailTest(value: string, loose: boolean): Test {
	return (user) => {
		const { email, unverifiedEmail } = profileOf(user);
		const held = addressKey(addressIn(email));
		if (!loose) return held === value;
		return held.includes(value) || addressKey(addressIn(unverifiedEmail)).includes(value);
	};
}

function isTest(value: string): Test {
	if (value === 'banned') return (user) => user.banned === true;
	if (value === 'guest') return (user) => user.guest === true;
	throw malformed(`"is: ${value}" is not known`);
}

function fieldTest(field: string, raw: string, loose: boolean): Test {
	const value = lower(raw);
	switch (field) {
		case 'email:':
			return emailTest(value, loose);
		case 'login:':
			return (user) => lower(user.login) === value;
		case 'loginstartswith:':
			return (user) => lower(user.login).startsWith(value);
		case 'name:':
			return (user) => lower(user.name) === value || lower(user.name).split(/\s+/).includes(value);
		case 'namestartswith:':
			return (user) => lower(user.name).startsWith(value);
		case 'is:':
			return isTest(value);
		default:
			throw malformed(`there is no field "${field.slice(0, -1)}"`);
	}
}

const textTest = (raw: string): Test => {
	const value = lower(raw);
	return (user) =>
		[user.login, user.name, addressKey(addressIn(profileOf(user).email))].some((text) =>
			lower(text).includes(value),
		);
};

class Parser {
	private position = 0;

	constructor(
		private readonly tokens: readonly Token[],
		private readonly loose: boolean,
	) {}

	parse(): Test {
		const test = this.either();
		const rest = this.tokens[this.position];
		if (rest) throw malformed(`unexpected "${rest.text}"`);
		return test;
	}

	private keyword(word: string): boolean {
		const token = this.tokens[this.position];
		if (token?.kind !== 'word' || token.text.toLowerCase() !== word) return false;
		this.position++;
		return true;
	}

	private either(): Test {
		const tests = [this.all()];
		while (this.keyword('or')) tests.push(this.all());
		return (user) => tests.some((test) => test(user));
	}

	private all(): Test {
		const tests = [this.single()];
		for (;;) {
			if (this.keyword('and')) {
				tests.push(this.single());
				continue;
			}
			const next = this.tokens[this.position];
			const ends = !next || next.kind === ')' || next.text.toLowerCase() === 'or';
			if (ends) return (user) => tests.every((test) => test(user));
			tests.push(this.single());
		}
	}

	private single(): Test {
		if (this.keyword('not')) {
			const inner = this.single();
			return (user) => !inner(user);
		}
		const token = this.tokens[this.position++];
		if (!token || token.kind === ')') throw malformed('something is missing');
		if (token.kind === '(') {
			const inner = this.either();
			if (this.tokens[this.position++]?.kind !== ')') throw malformed('a ")" is missing');
			return inner;
		}
		if (token.kind === 'word' && token.text.endsWith(':')) {
			const value = this.tokens[this.position++];
			if (!value || value.kind === '(' || value.kind === ')') {
				throw malformed(`"${token.text}" has no value`);
			}
			return fieldTest(token.text, value.text, this.loose);
		}
		return textTest(token.text);
	}
}

/**
 * Compiles Hub's search text: `field: value`, values in braces, and, or, not, parentheses; neighbours are joined by and.
 * `loose`: `email:` also finds parts of an address and addresses that await confirmation.
 */
export function compileQuery(query: string, loose: boolean): Test {
	if (query.trim() === '') return () => true;
	return new Parser(tokenize(query), loose).parse();
}

/** The address of a query that asks for nothing but one, for the index. */
export function addressAsked(query: string): string | undefined {
	const match = /^\s*email\s*:\s*(?:\{([^}]*)\}|([^\s(){}]+))\s*$/i.exec(query);
	const text = match?.[1] ?? match?.[2];
	return text === undefined ? undefined : lower(text);
}
