/** Longer than any id of these systems, in characters; servers refuse URLs of some 8,000. */
const longestId = 500;

/** Control characters, and halves of characters that no text on the wire can hold. */
const unsendable = /[\p{Cc}\p{Cs}]/u;

/** What makes a text no id of any record, as the end of a sentence that does not repeat it; undefined for any other. */
export function faultOfId(id: string): string | undefined {
	if (id.length > longestId) return `is longer than ${longestId} characters`;
	return unsendable.test(id) ? 'holds characters that no ID can hold' : undefined;
}

/** An id as one step of a URL's path; '' for what is none, so that the path leads nowhere and no call is made (`refusalOfPath`). */
export const pathStep = (id: string): string =>
	faultOfId(id) === undefined ? encodeURIComponent(id) : '';

/** The id by which a record is known: its `id`, a text without the white space around it, or a number; '' for none that can be one. */
export function recordId(record: unknown): string {
	const id = (record as { id?: unknown } | null | undefined)?.id;
	if (typeof id === 'number') return Number.isFinite(id) ? String(id) : '';
	if (typeof id !== 'string') return '';
	const text = id.trim();
	return faultOfId(text) === undefined ? text : '';
}
