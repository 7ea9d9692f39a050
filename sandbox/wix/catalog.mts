import type { JsonObject, JsonValue } from '../../nodes/shared/contract/index';
import { isJsonObject } from '../../nodes/shared/paths';
import type { Behaviour } from '../control/behaviour.mts';
import { applicationError, validationError } from './errors.mts';
import { memberLabel } from './contactShape.mts';
import { textsOf } from './types.mts';

type FieldType = 'TEXT' | 'NUMBER' | 'DATE' | 'URL';

const since = '2024-08-14T12:00:00.000Z';
const systemLabels: [string, string][] = [
	['contacts.contacted-me', 'Contacted Me'],
	['contacts.customers', 'Customers'],
	[memberLabel, 'Site Members'],
];
const ownLabels: [string, string][] = [
	['custom.newsletter', 'Newsletter'],
	['custom.vip', 'VIP'],
];
const systemFields: [string, string, FieldType][] = [
	['contacts.displayByFirstName', 'Display by first name', 'TEXT'],
	['contacts.displayByLastName', 'Display by last name', 'TEXT'],
	['emailSubscriptions.subscriptionStatus', 'Subscriber status', 'TEXT'],
	['emailSubscriptions.deliverabilityStatus', 'Deliverability status', 'TEXT'],
	['emailSubscriptions.effectiveEmail', 'Effective email', 'TEXT'],
	['members.membershipStatus', 'Membership status', 'TEXT'],
	['invoices.vatId', 'VAT ID', 'TEXT'],
];
const ownFields: [string, string, FieldType][] = [
	['custom.crm-id', 'CRM ID', 'TEXT'],
	['custom.seats', 'Seats', 'NUMBER'],
	['custom.renewal-date', 'Renewal date', 'DATE'],
];
const writableSystemFields = new Set(['invoices.vatId']);

const title = (namespace: string) => namespace.charAt(0).toUpperCase() + namespace.slice(1);
const namespaceOf = (key: string) => key.split('.')[0] ?? key;

function label(key: string, displayName: string): JsonObject {
	const namespace = namespaceOf(key);
	return {
		namespace,
		namespaceDisplayName: title(namespace),
		key,
		displayName,
		labelType: namespace === 'custom' ? 'USER_DEFINED' : 'SYSTEM',
		createdDate: since,
		updatedDate: since,
	};
}

function field(key: string, displayName: string, dataType: FieldType): JsonObject {
	const namespace = namespaceOf(key);
	return {
		namespace,
		key,
		displayName,
		dataType,
		fieldType: namespace === 'custom' ? 'USER_DEFINED' : 'SYSTEM',
		createdDate: since,
		updatedDate: since,
	};
}

const fits: Record<FieldType, (value: JsonValue) => boolean> = {
	TEXT: (value) => typeof value === 'string',
	URL: (value) => typeof value === 'string' && /^(https?:\/\/|$)/.test(value),
	NUMBER: (value) => typeof value === 'number',
	DATE: (value) => typeof value === 'string' && /^(\d{4}-\d{2}-\d{2})?$/.test(value),
};

export type CatalogName = 'labels' | 'fields';

const slug = (displayName: string) =>
	displayName
		.trim()
		.toLowerCase()
		.replace(/[^\p{L}\p{N}]+/gu, '-');

/** The labels and extended fields of the site: a key must be known before a contact can carry it. */
export class Catalog {
	readonly labels = new Map<string, JsonObject>();
	readonly fields = new Map<string, JsonObject>();

	constructor(private readonly behaviour: () => Behaviour) {
		this.reset();
	}

	reset(): void {
		this.labels.clear();
		this.fields.clear();
		for (const [key, name] of [...ownLabels, ...systemLabels])
			this.labels.set(key, label(key, name));
		for (const [key, name, type] of [...ownFields, ...systemFields]) {
			this.fields.set(key, field(key, name, type));
		}
	}

