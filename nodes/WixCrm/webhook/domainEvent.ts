import type { JsonObject, JsonValue } from '../../shared/contract';
import { isJsonObject } from '../../shared/paths';

/** One event of a Wix app, unpacked. */
export interface DomainEvent {
	/** Of this event: a resend has the same. */
	id: string;
	/** Such as `wix.contacts.v4.contact_updated`. */
	type: string;
	entityId: string;
	/** Counts the events of one entity; 0 where Wix does not count. */
	sequence: bigint;
	time: string;
	/** `merge` where a merge has caused it. */
	originatedFrom: string;
	/** The installation of the app on one site. */
	instanceId: string;
	/** The contact or member as of the event; undefined where it was deleted. */
	entity?: JsonObject;
	/** Of a merge. */
	body?: JsonObject;
}

/** Data of an event is JSON inside JSON, up to three times. */
function unpacked(value: JsonValue | undefined): JsonObject | undefined {
	if (isJsonObject(value)) return value;
	if (typeof value !== 'string') return undefined;
	try {
		const inner = JSON.parse(value) as JsonValue;
		return isJsonObject(inner) ? inner : undefined;
	} catch {
		return undefined;
	}
}

const text = (value: JsonValue | undefined) => (typeof value === 'string' ? value : '');

function sequenceIn(value: JsonValue | undefined): bigint {
	const digits = String(value ?? '');
	return /^\d{1,30}$/.test(digits) ? BigInt(digits) : 0n;
}

/** The event in the claims of a verified message; undefined when there is none. */
export function eventIn(claims: JsonObject): DomainEvent | undefined {
	const envelope = unpacked(claims.data);
	const event = unpacked(envelope?.data);
	if (envelope === undefined || event === undefined) return undefined;
	const { createdEvent, updatedEvent, deletedEvent, actionEvent } = event;
	const made = unpacked(createdEvent);
	const changed = unpacked(updatedEvent);
	const gone = unpacked(deletedEvent);
	const done = unpacked(actionEvent);
	const entity =
		unpacked(made?.entity) ??
		unpacked(made?.entityAsJson) ??
		unpacked(changed?.currentEntity) ??
		unpacked(changed?.currentEntityAsJson) ??
		unpacked(gone?.deletedEntity);
	const body = unpacked(done?.body) ?? unpacked(done?.bodyAsJson);
	const type = text(envelope.eventType) || `${text(event.entityFqdn)}_${text(event.slug)}`;
	if (text(event.id) === '' || text(event.entityId) === '') return undefined;
	return {
		id: text(event.id),
		type,
		entityId: text(event.entityId),
		sequence: sequenceIn(event.entityEventSequence),
		time: text(event.eventTime),
		originatedFrom: text(event.originatedFrom),
		instanceId: text(envelope.instanceId),
		...(entity === undefined ? {} : { entity }),
		...(body === undefined ? {} : { body }),
	};
}
