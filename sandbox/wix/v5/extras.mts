import type { JsonObject, JsonValue } from '../../../nodes/shared/contract/index';
import { isJsonObject } from '../../../nodes/shared/paths';

/** What only Contacts v5 shows of a contact, beside what it shares with v4. */
export interface ContactExtras {
	externalId?: string | undefined;
	timeZone?: string | undefined;
	assigneeId?: string | undefined;
	image?: JsonValue | undefined;
	tagIds?: string[] | undefined;
	/** By the id of the address: `defaultAddress` and `recipient`. */
	addressParts?: Record<string, JsonObject>;
	/** A billing subscription keeps a contact from being deleted, by v4 as by v5. */
	billingSubscription?: boolean;
}

const text = (value: JsonValue | undefined) =>
	typeof value === 'string' && value !== '' ? value : undefined;

export function tagIdsOf(tags: JsonValue | undefined): string[] | undefined {
	const list =
		isJsonObject(tags) && isJsonObject(tags.privateTags) ? tags.privateTags.tagIds : null;
	return Array.isArray(list) ? list.filter((tag) => typeof tag === 'string') : undefined;
}

/** The extras that a contact of `PUT /sandbox/state` carries beside its v4 fields. */
export function importedExtras(given: JsonObject): ContactExtras {
	return {
		externalId: text(given.externalId),
		timeZone: text(given.timeZone),
		assigneeId: text(given.assigneeId),
		tagIds: tagIdsOf(given.tags),
		billingSubscription: given.billingSubscription === true,
	};
}

/** The extras of all contacts, found by contact and by external id. */
export class ExtrasStore {
	private byContact = new Map<string, ContactExtras>();
	private byExternalId = new Map<string, Set<string>>();

	clear(): void {
		this.byContact.clear();
		this.byExternalId.clear();
	}

	get(contactId: string): ContactExtras {
		return this.byContact.get(contactId) ?? {};
	}

	holders(externalId: string): string[] {
		return [...(this.byExternalId.get(externalId) ?? [])];
	}

	set(contactId: string, extras: ContactExtras): void {
		this.delete(contactId);
		this.byContact.set(contactId, extras);
		const { externalId } = extras;
		if (externalId === undefined) return;
		const ids = this.byExternalId.get(externalId) ?? new Set();
		this.byExternalId.set(externalId, ids.add(contactId));
	}

	delete(contactId: string): void {
		const { externalId } = this.get(contactId);
		if (externalId !== undefined) this.byExternalId.get(externalId)?.delete(contactId);
		this.byContact.delete(contactId);
	}
}
