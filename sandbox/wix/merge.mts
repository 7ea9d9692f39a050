import type { JsonObject } from '../../nodes/shared/contract/index';
import { applicationError, contactChanged, contactNotFound, validationError } from './errors.mts';
import {
	addressKey,
	extendedFieldsOf,
	itemsOf,
	nameOf,
	textsOf,
	type Contact,
	type ListName,
} from './types.mts';
import type { ContactExtras } from './v5/extras.mts';
import type { WixStore } from './wixStore.mts';

const keyOfItem: Record<ListName, (item: JsonObject) => string> = {
	emails: (item) => addressKey(item.email),
	phones: (item) => String(item.phone),
	addresses: (item) => JSON.stringify(item.address),
};

function joinLists(target: JsonObject, source: JsonObject, name: ListName): JsonObject {
	const held = new Set(itemsOf(target, name).map(keyOfItem[name]));
	const added = itemsOf(source, name)
		.filter((item) => !held.has(keyOfItem[name](item)))
		.map((item) => ({ ...item, primary: false }));
	return { items: [...itemsOf(target, name), ...added] };
}

/** Target data is never overwritten: lists are joined, and only what the target lacks comes from the source. */
function joinInfo(target: JsonObject, source: JsonObject): JsonObject {
	return {
		...source,
		...target,
		name: { ...nameOf(source), ...nameOf(target) },
		emails: joinLists(target, source, 'emails'),
		phones: joinLists(target, source, 'phones'),
		addresses: joinLists(target, source, 'addresses'),
		labelKeys: { items: [...textsOf(target, 'labelKeys'), ...textsOf(source, 'labelKeys')] },
		extendedFields: { items: { ...extendedFieldsOf(source), ...extendedFieldsOf(target) } },
	};
}

const filledExtras = (store: WixStore, id: string): ContactExtras =>
	Object.fromEntries(
		Object.entries(store.extras.get(id)).filter(([, value]) => value !== undefined),
	);

function mergedInfo(
	store: WixStore,
	target: Contact,
	revision: number | undefined,
	sourceIds: readonly string[],
): JsonObject {
	if (sourceIds.length < 1 || sourceIds.length > 5) {
		throw validationError('sourceContactIds', 'must hold 1 to 5 ids', 'MAX_SIZE');
	}
	if (revision !== undefined && revision !== target.revision) throw contactChanged();
	if (sourceIds.includes(target.id)) {
		throw applicationError(400, 'ILLEGAL_MERGE', 'A contact cannot be merged into itself.');
	}
	return sourceIds.reduce((info, id) => {
		const source = store.contacts.get(id);
		if (!source) throw contactNotFound();
		if (store.memberOf(id)) {
			throw applicationError(428, 'FAILED_PRECONDITION', 'A site member can only be the target.');
		}
		return joinInfo(info, source.info);
	}, target.info);
}

function targetOf(store: WixStore, targetId: string): Contact {
	const target = store.contacts.get(targetId);
	if (!target) throw contactNotFound();
	return target;
}

/** What a merge would leave, with the target's revision as it is: nothing is written. */
export function previewMerge(
	store: WixStore,
	targetId: string,
	revision: number | undefined,
	sourceIds: readonly string[],
): Contact {
	const target = targetOf(store, targetId);
	return store.finish({ ...target, info: mergedInfo(store, target, revision, sourceIds) });
}

/** Merges 1 to 5 sources into the target; earlier sources take precedence. The sources' ids then read as the target. */
export function mergeContacts(
	store: WixStore,
	targetId: string,
	revision: number | undefined,
	sourceIds: readonly string[],
): Contact {
	const target = targetOf(store, targetId);
	const info = mergedInfo(store, target, revision, sourceIds);
	const extras = sourceIds.reduceRight(
		(joined, id) => ({ ...joined, ...filledExtras(store, id) }),
		{},
	);
	store.extras.set(targetId, { ...extras, ...filledExtras(store, targetId) });
	for (const id of sourceIds) store.noteMerge(id, targetId);
	const merged = store.changeContact(target, info, true);
	store.changes.note({ of: 'merge', target: merged, sourceIds: [...sourceIds] });
	return merged;
}
