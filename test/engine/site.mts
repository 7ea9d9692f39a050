import { contact, linked, user, type Given } from './builders.mts';

export const address = (n: number) => `p${n}@example.com`;

/** Linked pairs of which the first few were edited, in Wix unless said. */
export function site(pairs: number, edited: number, where: 'wix' | 'users' = 'wix'): Given {
	const numbers = Array.from({ length: pairs }, (_, n) => n);
	const held = (side: string, n: number) =>
		side === where && n < edited ? `new${n}@example.com` : address(n);
	return {
		wixRecords: numbers.map((n) => contact(`C${n}`, held('wix', n))),
		users: numbers.map((n) => user(`U${n}`, held('users', n))),
		links: numbers.map((n) => linked(`C${n}`, `U${n}`, address(n))),
	};
}

export const guard = (records: number, percent: number) => ({ guard: { records, percent } });
