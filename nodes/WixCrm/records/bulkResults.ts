import type { BulkOutcome } from '../../shared/apply/BulkWriter';
import type { JsonObject, JsonValue } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';
import { seenFromV4 } from './contactV5';
import { objectAt } from './parts';

const idIn = (value: JsonValue | undefined) =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A failure without a code is none of Wix's own refusals. */
function outcomeOf(result: JsonObject, expectedId: string | undefined): BulkOutcome {
	const metadata = objectAt(result, 'itemMetadata');
	if (metadata.success !== true) {
		const { error } = metadata;
		const isRefusal = isJsonObject(error) && typeof error.code === 'string' && error.code !== '';
		return { outcome: isRefusal ? 'refused' : 'unclear' };
	}
	const item = isJsonObject(result.item) ? result.item : undefined;
	const id = idIn(item?.id) ?? idIn(metadata.id);
	if (expectedId !== undefined && id !== undefined && id !== expectedId)
		return { outcome: 'unclear' };
	return { outcome: 'done', id, ...(item ? { record: seenFromV4(item) } : {}) };
}

/**
 * The outcome of each part of a bulk call by its `originalIndex`; a part that the answer leaves out is unclear. `expectedIds`
 * are the parts' ids as far as they have one. Undefined when the answer holds no results at all.
 */
export function outcomesIn(
	body: JsonValue | undefined,
	expectedIds: ReadonlyArray<string | undefined>,
): BulkOutcome[] | undefined {
	const results = isJsonObject(body) ? body.results : undefined;
	if (!Array.isArray(results)) return undefined;
	const outcomes = expectedIds.map((): BulkOutcome => ({ outcome: 'unclear' }));
	for (const result of results.filter(isJsonObject)) {
		const metadata = objectAt(result, 'itemMetadata');
		const index = metadata.originalIndex;
		if (typeof index === 'number' && index in outcomes)
			outcomes[index] = outcomeOf(result, expectedIds[index]);
	}
	return outcomes;
}
