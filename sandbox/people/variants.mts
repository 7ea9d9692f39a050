import { domainToASCII } from 'node:url';
import type { Person } from './person.mts';

const swapCase = (address: string) => {
	const at = address.lastIndexOf('@');
	const local = address
		.slice(0, at)
		.replace(/(^|[.])(\p{L})/gu, (_, dot: string, letter: string) => dot + letter.toUpperCase());
	return local + address.slice(at).replace('example', 'Example');
};

/** The address as Wix holds it: now and then with white space around it, as forms leave it there. */
export function wixAddress({ number, address }: Person): string {
	return number % 50 === 7 ? ` ${address} ` : address;
}

/** The address as YouTrack holds it: other case here, punycode there, a decomposed letter elsewhere. */
export function userAddress({ number, address }: Person): string {
	if (number % 10 === 3) return swapCase(address);
	if (number % 40 === 11) {
		const at = address.lastIndexOf('@');
		return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
	}
	if (number % 40 === 31) return address.normalize('NFD');
	return address;
}
