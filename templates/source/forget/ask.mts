import type { Asked } from './shapes.mts';

/** What to look for. The database folds the case of A to Z only, and quotes are escaped in JSON: anything else may be anything. */
export const ask = (typed: unknown): Asked => {
	const term = String(typed ?? '')
		.trim()
		.normalize('NFC');
	const simple = term.replace(/[^A-Za-z0-9@.+-]/g, '%');
	return { term, pattern: `%${simple}%` };
};
