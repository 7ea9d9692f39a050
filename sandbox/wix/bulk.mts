import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import { present } from '../../nodes/shared/present';
import { ApiError, ok, type Answer } from '../control/http.mts';
import { validationError } from './errors.mts';
import type { WixStore } from './wixStore.mts';

const maxItems = 100;

/** What became of one item: beside its id whatever the kind of call answers for it. */
export interface ItemResult {
	id: string;
	more?: JsonObject;
}

interface BulkCall {
	/** The name of the list in the body, for error messages. */
	field: string;
	items: JsonValue | undefined;
	/** The id that an item names, for the answer when it fails. */
	idOf?: (item: JsonValue) => string | undefined;
	work: (item: JsonValue) => ItemResult;
}

/** Of an error answer, what the part of a bulk answer tells: code, description, data. */
function errorOf(error: ApiError): JsonObject {
	const { message, details } = error.answer.body ?? {};
	const parts = isJsonObject(details) ? details : {};
	if (isJsonObject(parts.applicationError)) return parts.applicationError;
	return { code: 'INVALID_ARGUMENT', description: message ?? '', data: parts };
}

/** The items of a bulk call; throws unless there are 1 to 100. */
export function bulkItems(value: JsonValue | undefined, field: string): JsonValue[] {
	if (!Array.isArray(value) || value.length === 0) {
		throw validationError(field, 'must have 1 item at least', 'MIN_SIZE');
	}
	if (value.length > maxItems) {
		throw validationError(
			field,
			`has size ${value.length}, expected ${maxItems} or less`,
			'MAX_SIZE',
			{
				threshold: maxItems,
			},
		);
	}
	return value;
}

/**
 * Does a bulk call item by item: not atomic, each item with its own outcome, `originalIndex` telling which. An item that breaks
 * a rule of a field fails alone or, by a switch, the whole call (then before anything is written).
 */
export function answerBulk(
	store: WixStore,
	call: BulkCall,
	check?: (item: JsonValue) => void,
): Answer {
	const items = bulkItems(call.items, call.field);
	if (store.behaviour.bulkValidation === 'request') for (const item of items) check?.(item);
	const results = items.map((item, originalIndex): JsonObject => {
		try {
			const { id, more } = call.work(item);
			return { itemMetadata: { id, originalIndex, success: true }, ...more };
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			const id = call.idOf?.(item);
			return {
				itemMetadata: { ...present({ id }), originalIndex, success: false, error: errorOf(error) },
			};
		}
	});
	const failed = (result: JsonObject) =>
		isJsonObject(result.itemMetadata) && result.itemMetadata.success === false;
	const totalFailures = results.filter(failed).length;
	const ordered = store.behaviour.bulkUnordered ? [...results].reverse() : results;
	return ok({
		results: ordered,
		bulkActionMetadata: {
			totalSuccesses: results.length - totalFailures,
			totalFailures,
			undetailedFailures: 0,
		},
	});
}