	/** Find or create, as both calls of the API do. */
	ensureLabel(displayName: string): { label: JsonObject; newLabel: boolean } {
		const known = named(this.labels, displayName);
		if (known) return { label: known, newLabel: false };
		if (this.behaviour().quotaReached) {
			throw applicationError(428, 'LABELS_QUOTA_REACHED', 'The site has too many labels.');
		}
		const created = label(this.freeKey(this.labels, displayName), displayName);
		this.labels.set(String(created.key), created);
		return { label: created, newLabel: true };
	}

	ensureField(
		displayName: string,
		dataType: JsonValue | undefined,
	): { field: JsonObject; newField: boolean } {
		const known = named(this.fields, displayName);
		if (known) return { field: known, newField: false };
		if (dataType !== 'TEXT' && dataType !== 'NUMBER' && dataType !== 'DATE' && dataType !== 'URL') {
			throw validationError('dataType', 'must be one of TEXT, NUMBER, DATE, URL', 'ENUM');
		}
		if (this.behaviour().quotaReached) {
			throw applicationError(428, 'FIELDS_QUOTA_EXCEEDED', 'The site has too many fields.');
		}
		const created = field(this.freeKey(this.fields, displayName), displayName, dataType);
		this.fields.set(String(created.key), created);
		return { field: created, newField: true };
	}

	/** Renames one of the site's own; the key stays. */
	rename(name: CatalogName, key: string, displayName: string): JsonObject {
		const entry = this.own(name, key);
		const renamed = { ...entry, displayName, updatedDate: new Date().toISOString() };
		this[name].set(key, renamed);
		return renamed;
	}

	remove(name: CatalogName, key: string): void {
		this.own(name, key);
		this[name].delete(key);
	}

	entry(name: CatalogName, key: string): JsonObject {
		const known = this[name].get(key);
		if (known) return known;
		const code = name === 'labels' ? 'LABEL_NOT_FOUND' : 'EXTENDED_FIELD_NOT_FOUND';
		throw applicationError(404, code, `There is no ${key}.`);
	}

	/** Outside the rules: every key that an imported contact carries becomes known. */
	adopt(info: JsonObject): void {
		for (const key of textsOf(info, 'labelKeys')) {
			if (!this.labels.has(key)) this.labels.set(key, label(key, key));
		}
	}

	checkLabels(keys: readonly string[], fieldName: string): void {
		const unknown = keys.find((key) => !this.labels.has(key));
		if (unknown === undefined) return;
		throw validationError(fieldName, `label ${unknown} does not exist`, 'OTHER');
	}

	/** The part of the sent extended fields that a caller may write; throws for an unknown key or a value of another type. */
	writable(sent: JsonValue | undefined): JsonObject {
		const items = isJsonObject(sent) && isJsonObject(sent.items) ? sent.items : {};
		const kept: JsonObject = {};
		for (const [key, value] of Object.entries(items)) {
			const known = this.fields.get(key);
			const dataType = known?.dataType as FieldType | undefined;
			const clears = value === null || value === '';
			if (!dataType || !(clears || fits[dataType](value))) {
				throw applicationError(
					400,
					'INVALID_EXTENDED_FIELD_VALUE',
					`The value of the extended field ${key} is not valid.`,
				);
			}
			if (known?.fieldType === 'USER_DEFINED' || writableSystemFields.has(key)) kept[key] = value;
		}
		return kept;
	}

	private own(name: CatalogName, key: string): JsonObject {
		const entry = this.entry(name, key);
		if (namespaceOf(key) === 'custom') return entry;
		throw applicationError(428, 'FAILED_PRECONDITION', `${key} belongs to the system.`);
	}

	/** Wix's keys cannot be told from the names: a key that is taken, and by a switch every key, gets a suffix. */
	private freeKey(entries: Map<string, JsonObject>, displayName: string): string {
		const plain = `custom.${slug(displayName)}`;
		if (!entries.has(plain) && !this.behaviour().suffixedKeys) return plain;
		for (let number = 1; ; number++) {
			const key = `${plain}-${number.toString(36).padStart(4, 'q')}`;
			if (!entries.has(key)) return key;
		}
	}
}

function named(entries: Map<string, JsonObject>, displayName: string): JsonObject | undefined {
	return [...entries.values()].find((entry) => entry.displayName === displayName);
}
