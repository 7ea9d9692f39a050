import { seededRandom } from '../control/random.mts';

const letters = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const length = 20;

/** A source of ids as Okta's: 20 letters and digits, the first ones telling the kind (`00u`: a user). The same seed gives the same ids. */
export function seededOktaIds(seed: number): (prefix: string) => string {
	const random = seededRandom(seed);
	return (prefix) =>
		prefix +
		Array.from({ length: length - prefix.length }, () =>
			letters.charAt(Math.floor(random() * letters.length)),
		).join('');
}
