import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';
import { ok, type Answer, type ApiRequest } from '../../control/http.mts';
import { bodyOf } from '../body.mts';
import { applicationError, validationError } from '../errors.mts';
import { addressKey, type Contact } from '../types.mts';
import type { WixStore } from '../wixStore.mts';
import { readContact } from './input.mts';
import { identifiersOf, matchesFor } from './matching.mts';
import { viewV5 } from './view.mts';
import { createOne, writeOver } from './writes.mts';

const modes = ['OVERWRITE', 'APPEND', 'OVERWRITE_APPEND_ARRAYS'];
const lists = ['additionalEmails', 'additionalPhones', 'addresses', 'locationIds'];

const listOf = (value: JsonValue | undefined): JsonValue[] => (Array.isArray(value) ? value : []);
const isFilled = (value: JsonValue | undefined) =>
	value !== undefined && value !== null && value !== '';

/** The old list and what is new of the sent one; items are the same when their address, number or whole is. */
function joined(
	before: JsonValue | undefined,
	sent: JsonValue | undefined,
	main: string,
): JsonValue[] {
	const keyOf = (item: JsonValue) =>
		isJsonObject(item)
			? addressKey(item.email ?? item.phone ?? JSON.stringify(item.address))
			: String(item);
	const held = new Set([...listOf(before).map(keyOf), main]);
	return [...listOf(before), ...listOf(sent).filter((item) => !held.has(keyOf(item)))];
}

function fillEmpty(before: JsonValue | undefined, sent: JsonValue): JsonValue {
	if (!isJsonObject(before) || !isJsonObject(sent))
		return isFilled(before) ? (before ?? null) : sent;
	const parts = Object.entries(sent).map(([key, value]) => [key, fillEmpty(before[key], value)]);
	return { ...before, ...(Object.fromEntries(parts) as JsonObject) };
}

/** A main value joins its list: it becomes the main one only where there is none. */
function appendMain(before: JsonObject, sent: JsonObject, key: 'email' | 'phone'): JsonObject {
	const listName = key === 'email' ? 'additionalEmails' : 'additionalPhones';
	const main = before[key];
	const incoming = sent[key];
	const additional = listOf(sent[listName]);
	if (!isJsonObject(main)) return { [listName]: joined([], additional, '') };
	const values = isJsonObject(incoming) ? [incoming, ...additional] : additional;
	return { [key]: main, [listName]: joined(before[listName], values, addressKey(main[key])) };
}

/** The parts to write over a found contact, by mode. Source: the text of Upsert Contact. */
export function partsFor(mode: string, before: JsonObject, sent: JsonObject): JsonObject {
	if (mode === 'OVERWRITE') return sent;
	const appended = Object.fromEntries(
		lists
			.filter((key) => sent[key] !== undefined)
			.map((key) => [key, joined(before[key], sent[key], '')]),
	);
	if (mode === 'OVERWRITE_APPEND_ARRAYS') {
		return {
			...sent,
			...appended,
			...appendMain(before, sent, 'email'),
			...appendMain(before, sent, 'phone'),
		};
	}
	const scalars = Object.entries(sent).map(([key, value]) => [key, fillEmpty(before[key], value)]);
	return { ...(Object.fromEntries(scalars) as JsonObject), ...appended };
}

export function upsertOne(store: WixStore, body: JsonObject): { contact: Contact; action: string } {
	const sent = readContact(body, store.behaviour);
	const mode = String(body.upsertMode ?? 'OVERWRITE');
	if (!modes.includes(mode)) {
		throw validationError('upsertMode', `must be one of ${modes.join(', ')}`, 'ENUM');
	}
	const found = matchesFor(store, identifiersOf(sent))[0]?.contact;
	if (!found) return { contact: createOne(store, body), action: 'CREATED' };
	if (store.memberOf(found.id) && body.updateMember !== true) {
		throw applicationError(428, 'CANNOT_UPDATE_MEMBER', 'The contact is a site member.', {
			contactId: found.id,
		});
	}
	const parts = partsFor(mode, viewV5(store, found), sent);
	return { contact: writeOver(store, found, parts, true), action: 'UPDATED' };
}

export function upsertContactV5(store: WixStore, request: ApiRequest): Answer {
	const { contact, action } = upsertOne(store, bodyOf(request));
	return ok({ contact: viewV5(store, contact), action });
}
