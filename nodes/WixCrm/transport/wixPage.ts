import type { ApiAnswer } from '../../shared/apiTypes';
import type { Page } from '../../shared/listing';
import { isJsonObject } from '../../shared/paths';

/**
 * Reads a page of Wix: the records under `recordsIn`, and what it tells about the page under `metadataIn`. A list without a
 * record may be left out.
 */
export function wixPage(
	recordsIn: string,
	metadataIn: 'metadata' | 'pagingMetadata' = 'metadata',
): (answer: ApiAnswer) => Page | undefined {
	return ({ body }) => {
		if (!isJsonObject(body)) return undefined;
		const list = body[recordsIn];
		const metadata = body[metadataIn];
		if (!Array.isArray(list) && !isJsonObject(metadata)) return undefined;
		const { total, tooManyToCount, cursors } = isJsonObject(metadata) ? metadata : {};
		const next = isJsonObject(cursors) ? cursors.next : undefined;
		return {
			records: Array.isArray(list) ? list.filter(isJsonObject) : [],
			...(typeof total === 'number' && tooManyToCount !== true ? { total } : {}),
			...(typeof next === 'string' && next !== '' ? { next } : {}),
		};
	};
}
