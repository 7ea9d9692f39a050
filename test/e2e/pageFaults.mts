import type { Seen } from './watchedPage.mts';

/** White space and what HTML itself takes out of a text count for nothing. */
const plain = (text: string) => text.replace(/[\s\0]+/g, ' ');

/** Where a page is first another one than it would be with plain words in its fields; nothing where it is not. */
function firstChange(what: string, clean: readonly string[], dirty: readonly string[]): string[] {
	const length = Math.max(clean.length, dirty.length);
	for (let index = 0; index < length; index++) {
		if (clean[index] === dirty[index]) continue;
		const after = clean.slice(Math.max(0, index - 4), index).join(' > ');
		return [
			`${what}: <${dirty[index]}> instead of <${clean[index]}>, element ${index}, after ${after}`,
		];
	}
	return [];
}

/** What strings did to a page, beside being shown: what happened, which element is not as it should be, which string is not to be read. */
export function pageFaults(clean: Seen, dirty: Seen, texts: readonly string[]): string[] {
	const shown = plain(dirty.text);
	return [
		...dirty.happened,
		...firstChange('parsed', clean.skeleton, dirty.skeleton),
		...firstChange('parsed again', clean.skeleton, dirty.again),
		...texts
			.filter((text) => !shown.includes(plain(text).trim()))
			.map((text) => `not shown: ${text}`),
	];
}
